"""What changed in the drafts: what decisions change, with the numbers of the comments, and what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.line_pairs import paired_lines
from bot.domain.meaning import Aspect, meaning_changes
from bot.domain.questions import AboutKind
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.meaning import MeaningChange
    from bot.domain.programme import DraftPoint


@dataclass(frozen=True, slots=True)
class ChangedPoint:
    """A point of the drafts that decisions change, with the numbers of the comments on which they were made.

    ``before`` and ``after`` are its sums in tyiyn: in the draft that was published and in the draft as it is now; None
    where it has no sum, or there was no such line.
    """

    point: DraftPoint
    numbers: tuple[int, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class DraftChanges:
    """What changed in the drafts of a hearing since they were published; ``before`` is the dossier that was."""

    hearing: Hearing
    before: Dossier
    decided: tuple[ChangedPoint, ...]
    corrected: tuple[MeaningChange, ...]
    """Of services and budget lines, in the order of the dossier."""


def draft_changes(hearing: Hearing, before: Dossier, changing: Sequence[tuple[DraftPoint, int]]) -> DraftChanges:
    """The changes by what is changed, in the order of the drafts.

    ``changing`` has what decisions change, each with the receipt number of the comment.
    """
    numbers: dict[DraftPoint, list[int]] = {}
    for point, number in changing:
        if hearing.dossier.has(point):
            numbers.setdefault(point, []).append(number)
    order = {point: place for place, point in enumerate(hearing.dossier.points)}
    decided = tuple(
        ChangedPoint(
            point, tuple(numbers[point]), _before(before, hearing.dossier, point), _sum(hearing.dossier, point)
        )
        for point in sorted(numbers, key=lambda each: order.get(each, len(order)))
    )
    drafts = (AboutKind.SERVICE, AboutKind.LINE)
    corrected = tuple(
        change
        for change in meaning_changes(before, hearing.dossier)
        if change.about.kind in drafts and not change.question and change.aspect is not Aspect.TRANSLATION
    )
    return DraftChanges(hearing, before, decided, corrected)


def _sum(dossier: Dossier, point: DraftPoint) -> int | None:
    if not dossier.has(point):
        return None
    if point.line:
        return dossier.line(point.line).amount
    return dossier.service(point.service).actions[point.action - 1].amount if point.action else None


def _before(before: Dossier, now: Dossier, point: DraftPoint) -> int | None:
    """What the published draft said: lines may have had other numbers then."""
    if not point.line:
        return _sum(before, point)
    pairs = paired_lines(before.budget, now.budget)
    return next((old.amount for old, new in pairs if new is not None and new.no == point.line), None)
