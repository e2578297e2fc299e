"""Jobs: drawing the pictures of a hearing, for screens and for who gets them when answers close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.files import MadeFile
from bot.domain.values import dataclass
from bot.reports import answer_pictures, charts, turnout_picture
from bot.reports.answer_pictures import AnswerPicture

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier
    from bot.reports.jobs import Bench
    from bot.reports.turnout_picture import TurnoutPicture


@dataclass(frozen=True, slots=True)
class ChartJob:
    """Draws the chart of a budget."""

    dossier: Dossier
    language: str

    async def run(self, bench: Bench) -> bytes:
        """The PNG. Raises CannotTypeset, NotFound, OSError."""
        return charts.budget_chart(self.dossier, bench.catalogues[self.language])


@dataclass(frozen=True, slots=True)
class AnswerPictureJob:
    """Draws how people answered."""

    picture: AnswerPicture
    language: str

    async def run(self, bench: Bench) -> bytes:
        """The PNG. Raises CannotTypeset, OSError."""
        return answer_pictures.png(self.picture, bench.catalogues[self.language])


@dataclass(frozen=True, slots=True)
class TurnoutPictureJob:
    """Draws who was heard."""

    picture: TurnoutPicture
    language: str

    async def run(self, bench: Bench) -> bytes:
        """The PNG. Raises CannotTypeset, OSError."""
        return turnout_picture.png(self.picture, bench.catalogues[self.language])


@dataclass(frozen=True, slots=True)
class ClosingPictureJob:
    """Draws how people answered a hearing that is closed, as everybody may know it."""

    hearing_id: int
    language: str

    async def run(self, bench: Bench) -> MadeFile:
        """The PNG. Raises NotFound where nothing may be shown, StoreUnavailable, CannotTypeset, OSError."""
        from bot.reports import records  # noqa: PLC0415 - the bot hands jobs over
        from bot.reports.public_numbers import gather_public  # noqa: PLC0415

        async with bench.store.reading() as repositories:
            record = await records.gather(repositories, self.hearing_id, now=bench.now, timezone=bench.timezone)
            told = await gather_public(repositories, record, now=bench.now)
        if not told.tallies:
            raise NotFound("results", self.hearing_id)
        hearing = record.hearing
        preliminary = hearing.is_preliminary(bench.now)
        picture = AnswerPicture(hearing, record.municipality.name, told.tallies, preliminary=preliminary)
        t = bench.catalogues[self.language]
        return MadeFile(answer_pictures.png(picture, t), f"{hearing.code}.png", answer_pictures.words(picture, t))
