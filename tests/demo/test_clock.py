"""The chips of the demo's clock: where each leads, and when there is nothing left to lead to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.demo.clock import A_MINUTE, ClockControls, DemoClock
from bot.demo.sample_data import SAMPLE_ZONE, SampleData
from bot.domain.hearings import Hearing, Phase
from bot.domain.places import PlaceTree
from bot.simulator import Person, Telegram
from tests import samples


async def nothing() -> None:
    """What is done after a move."""


async def test_each_chip_leads_to_the_next_moment_of_the_hearing() -> None:
    clock = DemoClock()
    begins = clock.now() + timedelta(days=10)
    dossier = samples.dossier()
    (sitting, *_) = dossier.sittings
    closes = begins + timedelta(hours=2)
    dossier = replace(
        dossier,
        opens_at=begins - timedelta(days=7),
        closes_at=closes,
        sittings=(replace(sitting, starts_at=begins),),
    )
    hearing = Hearing(1, "a-1", 1, Phase.ANNOUNCED, 1, dossier)
    hearings = {1: hearing}
    controls = ClockControls(clock, SampleData(PlaceTree((), "Asia/Bishkek"), hearings, ""), moved=nothing)
    async with Telegram(clock=clock) as telegram:
        person = Person(telegram, "Айгүл")
        moves = dict(await controls.list_moves(person))
        del moves["morning"], moves["hour"]
        assert moves == {
            "before": dossier.opens_at - timedelta(days=1),
            "hours": begins - timedelta(hours=2),
            "opens": dossier.opens_at,
            "closes": closes + A_MINUTE,
        }
        clock.push(closes + A_MINUTE)
        hearings[1] = replace(hearing, phase=Phase.CLOSED)
        moves = dict(await controls.list_moves(person))
        results = moves["results"].astimezone(SAMPLE_ZONE)
        assert (results.date() - closes.astimezone(SAMPLE_ZONE).date(), results.hour) == (timedelta(days=1), 9)
        assert set(moves) == {"results", "answered", "morning", "hour"}
