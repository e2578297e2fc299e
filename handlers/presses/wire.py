"""How a press travels.

At most 64 bytes: version ``1``, the letter of the screen's language (``0`` for none), a tag, then the fields in base
36 joined by ``_``: ``1kq_2s_3``. What this program did not write is a StaleButton.

``then`` is a press within a press ("after you have agreed, vote"): the same form without version and language, joined
by ``-``.
"""

from __future__ import annotations

import dataclasses
import re
from enum import StrEnum
from functools import lru_cache
from typing import Final, get_type_hints

from bot.domain.errors import StaleButton
from bot.domain.languages import EN, KY, RU, UZ, UZ_CYRL
from handlers.presses.press import Press
from handlers.presses.tags import PRESSES_BY_TAG

VERSION: Final = "1"
LONGEST: Final = 64
LONGEST_NESTED: Final = 48
_LETTERS: Final = {"k": KY, "r": RU, "c": UZ_CYRL, "u": UZ, "e": EN}
_LETTER_OF: Final = {language: letter for letter, language in _LETTERS.items()}
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST: Final = 2**53
_NUMBER: Final = re.compile(r"[0-9a-z]{1,11}")
_WORD: Final = re.compile(r"[0-9a-z-]{0,48}")


def _fields(kind: type[Press]) -> tuple[tuple[str, type, object], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name], field.default) for field in dataclasses.fields(kind))


_FIELDS: Final = {kind: _fields(kind) for kind in PRESSES_BY_TAG.values()}
_TAG_OF: Final = {kind: tag for tag, kind in PRESSES_BY_TAG.items()}


@lru_cache(maxsize=8192)  # in the hours before closing thousands of people are shown the same few hundred buttons
def pack(press: Press, language: str | None = None) -> str:
    """The wire form; raises ValueError above 64 bytes (no screen of ours makes one: a test packs them all)."""
    wire = VERSION + _LETTER_OF.get(language or "", "0") + "_".join(_written(press))
    if len(wire) > LONGEST:
        raise ValueError(f"{type(press).__name__} takes {len(wire)} bytes")
    return wire


def unpack(wire: str) -> tuple[Press, str | None]:
    """The press and its screen's language; raises StaleButton for anything this program did not write."""
    if len(wire) > LONGEST or wire[:1] != VERSION or len(wire) < 3:
        raise StaleButton
    return _read(wire[2:].split("_")), _LETTERS.get(wire[1])


def nest(press: Press) -> str:
    """``press`` to travel inside another one, or ``""`` where it would not fit."""
    nested = "-".join(_written(press))
    return nested if len(nested) <= LONGEST_NESTED else ""


def unnest(then: str) -> Press | None:
    """The press that travelled inside another one; None for ``""``; raises StaleButton."""
    return _read(then.split("-")) if then else None


def _written(press: Press) -> list[str]:
    values = [getattr(press, name) for name, _, _ in _FIELDS[type(press)]]
    defaults = [default for _, _, default in _FIELDS[type(press)]]
    while values and values[-1] == defaults[-1]:
        values.pop()
        defaults.pop()
    return [_TAG_OF[type(press)], *map(_text, values)]


def _read(parts: list[str]) -> Press:
    kind = PRESSES_BY_TAG.get(parts[0])
    if kind is None or len(parts) - 1 > len(_FIELDS[kind]):
        raise StaleButton
    values = {name: _value(hint, part) for (name, hint, _), part in zip(_FIELDS[kind], parts[1:], strict=False)}
    if any(name not in values and default is dataclasses.MISSING for name, _, default in _FIELDS[kind]):
        raise StaleButton
    return kind(**values)


def _text(value: object) -> str:
    match value:
        case bool():
            return str(int(value))
        case int():
            return _base_36(value)
        case StrEnum():
            return _base_36(list(type(value)).index(value))
        case str() if _WORD.fullmatch(value):
            return value
    raise ValueError(f"cannot travel: {value!r}")


def _value(hint: type, part: str) -> object:
    if hint is str:
        if not _WORD.fullmatch(part):
            raise StaleButton
        return part
    if not _NUMBER.fullmatch(part) or (number := int(part, 36)) > _LARGEST:
        raise StaleButton
    if hint is bool:
        return number == 1
    if issubclass(hint, StrEnum):
        members = list(hint)
        if number >= len(members):
            raise StaleButton
        return members[number]
    return number


def _base_36(number: int) -> str:
    if number < 0:
        raise ValueError(f"cannot travel: {number}")
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
        if number == 0:
            return digits
