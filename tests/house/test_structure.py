"""How the product is put together: names that stand once, imports without circles, stems that belong together."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handlers.presses import PRESSES_BY_TAG
from handlers.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
PRODUCT: Final = ("bot", "handlers", "storage", "locales")

PORTS: Final = {"Courier", "ReadingStore", "Repositories", "Store"}
"""Ports whose implementation bears the same name; so do all whose name ends in ``Repository``."""

SEVERAL_VIEWS: Final = {"programme": ("strategy", "budget")}
"""Conversations whose screens fill more than one file."""


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the product by its dotted name, parsed."""
    found = {}
    for package in PRODUCT:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(name: str) -> Iterator[str]:
    """The modules of the product that a module names in an import, for the type checker alone too."""
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules())
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inner & modules().keys()
            if node.module in modules() and inner - modules().keys():
                yield node.module


def test_a_class_name_stands_once() -> None:
    stands: dict[str, list[str]] = {}
    for module, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                stands.setdefault(node.name, []).append(module)
    twice = {name: places for name, places in stands.items() if len(places) > 1}
    pairs = {name for name, places in twice.items() if name in PORTS or name.endswith("Repository")}
    assert {name: places for name, places in twice.items() if name not in pairs} == {}
    for name in pairs:
        packages = Counter(place.split(".")[0] for place in twice[name])
        assert packages["bot"] == 1, twice[name]
        assert packages.total() == 2, twice[name]


def test_every_port_on_the_list_has_an_implementation_of_its_name() -> None:
    classes = [node.name for tree in modules().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert all(classes.count(name) == 2 for name in PORTS)


def test_no_two_files_import_each_other_even_by_way_of_others() -> None:
    try:
        TopologicalSorter({name: set(imports(name)) for name in modules()}).prepare()
    except CycleError as circle:
        raise AssertionError(" <- ".join(circle.args[1])) from None


def test_presses_views_and_conversations_have_the_same_stems() -> None:
    for press in PRESSES_BY_TAG.values():
        stem = press.__module__.rpartition(".")[2]
        assert press.__module__ == f"handlers.presses.{stem}", press
        assert ROUTES[press].__module__ == f"handlers.{stem}", press
        for view in SEVERAL_VIEWS.get(stem, (stem,)):
            assert f"handlers.views.{view}" in modules(), press
