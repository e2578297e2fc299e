"""Growth: what every screen, act and command costs where little is stored, and where much is.

Every kind of press that the bot has a route for is made by a resident and by a secretary, every command and a few words
are typed, against files in which one thing grows. Ours at the smallest size is the reference: a bot that slows down as
it fills fails on the last evening. What is measured is the processor's time of this process, as other work on the
machine changes it least. A line that seems to grow is measured again on fresh copies of the files, and the least
counts: what another program made it cost falls out. The part ``votes`` presses in batches, at the ballot box alone.

Exits with 1 where a line grows for which ``inherent`` has no reason.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import random
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import structlog

from benchmarks import town
from benchmarks.growth import ballot_box
from benchmarks.growth.inherent import reason_of
from benchmarks.growth.living import LivingBot
from benchmarks.growth.presses import ENDS, every_kind
from benchmarks.growth.towns import AXES, SMALLEST, grown
from benchmarks.growth.walking import CLOCK, TYPED, WHO, Walk, line_of
from benchmarks.report import Measure, show
from handlers.presses import ForgetNow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from benchmarks.growth.towns import Grown

FLAT: Final = 1.5
"""The most that the largest place may cost beside the smallest."""
NEXT_TO_NOTHING: Final = 1.0
"""Milliseconds: a line that costs no more than this above the smallest size is flat, whatever the ratio."""

ROUNDS_MORE: Final = 5
"""Rounds of what seems to grow: what the machine adds to one press, it does not add to each of fifteen."""

Table = dict[str, list[float]]


def settled(axis: str, places: Sequence[Grown], given: argparse.Namespace) -> tuple[Table, Mapping[str, str]]:
    """The table of ``walked``; lines that grow are measured in other copies too, so many at most: the least counts."""
    table, refused = _walked_on_copies(axis, places, given.rounds)
    for _ in range(given.tries - 1):
        if not (growing := growing_in(table, axis)):
            break
        again, _ = _walked_on_copies(axis, places, given.rounds, growing)
        for line in growing & again.keys():
            table[line] = [min(costs) for costs in zip(table[line], again[line], strict=True)]
    return table, refused


def growing_in(table: Table, axis: str) -> set[str]:
    """Lines that grow without a reason."""
    return {line for line, cost in table.items() if not is_flat(cost) and not reason_of(axis, line)}


def _walked_on_copies(
    axis: str, places: Sequence[Grown], rounds: int, wanted: Collection[str] = ()
) -> tuple[Table, Mapping[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        copies = [
            replace(place, town=town.copy(place.town, Path(folder, f"{no}.db"))) for no, place in enumerate(places)
        ]
        return asyncio.run(walked(axis, copies, rounds, wanted))


async def walked(
    axis: str, places: Sequence[Grown], rounds: int, wanted: Collection[str] = ()
) -> tuple[Table, Mapping[str, str]]:
    """Milliseconds by line and place, the least of the rounds; and what was refused in the largest.

    Of the lines that are ``wanted``, of all where none is named. Those that grow have ``ROUNDS_MORE``.
    """
    async with AsyncExitStack() as stack:
        walks = [await _begun(place, stack) for place in places]
        for _ in range(rounds):
            await _round(walks, wanted)
        growing = growing_in(_least(walks), axis)
        for _ in range(ROUNDS_MORE if growing else 0):
            await _round(walks, growing)
        for kind in ENDS:
            who = "resident" if kind is ForgetNow else "secretary"
            for walk in walks if _is_wanted(line_of(kind, who), wanted) else ():
                await walk.press(kind, who)
    costs = _least(walks)
    refused = {line: words for walk in walks for line, words in walk.refused.items()}
    for line in refused:
        if line.endswith("resident") and line.replace("resident", "secretary") in costs:
            del costs[line]  # what is for staff alone has its line
    return costs, {line: words for line, words in refused.items() if line in costs}


def _least(walks: Sequence[Walk]) -> Table:
    return {line: [min(walk.costs[line]) for walk in walks] for line in walks[0].costs}


def _is_wanted(line: str, wanted: Collection[str]) -> bool:
    return not wanted or line in wanted


async def _begun(place: Grown, stack: AsyncExitStack) -> Walk:
    bot = await LivingBot.begun(place.town)
    stack.push_async_callback(bot.stop)
    walk = Walk(place, bot)
    stack.callback(walk.close)
    await walk.look_around(ENDS)
    return walk


async def _round(walks: Sequence[Walk], wanted: Collection[str]) -> None:
    """Each line in all places, one after the other: what else the machine does meanwhile, it does to all of them."""
    gc.collect()
    gc.freeze()
    for who in WHO:
        for name in TYPED:
            for walk in walks if _is_wanted(f"{name}, {who}", wanted) else ():
                await walk.say(name, who)
        for kind in every_kind():
            for walk in walks if kind not in ENDS and _is_wanted(line_of(kind, who), wanted) else ():
                await walk.press(kind, who)
    for walk in walks if _is_wanted(CLOCK, wanted) else ():
        await walk.tick()


def is_flat(cost: Sequence[float]) -> bool:
    """Whether the largest size costs at most half as much again as the smallest."""
    return cost[-1] <= max(cost[0] * FLAT, cost[0] + NEXT_TO_NOTHING)


def told(axis: str, sizes: Sequence[int], table: Table) -> None:
    """Print the table on stderr, what grows most first."""
    out = sys.stderr
    print(f"\n| {axis} | " + " | ".join(f"{size:,}" for size in sizes) + " | ratio |", file=out)
    print("|---|" + "---|" * (len(sizes) + 1), file=out)
    for line, cost in sorted(table.items(), key=lambda entry: entry[1][0] - entry[1][-1]):
        mark = "" if is_flat(cost) else f" {reason_of(axis, line) or '**grows**'}"
        print(f"| {line} | {' | '.join(f'{ms:.1f}' for ms in cost)} | {cost[-1] / cost[0]:.2f}{mark} |", file=out)


def measured(axis: str, sizes: Sequence[int], table: Table, refused: Mapping[str, str]) -> Measure:
    """One measure for the axis: how many lines grow without a reason; those with one and the median ratio beside it."""
    growing = {line: cost for line, cost in table.items() if not is_flat(cost)}
    reasons = {line: reason for line in growing if (reason := reason_of(axis, line))}
    details = {
        "sizes": list(sizes),
        "lines": len(table),
        "median_ratio": round(median(cost[-1] / cost[0] for cost in table.values()), 2),
        "refused": len(refused),
        "growing": {line: [round(ms, 1) for ms in cost] for line, cost in growing.items()},
        "inherent": reasons,
    }
    count = len(growing) - len(reasons)
    return Measure(f"lines that grow with {axis}", count, None, count, "lines", at_most=0, details=details)


def main(given: argparse.Namespace) -> None:
    """Make the files, measure, print the line."""
    random.seed(20261122)
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    measures = []
    with tempfile.TemporaryDirectory() as folder:
        for axis in given.axes:
            sizes = [max(SMALLEST[axis], round(size * given.scale)) for size in AXES[axis]]
            places = [grown(Path(folder, f"{axis}-{no}.db"), axis, size) for no, size in enumerate(sizes)]
            table, refused = settled(axis, places, given)
            told(axis, sizes, table)
            for line, words in refused.items() if given.refusals else ():
                print(f"refused: {line}: {words}", file=sys.stderr)
            measures.append(measured(axis, sizes, table, refused))
        if given.votes:
            measures += ballot_box.main(Path(folder), tuple(given.votes), given.batches)
    show("growth", *measures)
    if not all(measure.passed for measure in measures):
        sys.exit(1)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog="benchmarks.growth", description=__doc__)
    arguments.add_argument("--axes", nargs="*", choices=AXES, default=tuple(AXES), help="what grows")
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real sizes; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--tries", type=int, default=3, help="how often a line that grows is measured at most")
    arguments.add_argument("--refusals", action="store_true", help="say which presses are refused at the largest size")
    arguments.add_argument("--votes", type=int, nargs="*", default=ballot_box.SIZES, help="residents in each file")
    arguments.add_argument("--batches", type=int, default=25)
    main(arguments.parse_args())
