"""Personal numbers in what people write: found, and masked where the public reads. Staff and the record keep the words.

Phone numbers of Kyrgyzstan and its neighbours, personal identification numbers (14 digits: 1 or 2, the date of birth,
five more), passports (two letters, seven digits), bank cards and accounts, e-mail addresses. Sums, years, dates and
codes of the budget are left as they are.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK: Final = "•••"


class PersonalKind(StrEnum):
    """What a masked part is."""

    PHONE = "phone"
    ID_NUMBER = "id number"
    BANK_CARD = "bank card"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """A part of a text, ``text[start:end]``, that identifies a person."""

    start: int
    end: int
    kind: PersonalKind


_GAP: Final = r"[\s\-‐‑–.()/\u200b-\u200f\u2060\ufeff]"
_NUMBER: Final = re.compile(rf"(?<!\w)\+?\(?\d(?:{_GAP}{{0,3}}\d)*(?!\w)")
_DIGIT: Final = re.compile(r"\d")
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+(?!\w)")
_PASSPORT: Final = re.compile(r"(?<!\w)[A-ZА-Я]{2}[ №N°\-]{0,3}\d{7}(?!\w)")
_MONEY: Final = re.compile(
    r"\s*(?:сом|som|soʻm|so'm|с\.|тыс|миң|минг|ming|млн|млрд|миллион|миллиард|kgs|₽|\$|€|%)", re.IGNORECASE
)
_CALLED: Final = re.compile(
    r"(?:тел|телефон\w*|номер\w*|рақам\w*|raqam\w*|whats?\s?app|ват?с?ап\w*|уатсап\w*|phone|звоните|чалы\w*|"
    r"қўнғироқ\w*|qoʻngʻiroq\w*)\W{0,5}$",
    re.IGNORECASE,
)
_DATE: Final = re.compile(r"\d{1,2}[.\-/]\d{1,2}[.\-/]\d{2,4}|\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2}")
_BIRTH: Final = re.compile(r"[12](0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d{2}\d{5}")
_TRUNK: Final = re.compile(
    r"(?:996|0)(?:[235679]\d{8})"  # Kyrgyzstan
    r"|998\d{9}"  # Uzbekistan
    r"|[78][3479]\d{9}"  # Kazakhstan, Russia
    r"|992\d{9}"  # Tajikistan
)
_LOCAL_MOBILE: Final = re.compile(r"[579]\d{8}|2[02]\d{7}")
_CALLED_WITHIN: Final = 30
"""Letters before a number in which the word for a phone may stand."""
_LEAST_CALLED: Final = 5
"""Digits that are a phone number right after the word for one."""


def personal_spans(text: str) -> tuple[PersonalSpan, ...]:
    """The parts of ``text`` that identify a person, in order, none overlapping another."""
    found: list[PersonalSpan] = []
    for span in sorted(_candidates(text), key=lambda each: (each.start, -each.end)):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return tuple(found)


def masked(text: str) -> str:
    """``text`` with every personal number and address replaced by ``MASK``."""
    if "@" not in text and _DIGIT.search(text) is None:
        return text
    parts, at = [], 0
    for span in personal_spans(text):
        parts += [text[at : span.start], MASK]
        at = span.end
    return "".join((*parts, text[at:]))


def _candidates(text: str) -> Iterator[PersonalSpan]:
    for match in _EMAIL.finditer(text) if "@" in text else ():
        yield PersonalSpan(*match.span(), PersonalKind.EMAIL)
    if _DIGIT.search(text) is None:
        return
    for match in _PASSPORT.finditer(text):
        yield PersonalSpan(*match.span(), PersonalKind.ID_NUMBER)
    for match in _NUMBER.finditer(text):
        if (kind := _kind(text, match)) is not None:
            yield PersonalSpan(*match.span(), kind)


def _kind(text: str, match: re.Match[str]) -> PersonalKind | None:
    written = match[0]
    digits = "".join(str(unicodedata.digit(letter)) for letter in written if letter.isdecimal())
    if _BIRTH.fullmatch(digits):
        return PersonalKind.ID_NUMBER
    if _is_card(written, digits):
        return PersonalKind.BANK_CARD
    return PersonalKind.PHONE if _is_phone(text, match, digits) else None


def _is_card(written: str, digits: str) -> bool:
    """A card has 13 to 19 digits with Luhn's check digit, or four groups of four; an account has 16 or more."""
    if re.fullmatch(r"\d{4}\D\d{4}\D\d{4}\D\d{4}", written) or (written.isdecimal() and len(digits) >= 16):
        return True
    return 13 <= len(digits) <= 19 and not re.fullmatch(r"\d{1,3}(?:\D\d{3})+", written) and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_phone(text: str, match: re.Match[str], digits: str) -> bool:
    written = match[0]
    if _CALLED.search(text[max(0, match.start() - _CALLED_WITHIN) : match.start()]) and len(digits) >= _LEAST_CALLED:
        return True
    if _MONEY.match(text, match.end()) or _DATE.fullmatch(written):
        return False
    if written.startswith("+"):
        return 9 <= len(digits) <= 15
    if _TRUNK.fullmatch(digits):
        return True
    in_thousands = re.fullmatch(r"\d{1,3}(?:[\s.\u00a0\u202f]\d{3})+", written)
    return bool(_LOCAL_MOBILE.fullmatch(digits)) and not in_thousands
