"""Comments that say the same: suggested to staff, joined so that they share one decision, parted again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.domain.decision_table import decision_mark
from bot.domain.duplicates import (
    CANDIDATES_COMPARED,
    LIKENESS,
    SHORTEST_ALIKE,
    SIMILAR_SHOWN,
    ensure_joinable,
)
from bot.domain.errors import NotFound
from bot.domain.hearings import Phase
from bot.domain.journal import Act, about_comment
from bot.domain.permissions import Permission, ensure
from bot.domain.promises import done_work
from bot.domain.values import dataclass
from bot.services.comments import CommentView
from bot.services.deciding import MeantDecision, owe_word, store_decisions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.ports import Clock, Repositories, Store

COMPARED_AT_ONCE: Final = 200
"""Texts compared before anybody else has their turn: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class SimilarComments:
    """A comment, and others of its hearing that look the same, the likest first."""

    view: CommentView
    found: tuple[CommentView, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A comment that is to be joined with a head: of two that look the same the older one, or its own head."""

    view: CommentView
    head: CommentView


class Duplicates:
    """What moderators do with comments that say the same. Every method raises Forbidden for others.

    Where a decision comes or goes with it, whoever does it must be one who decides.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def similar(self, actor: Actor, comment_id: int) -> SimilarComments:
        """The comments that look the same as one; none for one that is joined, or was taken back."""
        async with self._store.reading() as repositories:
            comment, hearing = await _found(repositories, actor, comment_id)
            view = CommentView(comment, hearing, staff=True)
            ids = await find_similar(repositories, comment)
            found = [await repositories.comments.get(number) for number in ids]
        return SimilarComments(view, tuple(CommentView(each, hearing, staff=True) for each in found))

    async def pair(self, actor: Actor, comment_id: int, other_id: int) -> Pair:
        """Which of two comments would be joined with which. Raises as ``join``."""
        async with self._store.reading() as repositories:
            return await self._pair(repositories, actor, comment_id, other_id)

    async def join(
        self, actor: Actor, comment_id: int, other_id: int, *, edition: int = 0, other_edition: int = 0
    ) -> Pair:
        """Join two comments: they share one decision from now on, that of the head where it has one already.

        Joined already, nothing changes. Raises CommentChanged where one has other words than were read, and as
        ``ensure_joinable``.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            pair = await self._pair(repositories, actor, comment_id, other_id)
            comment, head, hearing = pair.view.comment, pair.head.comment, pair.view.hearing
            if comment.merged_into == head.id:
                return pair
            for each, seen in ((comment_id, edition), (other_id, other_edition)):
                (await repositories.comments.get(each)).ensure_edition(seen)
            by, data = actor.resident_id, {"with": head.number}
            await repositories.journal.add(about_comment(comment.id, Act.COMMENTS_JOINED, at=now, by=by, data=data))
            if head.decision is not None:
                ensure(actor, Permission.DECIDE, hearing.municipality_id)
                # before they are joined: it is told to the people of those that get it now
                await _share_decision(repositories, hearing, comment, head, by=by, at=now)
            await repositories.proposals.drop([comment.id])
            await repositories.duplicates.join(comment.id, head.id)
            if (done := done_work(head.decision)) is not None:
                await repositories.answers.set_done(head.id, done)
            return replace(pair, view=replace(pair.view, comment=await repositories.comments.get(comment.id)))

    async def part(self, actor: Actor, comment_id: int) -> CommentView:
        """Undo a joining: the comment waits for a decision of its own, unless the hearing is answered; that is told.

        Raises NotFound for a comment that is joined with no other.
        """
        now = self._clock.now()
        async with self._store.writing() as repositories:
            comment, hearing = await _found(repositories, actor, comment_id)
            if comment.merged_into is None:
                raise NotFound("joined comment", comment_id)
            await repositories.duplicates.part(comment.id)
            if comment.decision is not None and hearing.phase is not Phase.ANSWERED:
                ensure(actor, Permission.DECIDE, hearing.municipality_id)
                moment = await owe_word(repositories, hearing, at=now)
                await repositories.comments.take_back(comment.id, at=moment)
            entry = about_comment(comment.id, Act.COMMENTS_PARTED, at=now, by=actor.resident_id)
            await repositories.journal.add(entry)
            return CommentView(await repositories.comments.get(comment.id), hearing, staff=True)

    async def _pair(self, repositories: Repositories, actor: Actor, comment_id: int, other_id: int) -> Pair:
        named = [await _found(repositories, actor, number) for number in (comment_id, other_id)]
        hearing = named[0][1]
        heads = [await _head(repositories, comment) for comment, _ in named]
        if heads[0].id == heads[1].id and comment_id != other_id:
            comment = next(each for each, _ in named if each.merged_into is not None)
            head = heads[0]
        else:  # who has a decision is the head, else the older one
            head, comment = sorted(heads, key=lambda each: (each.decision is None, each.number))
            ensure_joinable(comment, head)
        return Pair(CommentView(comment, hearing, staff=True), CommentView(head, hearing, staff=True))


async def find_similar(repositories: Repositories, comment: Comment) -> tuple[int, ...]:
    """The ids of the comments that look the same; none of one that is joined, decided, or was taken back."""
    if comment.merged_into is not None or comment.withdrawn_at is not None or comment.decision is not None:
        return ()
    words, others = await repositories.duplicates.candidates(comment, limit=CANDIDATES_COMPARED)
    return await alike(words, others)


async def alike(words: str, others: Mapping[int, str]) -> tuple[int, ...]:
    """The ids of the texts that are like these folded words, the likest first, some compared at a time."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 libraries for this alone

    if len(words) < SHORTEST_ALIKE:
        return ()
    found: list[tuple[float, int]] = []
    rest = iter(others.items())
    while some := dict(islice(rest, COMPARED_AT_ONCE)):
        compared = process.extract(
            words, some, scorer=fuzz.token_sort_ratio, score_cutoff=LIKENESS, limit=SIMILAR_SHOWN
        )
        found += [(-likeness, number) for _, likeness, number in compared]
        await asyncio.sleep(0)
    return tuple(number for _, number in sorted(found)[:SIMILAR_SHOWN])


async def _share_decision(
    repositories: Repositories, hearing: Hearing, comment: Comment, head: Comment, *, by: int | None, at: datetime
) -> None:
    """Give the comment, and those joined with it, the decision of the head; their people are told."""
    assert head.decision is not None
    moment = await owe_word(repositories, hearing, at=at)
    decided = {comment.id: MeantDecision(head.decision, comment.edition, decision_mark(None))}
    await store_decisions(repositories, decided, by=by, at=at, moment=moment)


async def _head(repositories: Repositories, comment: Comment) -> Comment:
    """The comment with which it is joined, else itself: no chain is longer."""
    return comment if comment.merged_into is None else await repositories.comments.get(comment.merged_into)


async def _found(repositories: Repositories, actor: Actor, comment_id: int) -> tuple[Comment, Hearing]:
    comment = await repositories.comments.get(comment_id)
    hearing = await repositories.hearings.get(comment.hearing_id)
    ensure(actor, Permission.MODERATE, hearing.municipality_id)
    return comment, hearing
