"""Answers as they were cast, without the people who cast them: for files that have a row for each vote.

Nothing here knows a person. What a file shows is a function of what was answered alone, its order too: rows are
shuffled by digests of what they say, so that neither who came first nor a number inside the program moves one.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from bot.domain.suppression import suppressed
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from bot.domain.comments import Channel

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class CastAnswer:
    """How many ``people`` gave the same ``answer`` to a question through one channel on one local day."""

    channel: Channel
    day: date | None
    answer: Mapping[int, int]
    people: int

    @property
    def options(self) -> tuple[int, ...]:
        """The options of the answer in their order."""
        return tuple(sorted(self.answer))


@dataclass(frozen=True, slots=True)
class Reactions:
    """What one person, who is not named, answered to questions of support and which comments they support (ids)."""

    stances: tuple[tuple[int, int], ...]
    supported: tuple[int, ...]


def with_told_days(given: Iterable[CastAnswer]) -> tuple[CastAnswer, ...]:
    """The answers to one question, without the days on which so few answered that a day would point at somebody."""
    answers = tuple(given)
    days: Counter[date] = Counter()
    for each in answers:
        if each.day is not None:
            days[each.day] += each.people
    told = suppressed(days)
    joined: Counter[tuple[Channel, date | None, tuple[tuple[int, int], ...]]] = Counter()
    for each in answers:
        day = each.day if each.day is not None and told[each.day] is not None else None
        joined[each.channel, day, tuple(sorted(each.answer.items()))] += each.people
    return tuple(CastAnswer(channel, day, dict(answer), people) for (channel, day, answer), people in joined.items())


def shuffled(rows: Iterable[tuple[Row, int]], said: Callable[[Row], str], *, salt: str) -> Iterator[Row]:
    """Each row as often as it is counted, in an order that depends on what the rows say and on the ``salt`` alone."""
    drawn: list[tuple[bytes, Row]] = []
    for row, count in rows:
        begun = blake2b(f"{salt}|{said(row)}|".encode(), digest_size=10)
        for turn in range(count):
            digest = begun.copy()  # what equal rows have in common is digested once
            digest.update(b"%d" % turn)
            drawn.append((digest.digest(), row))
    drawn.sort(key=itemgetter(0))
    return (row for _, row in drawn)
