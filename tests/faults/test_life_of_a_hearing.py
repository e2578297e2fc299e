"""The life of a hearing by random acts of residents and staff, the process begun anew between and within them.

Whatever happens, in whatever order: nothing is lost, nothing is there twice, every sum agrees, and each author is told
once of each change.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st

import storage
from bot.domain.errors import Refusal
from bot.services.outbox.sender import OutboxSender
from tests import samples
from tests.clocks import VirtualClock
from tests.faults.life import RESIDENTS, STAFF, Post
from tests.faults.life_acts import ActedLife
from tests.municipality import Municipality
from tests.scale import rounds

ACTS: Final = (
    *("vote", "write", "write", "amend", "support", "support", "withdraw", "appeal", "forget"),
    *(
        "publish",
        "publish",
        "hide",
        "put_back",
        "join",
        "join",
        "part",
        "judge",
        "enter",
        "take_out",
        "count",
        "count_people",
    ),
    *(
        "decide",
        "decide",
        "decide_all",
        "take_back",
        "two_pairs",
        "confirm",
        "complete",
        "do",
        "do",
        "adopt",
        "all_entered",
        "wait",
        "deliver",
    ),
)
STEPS_OF_A_LIFE: Final = rounds(40, few=30)
WAITS_OF_AN_ACT: Final = 25
"""As often as an act waits for the database, at most, before it is cut short."""


@dataclass(frozen=True)
class Step:
    """An act: which, by whom and on what; whether the process ends after it, or ``within`` it, at so many waits."""

    name: str
    who: int
    what: int
    crash: bool = False
    within: int | None = None


def steps_of(seed: int) -> list[Step]:
    """Acts in a row. Letters on their way are not cut short: what may have left is sent once more."""
    chance = Random(seed)
    steps = []
    for _ in range(STEPS_OF_A_LIFE):
        step = Step(chance.choice(ACTS), chance.randrange(6), chance.randrange(60), chance.random() < 0.1)
        cut = chance.random() < 0.15 and step.name != "deliver"
        steps.append(replace(step, within=chance.randrange(WAITS_OF_AN_ACT)) if cut else step)
    return steps


async def live(url: str, steps: list[Step]) -> None:
    """One life of a hearing, to the end: closed, decided, answered, adopted by the council."""
    store = await storage.open_store(url)
    clock = VirtualClock()
    here = await Municipality.over(store, clock)
    for telegram_id in RESIDENTS:
        await here.resident(telegram_id)
    for telegram_id, role in STAFF.items():
        await here.staff(telegram_id, role)
    hearing = await here.hearing(samples.dossier(closes=samples.NOW + timedelta(days=1)))
    post = Post()
    sender = OutboxSender(store, clock, here.services.directory, post, name=f"{hearing.id} 0")
    life = ActedLife(url, clock, store, here, sender, hearing, post)
    try:
        for step in steps:
            await take(life, step)
            await life.ensure_sound()
        life.clock.forward(days=3)  # type: ignore[attr-defined]
        for name in ("wait", "decide_all", "complete", "do", "adopt"):
            await act(life, name, 0, 1)
            await life.ensure_sound()
        await life.ensure_told()
    finally:
        await life.store.close()


async def take(life: ActedLife, step: Step) -> None:
    """One step of a life."""
    if step.within is not None:
        await life.interrupt(getattr(life, step.name)(step.who, step.what), after=step.within)
        return
    await act(life, step.name, step.who, step.what)
    if step.crash:
        await life.begin_anew()


async def act(life: ActedLife, name: str, who: int, what: int) -> None:
    """What somebody does; what is refused changes nothing."""
    try:
        await getattr(life, name)(who, what)
    except Refusal:
        return


@pytest.mark.timeout(600)
@settings(
    max_examples=rounds(12, few=2),
    phases=[Stage.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(0, 2**32))
def test_whatever_people_do_in_whatever_order_nothing_is_lost_and_every_sum_agrees(
    database_url: str, seed: int
) -> None:
    asyncio.run(live(database_url, steps_of(seed)))
