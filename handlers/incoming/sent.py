"""What people type, speak and photograph: what it means stands in ``bot.domain.conversation``; here it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.conversation import MEANINGS, Input, Meaning, State, seeks_places, state_of
from bot.domain.entry_drafts import EntryDraft
from bot.domain.exhaustive import exhaustive
from handlers import (
    announcing,
    answers,
    appeals,
    chair,
    comment_list,
    comments,
    decision_drafts,
    editing,
    entries,
    hall,
    places,
    promises,
    resolutions,
    staff,
    start,
    transcripts,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.services.incoming_message import IncomingMessage
    from handlers.context import Context

FINDING: Final = frozenset({State.LOOKING, State.NEW, State.READING})
"""Where a typed number is that of a comment, if its author reads answers."""
CHECKING_IN: Final = FINDING | {State.SEARCHING, State.NAMING_VILLAGE}
"""Where it may be the code of the day: who comes into the hall with a new phone is asked for their place meanwhile."""
WORDS_OF_A_NAME: Final = 3
"""Few names of places have more: of a longer text nobody is told that no place is called so."""


async def receive(context: Context, incoming: IncomingMessage, *, typed: bool) -> None:
    """Do what a message means in the state its author is in; ``typed`` where it is text alone."""
    actor = await context.actor()
    state = state_of(actor, await context.services.pending_inputs.find(actor))
    if typed and state in FINDING and await answers.on_number(context, incoming.text):
        return
    if typed and state in CHECKING_IN and await hall.on_code(context, incoming.text):
        return
    sent = await _named(context, state, incoming.text) if typed else Input.RECORDING
    await ACTS[MEANINGS[state][sent]](context, incoming)
    context.bot_data.attention.wrote(actor.telegram_id, context.services.clock.now())


async def _named(context: Context, state: State, text: str) -> Input:
    """Whether typed words are the name of a place where one is looked for: those that have it are shown.

    Where none has it, a person who looks for one is told so; what they typed is words nevertheless.
    """
    if not seeks_places(state):
        return Input.WORDS
    if state is State.NAMING_VILLAGE:
        found = await places.on_village(context, text)
    else:
        tells = state is not State.LOOKING and _may_be_a_name(text)
        found = await places.on_search(context, text, tells_nothing_found=tells)
    return Input.PLACE_NAME if found else Input.WORDS


def _may_be_a_name(text: str) -> bool:
    return len(text.split()) <= WORDS_OF_A_NAME


async def _file(context: Context, incoming: IncomingMessage) -> None:
    """It is written or kept: the service decides by what is waited for, in the transaction that stores it."""
    await comments.on_submission(context, incoming)


async def _add_name(context: Context, incoming: IncomingMessage) -> None:
    """A name that follows other words within seconds is a part of them too: the address under a complaint."""
    await comments.on_follow_up(context, incoming)


async def _give_reason(context: Context, incoming: IncomingMessage) -> None:
    pending = await context.services.pending_inputs.find(await context.actor())
    if pending is not None:
        await announcing.on_reason(context, pending, incoming.text)


async def _give_name(context: Context, incoming: IncomingMessage) -> None:
    await staff.on_name(context, incoming.text)


async def _search(context: Context, incoming: IncomingMessage) -> None:
    await comment_list.on_words(context, incoming.text)


async def _enter(context: Context, incoming: IncomingMessage) -> None:
    pending = await context.services.pending_inputs.find(await context.actor())
    if pending is not None:
        await entries.on_entry(context, EntryDraft.of(pending), incoming)


async def _decide(context: Context, incoming: IncomingMessage) -> None:
    await decision_drafts.on_decision_words(context, incoming.text)


async def _record_council(context: Context, incoming: IncomingMessage) -> None:
    await resolutions.on_words(context, incoming.text)


async def _appeal(context: Context, incoming: IncomingMessage) -> None:
    await appeals.on_words(context, incoming.text)


async def _transcribe(context: Context, incoming: IncomingMessage) -> None:
    await transcripts.on_words(context, incoming.text)


async def _done_on(context: Context, incoming: IncomingMessage) -> None:
    await promises.on_day(context, incoming.text)


async def _change_text(context: Context, incoming: IncomingMessage) -> None:
    await editing.on_text(context, incoming.text)


async def _chair(context: Context, incoming: IncomingMessage) -> None:
    await chair.on_words(context, incoming.text)


async def _refuse(context: Context, incoming: IncomingMessage) -> None:
    typed = incoming.text if incoming.media is None and _may_be_a_name(incoming.text) else ""
    await start.on_not_kept(context, typed)


ACTS: Final[Mapping[Meaning, Callable[[Context, IncomingMessage], Awaitable[None]]]] = exhaustive(
    set(Meaning) - {Meaning.DONE},
    {
        Meaning.WRITTEN: _file,
        Meaning.KEPT: _file,
        Meaning.PLACE: _add_name,
        Meaning.REASON: _give_reason,
        Meaning.ENTERED: _enter,
        Meaning.STAFF_NAME: _give_name,
        Meaning.SEARCHED: _search,
        Meaning.DECISION: _decide,
        Meaning.RESOLUTION: _record_council,
        Meaning.TRANSCRIPT: _transcribe,
        Meaning.DONE_ON: _done_on,
        Meaning.TEXT: _change_text,
        Meaning.CHAIRED: _chair,
        Meaning.APPEALED: _appeal,
        Meaning.NOT_KEPT: _refuse,
    },
)
"""What is done with a message. Commands, links and other things have handlers of their own."""
