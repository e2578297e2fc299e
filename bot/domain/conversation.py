"""What a message means: the states of a conversation, as one table.

A person is in one ``State``. ``MEANINGS`` says for each what becomes of everything that may be ``Input`` in it. No cell
loses words: they become a comment, are kept until their author is asked about them, or are refused in so many words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.decision_drafts import awaits_words
from bot.domain.exhaustive import exhaustive
from bot.domain.pending_input import PLACES_TYPED, CommentSearch, PendingInputKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.domain.pending_input import PendingInput
    from bot.domain.people import Actor


class State(StrEnum):
    """Where a person is in the conversation."""

    LOOKING = "looking"
    """They have not agreed: nothing of them may be stored."""
    NEW = "new"
    """They have agreed, have no municipality yet, and nothing is waited for."""
    READING = "reading"
    """They have a municipality; nothing is waited for."""
    WRITING = "writing"
    """They were asked for the words of a comment, or for other words of one."""
    WRITING_AND_SEARCHING = "writing and searching"
    """The same; they have opened a list of places or villages since."""
    SEARCHING = "searching"
    """They look for another municipality."""
    NAMING_VILLAGE = "naming a village"
    """They were asked for their village."""
    GIVING_REASON = "giving a reason"
    """Staff: they were asked why a hearing is postponed or cancelled."""
    GIVING_NAME = "giving a name"
    """Staff: they were asked how colleagues are to see them."""
    SEARCHING_COMMENTS = "searching comments"
    """Staff: they were asked by which words comments are looked for."""
    ATTACHING = "attaching"
    """Staff: they were asked for the documents of a hearing; only files are taken for that."""
    ENTERING = "entering"
    """Staff: they enter something for somebody."""
    DECIDING = "deciding"
    """Staff: they were asked for the reason of a decision."""
    RECORDING_COUNCIL = "recording the council"
    """Staff: they were asked what the council made of a hearing."""
    MARKING_DONE = "marking done"
    """Staff: they were asked on which day something was done, or for a photo of it."""
    APPEALING = "appealing"
    """They were asked what speaks against the hiding of their comment."""
    TRANSCRIBING = "transcribing"
    """Staff: they were asked what is said in a voice message."""
    CHANGING_TEXT = "changing a text"
    """Staff: they were asked for other words of a hearing."""
    CHAIRING = "chairing"
    """Staff: they were asked how many hands were raised, or for a note to what was answered in the hall."""


class Input(StrEnum):
    """What a person may send."""

    WORDS = "words"
    """Typed, and no name of a place; or the same where no place is looked for."""
    PLACE_NAME = "name of a place"
    """Typed: the name of a place; where a village was asked for, of one of the municipality's."""
    RECORDING = "recording"
    """A voice message or a photo, with or without words under it."""
    COMMAND = "command"
    LINK = "link"
    """A link into the bot that was opened, or an invitation that was pasted."""
    OTHER = "other"
    """What no comment can be made of: a sticker, a contact, a place on the map."""


class Meaning(StrEnum):
    """What becomes of it."""

    WRITTEN = "written"
    """It becomes the comment, or the other words of one, and gets a receipt; what follows in seconds is a part."""
    KEPT = "kept"
    """It is kept whole, and its author is asked what it is: at once, or when they have a municipality."""
    PLACE = "place"
    """The places, or the villages, with this name are shown, to be pressed."""
    REASON = "reason"
    """It is the reason."""
    STAFF_NAME = "staff name"
    """It is the name."""
    SEARCHED = "searched"
    """The comments with these words are shown."""
    ENTERED = "entered"
    """It is what staff enter for somebody."""
    DECISION = "decision"
    """It is the reason of a decision, which is stored."""
    RESOLUTION = "resolution"
    """It is what was asked for of the council's resolution, and is shown back."""
    DONE_ON = "done on"
    """It is the day on which something was done."""
    APPEALED = "appealed"
    """It is shown to its author, who sends it as an appeal or not."""
    TRANSCRIPT = "transcript"
    """It is what is said in a voice message."""
    TEXT = "text"
    """It is the text of the hearing that was asked for."""
    CHAIRED = "chaired"
    """They are the hands, or the note."""
    DONE = "done"
    """The screen that it stands for is shown. What is waited for, and what is kept, stays."""
    NOT_KEPT = "not kept"
    """It is answered: it was not kept, why, and how to go on."""


_ALWAYS: Final = {Input.COMMAND: Meaning.DONE, Input.LINK: Meaning.DONE, Input.OTHER: Meaning.NOT_KEPT}


def _row(words: Meaning, place_name: Meaning, recording: Meaning) -> Mapping[Input, Meaning]:
    row = {Input.WORDS: words, Input.PLACE_NAME: place_name, Input.RECORDING: recording, **_ALWAYS}
    return exhaustive(Input, row)


MEANINGS: Final[Mapping[State, Mapping[Input, Meaning]]] = exhaustive(
    State,
    {
        # state                            typed words       name of a place   voice or photo
        State.LOOKING: _row(               Meaning.NOT_KEPT, Meaning.PLACE,    Meaning.NOT_KEPT),
        State.NEW: _row(                   Meaning.KEPT,     Meaning.PLACE,    Meaning.KEPT),
        State.READING: _row(               Meaning.KEPT,     Meaning.KEPT,     Meaning.KEPT),
        State.WRITING: _row(               Meaning.WRITTEN,  Meaning.WRITTEN,  Meaning.WRITTEN),
        State.WRITING_AND_SEARCHING: _row( Meaning.WRITTEN,  Meaning.PLACE,    Meaning.WRITTEN),
        State.SEARCHING: _row(             Meaning.KEPT,     Meaning.PLACE,    Meaning.KEPT),
        State.NAMING_VILLAGE: _row(        Meaning.KEPT,     Meaning.PLACE,    Meaning.KEPT),
        State.GIVING_REASON: _row(         Meaning.REASON,   Meaning.REASON,   Meaning.KEPT),
        State.GIVING_NAME: _row(           Meaning.STAFF_NAME, Meaning.STAFF_NAME, Meaning.KEPT),
        State.SEARCHING_COMMENTS: _row(    Meaning.SEARCHED, Meaning.SEARCHED, Meaning.KEPT),
        State.ATTACHING: _row(             Meaning.KEPT,     Meaning.KEPT,     Meaning.KEPT),
        State.ENTERING: _row(              Meaning.ENTERED,  Meaning.ENTERED,  Meaning.ENTERED),
        State.DECIDING: _row(              Meaning.DECISION, Meaning.DECISION, Meaning.KEPT),
        State.RECORDING_COUNCIL: _row(     Meaning.RESOLUTION, Meaning.RESOLUTION, Meaning.KEPT),
        State.MARKING_DONE: _row(          Meaning.DONE_ON,  Meaning.DONE_ON,  Meaning.KEPT),
        State.APPEALING: _row(             Meaning.APPEALED, Meaning.APPEALED, Meaning.KEPT),
        State.TRANSCRIBING: _row(          Meaning.TRANSCRIPT, Meaning.TRANSCRIPT, Meaning.KEPT),
        State.CHANGING_TEXT: _row(         Meaning.TEXT,     Meaning.TEXT,     Meaning.KEPT),
        State.CHAIRING: _row(              Meaning.CHAIRED,  Meaning.CHAIRED,  Meaning.KEPT),
    },
)  # fmt: skip
"""What a message means in each state. Commands and links do what they say, everywhere; other things are refused."""


TYPED_BY_STAFF: Final[Mapping[PendingInputKind, State]] = {
    PendingInputKind.REASON: State.GIVING_REASON,
    PendingInputKind.STAFF_NAME: State.GIVING_NAME,
    PendingInputKind.COMMENT_SEARCH: State.SEARCHING_COMMENTS,
    PendingInputKind.ATTACHMENT: State.ATTACHING,
    PendingInputKind.ENTRY: State.ENTERING,
    PendingInputKind.DECISION: State.DECIDING,
    PendingInputKind.RESOLUTION: State.RECORDING_COUNCIL,
    PendingInputKind.TRANSCRIPT: State.TRANSCRIBING,
    PendingInputKind.DONE: State.MARKING_DONE,
    PendingInputKind.TEXT: State.CHANGING_TEXT,
    PendingInputKind.HALL: State.CHAIRING,
}
"""What staff are asked for at the desk comes before everything else."""


def state_of(actor: Actor, pending: PendingInput | None) -> State:
    """The state of a person, with what is waited for: what is being written comes before every search."""
    if (search := CommentSearch.of(pending)) is not None and search.words:
        pending = None  # what was looked for is kept for the next page of it
    if pending is not None and pending.kind is PendingInputKind.DECISION and not awaits_words(pending):
        pending = None  # the decision is kept, and made by buttons at present
    if pending is not None and pending.kind in TYPED_BY_STAFF:
        return TYPED_BY_STAFF[pending.kind]
    if actor.consented is None:
        return State.LOOKING
    if pending is not None and (pending.writing is not None or pending.kind is PendingInputKind.APPEAL):
        return _writing(pending)
    if actor.consented.municipality_id is None:
        return State.NEW
    if pending is None:
        return State.READING
    return State.NAMING_VILLAGE if pending.kind is PendingInputKind.VILLAGE else State.SEARCHING


def _writing(pending: PendingInput) -> State:
    if pending.kind is PendingInputKind.APPEAL:
        return State.APPEALING
    return State.WRITING_AND_SEARCHING if pending.kind in PLACES_TYPED else State.WRITING


def seeks_places(state: State) -> bool:
    """True where it matters whether typed words are the name of a place."""
    return MEANINGS[state][Input.PLACE_NAME] is not MEANINGS[state][Input.WORDS]
