"""What a benchmark prints: one JSON line with our figure, the reference, what was demanded, and the machine."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Measure:
    """``ratio`` is ours to the reference, or the figure itself where nothing is compared; exactly one limit is set."""

    name: str
    ours: float
    reference: float | None
    ratio: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """True when the limit is kept."""
        if self.at_least is not None:
            return self.ratio >= self.at_least
        assert self.at_most is not None
        return self.ratio <= self.at_most

    def as_json(self) -> dict[str, Any]:
        """The measure with its verdict."""
        demanded = {"at_least": self.at_least} if self.at_least is not None else {"at_most": self.at_most}
        figures = {"ours": _round(self.ours), "reference": _round(self.reference), "unit": self.unit}
        verdict = {"ratio": _round(self.ratio), **demanded, "passed": self.passed}
        return {"name": self.name, **figures, **verdict, **({"details": self.details} if self.details else {})}


def show(benchmark: str, *measures: Measure) -> None:
    """Print the line."""
    line = {
        "benchmark": benchmark,
        "passed": all(measure.passed for measure in measures),
        "measures": [measure.as_json() for measure in measures],
        "machine": _machine(),
    }
    print(json.dumps(line, ensure_ascii=False))


def _round(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def _machine() -> dict[str, Any]:
    model = "unknown"
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return {
        "at": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "processor": model,
        "python": platform.python_version(),
        "system": platform.system(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }
