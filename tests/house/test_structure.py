"""How the product is put together: names that stand once, imports without circles, stems that belong together."""

from __future__ import annotations

import ast
import gc
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

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


class Source(NamedTuple):
    """What is asked of a module; its tree would be in the way of the collector of garbage for all tests that follow."""

    classes: tuple[str, ...]
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    """Modules that it imports (no names), and modules with the names that it imports from them."""


@cache
def modules() -> dict[str, Source]:
    """Every module of the product by its dotted name."""
    found = {}
    for package in PRODUCT:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = source(path)
    return found


def source(path: Path) -> Source:
    """Read a module."""
    gc.disable()  # a tree is many objects and no garbage
    try:
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    finally:
        gc.enable()
    classes = tuple(node.name for node in nodes if isinstance(node, ast.ClassDef))
    plain = [(alias.name, ()) for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    named = [
        (node.module, tuple(alias.name for alias in node.names))
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module is not None
    ]
    return Source(classes, (*plain, *named))


def imports(name: str) -> Iterator[str]:
    """The modules of the product that a module names in an import, for the type checker alone too."""
    for module, names in modules()[name].imports:
        inner = {f"{module}.{each}" for each in names}
        yield from inner & modules().keys()
        if module in modules() and (not names or inner - modules().keys()):
            yield module


def test_a_class_name_stands_once() -> None:
    stands: dict[str, list[str]] = {}
    for module, found in modules().items():
        for name in found.classes:
            stands.setdefault(name, []).append(module)
    twice = {name: places for name, places in stands.items() if len(places) > 1}
    pairs = {name for name, places in twice.items() if name in PORTS or name.endswith("Repository")}
    assert {name: places for name, places in twice.items() if name not in pairs} == {}
    for name in pairs:
        packages = Counter(place.split(".")[0] for place in twice[name])
        assert packages["bot"] == 1, twice[name]
        assert packages.total() == 2, twice[name]


def test_every_port_on_the_list_has_an_implementation_of_its_name() -> None:
    classes = [name for found in modules().values() for name in found.classes]
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
