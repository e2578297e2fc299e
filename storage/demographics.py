"""The demographic columns of votes, the rollup, participants and comments: village, gender, age band."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import BigInteger, Column

from bot.domain.people import AgeBand, Demographics, Gender
from storage.columns import EnumColumn
from storage.layout import key, required

if TYPE_CHECKING:
    from collections.abc import Callable

DEMOGRAPHIC_COLUMNS: Final = ("village_id", "gender", "age_band")
"""Their names, in the order of the fields of ``Demographics``."""


def required_demographics() -> tuple[Column[Any], ...]:
    """The columns of a table; ``village_id`` refers to no place, since villages may be merged afterwards."""
    return _defined_by(required)


def demographics_key() -> tuple[Column[Any], ...]:
    """The same columns as a part of the table's primary key."""
    return _defined_by(key)


def demographics_values(demographics: Demographics) -> dict[str, Any]:
    """The columns' values, by name."""
    return {name: getattr(demographics, name) for name in DEMOGRAPHIC_COLUMNS}


@lru_cache(maxsize=4096)
def demographics_from(village_id: int, gender: Gender, age_band: AgeBand) -> Demographics:
    """The columns' values as Demographics; the same few come again and again, so each is made once."""
    return Demographics(village_id, gender, age_band)


def _defined_by(column: Callable[[str, Any], Column[Any]]) -> tuple[Column[Any], ...]:
    types = (BigInteger, EnumColumn(Gender), EnumColumn(AgeBand))
    return tuple(column(name, kind) for name, kind in zip(DEMOGRAPHIC_COLUMNS, types, strict=True))
