"""The country before the year begins: its places, a secretary for each municipality, and everybody who follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from benchmarks import town
from benchmarks.country.phones import FIRST_PERSON
from bot.cli import COMMAND_LINE
from bot.domain.people import Caller, Role
from bot.domain.places import Place, PlaceKind

if TYPE_CHECKING:
    from benchmarks.country.plan import Sizes
    from bot.ports import Clock
    from bot.services import Services
    from storage import Store

IN_A_DISTRICT: Final = 50
VILLAGES: Final = 5
SECRETARIES: Final = 600_000_000


@dataclass(frozen=True)
class Country:
    """The ids of municipalities, in the order of the plan."""

    municipalities: tuple[int, ...]
    followers_each: int

    def follower(self, municipality: int, person: int) -> int:
        """The Telegram id of somebody."""
        return FIRST_PERSON + municipality * self.followers_each + person


def secretary_of(municipality: int) -> int:
    """The Telegram id of the secretary."""
    return SECRETARIES + municipality


def _places(sizes: Sizes) -> list[tuple[Place, str]]:
    region = Place(0, "region", PlaceKind.REGION, None, town.text("Ош облусу"))
    listed = [(region, "")]
    for number in range(sizes.municipalities):
        if number % IN_A_DISTRICT == 0:
            district = f"d{number}"
            listed.append((Place(0, district, PlaceKind.DISTRICT, None, town.text(f"Район {number}")), "region"))
        code = f"m{number}"
        listed.append((Place(0, code, PlaceKind.MUNICIPALITY, None, town.text(f"Айыл аймагы {number}")), district))
        listed += [
            (Place(0, f"{code}-{no}", PlaceKind.VILLAGE, None, town.text(f"Айыл {number}-{no}")), code)
            for no in range(VILLAGES)
        ]
    return listed


async def found(services: Services, store: Store, sizes: Sizes, clock: Clock) -> Country:
    """The country in this database, made where there is none yet."""
    tree = await services.directory.tree()
    new = not tree.places
    if new:
        await services.directory.load(_places(sizes))
        tree = await services.directory.tree()
    ids = {place.code: place.id for place in tree.places}
    country = Country(tuple(ids[f"m{number}"] for number in range(sizes.municipalities)), sizes.followers_each)
    if new:
        for number, municipality in enumerate(country.municipalities):
            token = await services.people.invite(COMMAND_LINE, municipality, Role.SECRETARY)
            await services.people.join(Caller(secretary_of(number), "ky"), token)
            villages = [ids[f"m{number}-{no}"] for no in range(VILLAGES)]
            await _settle(store, country, number, villages, agreed=int(clock.now().timestamp() * 1_000_000))
    return country


async def _settle(store: Store, country: Country, number: int, villages: list[int], *, agreed: int) -> None:
    """Let everybody of a municipality have agreed at that moment (microseconds since 1970)."""
    first = country.follower(number, 0)
    places = " ".join(f"WHEN {no} THEN {village}" for no, village in enumerate(villages))
    ages = " ".join(f"WHEN {no} THEN '{band}'" for no, band in enumerate(("18-28", "29-44", "45-59", "60+")))
    statement = (
        f"WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers"
        f" WHERE n < {first + country.followers_each - 1})"
        " INSERT INTO residents (telegram_id, language, municipality_id, village_id, gender, age_band, reminders,"
        " consented_at, asked_about_self, added_at)"
        f" SELECT n, CASE n % 10 WHEN 0 THEN 'ru' WHEN 1 THEN 'uz_Cyrl' ELSE 'ky' END,"
        f" {country.municipalities[number]}, CASE n % {len(villages)} {places} END,"
        f" CASE n % 3 WHEN 0 THEN 'f' WHEN 1 THEN 'm' ELSE '-' END, CASE n % 4 {ages} END, 'all', {agreed}, true,"
        f" {agreed} FROM numbers"
    )
    async with store._database.writing() as transaction:
        await transaction.run(text(statement))
