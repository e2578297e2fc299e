"""The errors of the product: one root, families as classes, and messages that may be logged."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

from bot.domain import errors
from bot.domain.errors import (
    AlreadyConsidered,
    AlreadyWithdrawn,
    CommentFixed,
    HearingBotError,
    HearingCancelled,
    HearingClosed,
    HearingNotOpen,
    NotTakingAnswers,
    Refusal,
    TextEmpty,
    TextRefused,
    TextTooLong,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PRODUCT = ("bot", "handlers", "storage", "locales")
ELSEWHERE_ROOTED = {
    "bot.shell.UsageMistake": "click shows only its own exceptions, as a sentence and an exit code",
    "bot.shell.AnswerNeeded": "the same, with another exit code",
    "bot.shell.CommandFailed": "the same, with another exit code",
    "handlers.outgoing.transport.NotSent": "python-telegram-bot wants a NetworkError of the request it is given",
    "handlers.outgoing.transport.UnreadableAnswer": "the same",
}
"""Errors that a library catches by its own base class."""


def _modules() -> Iterator[str]:
    for package in PRODUCT:
        yield package
        path = importlib.import_module(package).__path__
        found = (module.name for module in pkgutil.walk_packages(path, prefix=f"{package}."))
        yield from (name for name in found if not name.endswith(".__main__"))


def _exceptions() -> dict[str, type[BaseException]]:
    """Every exception class that the product defines, by its full name."""
    defined = {}
    for name in _modules():
        for _, kind in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(kind, BaseException) and kind.__module__ == name:
                defined[f"{name}.{kind.__qualname__}"] = kind
    return defined


def test_every_error_of_the_product_descends_from_one_root() -> None:
    defined = _exceptions()
    assert {"storage.dossiers.UnknownForm", "bot.simulator.refusals.RefusedError"} <= set(defined)
    rootless = {name for name, kind in defined.items() if not issubclass(kind, HearingBotError)}
    assert rootless == set(ELSEWHERE_ROOTED)


def test_the_errors_of_the_domain_stand_in_the_picture_of_the_tree() -> None:
    drawn = set((errors.__doc__ or "").split())
    names = {kind.__name__ for kind in _exceptions().values() if kind.__module__ == errors.__name__}
    assert names <= drawn


def test_families_of_refusals_are_classes() -> None:
    families = {
        NotTakingAnswers: {HearingNotOpen, HearingClosed, HearingCancelled},
        TextRefused: {TextEmpty, TextTooLong},
        CommentFixed: {AlreadyConsidered, AlreadyWithdrawn},
    }
    assert all(set(family.__subclasses__()) == members for family, members in families.items())
    assert all(issubclass(family, Refusal) for family in families)


def test_what_a_person_wrote_is_in_no_message_of_an_error() -> None:
    bad_cell: Any = _exceptions()["bot.spreadsheets.cells.BadCell"]
    assert "Айгүл" not in str(bad_cell("not a number", value="Айгүл", example=1))
