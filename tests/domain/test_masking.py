"""Numbers that identify a person are found however they are written; sums, years and codes never are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.masking import MASK, PersonalKind, masked, personal_spans

PERSONAL = {
    "Менин номерим 0555 12-34-56, чалыңыз": PersonalKind.PHONE,
    "+996 555 123 456": PersonalKind.PHONE,
    "+996(312)62-38-45": PersonalKind.PHONE,
    "996700123456": PersonalKind.PHONE,
    "0700123456": PersonalKind.PHONE,
    "0 (700) 12 34 56": PersonalKind.PHONE,
    "тел: 5-12-34": PersonalKind.PHONE,
    "WhatsApp 707 55 44 33": PersonalKind.PHONE,
    "звоните 8 (916) 123-45-67": PersonalKind.PHONE,
    "+998 90 123 45 67": PersonalKind.PHONE,
    "707554433": PersonalKind.PHONE,
    "0\u200b555\u200b123456": PersonalKind.PHONE,
    "٠٥٥٥١٢٣٤٥٦": PersonalKind.PHONE,
    "ИНН 21505198500123": PersonalKind.ID_NUMBER,
    "паспорт ID1234567": PersonalKind.ID_NUMBER,
    "AN 3456789": PersonalKind.ID_NUMBER,
    "карта 4169 5853 4567 8901": PersonalKind.BANK_CARD,
    "4111111111111111": PersonalKind.BANK_CARD,
    "эсеп 1280016003012345": PersonalKind.BANK_CARD,
    "Жазыңыз: aigul.asanova@mail.kg": PersonalKind.EMAIL,
    "айгүл@почта.рф": PersonalKind.EMAIL,
}
HARMLESS = (
    "150 000 сом",
    "700 123 456 сом керек",
    "700 123 456",
    "1 200 000 000",
    "5 400 000,50 сом",
    "2026-2027-жылдарга",
    "07.12.2026 саат 14:00",
    "2026-12-07",
    "12.11.2026",
    "22150000 коду менен",
    "Мектепте 1200 окуучу, 85 мугалим",
    "40.933333, 72.983333",
    "№ 12",
    "12 км жол, 3 көпүрө, 450 үй",
    "Бюджет 52 300 000 сом, 2025-жылы 48 100 000 сом",
)


@pytest.mark.parametrize(("words", "kind"), PERSONAL.items())
def test_a_personal_number_is_masked(words: str, kind: PersonalKind) -> None:
    (span,) = personal_spans(words)
    assert span.kind is kind
    assert MASK in masked(words)
    assert not any(letter.isdecimal() for letter in masked(words))
    assert "@" not in masked(words)


@pytest.mark.parametrize("words", HARMLESS)
def test_sums_dates_and_codes_are_left(words: str) -> None:
    assert masked(words) == words


def test_what_stands_around_a_number_stays() -> None:
    assert masked("Жол оңдолсун! 0555 123 456 же a@b.kg. Рахмат") == f"Жол оңдолсун! {MASK} же {MASK}. Рахмат"


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(words: str) -> None:
    once = masked(words)
    assert masked(once) == once
    spans = personal_spans(words)
    assert all(one.end <= other.start for one, other in pairwise(spans))
