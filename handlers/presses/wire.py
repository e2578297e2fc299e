"""How a press travels.

At most 64 bytes: version ``1``, the letter of the screen's language (``0`` for none), a tag, then the fields in base
36 joined by ``_``: ``1kq_2s_3``. Fields at the end that have their defaults are left out. What this program did not
write is a StaleButton.

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
from handlers.presses.hearings import OpenHearing
from handlers.presses.press import Press
from handlers.presses.tags import PRESSES_BY_TAG

WIRE_VERSION: Final = "1"
LONGEST_CALLBACK_DATA: Final = 64
"""Bytes that Telegram takes on a button, and in a deep link."""
LONGEST_NESTED_PRESS: Final = 48
RETIRED_FIELDS: Final[dict[type[Press], int]] = {OpenHearing: 1}
"""Numbers at the end of a press that older buttons and links may carry; they are read and dropped."""
_LANGUAGES_BY_LETTER: Final = {"k": KY, "r": RU, "c": UZ_CYRL, "u": UZ, "e": EN}
_LETTERS_BY_LANGUAGE: Final = {language: letter for letter, language in _LANGUAGES_BY_LETTER.items()}
_BASE_36_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST_NUMBER: Final = 2**53
_NUMBER_FORM: Final = re.compile(r"[0-9a-z]{1,11}")
_WORD_FORM: Final = re.compile(r"[0-9a-z-]{0,48}")


def _fields(kind: type[Press]) -> tuple[tuple[str, type, object], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name], field.default) for field in dataclasses.fields(kind))


_FIELDS_BY_KIND: Final = {kind: _fields(kind) for kind in PRESSES_BY_TAG.values()}
_TAGS_BY_KIND: Final = {kind: tag for tag, kind in PRESSES_BY_TAG.items()}


@lru_cache(maxsize=8192)  # in the hours before closing thousands of people are shown the same few hundred buttons
def pack(press: Press, language: str | None = None) -> str:
    """The wire form; raises ValueError above 64 bytes (no screen of ours makes one: a test packs them all)."""
    wire = WIRE_VERSION + _LETTERS_BY_LANGUAGE.get(language or "", "0") + "_".join(_written(press))
    if len(wire) > LONGEST_CALLBACK_DATA:
        raise ValueError(f"{type(press).__name__} takes {len(wire)} bytes")
    return wire


@lru_cache(maxsize=8192)
def unpack(wire: str) -> tuple[Press, str | None]:
    """The press and its screen's language; raises StaleButton for anything this program did not write."""
    if len(wire) > LONGEST_CALLBACK_DATA or wire[:1] != WIRE_VERSION or len(wire) < 3:
        raise StaleButton
    return _read(wire[2:].split("_")), _LANGUAGES_BY_LETTER.get(wire[1])


def nest(press: Press) -> str:
    """``press`` to travel inside another one, or ``""`` where it would not fit."""
    nested = "-".join(_written(press))
    return nested if len(nested) <= LONGEST_NESTED_PRESS else ""


def unnest(then: str) -> Press | None:
    """The press that travelled inside another one; None for ``""``; raises StaleButton."""
    return _read(then.split("-")) if then else None


def _written(press: Press) -> list[str]:
    fields = _FIELDS_BY_KIND[type(press)]
    values = [getattr(press, name) for name, _, _ in fields]
    defaults = [default for _, _, default in fields]
    while values and values[-1] == defaults[-1]:
        values.pop()
        defaults.pop()
    return [_TAGS_BY_KIND[type(press)], *map(_text, values)]


def _read(parts: list[str]) -> Press:
    kind = PRESSES_BY_TAG.get(parts[0])
    if kind is None:
        raise StaleButton
    fields = _FIELDS_BY_KIND[kind]
    if len(parts) - 1 > len(fields) + RETIRED_FIELDS.get(kind, 0):
        raise StaleButton
    values = {name: _value(hint, part) for (name, hint, _), part in zip(fields, parts[1:], strict=False)}
    if any(name not in values and default is dataclasses.MISSING for name, _, default in fields):
        raise StaleButton
    for retired in parts[1 + len(fields) :]:
        _value(int, retired)
    return kind(**values)


def _text(value: object) -> str:
    match value:
        case bool():
            return str(int(value))
        case int():
            return _base_36(value)
        case StrEnum():
            return _base_36(list(type(value)).index(value))
        case str() if _WORD_FORM.fullmatch(value):
            return value
    raise ValueError(f"cannot travel: {value!r}")


def _value(hint: type, part: str) -> object:
    if hint is str:
        if not _WORD_FORM.fullmatch(part):
            raise StaleButton
        return part
    if not _NUMBER_FORM.fullmatch(part) or (number := int(part, 36)) > _LARGEST_NUMBER:
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
        digits = _BASE_36_DIGITS[digit] + digits
        if number == 0:
            return digits
