"""How many comments there are of each sort, from the counts that triggers keep: no comment is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, bindparam, exists, false, func, select, text, true

from bot.domain.comment_lists import Standing
from bot.domain.comments import PROMISING, Outcome, Visibility
from bot.domain.questions import About
from storage import tables
from storage.comment_decisions import CommentDecisions
from storage.comment_rows import counts_from
from storage.count_tables import comment_counts
from storage.desk_tables import proposals
from storage.prepared import PreparedQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement

    from bot.domain.comment_lists import CommentFilter
    from bot.domain.numbers import CommentCounts
    from storage.database import Transaction

_n = comment_counts.c
HERE: Final = _n.hearing_id == bindparam("hearing")
STANDING: Final = _n.withdrawn == false()
PUBLISHED: Final = and_(HERE, STANDING, _n.visibility == Visibility.PUBLISHED)
ALONE: Final = _n.joined == false()
UNDECIDED: Final = and_(STANDING, ALONE, _n.outcome == "")
COUNTED: Final = func.coalesce(func.sum(_n.comments), 0)
_SORTED = PreparedQuery(
    select(
        *(_n.kind, _n.channel, _n.visibility),
        *(func.coalesce(func.sum(_n.comments).filter(which), 0) for which in (STANDING, UNDECIDED, ~STANDING)),
    )
    .where(HERE)
    .group_by(_n.kind, _n.channel, _n.visibility)
)
_SUPPORT = PreparedQuery(select(func.coalesce(func.sum(_n.support), 0)).where(HERE, STANDING))
_ABOUT = select(_n.about_kind, _n.about_no, COUNTED).where(HERE, _n.comments > 0).group_by(_n.about_kind, _n.about_no)
_ALL_ABOUT, _STANDING_ABOUT = PreparedQuery(_ABOUT), PreparedQuery(_ABOUT.where(STANDING))
_PUBLISHED = PreparedQuery(select(COUNTED).where(PUBLISHED))
_PUBLISHED_ABOUT = PreparedQuery(
    select(COUNTED).where(
        PUBLISHED,
        _n.about_kind == bindparam("kind", type_=_n.about_kind.type),
        _n.about_no == bindparam("no", type_=_n.about_no.type),
    )
)
_UNDECIDED = PreparedQuery(select(COUNTED).where(HERE, UNDECIDED))
_p = proposals.c
_PROPOSED = select(func.count()).where(
    _p.hearing_id == bindparam("hearing"),
    _p.sent_back_at.is_(None),
    exists().where(tables.comments.c.id == _p.comment_id, text(tables.UNDECIDED_COMMENTS)),
)


class CountedComments(CommentDecisions):
    """The comments of a hearing, counted."""

    async def counts(self, hearing_id: int) -> CommentCounts:
        """The comments of a hearing, by what they are and how they stand."""
        return counts_from(await self._transaction.rows(_SORTED, {"hearing": hearing_id}))

    async def total_support(self, hearing_id: int) -> int:
        """How often comments that were not taken back are supported."""
        return int(await self._transaction.value(_SUPPORT, {"hearing": hearing_id}))

    async def subjects(self, hearing_id: int, *, standing: bool = False) -> Mapping[About, int]:
        """What the comments of a hearing are about, withdrawn ones too unless ``standing``, and how many are."""
        rows = await self._transaction.rows(_STANDING_ABOUT if standing else _ALL_ABOUT, {"hearing": hearing_id})
        return {About(kind, no): int(count) for kind, no, count in rows}

    async def count_published(self, hearing_id: int, about: About | None = None) -> int:
        """How many comments ``list_published`` has."""
        given = {"hearing": hearing_id}
        if about is None:
            return int(await self._transaction.value(_PUBLISHED, given))
        return int(await self._transaction.value(_PUBLISHED_ABOUT, {**given, "kind": about.kind, "no": about.no}))

    async def count_undecided(self, hearing_id: int) -> int:
        """Comments that are not withdrawn and have no decision, those with a proposed one too."""
        return int(await self._transaction.value(_UNDECIDED, {"hearing": hearing_id}))

    async def count_unproposed(self, hearing_id: int) -> int:
        """How many comments ``list_undecided`` has."""
        proposed = int(await self._transaction.value(_PROPOSED, {"hearing": hearing_id}))
        return await self.count_undecided(hearing_id) - proposed


async def counted_by_outcome(
    transaction: Transaction, hearing_id: int, *, published: bool
) -> Mapping[Outcome, tuple[int, int]]:
    """Comments with a decision that are joined with no other, by the outcome: how many, and of how many it is done."""
    which = (PUBLISHED,) if published else (HERE, STANDING)
    counted = select(_n.outcome, COUNTED, func.coalesce(func.sum(_n.comments).filter(_n.done == true()), 0))
    counted = counted.where(*which, ALONE, _n.outcome != "", _n.comments > 0).group_by(_n.outcome)
    rows = await transaction.rows(counted, {"hearing": hearing_id})
    return {Outcome(outcome): (int(number), int(done)) for outcome, number, done in rows}


def promised_of(by_outcome: Mapping[Outcome, tuple[int, int]]) -> tuple[int, int]:
    """Of ``counted_by_outcome``: how many promise something, and how many of those are done."""
    promising = [counted for outcome, counted in by_outcome.items() if outcome in PROMISING]
    return sum(number for number, _ in promising), sum(done for _, done in promising)


def counts_narrowed(narrowed: CommentFilter) -> bool:
    """Whether the counts know how many comments a list narrowed so has."""
    return not (narrowed.village_id or narrowed.language or narrowed.words)


async def count_narrowed(transaction: Transaction, hearing_id: int, narrowed: CommentFilter) -> int:
    """How many comments a list narrowed so has, where the counts know it."""
    counted = select(COUNTED).where(HERE, STANDING, *_conditions(narrowed))
    return int(await transaction.value(counted, {"hearing": hearing_id}))


def _conditions(narrowed: CommentFilter) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = []
    if (visibility := VISIBILITIES.get(narrowed.state)) is not None:
        chosen.append(_n.visibility == visibility)
    if narrowed.state is Standing.UNDECIDED:
        chosen.append(UNDECIDED)
    if narrowed.kind is not None:
        chosen.append(_n.kind == narrowed.kind)
    if narrowed.about is not None:
        chosen.append(and_(_n.about_kind == narrowed.about.kind, _n.about_no == narrowed.about.no))
    if narrowed.channel is not None:
        chosen.append(_n.channel == narrowed.channel)
    return chosen


VISIBILITIES: Final = {
    Standing.WAITING: Visibility.WAITING,
    Standing.PUBLISHED: Visibility.PUBLISHED,
    Standing.HIDDEN: Visibility.HIDDEN,
}
