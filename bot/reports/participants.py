"""Who took part, as rows: by village, gender and age, beside the people who live there; small groups are not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.domain.attendance import Populations
from bot.domain.comments import Channel
from bot.domain.numbers import Residence
from bot.domain.suppression import UNSAID_VILLAGE, tally_of
from bot.domain.values import dataclass
from bot.i18n import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.suppression import GroupSize
    from bot.i18n import Translator
    from bot.reports.record import Record

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of participants; ``size`` None is not shown, ``population`` None is not known.

    ``share`` (0 to 1) is of all participants, ``reached`` of the group's population; None unless ``size`` is a number.
    """

    by: str
    group: str
    size: GroupSize
    share: float | None
    population: int | None
    reached: float | None


def headings(t: Translator) -> tuple[str, ...]:
    """The names of the columns."""
    return (t("By"), t("Group"), t("Participants"), t("Share"), t("Population"), t("Share of the population"))


def rows(record: Record, t: Translator) -> Iterator[GroupRow]:
    """Villages, gender, age, where people live, and that of those who answered each question.

    Groups nobody came from are there with 0: they have not been heard.
    """
    sizes, people, home = record.sizes, record.participation.people, record.municipality
    village_names = {village.id: t.place(village.name) for village in record.villages}
    village_names[UNSAID_VILLAGE] = t("Not said")
    known = Populations.of(record.hearing.dossier, home, record.villages)
    yield from _section(t("Village"), village_names, sizes.by_village, known.by_village, people)
    genders = {key: t(name) for key, name in names.GENDER_NAMES.items()}
    yield from _section(t("Gender"), genders, sizes.by_gender, known.by_gender, people)
    ages = {key: t(name) for key, name in names.AGE_BAND_NAMES.items()}
    yield from _section(t("Age group"), ages, sizes.by_age, known.by_age, people)
    yield from _residences(record, t)


def _residences(record: Record, t: Translator) -> Iterator[GroupRow]:
    """People of this municipality, of others, and those who did not say: all, then those who answered each question."""
    residences = {key: t(name) for key, name in names.RESIDENCE_NAMES.items()}
    known = record.municipality.population
    here = {Residence.HERE: known} if known else {}
    people = record.participation.people
    yield from _section(t("Where they live"), residences, record.sizes.by_residence, here, people)
    for number, sizes in sorted(record.voters.items()):
        answered = tally_of(record.tallies, number, (Channel.TELEGRAM,)).voters
        yield from _section(t("Answered question {number}", number=number), residences, sizes, {}, answered)


def _section(
    by: str,
    names: Mapping[K, str],
    sizes: Mapping[K, GroupSize],
    populations: Mapping[K, int],
    everybody: int,
) -> Iterator[GroupRow]:
    for key, name in names.items():
        size, population = sizes[key], populations.get(key)
        people = size if isinstance(size, int) else None
        yield GroupRow(
            by=by,
            group=name,
            size=size,
            share=people / everybody if people is not None and everybody else None,
            population=population,
            reached=people / population if people is not None and population else None,
        )
