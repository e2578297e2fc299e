"""What everybody may be told of a hearing: for the page on the notice board and the pictures for a chat."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from bot.domain.disclosure import LEAST_ANSWERS, disclosed
from bot.domain.suppression import told_channels
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.suppression import Block
    from bot.domain.tallies import Tally
    from bot.ports import Repositories
    from bot.reports.record import Record


@dataclass(frozen=True, slots=True)
class PublicNumbers:
    """Numbers that residents see too.

    ``tallies`` are by question number; one with too few answers, or that is not shown yet, is absent. ``channels`` are
    the voters of each block of channels, by question, of final results alone. ``people`` took part through the bot;
    None where that is not told.
    """

    tallies: Mapping[int, Tally] = field(default_factory=dict)
    channels: Mapping[int, tuple[tuple[Block, int], ...]] = field(default_factory=dict)
    people: int | None = None


async def gather_public(repositories: Repositories, record: Record, *, now: datetime) -> PublicNumbers:
    """The numbers as residents see them ``now``, in the transaction in which the record was gathered.

    While answers may still change they are those that were shown last, so that two pages never differ by one person's
    answer; while they are taken, nobody is told how many took part.
    """
    hearing = record.hearing
    people = None if hearing.takes_answers(now) else _told_people(record)
    if not hearing.shows_results(now, answered=False):
        return PublicNumbers(people=people)
    if hearing.may_change(now):
        standing = await repositories.disclosures.of_questions(hearing.id)
        shown = {no: each.tally for no, each in standing.items()}
        return PublicNumbers({no: tally for no, tally in shown.items() if tally is not None}, people=people)
    return final(record, await repositories.votes.tallies(hearing.id))


def final(record: Record, tallies: Mapping[int, Tally]) -> PublicNumbers:
    """The numbers of a hearing whose answers change no more; ``tallies`` are by question number."""
    told = {no: disclosed(tally, None, taken=False) for no, tally in tallies.items()}
    shown = {no: tally for no, tally in told.items() if tally is not None}
    return PublicNumbers(shown, {no: told_channels(record.tallies, no) for no in shown}, _told_people(record))


def _told_people(record: Record) -> int | None:
    people = record.participation.people
    return people if people >= LEAST_ANSWERS else None
