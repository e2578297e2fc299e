"""Only true sentences: each promise of the papers names the test or the benchmark that holds it, and that is there."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
README: Final = (ROOT / "README.md").read_text("utf-8")
MARK: Final = re.compile(r"<!-- held by:\s+(.*?)\s*-->", re.DOTALL)
PROMISING: Final = ("hearing-bot", "How fast it is")
"""The headings between which every sentence is a promise."""

HELD_WHOLE: Final = {
    "protocol-form.md": "tests/reports/protocol/test_manual.py",
    "telegram-faults.md": "tests/handlers/outgoing/test_telegram_errors.py",
    "trust.md": "tests/house/test_papers.py",
    "workbook.md": "tests/workbook/test_manual.py",
}
"""Pages of which a test holds every line to the code."""


def unheld(text: str) -> list[str]:
    """The names behind promises of a paper of which there is no such file or function."""
    return [name for marked in MARK.findall(text) for name in marked.split() if not is_there(name)]


def is_there(name: str) -> bool:
    """Whether a test, all tests of a file, or a benchmark is there."""
    path, _, function = name.partition("::")
    file = ROOT / path
    if not path.startswith(("tests/", "benchmarks/")) or not file.is_file():
        return False
    defined = rf"^(?:async )?def {function}\("
    return not function or re.search(defined, file.read_text("utf-8"), re.MULTILINE) is not None


def promises(text: str) -> list[str]:
    """Paragraphs, tables and points that promise something, each with its mark where it has one."""
    begin, end = (text.index(f"# {heading}\n") for heading in PROMISING)
    within = re.sub(r"```.*?```", "", text[begin:end], flags=re.DOTALL)
    found: list[str] = []
    for block in re.split(r"\n\n+(?=\S)|\n(?=- )", within):
        if block.startswith("<!--") and found:
            found[-1] += f"\n{block}"
        elif block.strip() and not block.startswith("#"):
            found.append(block)
    return found


def test_every_promise_of_the_readme_names_what_holds_it() -> None:
    found = promises(README)
    assert len(found) > 20
    assert [promise[:60] for promise in found if not MARK.search(promise)] == []
    planted = README.replace("## What it promises\n", "## What it promises\n\n- **It flies.** By night too.\n")
    assert [promise[:13] for promise in promises(planted) if not MARK.search(promise)] == ["- **It flies."]


def test_what_holds_a_promise_is_there() -> None:
    papers = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    assert {paper.name: gone for paper in papers if (gone := unheld(paper.read_text("utf-8")))} == {}
    planted = "tests/house/test_promises.py::test_that_is_gone"
    assert unheld(f"Kept.\n<!-- held by: {planted}\ntests/house/test_promises.py -->") == [planted]


def test_each_page_of_the_docs_is_held_as_a_whole_or_names_what_holds_it() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        if page.name in HELD_WHOLE:
            assert page.name.partition(".")[0] in (ROOT / HELD_WHOLE[page.name]).read_text("utf-8"), page.name
        else:
            assert MARK.search(page.read_text("utf-8")), page.name


def test_every_figure_that_is_demanded_of_speed_stands_in_its_benchmark() -> None:
    table = README.partition("## How fast it is\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:2] == "| "]
    benchmark, checked = "", 0
    for command, measure, _, demanded in rows[1:]:
        benchmark = command.strip("`").removeprefix("python -m ") or benchmark
        for figure in re.findall(r"\d+(?:\.\d+)?", demanded):
            assert float(figure) in numbers(benchmark), (benchmark, measure, figure)
            checked += 1
    assert checked > 15


@cache
def numbers(benchmark: str) -> frozenset[float]:
    """Every number that a benchmark has written down, or has in a constant."""
    module = import_module(benchmark)
    files = (Path(module.__file__ or "").parent).glob("*.py") if hasattr(module, "__path__") else [module.__file__]
    source = "\n".join(Path(file or "").read_text("utf-8") for file in files)
    written = re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])", source)
    constants = [value for value in vars(module).values() if isinstance(value, int | float)]
    return frozenset(map(float, (*written, *constants)))
