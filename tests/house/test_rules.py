"""The rules of the house that a machine can hold."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields
from pathlib import Path

from bot.config import Settings
from bot.domain import errors, hall_errors
from bot.domain.errors import Refusal
from handlers.errors import SENTENCES
from handlers.presses import PRESSES_BY_TAG
from handlers.routes import ROUTES

HOUSE = Path(__file__).parents[2]
README = (HOUSE / "README.md").read_text("utf-8")


def test_every_press_has_one_route() -> None:
    assert set(ROUTES) == set(PRESSES_BY_TAG.values())


def test_a_handler_is_named_after_its_press_and_stands_in_the_module_of_that_name() -> None:
    for press, handler in ROUTES.items():
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", press.__name__).lower()
        module = press.__module__.replace("handlers.presses.", "handlers.")
        assert (handler.__module__, handler.__name__) == (module, name)


def test_every_refusal_of_the_domain_has_a_sentence() -> None:
    members = [*inspect.getmembers(errors, inspect.isclass), *inspect.getmembers(hall_errors, inspect.isclass)]
    kinds = {kind for _, kind in members if issubclass(kind, Refusal)}
    families = {base for kind in kinds for base in kind.__bases__}
    assert kinds - families == set(SENTENCES)


def test_every_setting_stands_in_the_readme() -> None:
    for setting in fields(Settings):
        name, default = setting.name, setting.default
        row = re.search(rf"^\| `{name.upper()}` \|.*$", README, re.MULTILINE)
        assert row, name
        assert setting.metadata["description"] in row[0], name
        assert isinstance(default, tuple) or not default or f"`{default}`" in row[0], name


def test_every_command_stands_in_the_readme() -> None:
    from bot.cli import main

    assert all(f"hearing-bot {name}" in README for name in main.commands)


def test_no_file_is_longer_than_the_house_allows() -> None:
    rooms = [path for room in ("bot", "handlers", "storage", "locales") for path in (HOUSE / room).rglob("*.py")]
    long = [str(path.relative_to(HOUSE)) for path in rooms if len(path.read_text("utf-8").splitlines()) > 400]
    assert not long


def test_values_are_made_by_our_decorator() -> None:
    """The standard library's compiles more at each start; pydantic reads it, and the simulator knows no domain."""
    rooms = [path for room in ("bot", "handlers", "storage") for path in (HOUSE / room).rglob("*.py")]
    theirs = re.compile(r"^from dataclasses import .*\bdataclass\b", re.MULTILINE)
    texts = {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in rooms}
    found = {path for path, text in texts.items() if theirs.search(text) and "(frozen=True, slots=True" in text}
    documents = {"bot/pages/api_documents.py", "bot/reports/record_document.py", "bot/reports/course_document.py"}
    assert {path for path in found if not path.startswith("bot/simulator/")} == documents


def test_broad_excepts_stand_where_the_house_allows() -> None:
    rooms = [path for room in ("bot", "handlers", "storage", "locales") for path in (HOUSE / room).rglob("*.py")]
    broad = {
        str(path.relative_to(HOUSE)) for path in rooms if re.search(r"except Exception\b", path.read_text("utf-8"))
    }
    # whatever a handler raises goes to the error handler
    assert broad <= {"bot/tick.py", "handlers/incoming/handling.py"}
