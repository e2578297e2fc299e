"""When something of a hearing is due next: before that, the tick has nothing to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hearings import Hearing, Phase, due_phase
from bot.domain.timetable import next_due, plan
from tests import samples

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("zone", ["Asia/Bishkek", "Europe/Berlin", "Asia/Kathmandu"])
@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED])
def test_until_the_next_moment_that_is_named_nothing_more_is_due(zone: str, phase: Phase) -> None:
    where = ZoneInfo(zone)
    dossier = replace(samples.dossier(), opens_at=samples.NOW + timedelta(days=1))
    hearing = Hearing(1, "M-26", 1, phase, 1, dossier, announced_at=samples.NOW, scheduled_at=samples.NOW)
    at, moments = samples.NOW, 0
    end = max(hearing.closes_at, *(sitting.starts_at for sitting in dossier.sittings)) + timedelta(days=1)
    while at < end:
        then = next_due(hearing, (), where, at)
        assert at < then <= at + timedelta(days=2)
        for between in (at, at + (then - at) / 2, then - MINUTE):
            if between >= at:
                assert len(plan(hearing, (), where, between)) == len(plan(hearing, (), where, at))
                assert due_phase(hearing, between) is due_phase(hearing, at)
        at, moments = then, moments + 1
    assert moments > 5
