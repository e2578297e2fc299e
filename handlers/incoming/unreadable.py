"""Updates that are no good JSON: what of them can be read all the same.

Anybody can make Telegram carry such an update: a byte that is no UTF-8, a raw control character, a number of thousands
of digits, lists within lists a thousand deep. It must neither end the bot nor stand in the way of all that follow.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Final

MOST_DIGITS: Final = 20
"""Digits of the largest integer that is read as one; Telegram's have 16 at most."""
_ANSWER: Final = re.compile(r'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[\s*\{\s*"update_id"\s*:\s*(\d{1,19})\b')


def read_leniently(payload: bytes) -> list[Any] | None:
    """The updates of an answer, with replacements for what is no text and no number; None where even that fails."""
    answer = read_update(payload)
    result = answer.get("result") if answer is not None else None
    return result if isinstance(result, list) else None


def read_update(payload: bytes) -> dict[str, Any] | None:
    """A JSON object, with replacements for what is no text and no number; None where it cannot be read."""
    try:
        found = json.loads(_text(payload), strict=False, parse_int=_number)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def first_number(payload: bytes) -> int | None:
    """The number of the first update of an answer; None where it is no answer of the Bot API."""
    found = _ANSWER.match(_text(payload))
    return int(found[1]) if found else None


def fingerprint(payload: bytes) -> dict[str, int | str]:
    """What is kept of it: its size and its digest, never what it says."""
    return {"bytes": len(payload), "sha256": hashlib.sha256(payload).hexdigest()}


def _text(payload: bytes) -> str:
    return payload.decode("utf-8", "replace")


def _number(digits: str) -> int | float:
    """A number that no field takes where it has too many digits."""
    return int(digits) if len(digits) <= MOST_DIGITS else float("inf")
