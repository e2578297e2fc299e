"""Places: how long a national list takes to be loaded, and a name to be found in it.

The reference of loading is the csv module and one executemany into a bare table of SQLite. That of searching is
difflib, which compares what is typed with every name too, and knows nothing of spellings, alphabets and kinds.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import sqlite3
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from difflib import get_close_matches
from itertools import product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from benchmarks.report import Measure, show
from bot.app import SystemClock, wire
from bot.config import Settings
from bot.workbook.place_words import PLACE_COLUMNS
from bot.workbook.places import read_places
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

MUNICIPALITIES: Final = 500
VILLAGES_IN_EACH: Final = 4
"""With seven regions and forty districts about as many places as a country's list has: 2,438."""
_FIRST: Final = "Кара Ак Жаңы Кызыл Көк Сары Чоң Таш Беш Үч Эски Төмөнкү Жогорку Орто Тоо Бел Алтын Күмүш Таза Боз"
_LAST: Final = "Суу Булак Арык Дөбө Коргон Талаа Кыштак Төбө Көл Жар Ой Бел Секи Өзөн Бак Туз Кол Аңыз Кечүү Кайнар"
TYPED: Final = ("Кара-Суу", "karasuu", "кок жар", "Жаны Арык", "Кызыл Булак айылы", "Төрткүл", "Чон Таала", "ак-дөбө")


def listed(scale: float) -> str:
    """A list as CSV: regions, districts, municipalities, villages; names in Kyrgyz and Russian."""
    return "\n".join((",".join(PLACE_COLUMNS[:5]), *_rows(max(2, round(MUNICIPALITIES * scale)))))


def _rows(municipalities: int) -> Iterator[str]:
    names = [f"{first}-{last}" for first, last in product(_FIRST.split(), _LAST.split())]
    yield from (f"r{no},region,,{names[no]} облусу,{names[no]} область," for no in range(7))
    yield from (f"d{no},district,r{no % 7},{names[no]} району,{names[no]} район," for no in range(40))
    for no in range(municipalities):
        name = names[no % len(names)]
        yield f"m{no},municipality,d{no % 40},{name} айыл аймагы,{name} айылный аймак"
        for village in range(VILLAGES_IN_EACH - (no % 4 == 0)):
            called = names[(no * 7 + village * 31) % len(names)]
            yield f"v{no}-{village},village,m{no},{called},{called}"


def bare(content: str, path: Path) -> float:
    """Seconds for the csv module and a table."""
    begun = time.process_time()
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE places (code TEXT PRIMARY KEY, kind TEXT, parent TEXT, ky TEXT, ru TEXT)")
        rows = [tuple(row[:5]) for row in list(csv.reader(io.StringIO(content)))[1:]]
        file.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?)", rows)
        file.commit()
    return time.process_time() - begun


async def loaded(content: bytes, path: Path) -> tuple[float, float, float, int]:
    """Seconds to load the list, to load it again, to search once; how many places there are."""
    store = await open_store(f"sqlite:///{path}")
    try:
        services = wire(Settings(), store, SystemClock())
        took = []
        for _ in range(2):
            begun = time.process_time()
            reading = read_places(content)
            await services.directory.load(reading.places)
            took.append(time.process_time() - begun)
        await services.directory.search(TYPED[0])  # makes the index
        begun = time.process_time()
        for typed in TYPED:
            await services.directory.search(typed)
        return took[0], took[1], (time.process_time() - begun) / len(TYPED), len(reading.places)
    finally:
        await store.close()


def compared(content: str) -> float:
    """Seconds to compare what is typed with all names, once."""
    names = {name.casefold() for row in csv.reader(io.StringIO(content)) for name in row[3:5]}
    begun = time.process_time()
    for typed in TYPED:
        get_close_matches(typed.casefold(), names, n=10)
    return (time.process_time() - begun) / len(TYPED)


def main() -> None:
    """Measure in turn, in seconds of the processor, and print the line."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="of the list")
    arguments.add_argument("--rounds", type=int, default=5)
    given = arguments.parse_args()
    content = listed(given.scale)
    figures: dict[str, list[float]] = defaultdict(list)
    places = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.rounds):
            figures["bare"].append(bare(content, Path(folder, f"bare{number}.db")))
            *ours, places = asyncio.run(loaded(content.encode(), Path(folder, f"ours{number}.db")))
            for name, figure in zip(("load", "again", "search"), ours, strict=True):
                figures[name].append(figure)
            figures["difflib"].append(compared(content))
    at = {name: median(values) * 1000 for name, values in figures.items()}
    details = {"places": places, "again_ms": round(at["again"], 1)}
    show(
        "places",
        Measure("load", at["load"], at["bare"], at["load"] / at["bare"], "ms", at_most=40, details=details),
        Measure("search", at["search"], at["difflib"], at["search"] / at["difflib"], "ms", at_most=3),
    )


if __name__ == "__main__":
    main()
