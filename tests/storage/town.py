"""A small municipality for the storage suite: one hearing with a question of each kind, and its residents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.comments import Channel, CommentKind, Submission
from bot.domain.hearings import Dossier, HearingKind, Phase
from bot.domain.languages import Text
from bot.domain.people import AgeBand, Gender
from bot.domain.places import Place, PlaceKind
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.sittings import Sitting
from bot.domain.tallies import Count, Vote, changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Resident
    from bot.domain.tallies import Cell
    from bot.ports import Repositories
    from storage import Store

NOON = datetime(2026, 6, 1, 12, 0, 0, 123456, tzinfo=UTC)
OPTIONS = (Text({"ky": "Суу"}), Text({"ky": "Жол"}), Text({"ky": "Мектеп"}))
QUESTIONS = (
    Question(1, About(AboutKind.STRATEGY), QuestionKind.STANCE),
    Question(2, About(), QuestionKind.ONE, options=OPTIONS),
    Question(3, About(), QuestionKind.SEVERAL, options=OPTIONS, limit=2),
    Question(4, About(), QuestionKind.RANK, options=OPTIONS),
    Question(5, About(AboutKind.BUDGET), QuestionKind.COINS, options=OPTIONS, limit=100),
)
VILLAGES = ("V1", "V2")


def dossier(*, sits_at: datetime = NOON + timedelta(days=7)) -> Dossier:
    """A dossier with five questions, open for ten days from noon on."""
    return Dossier(
        title=Text({"ky": "Угуу", "ru": "Слушания"}),
        kind=HearingKind.BOTH,
        sittings=(Sitting(sits_at),),
        opens_at=NOON,
        closes_at=NOON + timedelta(days=10),
        questions=QUESTIONS,
    )


def place(code: str, kind: PlaceKind, **more: object) -> Place:
    """A place that is not stored yet."""
    return replace(Place(0, code, kind, None, Text({"ky": f"{code} айылы", "ru": code})), **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Town:
    """What every test starts from."""

    municipality_id: int
    village_ids: tuple[int, ...]
    hearing: Hearing


async def load_places(now: Repositories) -> dict[str, int]:
    """A region down to two villages; their ids by code."""
    await now.places.save(
        [
            (place("R", PlaceKind.REGION), ""),
            (place("D", PlaceKind.DISTRICT), "R"),
            (place("M", PlaceKind.MUNICIPALITY), "D"),
            *((place(code, PlaceKind.VILLAGE), "M") for code in VILLAGES),
        ]
    )
    return {found.code: found.id for found in await now.places.list_all()}


async def settle(store: Store) -> Town:
    """The places and an open hearing."""
    async with store.writing() as now:
        ids = await load_places(now)
        hearing = await now.hearings.add(ids["M"], "M-26", dossier(), at=NOON)
        await now.hearings.set_phase(hearing.id, Phase.ANNOUNCED, at=NOON)
        await now.hearings.set_phase(hearing.id, Phase.OPEN, at=NOON)
        return Town(ids["M"], tuple(ids[code] for code in VILLAGES), await now.hearings.get(hearing.id))


async def move_in(now: Repositories, town: Town, count: int, *, first: int = 1000) -> list[Resident]:
    """Residents of the municipality with Telegram ids from ``first`` on, of all sorts of demographics."""
    people = []
    for number in range(count):
        resident = await now.people.add(first + number, language="ky", at=NOON)
        resident = replace(
            resident,
            municipality_id=town.municipality_id,
            village_id=(*town.village_ids, None)[number % 3],
            gender=list(Gender)[number % 3],
            age_band=list(AgeBand)[number % 6],
            consented_at=NOON,
        )
        await now.people.save(resident)
        people.append(resident)
    return people


def vote(town: Town, resident: Resident, question_no: int, answer: Mapping[int, int], *, order: int = 0) -> Vote:
    """A vote of the resident's, cast at noon."""
    return Vote(town.hearing.id, question_no, resident.id, answer, resident.demographics, NOON, order)


async def cast(now: Repositories, town: Town, votes: Iterable[Vote]) -> None:
    """Store votes in place of earlier ones, and keep the rollup."""
    given = list(votes)
    before = await now.votes.of_people({(each.hearing_id, each.resident_id) for each in given})
    counts: dict[Cell, Count] = {}
    for each in given:
        earlier = before.get((each.hearing_id, each.resident_id, each.question_no))
        for cell, count in changes(town.hearing.dossier.question(each.question_no), earlier, each):
            counts[cell] = counts.get(cell, Count()) + count
    await now.votes.save(given)
    await now.votes.add_counts(counts)


async def write(
    now: Repositories, town: Town, author: Resident, text: str, *, at: datetime = NOON, about: About | None = None
) -> Comment:
    """A proposal of the resident's; the text names the message it came in."""
    submission = Submission(CommentKind.PROPOSAL, about or About(), text, "ky", source=f"message {author.id} {text}")
    return await now.comments.add(town.hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=at)
