"""Public pages: the folder of a whole country, written and written again; and pages that are served beside presses.

The second run is compared with the first, presses while pages are read with the same presses before.
"""

from __future__ import annotations

import argparse
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import runs, site_country, town
from benchmarks.report import Measure, show
from benchmarks.runs import Order
from bot.domain.comments import Order as CommentOrder
from bot.domain.languages import LANGUAGES
from bot.pages import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.site_country import Country
    from benchmarks.town import Town

PARTS: Final = ("folder", "served")
URL: Final = "https://hearings.example.org"
RATE: Final = 50
"""Presses a second."""
READERS: Final = 100
"""Requests a second for pages, meanwhile."""
SECONDS: Final = 20
WARM: Final = 50


def main(scale: float, parts: tuple[str, ...]) -> None:
    """Make the files, measure, print the line."""
    measures: list[Measure] = []
    with tempfile.TemporaryDirectory() as name:
        if "folder" in parts:
            measures += _folder(site_country.make(Path(name, "country.db"), scale=scale), Path(name, "site"))
        if "served" in parts:
            measures += _served(Path(name), scale)
    show("site", *measures)


def _folder(made: Country, folder: Path) -> Iterator[Measure]:
    first, second = (_written(made, folder) for _ in range(2))
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    details = {
        "hearings": len(made.codes),
        "seconds": [round(each["seconds"], 1) for each in (first, second)],
        "files": len(files),
        "megabytes": round(sum(files) / 1e6),
    }
    ratio = second["processor"] / first["processor"]
    yield Measure(
        "the folder written again, to the first time",
        *(second["processor"], first["processor"], ratio, "s of the processor"),
        at_most=0.1,
        details=details,
    )
    yield Measure("most memory of it", first["megabytes"], None, first["megabytes"], "MB", at_most=400)


def _written(made: Country, folder: Path) -> dict[str, float]:
    """What ``hearing-bot site`` costs."""
    environment = {**os.environ, "DATABASE_URL": made.url, "BOT_TOKEN": runs.TOKEN}
    begun = time.monotonic()
    command = (sys.executable, "-m", "bot", "site", str(folder), "--url", URL)
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"site ended with {process.returncode}")
    return {
        "seconds": time.monotonic() - begun,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss * 1024 / 1e6,
    }


def _served(folder: Path, scale: float) -> Iterator[Measure]:
    presses, seconds = max(10, round(RATE * SECONDS * scale)), max(1.0, SECONDS * scale)
    place = town.make(folder / "town.db", residents=max(1_000, WARM + 2 * presses))
    town.add_votes(place, questions=town.SERVICES, each=1)
    town.add_comments(place, max(100, round(1_000 * scale)))
    port = _free_port()
    more = {"PAGES_LISTEN": f"127.0.0.1:{port}", "PAGES_URL": URL, "PAGES_PROXIES": "1"}
    with runs.ours(place.path, more=more) as line, _readers() as readers:
        addresses = [f"http://127.0.0.1:{port}/{page}" for page in _pages(_code(place))]
        runs.warm(line, Order(WARM, 1, place.press))
        runs.ask(readers, {"seconds": 1, "rate": READERS, "addresses": addresses})
        quiet = line.send(Order(presses, WARM + 1, place.press, rate=RATE, patience=30.0))
        runs.tell(readers, {"seconds": seconds, "rate": READERS, "addresses": addresses})
        busy = line.send(Order(presses, WARM + presses + 1, place.press, rate=RATE, patience=30.0))
        read = runs.said(readers)
        before = line.seconds()
        fast = runs.ask(readers, {"seconds": min(5.0, seconds), "rate": 0, "addresses": addresses})
        used = line.seconds() - before
    details = {"answered": [quiet["answered"], busy["answered"]], "pages": read["statuses"], "of": len(addresses)}
    yield Measure(
        "p99 of presses while pages are read",
        *(busy["p99_ms"], quiet["p99_ms"], busy["p99_ms"] / quiet["p99_ms"], "ms"),
        at_most=1.5,
        details=details,
    )
    given = sum(fast["statuses"].values())
    yield Measure(
        "pages given out for each second of the bot's processor",
        *(given / used, None, given / used, "1/s"),
        at_least=500,
        details={"statuses": fast["statuses"], "a second": round(given / fast["seconds"])},
    )


def _pages(code: str) -> list[str]:
    """The pages that a newspaper's readers open, and some that few do."""
    found = [layout.hearing(language, code) for language in LANGUAGES]
    found += [layout.municipality(language, "bagysh") for language in ("ky", "ru")]
    found += [layout.comments("ky", code, CommentOrder.NEWEST, number) for number in range(2)]
    return [*found, layout.short_results(code), layout.api_hearing(code), layout.beside("ru", code, layout.PREVIEW), ""]


def _code(place: Town) -> str:
    with closing(sqlite3.connect(place.path)) as file:
        code: str = file.execute("SELECT code FROM hearings WHERE id = ?", (place.hearing_id,)).fetchone()[0]
        return code


@contextmanager
def _readers() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([sys.executable, "-m", "benchmarks.readers"], **runs.PIPES) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    given = arguments.parse_args()
    main(given.scale, tuple(given.parts))
