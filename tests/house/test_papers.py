"""What the papers say of the code: every file they name is there, and every word of the glossary has its place."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from bot.cli import main
from bot.config import Settings

ROOT: Final = Path(__file__).parents[2]
PAPERS: Final = (
    *("GLOSSARY.md", "CONTRIBUTING.md", "README.md", "README.ru.md", "docs/trust.md", "docs/telegram-faults.md"),
    *(f"docs/decisions/{path.name}" for path in sorted((ROOT / "docs/decisions").glob("*.md"))),
)
PATH: Final = re.compile(r"`((?:bot|handlers|storage|locales|tests|benchmarks|docs)/[\w./-]*)`")
TYPE_OF_A_FILE: Final = re.compile(r"\.\w+$")


def rows() -> list[tuple[str, list[str]]]:
    """The words of the glossary, each with the files where it is."""
    lines = (ROOT / "GLOSSARY.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [(word, PATH.findall(where)) for word, _, where in cells if word != "word"]


@cache
def classes(path: str) -> frozenset[str]:
    """The classes of a module."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.ClassDef))


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_a_paper_names_is_there(paper: str) -> None:
    named = PATH.findall((ROOT / paper).read_text("utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_word_of_the_glossary_has_its_place() -> None:
    assert len(rows()) > 80
    for word, where in rows():
        assert where, word
        assert all(TYPE_OF_A_FILE.search(path) for path in where), word


def test_every_class_of_the_glossary_stands_where_it_says() -> None:
    for word, where in rows():
        for name in re.findall(r"`(\w+)`", word):
            assert any(name in classes(path) for path in where), name


def test_the_glossary_says_each_word_once() -> None:
    words = [word.casefold() for word, _ in rows()]
    assert len(words) == len(set(words))


def test_every_decision_that_the_code_names_is_there() -> None:
    for package in ("bot", "handlers", "storage", "locales"):
        for path in (ROOT / package).rglob("*.py"):
            for named in re.findall(r"docs/decisions/[\w.-]+\.md", path.read_text("utf-8")):
                assert (ROOT / named).exists(), f"{path.relative_to(ROOT)}: {named}"


@pytest.mark.parametrize(("paper", "least"), [("docs/trust.md", 15), ("tests/faults/README.md", 13)])
def test_every_promise_names_a_test_that_exists(paper: str, least: int) -> None:
    promises = [line for line in (ROOT / paper).read_text("utf-8").splitlines() if line.startswith("| ")]
    held = [re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", line) for line in promises if "| held by" not in line]
    assert len(held) > least
    assert all(held)
    for path, name in (each for line in held for each in line):
        assert re.search(rf"^(async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), (path, name)


def test_the_russian_readme_says_the_lines_commands_and_settings_of_the_other() -> None:
    russian, english = ((ROOT / name).read_text("utf-8") for name in ("README.ru.md", "README.md"))
    shown = [line for block in re.findall(r"```\w+\n(.*?)```", russian, re.DOTALL) for line in block.splitlines()]
    assert len(shown) > 5
    assert [line for line in shown if line not in english] == []
    commands = set(re.findall(r"`hearing-bot ([a-z]+)", russian))
    assert commands <= set(main.commands)
    named = set(re.findall(r"`([A-Z]+_[A-Z]+)`", russian)) - {"DATABASE_URL"}
    assert named <= {each.name.upper() for each in fields(Settings)}
    assert "README.ru.md" in english


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    named = re.findall(r'src="(docs/pictures/[^"]+)"', (ROOT / "README.md").read_text("utf-8"))
    assert set(named) == {f"docs/pictures/{path.name}" for path in (ROOT / "docs/pictures").iterdir()}
    assert len(named) == 4
    assert sum((ROOT / path).stat().st_size for path in named) < 300_000


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    numbers = []
    for path in sorted((ROOT / "docs/decisions").glob("*.md")):
        number, _, _ = path.name.partition("-")
        assert path.read_text("utf-8").startswith(f"# {int(number)}. "), path.name
        numbers.append(number)
    assert len(numbers) == len(set(numbers))
