"""Appeals of authors against the hiding of their comments, decided by other staff than whoever hid them."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.appeals import (
    LONGEST_APPEAL,
    Appeal,
    WaitingAppeal,
    ensure_appealable,
    ensure_judge,
    judges,
    words_mark,
)
from bot.domain.comments import Visibility
from bot.domain.errors import NothingExpected, TextTooLong
from bot.domain.journal import Act, about_comment, digest_of_words
from bot.domain.message_text import checked
from bot.domain.owed_replies import OwedReply, ReplyKind, update_key
from bot.domain.pending_input import PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_consented
from bot.domain.places import PlaceKind
from bot.domain.values import dataclass
from bot.services.comments import CommentView
from bot.services.moderation import store_standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.people import Actor, Resident
    from bot.domain.places import Place
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

APPEAL_TYPING_LASTS: Final = timedelta(hours=1)
"""How long the words of an appeal are waited for, and kept until their author sends them."""
APPEALS_SHOWN: Final = 10
"""Appeals in one list, those that have waited longest; the others come when these are decided."""


@dataclass(frozen=True, slots=True)
class TypedAppeal:
    """What an author has typed and not sent yet; ``words`` are empty before."""

    view: CommentView
    words: str = ""


@dataclass(frozen=True, slots=True)
class AppealList:
    """The appeals that wait in a municipality, the longest first."""

    municipality: Place
    items: tuple[WaitingAppeal, ...]


@dataclass(frozen=True, slots=True)
class OpenedAppeal:
    """One appeal as staff read it.

    ``waits``: it is not decided. ``may_judge``: the reader decides about it. ``alone``: whoever hid the comment decides
    too, since there is nobody else. ``by_reader``: the reader hid it.
    """

    appeal: Appeal
    view: CommentView
    zone: ZoneInfo
    waits: bool
    may_judge: bool
    alone: bool
    by_reader: bool
    people: Mapping[int, Resident] = field(default_factory=dict)

    def name(self, resident_id: int | None) -> str:
        """How that member of staff wants colleagues to see them; empty where they have not said."""
        person = self.people.get(resident_id or 0)
        return person.staff_name if person else ""


class Appeals:
    """What authors say against a hiding, and what becomes of it."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def begin(self, actor: Actor, comment_id: int) -> TypedAppeal:
        """Take the author's next text for an appeal.

        Raises NotFound for another's comment, AlreadyWithdrawn, NotHidden and AlreadyAppealed.
        """
        author = ensure_consented(actor)
        async with self._store.writing() as repositories:
            view = await _appealable(repositories, author, comment_id)
            until = self._clock.now() + APPEAL_TYPING_LASTS
            pending = PendingInput(
                author.id, PendingInputKind.APPEAL, until, view.hearing.id, comment_id=view.comment.id
            )
            await repositories.pending_inputs.put(pending)
        return TypedAppeal(view)

    async def keep(self, actor: Actor, text: str) -> TypedAppeal:
        """Keep the typed words until their author sends them; nobody reads them before.

        Raises TextEmpty, TextTooLong, NothingExpected, and as ``begin``.
        """
        author, words = ensure_consented(actor), checked(text)
        if len(words) > LONGEST_APPEAL:
            raise TextTooLong(LONGEST_APPEAL, len(words))
        async with self._store.writing() as repositories:
            pending = await self._pending(repositories, author)
            if pending is None:
                raise NothingExpected
            view = await _appealable(repositories, author, pending.comment_id)
            until = self._clock.now() + APPEAL_TYPING_LASTS
            await repositories.pending_inputs.put(replace(pending, text=words, expires_at=until))
        return TypedAppeal(view, words)

    async def send(self, actor: Actor, comment_id: int, *, mark: int) -> CommentView:
        """Store the typed words as an appeal, and tell those who decide about it.

        ``mark`` is that of the words on the screen; raises NothingExpected where others wait. Raises as ``begin``.
        """
        author, now = ensure_consented(actor), self._clock.now()
        async with self._store.writing() as repositories:
            view = await _appealable(repositories, author, comment_id)
            pending = await self._pending(repositories, author)
            if pending is None or pending.comment_id != comment_id or words_mark(pending.text) != mark:
                raise NothingExpected
            comment = view.comment
            assert comment.hidden_at is not None
            appeal = await repositories.appeals.add(Appeal(0, comment.id, comment.hidden_at, pending.text, now))
            await repositories.pending_inputs.drop(author.id)
            data = {"digest": digest_of_words(pending.text)}
            await repositories.journal.add(about_comment(comment.id, Act.APPEALED, at=now, by=author.id, data=data))
            for judge in await _judges(repositories, view):
                await _owe(repositories, judge, ReplyKind.APPEALED, appeal, now)
        return replace(view, appeal=appeal)

    async def cancel(self, actor: Actor) -> None:
        """Wait no longer for an appeal, and keep no words of one."""
        if actor.consented is None:
            return
        async with self._store.reading() as repositories:
            pending = await self._pending(repositories, actor.consented)
        if pending is not None:
            async with self._store.writing() as repositories:
                await repositories.pending_inputs.drop(pending.resident_id)

    async def waiting(self, actor: Actor, municipality_id: int) -> AppealList:
        """The appeals that wait in a municipality. Raises Forbidden for who decides about none there."""
        ensure(actor, Permission.JUDGE, municipality_id)
        places = await self._directory.tree()
        municipality = places.get(municipality_id, PlaceKind.MUNICIPALITY)
        async with self._store.reading() as repositories:
            found = await repositories.appeals.list_waiting(municipality_id, limit=APPEALS_SHOWN)
            comments = {each.comment_id: await repositories.comments.get(each.comment_id) for each in found}
            hearings = await repositories.hearings.get_many({each.hearing_id for each in comments.values()})
        items = [(appeal, comments[appeal.comment_id]) for appeal in found]
        waiting = tuple(WaitingAppeal(appeal, comment, hearings[comment.hearing_id]) for appeal, comment in items)
        return AppealList(municipality, waiting)

    async def opened(self, actor: Actor, appeal_id: int) -> OpenedAppeal:
        """One appeal, decided or not. Raises Forbidden for who decides about none there."""
        async with self._store.reading() as repositories:
            return await self._opened(repositories, actor, appeal_id)

    async def judge(self, actor: Actor, appeal_id: int, *, lift: bool) -> OpenedAppeal:
        """Publish the comment again, or let it stay hidden; its author is told. Once more the same changes nothing.

        Raises AppealSettled where it does not wait, and OwnHiding for whoever hid it while a colleague can decide.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            opened = await self._opened(repositories, actor, appeal_id)
            appeal, comment, hearing = opened.appeal, opened.view.comment, opened.view.hearing
            if appeal.judged_at is not None and appeal.lifted is lift:
                return opened
            ensure_judge(appeal, comment, actor.resident_id, await _judges(repositories, opened.view))
            await repositories.appeals.judge(appeal.id, lifted=lift, by=actor.resident_id, at=now)
            act = Act.HIDING_LIFTED if lift else Act.HIDING_UPHELD
            await repositories.journal.add(about_comment(comment.id, act, at=now, by=actor.resident_id))
            if lift:
                after = comment.standing_as(Visibility.PUBLISHED, None, at=now, by=None)
                await store_standing(repositories, hearing, comment, after, at=now, appealed=True)
            elif comment.author_id is not None:
                await _owe(repositories, comment.author_id, ReplyKind.HIDING_UPHELD, appeal, now)
            return await self._opened(repositories, actor, appeal_id)

    async def _opened(self, repositories: Repositories, actor: Actor, appeal_id: int) -> OpenedAppeal:
        appeal = await repositories.appeals.get(appeal_id)
        comment = await repositories.comments.get(appeal.comment_id)
        hearing = await repositories.hearings.get(comment.hearing_id)
        ensure(actor, Permission.JUDGE, hearing.municipality_id)
        view = CommentView(comment, hearing, staff=True, appeal=appeal)
        able, waits = await _judges(repositories, view), appeal.waits(comment)
        hid = comment.hidden_by is not None and comment.hidden_by == actor.resident_id
        alone = comment.hidden_by is not None and able == (comment.hidden_by,)
        people = {number for number in (comment.hidden_by, appeal.judged_by) if number is not None}
        return OpenedAppeal(
            appeal,
            view,
            (await self._directory.tree()).zone(hearing.municipality_id),
            waits,
            may_judge=waits and (not hid or alone),
            alone=alone,
            by_reader=hid,
            people=await repositories.people.get_many(people),
        )

    async def _pending(self, repositories: Repositories, author: Resident) -> PendingInput | None:
        pending = await repositories.pending_inputs.find(author.id, self._clock.now())
        return pending if pending is not None and pending.kind is PendingInputKind.APPEAL else None


async def _appealable(repositories: Repositories, author: Resident, comment_id: int) -> CommentView:
    comment = await repositories.comments.get(comment_id)
    comment.ensure_by(author)
    ensure_appealable(comment, await repositories.appeals.find(comment))
    return CommentView(comment, await repositories.hearings.get(comment.hearing_id), own=True)


async def _judges(repositories: Repositories, view: CommentView) -> tuple[int, ...]:
    staff = await repositories.people.list_staff(view.hearing.municipality_id)
    return judges(staff, view.comment.hidden_by)


async def _owe(repositories: Repositories, recipient_id: int, kind: ReplyKind, appeal: Appeal, now: datetime) -> None:
    """Owe a person a word about an appeal, once; nothing to staff who have left Telegram's reach."""
    if (await repositories.people.get(recipient_id)).telegram_id is None:
        return
    facts: dict[str, str | int] = {"comment": appeal.comment_id, "appeal": appeal.id}
    reply = OwedReply(recipient_id, kind, update_key(f"{kind} {appeal.id} {recipient_id}"), facts)
    await repositories.owed_replies.add(reply, at=now)
