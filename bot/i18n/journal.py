"""The words of the journal: what was done, by whom, and the details of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.comments import HidingRule, Outcome
from bot.domain.exhaustive import exhaustive
from bot.domain.files import FormKind
from bot.domain.journal import Act
from bot.domain.notices import NoticeKind
from bot.domain.people import Role
from bot.domain.setbacks import SetbackReason
from bot.i18n import later, names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.domain.journal import JournalEntry, JournalPage
    from bot.i18n import Translator

    Value = str | int

ACT_SENTENCES: Final[Mapping[Act, str]] = exhaustive(
    Act,
    {
        Act.INVITED: later("Invitation made"),
        Act.JOINED: later("Role taken by an invitation"),
        Act.LOADED: later("Hearing loaded"),
        Act.PUBLISHED: later("Hearing published"),
        Act.OPENED: later("Answers opened"),
        Act.CLOSED: later("Answers closed"),
        Act.DOWNLOADED: later("Record downloaded"),
        Act.COMMENT_PUBLISHED: later("Comment published"),
        Act.COMMENT_HIDDEN: later("Comment hidden"),
        Act.COMMENT_PUT_BACK: later("Comment put back to the waiting ones"),
        Act.COMMENTS_JOINED: later("Comment joined with another one"),
        Act.COMMENTS_PARTED: later("Comment parted from others"),
        Act.APPEALED: later("Appeal against the hiding of a comment"),
        Act.HIDING_UPHELD: later("Comment kept hidden after an appeal"),
        Act.HIDING_LIFTED: later("Comment published after an appeal"),
        Act.COMMENT_WITHDRAWN: later("Comment taken back by its author"),
        Act.COMMENT_AMENDED: later("Comment changed by its author"),
        Act.FORGOTTEN: later("Personal data deleted"),
        Act.PUBLISHING_PLANNED: later("Time of publication chosen"),
        Act.CHANGED: later("Hearing corrected"),
        Act.POSTPONED: later("Hearing postponed"),
        Act.CANCELLED: later("Hearing cancelled"),
        Act.REMINDERS_SET: later("Times of reminders chosen"),
        Act.BROADCAST_PAUSED: later("Messages held back"),
        Act.BROADCAST_RESUMED: later("Messages let go again"),
        Act.BROADCAST_CANCELLED: later("Messages called off"),
        Act.ROOM_LINKED: later("Group or channel linked"),
        Act.ROOM_UNLINKED: later("Group or channel unlinked"),
        Act.QUESTION_POSTED: later("Question posted in groups and channels"),
        Act.POSTER_MADE: later("Poster made"),
        Act.POSTERS_MADE: later("Posters of all villages made"),
        Act.ROLE_REVOKED: later("Role taken back"),
        Act.INVITATION_WITHDRAWN: later("Invitation taken back"),
        Act.HANDED_OVER: later("Role handed over to a colleague"),
        Act.NAMED: later("Own name written"),
        Act.JOURNAL_DOWNLOADED: later("Journal downloaded"),
        Act.VILLAGE_REMINDED: later("Reminder sent to a village"),
        Act.DECIDED: later("Decision made"),
        Act.DECISION_TAKEN_BACK: later("Decision taken back"),
        Act.PROPOSED: later("Decision proposed"),
        Act.PROPOSAL_SENT_BACK: later("Proposed decision sent back"),
        Act.TWO_PAIRS_ON: later("Two pairs of eyes: on"),
        Act.TWO_PAIRS_OFF: later("Two pairs of eyes: off"),
        Act.COMPLETED: later("Hearing answered"),
        Act.TABLE_TAKEN: later("Table of decisions downloaded"),
        Act.DONE: later("Said to be done"),
        Act.NOT_DONE: later("Said not to be done after all"),
        Act.RESOLUTION_STORED: later("Council’s resolution stored"),
        Act.DRAFT_DELETED: later("Draft deleted"),
        Act.TABLE_APPLIED: later("Decisions stored from a table"),
        Act.ATTACHED: later("Document added"),
        Act.DETACHED: later("Document removed"),
        Act.TRANSCRIBED: later("Voice message written down"),
        Act.TRANSCRIPT_CONFIRMED: later("Transcript confirmed"),
        Act.TRANSCRIPT_REMOVED: later("Transcript removed"),
        Act.COMMENT_ENTERED: later("Comment entered for somebody"),
        Act.ENTRY_CHANGED: later("Entered comment changed"),
        Act.ENTRY_REMOVED: later("Entered comment removed"),
        Act.VOTES_COUNTED: later("Votes counted by hand"),
        Act.VOTE_COUNT_REMOVED: later("Counted votes removed"),
        Act.PRESENCE_COUNTED: later("People present entered"),
        Act.PRESENCE_REMOVED: later("People present removed"),
        Act.ALL_ENTERED: later("Everything entered"),
        Act.ENTRIES_REOPENED: later("Entries reopened"),
        Act.SHEET_TAKEN: later("Entry sheet downloaded"),
        Act.SHEET_APPLIED: later("Entries stored from a sheet"),
        Act.FORM_PRINTED: later("Form to print made"),
        Act.FORM_STORED: later("Form of the minutes stored"),
        Act.FORM_REMOVED: later("Form of the minutes removed"),
        Act.SITTING_STARTED: later("Sitting begun"),
        Act.ITEM_BEGUN: later("Agenda item begun"),
        Act.QUESTION_ASKED: later("Question opened to the hall"),
        Act.ASKING_CLOSED: later("Question to the hall closed"),
        Act.RESULT_SHOWN: later("Result shown in the hall"),
        Act.HANDS_COUNTED: later("Raised hands counted"),
        Act.FLOOR_GIVEN: later("Floor given"),
        Act.FLOOR_ENDED: later("Speaker has finished"),
        Act.ANSWERED_IN_HALL: later("Question answered in the hall"),
        Act.SITTING_ENDED: later("Sitting ended"),
        Act.HALL_UNDONE: later("Last step in the hall undone"),
        Act.HALL_KEYS_MADE: later("Links to the hall’s pages made"),
        Act.HALL_KEYS_WITHDRAWN: later("Links to the hall’s pages withdrawn"),
    },
)
"""What was done, as a heading of its line."""
OF_RESIDENTS: Final = frozenset({Act.COMMENT_WITHDRAWN, Act.COMMENT_AMENDED, Act.APPEALED, Act.FORGOTTEN})
"""Done by residents: nobody reads by whom, not even by a number, which would join what one person wrote."""


def who(t: Translator, page: JournalPage, entry: JournalEntry) -> str:
    """Who did it: by the name they gave themselves, else by their number; the program, or a resident."""
    if entry.act in OF_RESIDENTS:
        return t("A resident")
    if entry.actor_id is None:
        return t("The program")
    return person(t, page, entry.actor_id)


def person(t: Translator, page: JournalPage, resident_id: int) -> str:
    """A member of staff by name, else by number."""
    return page.name(resident_id) or t("Staff № {number}", number=resident_id)


def details(t: Translator, page: JournalPage, entry: JournalEntry) -> tuple[str, ...]:
    """What else the line says, in words; what no reader can use (digests, our own numbers) is left out."""
    return tuple(_details(t, page, entry))


def _details(t: Translator, page: JournalPage, entry: JournalEntry) -> Iterator[str]:
    data = entry.data
    for key, words in _DETAILS.items():
        if key in data and (said := words(t, data[key])):
            yield said
    if "resident" in data:
        yield t("Whose role: {name}", name=person(t, page, int(data["resident"])))
    if "proposer" in data:
        yield t("Proposed by: {name}", name=person(t, page, int(data["proposer"])))
    if (village := page.villages.get(int(data.get("village", 0)))) is not None:
        yield t("Village: {name}", name=t.place(village.name))
    if entry.act is Act.PUBLISHING_PLANNED and data.get("at"):
        moment = datetime.fromisoformat(str(data["at"]))
        yield t("When: {moment}", moment=t.moment(moment, page.zone))
    if entry.act is Act.POSTPONED and "was" in data:
        was = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=int(data["was"]))
        yield t("It was to be: {moment}", moment=t.moment(was, page.zone))


def _role(t: Translator, value: Value) -> str:
    return t("Role: {role}", role=t(names.ROLE_NAMES[Role(str(value))]))


def _rule(t: Translator, value: Value) -> str:
    return t("Rule: {rule}", rule=t(names.HIDING_RULE_NAMES[HidingRule(str(value))]))


def _why(t: Translator, value: Value) -> str:
    why = SetbackReason(str(value))
    known = names.SETBACK_REASON_SENTENCES.get(why)
    return t("Reason: {words}", words=t(known)) if known else ""


def _kind(t: Translator, value: Value) -> str:
    return t(names.NOTICE_KIND_NAMES[NoticeKind(str(value))])


FORM_WORDS: Final = {
    "pdf": later("one page (PDF)"),
    "pdf-full": later("full report (PDF)"),
    "docx": later("minutes (Word)"),
    "csv-bundle": later("all tables (ZIP)"),
    "open-data": later("open data (ZIP)"),
}
"""What a file of the record is called where the ending of its name says it to nobody."""
PROGRAM_NAMES: Final = {"pb": "Pabulib", "polis": "Polis"}


def _form(t: Translator, form: str) -> str:
    return t(FORM_WORDS[form]) if form in FORM_WORDS else PROGRAM_NAMES.get(form, form.upper())


_DETAILS: Final[Mapping[str, Callable[[Translator, Value], str]]] = {
    "role": _role,
    "rule": _rule,
    "why": _why,
    "words": lambda t, value: t("Reason: {words}", words=value) if value else "",
    "kind": _kind,
    "with": lambda t, value: t("Joined with: № {number}", number=value),
    "outcome": lambda t, value: t(names.OUTCOME_NAMES[Outcome(str(value))]),
    "earlier": lambda t, value: t("Before: {words}", words=t(names.OUTCOME_NAMES[Outcome(str(value))])),
    "new": lambda t, value: t("New decisions: {n}", n=t.number(int(value))),
    "changed": lambda t, value: t("Changed decisions: {n}", n=t.number(int(value))),
    "printed": lambda t, value: t(names.FORM_NAMES[FormKind(str(value))]),
    "papers": lambda t, value: t("Comments: {n}", n=t.number(int(value))),
    "boxes": lambda t, value: t("Counts of boxes: {n}", n=t.number(int(value))),
    "sittings": lambda t, value: t("Sittings: {n}", n=t.number(int(value))),
    "sitting": lambda t, value: t("Sitting: № {no}", no=value) if value else "",
    "item": lambda t, value: t("Agenda item: {no}", no=value),
    "speaker": lambda t, value: t("Speaker: № {number}", number=value),
    "numbers": lambda t, value: t("Hands: {numbers}", numbers=value),
    "people": lambda t, value: t("Checked in: {n}", n=t.number(int(value))),
    "undone": lambda t, value: t(ACT_SENTENCES[Act(str(value))]),
    "version": lambda t, value: t("Version {n}", n=t.number(int(value))),
    "form": lambda t, value: t("Form: {form}", form=_form(t, str(value))),
    "minutes": lambda t, value: t("Minutes before: {minutes}", minutes=value or "–"),
    "before": lambda t, value: t("Before: {words}", words=value or "–"),
    "after": lambda t, value: t("After: {words}", words=value or "–"),
}
"""By the key of a line's data, how its value is said; keys that are not here stand in the file alone."""
TOLD: Final = frozenset(_DETAILS)
"""The keys of a line's data that are said."""
