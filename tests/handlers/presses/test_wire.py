"""Presses as Telegram carries them: short enough, readable back, and nothing else is taken for one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import StaleButton
from bot.domain.languages import LANGUAGES
from handlers.presses import AcceptInvitation, Agree, GiveCoins, Language, ListRooms, OpenHearing, Press, ReadPurpose
from handlers.presses.wire import LONGEST_CALLBACK_DATA, nest, pack, unnest, unpack

PRESSES = [
    GiveCoins(2**40, 999, 99, 10**9),
    AcceptInvitation("z" * 25),
    ListRooms(2**40, 999, "f" * 32),
    Agree(nest(GiveCoins(2**30, 99, 9, 100_000))),
    ReadPurpose(nest(AcceptInvitation("z" * 25))),
]


@pytest.mark.parametrize("press", PRESSES)
def test_the_largest_presses_fit_into_a_button_and_a_link(press: Press) -> None:
    wire = pack(press, "uz_Cyrl")
    assert len(wire) <= LONGEST_CALLBACK_DATA
    assert re.fullmatch(r"[A-Za-z0-9_-]+", wire)
    assert unpack(wire) == (press, "uz_Cyrl")


def test_a_link_that_names_its_origin_as_older_ones_did_still_opens() -> None:
    assert unpack("1kh_c_3") == (OpenHearing(12), "ky")
    assert unnest("h-c-3") == OpenHearing(12)
    for wire in ("1kh_c_3_0", "1kh_c_x-y", "1kh_c_"):
        with pytest.raises(StaleButton):
            unpack(wire)


def test_a_press_travels_inside_another() -> None:
    inner = GiveCoins(12, 3, 4, 50)
    assert unnest(nest(inner)) == inner
    assert unnest("") is None


@given(st.text(max_size=80))
def test_whatever_a_stranger_sends_is_a_press_or_a_stale_button(wire: str) -> None:
    try:
        press, _ = unpack(wire)
    except StaleButton:
        return
    assert unpack(pack(press))[0] == press


@given(st.from_regex(r"1[kruce0][a-z]{1,2}(_[0-9a-z]{0,12}){0,5}", fullmatch=True))
def test_what_looks_like_a_press_is_one_or_a_stale_button(wire: str) -> None:
    try:
        press, _ = unpack(wire)
    except StaleButton:
        return
    assert unpack(pack(press))[0] == press


def test_languages_travel_as_letters() -> None:
    assert {language.value for language in Language} == set(LANGUAGES)
    assert all(unpack(pack(ReadPurpose(), language))[1] == language for language in LANGUAGES)
