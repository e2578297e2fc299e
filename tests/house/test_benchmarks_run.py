"""The benchmarks still run, at a size that proves nothing about speed."""

from __future__ import annotations

import contextlib
import io
import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.growth.inherent import REASONS
from benchmarks.growth.presses import every_kind, made_up, written
from benchmarks.growth.walking import CLOCK, TYPED
from handlers.presses.wire import unpack
from handlers.routes import ROUTES
from tests.scale import rounds

ROOT = Path(__file__).parents[2]

VOTES = ["throughput", "arrivals"]
"""Parts of the benchmark; each of them starts four programs."""
TINY = {
    "places": ["--scale", "0.02", "--rounds", "1"],
    "tallies": ["--scale", "0.002", "--rounds", "1"],
    "growth": [
        "--axes",
        "comments",
        "--scale",
        "0.001",
        "--rounds",
        "1",
        "--tries",
        "1",
        "--votes",
        "100",
        "200",
        "--batches",
        "1",
    ],
    "votes": ["--scale", "0.003", "--rounds", "1", "--parts", *VOTES],
    "record": ["--scale", "0.001", "--rounds", "1"],
    "downloads": ["--scale", "0.002", "--rounds", "1"],
    "dossier": ["--scale", "0.002", "--rounds", "1"],
    "decisions": ["--scale", "0.02", "--rounds", "1"],
    "startup": ["--rounds", "1", "--idle", "0"],
    "flood": ["--scale", "0.02", "--rounds", "1", "--latency", "0"],
    "site": ["--scale", "0.003"],
    "journey": ["--scale", "0.02", "--rounds", "1"],
    "hall": ["--people", "6", "--latency", "0"],
    "pace": ["--scale", "0.05", "--limits", "30", "--latency", "0", "--parts", "limits"],
    "replicas": ["--scale", "0.01", "--rounds", "1"],
    "soak": ["--minutes", "0.2", "--people", "700"],
    "country": ["--scale", "0.002", "--each", "0.05", "--days", "34", "--databases", "sqlite"],
    "broadcast": ["--quick", "--parts", "paced"],
}
"""The quickest first."""

A_YEAR = """
import asyncio
from benchmarks.country.virtual_time import VirtualLoop, monotonic
async def pass_by():
    await asyncio.sleep(365 * 86_400)
    await asyncio.sleep(1e-9)
    await asyncio.sleep(5)
    print(round(monotonic() - 365 * 86_400))
with asyncio.Runner(loop_factory=VirtualLoop) as runner:
    runner.run(pass_by())
"""


def line_of(benchmark: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What its command prints, run in this process, which has read the product already."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", [benchmark, *TINY[benchmark]])
    monkeypatch.delitem(sys.modules, f"benchmarks.{benchmark}", raising=False)  # another benchmark may have used it
    missed = False
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            runpy.run_module(f"benchmarks.{benchmark}", run_name="__main__")
        except SystemExit as end:  # there is an end only where a limit may be missed
            missed = bool(end.code)
    (line,) = out.getvalue().splitlines()
    printed: dict[str, Any] = json.loads(line)
    assert not (missed and printed["passed"])
    return printed


@pytest.mark.timeout(300)
@pytest.mark.parametrize("benchmark", [*TINY][: rounds(len(TINY), few=2)])
def test_a_benchmark_prints_one_line_with_its_figures_and_its_verdict(
    benchmark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = line_of(benchmark, monkeypatch)
    assert line["benchmark"] == benchmark
    assert line["machine"]["cores"] >= 1
    assert line["passed"] == all(measure["passed"] for measure in line["measures"])
    for measure in line["measures"]:
        assert measure["ours"] >= 0
        assert ("at_least" in measure) != ("at_most" in measure)


def test_a_year_of_virtual_time_passes() -> None:
    """A nanosecond is nothing beside so many seconds: asyncio's own clock would stand still."""
    process = subprocess.run([sys.executable, "-c", A_YEAR], cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert process.stdout.split() == [b"5"]


def test_growth_presses_everything_that_has_a_route() -> None:
    assert sorted(kind.__name__ for kind in every_kind()) == sorted(kind.__name__ for kind in ROUTES)
    names = {"hearing": 1, "comment": 1}
    assert {type(unpack(written(made_up(kind, names)))[0]) for kind in every_kind()} == set(ROUTES)


def test_what_grows_by_its_nature_is_measured() -> None:
    lines = {kind.__name__ for kind in every_kind()} | TYPED.keys() | {CLOCK}
    assert [name for reasons in REASONS.values() for name in reasons if name not in lines] == []


def test_every_benchmark_stands_in_the_readme() -> None:
    readme = (ROOT / "benchmarks/README.md").read_text()
    assert all(f"python -m benchmarks.{benchmark}" in readme for benchmark in TINY)
