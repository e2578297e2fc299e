"""Types of columns for values that are neither numbers nor text, exact and the same on both databases.

The types of a vote convert by ``bind_processor`` and ``result_processor``: with ``process_bind_param`` and
``process_result_value`` reading the votes behind a batch of presses took more than twice as long.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import ARRAY, BigInteger, Integer, Text, TypeDecorator

from bot.domain import languages
from bot.domain.tallies import Count

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

ROW_ID: Final = BigInteger().with_variant(Integer(), "sqlite")
"""The type of a primary key that the database numbers (SQLite numbers only what is called INTEGER)."""

E = TypeVar("E", bound=StrEnum)

if TYPE_CHECKING:
    Convert = Callable[[Any], Any]


def storable(text: str) -> str:
    """The text with U+FFFD in place of each character that no database takes: lone surrogates and NUL.

    One for one, so that a text is no longer than its author may write: a cell of a workbook holds no more.
    """
    if text.isascii():
        return text.replace("\0", "\ufffd") if "\0" in text else text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")


class MomentColumn(TypeDecorator[datetime]):
    """An aware moment as whole microseconds since 1970 UTC: exact, sortable, and the same on both databases."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:  # noqa: ARG002
        return microseconds

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:  # noqa: ARG002
        return _moment


class EnumColumn(TypeDecorator[E]):
    """A member of an enumeration, as its value."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        super().__init__()
        self.kind = kind
        self._members: dict[str | None, E | None] = {None: None, **{member.value: member for member in kind}}

    def bind_processor(self, dialect: Dialect) -> Convert:  # noqa: ARG002
        return _enum_value

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:  # noqa: ARG002
        return self._members.__getitem__


class ProseColumn(TypeDecorator[str]):
    """Text that people wrote, unchanged but for what no database takes (see ``storable``)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else storable(value)


class TextColumn(TypeDecorator[languages.Text]):
    """A text in several languages, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: languages.Text | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else compact_json(dict(value.by_language))

    def process_result_value(self, value: Any, dialect: Dialect) -> languages.Text | None:  # noqa: ARG002
        return None if value is None else languages.Text(json.loads(value))


class AnswerColumn(TypeDecorator[Mapping[int, int]]):
    """An answer (option to value) as JSON."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:  # noqa: ARG002
        return _answer_json

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:  # noqa: ARG002
        return _answer


class CountsColumn(TypeDecorator[Mapping[int, Count]]):
    """Counts by option as JSON: an option to its voters and points."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[int, Count] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else compact_json({no: [each.voters, each.points] for no, each in value.items()})

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[int, Count] | None:  # noqa: ARG002
        return None if value is None else {int(no): Count(*each) for no, each in json.loads(value).items()}


class JsonColumn(TypeDecorator[Mapping[str, str | int]]):
    """A small flat mapping as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str | int] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else compact_json(dict(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Mapping[str, str | int] | None:  # noqa: ARG002
        return None if value is None else dict(json.loads(value))


class WordsColumn(TypeDecorator[tuple[Any, ...]]):
    """A few short words or whole numbers in their order, separated by spaces."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[int | str]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else " ".join(map(str, value))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Any, ...] | None:  # noqa: ARG002
        return None if value is None else tuple(map(self.kind, value.split()))


class NumbersParameter(TypeDecorator["Collection[int]"]):
    """A list of whole numbers as one parameter: the statement is the same for any length, and stays prepared."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(BigInteger()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        numbers = list(value or ())
        return numbers if dialect.name == "postgresql" else compact_json(numbers)


def compact_json(value: object) -> str:
    """JSON without spaces and with letters as they are."""
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def microseconds(at: datetime | None) -> int | None:
    """Whole microseconds since 1970 UTC."""
    return None if at is None else (at - EPOCH) // MICROSECOND


def _moment(number: int | None) -> datetime | None:
    return None if number is None else EPOCH + timedelta(microseconds=number)


def _enum_value(member: StrEnum | None) -> str | None:
    return None if member is None else str(member._value_)


def _answer_json(answer: Mapping[int, int] | None) -> str | None:
    if answer is None:
        return None
    return "{" + ",".join([f'"{option}":{given}' for option, given in answer.items()]) + "}"


def _answer(body: str | None) -> Mapping[int, int] | None:
    return None if body is None else dict(_parsed_answer(body))


@lru_cache(maxsize=4096)
def _parsed_answer(body: str) -> Mapping[int, int]:
    """An answer from its JSON; most are one of a few, so each is parsed once."""
    return {int(option): given for option, given in json.loads(body).items()}
