"""What a member of staff is entering, kept with what is waited for; and for which hearing they may."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.entries import LONGEST_NAME, ensure_voices
from bot.domain.entry_drafts import EntryDraft, EntryField
from bot.domain.errors import BadPresence, NothingEntered, TextTooLong
from bot.domain.message_text import LONGEST_COMMENT, checked
from bot.domain.parts import Part, fits, is_full
from bot.domain.pending_input import TYPING_LASTS, PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.entries import HandEntry
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Repositories
    from bot.services.incoming_message import IncomingMessage

NUMBER_SEPARATORS: Final = re.compile(r"[\s,;:/|]+")
"""What may stand between typed numbers."""
LONGEST_NUMBER: Final = 9
"""Digits of a typed number."""


async def of_staff(repositories: Repositories, actor: Actor, hearing_id: int) -> Hearing:
    """The hearing for which the actor may enter at some time. Raises Forbidden, NotFound."""
    hearing = await repositories.hearings.get(hearing_id)
    ensure(actor, Permission.ENTER, hearing.municipality_id)
    return hearing


async def enterable(repositories: Repositories, actor: Actor, hearing_id: int, now: datetime) -> Hearing:
    """The hearing for which the actor may enter now. Raises as ``of_staff`` and ``Hearing.ensure_enterable``."""
    hearing = await of_staff(repositories, actor, hearing_id)
    hearing.ensure_enterable(now)
    return hearing


async def find_draft(repositories: Repositories, actor: Actor, hearing_id: int, now: datetime) -> EntryDraft:
    """What the actor is entering for the hearing. Raises NothingEntered."""
    pending = await repositories.pending_inputs.find(actor.resident_id or 0, now)
    if pending is None or pending.kind is not PendingInputKind.ENTRY or pending.hearing_id != hearing_id:
        raise NothingEntered
    return EntryDraft.of(pending)


async def keep_draft(repositories: Repositories, actor: Actor, draft: EntryDraft, now: datetime) -> None:
    """Store what the actor is entering, and wait for what is typed."""
    pending = PendingInput(
        ensure_known(actor).id, PendingInputKind.ENTRY, now + TYPING_LASTS, draft.hearing_id, text=draft.stored
    )
    await repositories.pending_inputs.put(pending)


async def drop_draft(repositories: Repositories, actor: Actor, now: datetime) -> None:
    """Forget what the actor is entering; something else that is waited for stays."""
    staff = ensure_known(actor)
    pending = await repositories.pending_inputs.find(staff.id, now)
    if pending is not None and pending.kind is PendingInputKind.ENTRY:
        await repositories.pending_inputs.drop(staff.id)


def drafted(comment: Comment, entry: HandEntry, name: str) -> EntryDraft:
    """The draft of an entry that is to be changed."""
    return EntryDraft(
        comment.hearing_id,
        waits_for=EntryField.NOTHING,
        channel=comment.channel,
        sitting=entry.sitting,
        kind=comment.kind,
        about=comment.about,
        parts=comment.parts,
        voices=entry.voices,
        name=name,
        given_on=entry.given_on,
        comment_id=comment.id,
        village_id=comment.demographics.village_id,
    )


def with_message(draft: EntryDraft, incoming: IncomingMessage) -> EntryDraft:
    """The draft with a message for the field that is waited for. Raises TextEmpty, TextTooLong, BadPresence."""
    match draft.waits_for:
        case EntryField.VOICES:
            return replace(draft, voices=ensure_voices(_number(incoming.text)), waits_for=EntryField.NOTHING)
        case EntryField.NAME:
            name = " ".join(checked(incoming.text).split())[:LONGEST_NAME]
            return replace(draft, name="" if name in {"-", "–", "—"} else name, waits_for=EntryField.NOTHING)
        case EntryField.WORDS:
            return replace(draft, parts=()).with_part(Part(incoming.words, incoming.media))
    part = Part(incoming.words, None if is_full(draft.parts) else incoming.media)
    if not fits(draft.parts, part):
        raise TextTooLong(LONGEST_COMMENT, len(part.text))
    return draft.with_part(part)


def numbers_in(text: str) -> tuple[int, ...]:
    """The whole numbers of a typed text, in their order. Raises BadPresence where it has none, or anything else."""
    words = NUMBER_SEPARATORS.sub(" ", text).split()
    if not words or not all(word.isdecimal() and len(word) <= LONGEST_NUMBER for word in words):
        raise BadPresence
    return tuple(map(int, words))


def _number(text: str) -> int:
    numbers = numbers_in(text)
    if len(numbers) != 1:
        raise BadPresence
    return numbers[0]
