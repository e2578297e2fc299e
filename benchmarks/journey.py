"""A journey: a resident's whole way, against the same screens in bare libraries without a database.

Start, card, strategy, a service, the budget, seven questions, a comment, others' comments, one's own. Ours stores what
is said and answered, each on the disk before its answer; the references show the screens that ours has shown. What
is compared is the processor's time of the bot for one journey, and journeys a second.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import psutil

from benchmarks import runs, town
from benchmarks.growth.towns import COMMENTS, everything
from benchmarks.report import Measure, show
from bot.domain.comments import CommentKind
from bot.domain.programme import Side
from bot.domain.questions import AboutKind
from handlers import presses
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.presses import Press

PEOPLE: Final = 300
WARM: Final = 20
PATIENCE: Final = 60.0
WORDS: Final = "Айылыбыздын көчөлөрү кечинде караңгы, мектептен кайткан балдар үчүн коркунучтуу"
BARE: Final = Path(__file__).with_name("bare_bots.py")


def steps(hearing: int) -> list[dict[str, str]]:
    """What each does, in order."""
    way: list[Press | str] = [
        "/start",
        presses.OpenReading(hearing),
        presses.ReadStrategy(hearing),
        presses.ReadService(hearing, 1),
        presses.ReadBudgetSide(hearing, next(iter(Side))),
        presses.OpenQuestion(hearing, 1),
        *(presses.ChooseOption(hearing, question, 1) for question in range(1, 8)),
        presses.WriteComment(hearing),
        presses.WriteAbout(hearing, CommentKind.COMMENT, AboutKind.HEARING),
        WORDS,
        presses.SeeWall(hearing),
        presses.SeeMine(),
    ]
    return [{"say": each} if isinstance(each, str) else {"press": pack(each, "ky")} for each in way]


class Walked:
    """A server at which people walk, and the bot that answers them."""

    def __init__(self, server: Any, bot: psutil.Process) -> None:
        self._server = server
        self._bot = bot

    def walk(self, way: list[dict[str, str]], *, first: int, people: int) -> tuple[dict[str, Any], float]:
        """What the server saw, and the seconds of the processor that the bot used. Raises RuntimeError."""
        before = self._seconds()
        order = {"people": people, "first": first, "steps": way, "patience": PATIENCE}
        result = runs.ask(self._server, order)
        if result["arrived"] < people:
            raise RuntimeError(f"{result['arrived']} of {people} came to the end; others stopped at {result['stuck']}")
        return result, self._seconds() - before

    def _seconds(self) -> float:
        times = self._bot.cpu_times()
        return times.user + times.system


@contextmanager
def _walked(command: list[str], settings: dict[str, str], *, ours: bool) -> Iterator[Walked]:
    with ExitStack() as stack:
        serving = [sys.executable, "-m", "benchmarks.journey_server"]
        server = stack.enter_context(runs.started(serving, **runs.PIPES))
        assert server.stdout is not None
        address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        environment = {**os.environ, **settings, **({"TELEGRAM_API_URL": address} if ours else {})}
        full = command if ours else [*command, address]
        bot = stack.enter_context(runs.started(full, env=environment))
        yield Walked(server, psutil.Process(bot.pid))


class Journeys:
    """One run of everything in a temporary folder."""

    def __init__(self, folder: Path, people: int, peers: str) -> None:
        self._folder = folder
        self._people = people
        self._peers = peers
        self._screens = folder / "screens.json"
        self._town = town.make(folder / "town.db", residents=2 * people + 100, content=everything(0))
        town.add_comments(self._town, COMMENTS)
        self._way = steps(self._town.hearing_id)
        self._copies = 0

    def ours(self) -> tuple[float, float]:
        """Milliseconds of the processor for a journey, and journeys a second; keeps the screens that were shown."""
        self._copies += 1
        path = self._folder / f"copy-{self._copies}.db"
        town.copy(self._town, path)
        command = [sys.executable, "-m", "benchmarks.unpaced", "--pace", "0"]
        with _walked(command, runs.settings(path), ours=True) as walked:
            return self._measured(walked)

    def bare(self, library: str) -> tuple[float, float]:
        """The same of a bare bot."""
        python = sys.executable if library == "ptb" else self._peers
        with _walked([python, "-P", str(BARE), library, str(self._screens)], {}, ours=False) as walked:
            return self._measured(walked)

    def _measured(self, walked: Walked) -> tuple[float, float]:
        result, _ = walked.walk(self._way, first=10, people=WARM)
        self._screens.write_text(json.dumps(result["screens"]), "utf-8")
        result, used = walked.walk(self._way, first=100, people=self._people)
        return used / self._people * 1000, self._people / result["seconds"]


def main(given: argparse.Namespace) -> None:
    """Measure in turn, and print the line."""
    names = ["ptb", *(["aiogram", "telebot"] if given.peers else [])]
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in ("ours", *names)}
    with tempfile.TemporaryDirectory() as folder:
        journeys = Journeys(Path(folder), max(5, round(PEOPLE * given.scale)), given.peers)
        for _ in range(given.rounds):
            figures["ours"].append(journeys.ours())
            for name in names:
                figures[name].append(journeys.bare(name))
    used = {name: median(each[0] for each in rounds) for name, rounds in figures.items()}
    rate = {name: median(each[1] for each in rounds) for name, rounds in figures.items()}
    measures = [
        Measure(f"processor, to {name}", used["ours"], used[name], used["ours"] / used[name], "ms", at_most=1.5)
        for name in names
        if name != "telebot"
    ]
    measures.append(
        Measure("journeys, to ptb", rate["ours"], rate["ptb"], rate["ours"] / rate["ptb"], "journeys/s", at_least=2.0)
    )
    if "telebot" in names:
        measures[-1].details["telebot"] = [round(used["telebot"], 2), round(rate["telebot"], 2)]
    show("journey", *measures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="1: the real size; smaller to try it out")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--peers", default="", help="a Python with aiogram and pyTelegramBotAPI, installed apart")
    main(arguments.parse_args())
