"""Hostile text becomes harmless, and stays readable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reports.inert import field, looks_like_formula, plain

ANYTHING = st.text(st.characters(), max_size=300)


@pytest.mark.parametrize(
    "text",
    [
        "Жаңы көчөгө чырак керек",
        "Сув қувури, gʻisht",
        "первая\nвторая\tтретья",
        "👨‍👩‍👧 😀",
        "עברית",
        "=1+1",
        "_x0041_",
    ],
)
def test_ordinary_text_is_not_touched(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("a\x00b\x07c\x1bd\x7fe", "a␀b␇c␛d␡e"),
        ("\u202eгнидоп\u202c", "�гнидоп�"),
        ("\u2066x\u2069", "�x�"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),
        ("\ud800", "�"),
        ("\ufffe\uffff\U0001ffff\x85\x9b", "�����"),
    ],
)
def test_harmful_characters_are_made_visible_one_for_one(text: str, harmless: str) -> None:
    assert plain(text) == harmless


@given(ANYTHING)
def test_nothing_harmful_is_left_and_nothing_grows(text: str) -> None:
    done = plain(text)
    assert len(done) <= len(text)
    assert plain(done) == done
    done.encode("utf-8")
    assert all(unicodedata.bidirectional(letter) not in {"LRE", "RLE", "LRO", "RLO", "PDF"} for letter in done)
    assert all(letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"} for letter in done)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\ufeff=", "\u200b@", "＝", "＠"])
def test_what_begins_like_a_formula_gets_an_apostrophe(start: str) -> None:
    assert field(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["Жол керек", "1. Көчө", "0555", "", "a=b", "жол - суу", "5 - 3 = 2"])
def test_ordinary_fields_are_left_alone(text: str) -> None:
    assert field(text) == text


def test_a_part_that_another_separator_would_cut_out_is_guarded_too() -> None:
    assert field("Сунуш;=1+1,@SUM(A1)\n+7") == "Сунуш;'=1+1,'@SUM(A1)\n'+7"
    assert field("Тизме:\n- жол\n- суу") == "Тизме:\n- жол\n- суу"


@given(ANYTHING)
def test_no_field_looks_like_a_formula(text: str) -> None:
    assert not looks_like_formula(field(text))
