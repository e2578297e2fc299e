"""What Prometheus gets of a running bot, and that what is built on it names nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from handlers.presses import ChooseOption
from handlers.presses.wire import pack
from tests.living import Town, living

DEPLOY: Final = Path(__file__).parents[2] / "deploy"
OUR_METRIC: Final = re.compile(r"\b(?:hearing|process)_[a-z0-9_]+\b")
"""A metric as an expression names it."""


def named_metrics(expressions: list[str]) -> set[str]:
    """The bot's metrics that expressions of Prometheus ask for."""
    return {name for expression in expressions for name in OUR_METRIC.findall(expression)}


def expressions_of_the_dashboard() -> list[str]:
    panels = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def expressions_of_the_alerts() -> list[str]:
    return re.findall(r"^\s+expr: (.+)$", (DEPLOY / "prometheus-rules.yaml").read_text("utf-8"), re.MULTILINE)


async def test_metrics_are_those_that_dashboard_and_alerts_ask_for(town_url: str) -> None:
    async with living(town_url, Town, pace=0.05, threads=False) as town:
        hearing, aigul = await town.hearing(), await town.resident()
        aigul.forge(pack(ChooseOption(hearing.id, 1, 1)))
        await town.quiet()
        assert town.app.replies.pace is not None
        town.app.replies.pace.recall('{"total": 47, "limit": null}', 0.0)
        port = await town.app.web.start("127.0.0.1", 0)
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as response:
            families = list(text_string_to_metric_families(await response.text()))
        readiness = set(town.app.readiness())
    samples = {sample.name: sample for family in families for sample in family.samples}
    assert samples["hearing_press_seconds_count"].value >= 1
    assert samples["hearing_build_info"].labels["version"]
    assert samples["hearing_threads"].value >= 1
    assert 0 < samples["hearing_disk_free_ratio"].value < 1
    troubles = {
        each.labels["check"]: each.value for family in families for each in family.samples if "_tr" in each.name
    }
    assert set(troubles) == readiness
    assert samples["hearing_pace"].value == 47
    assert set(troubles.values()) == {0.0}
    for name in ("resident_memory_bytes", "open_fds", "start_time_seconds"):
        assert samples[f"process_{name}"].value > 0
    alerts = expressions_of_the_alerts()
    assert len(alerts) == 4
    assert named_metrics(alerts) - set(samples) == set()
    shown = named_metrics(expressions_of_the_dashboard())
    assert len(shown) > 10
    assert shown - set(samples) == set()
    assert named_metrics(["rate(hearing_pres_seconds_bucket[5m])"]) - set(samples)  # a slip is found
