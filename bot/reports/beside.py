"""What stands in the workbook beside the record: groups of opinion, and the figures of the hearing before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.figures import ENDED, HearingFigures, before
from bot.domain.values import dataclass
from bot.reports.opinion_view import gather_opinions

if TYPE_CHECKING:
    from datetime import datetime

    from bot.ports import Repositories
    from bot.reports.opinion_view import OpinionView
    from bot.reports.record import Record


@dataclass(frozen=True, slots=True)
class Beside:
    """The groups of opinion, and the figures: of the hearing, and of the one before it where there is one."""

    opinions: OpinionView
    figures: HearingFigures
    former: HearingFigures | None = None


async def gather_beside(repositories: Repositories, record: Record, *, now: datetime) -> Beside:
    """Everything that stands beside the record as it is now."""
    hearing = record.hearing
    opinions = await gather_opinions(repositories, hearing, now=now)
    former = before(hearing, await repositories.hearings.list_of(hearing.municipality_id, ENDED))
    counts = await repositories.figures.of_hearings({hearing.id, *((former.id,) if former else ())})
    figures = HearingFigures(hearing, counts[hearing.id])
    return Beside(opinions, figures, HearingFigures(former, counts[former.id]) if former else None)
