"""The benchmarks still run, at a size that proves nothing about speed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

TINY = {
    "votes": ["--scale", "0.003", "--rounds", "1", "--parts", "throughput", "arrivals"],
    "tallies": ["--scale", "0.002", "--rounds", "1"],
    "record": ["--scale", "0.001", "--rounds", "1"],
    "growth": ["--sizes", "100", "200", "--rounds", "1"],
    "broadcast": ["--quick", "--parts", "paced"],
}


def line_of(benchmark: str) -> dict[str, Any]:
    command = [sys.executable, "-m", f"benchmarks.{benchmark}", *TINY[benchmark]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    printed: dict[str, Any] = json.loads(line)
    return printed


@pytest.mark.timeout(300)
@pytest.mark.parametrize("benchmark", TINY)
def test_a_benchmark_prints_one_line_with_its_figures_and_its_verdict(benchmark: str) -> None:
    line = line_of(benchmark)
    assert line["benchmark"] == benchmark
    assert line["machine"]["cores"] >= 1
    assert line["passed"] == all(measure["passed"] for measure in line["measures"])
    for measure in line["measures"]:
        assert measure["ours"] >= 0
        assert ("at_least" in measure) != ("at_most" in measure)


def test_every_benchmark_stands_in_the_readme() -> None:
    readme = (ROOT / "benchmarks/README.md").read_text()
    assert all(f"python -m benchmarks.{benchmark}" in readme for benchmark in TINY)
