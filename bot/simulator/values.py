"""Readers of plain values as they come over the wire: JSON, or text from a query or a form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from bot.simulator.refusals import bad_request

Reader = Callable[[Any, str], Any]
"""Takes a value and the name of its field; returns it typed or raises ``RefusedError``."""


def _string(value: Any, path: str) -> str:
    if isinstance(value, str):
        return value
    raise bad_request(f'field "{path}" must be of type String')


def _integer(value: Any, path: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,19}", value.strip(), re.ASCII):
        return int(value)
    raise bad_request(f'field "{path}" must be of type Integer')


def _float(value: Any, path: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            pass
    raise bad_request(f'field "{path}" must be of type Float')


def _boolean(value: Any, path: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false", "1", "0", "yes", "no"}:
        return value.lower() in {"true", "1", "yes"}
    raise bad_request(f'field "{path}" must be of type Boolean')


def decoded(value: Any, path: str) -> Any:
    """``value``, parsed where it is JSON text, as objects and arrays are in forms and queries."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f'can\'t parse "{path}": it is not JSON') from None


SCALAR_READERS: dict[str, Reader] = {
    "String": _string,
    "Integer": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "True": _boolean,
    "InputFile": _string,
}


def as_list(value: Any, path: str) -> list[Any]:
    """The items of an array, which may come as JSON text."""
    items = decoded(value, path)
    if not isinstance(items, list | tuple):
        raise bad_request(f'field "{path}" must be of type Array')
    return list(items)
