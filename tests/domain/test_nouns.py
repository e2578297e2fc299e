"""Places, texts, budgets, comments, hearings, permissions: the rules that need no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import (
    ConsentNeeded,
    Forbidden,
    HearingCancelled,
    HearingClosed,
    HearingNotOpen,
    NotFound,
    TextEmpty,
    TextTooLong,
)
from bot.domain.hearings import Hearing, Phase, default_questions, due_phase
from bot.domain.languages import Text, from_telegram
from bot.domain.message_text import checked
from bot.domain.people import Actor, Grant, Role
from bot.domain.permissions import Permission, ensure, ensure_consented
from bot.domain.programme import Side
from bot.domain.questions import About, AboutKind
from tests import samples
from tests.samples import HOUR, NOW

HEARING = Hearing(1, "bagysh-2026-1", 3, Phase.ANNOUNCED, 1, samples.dossier())


def test_a_reader_gets_the_nearest_language() -> None:
    text = Text({"ru": "Дорога", "uz_Cyrl": "Йўл"})
    assert text.nearest("uz") == ("Йўл", "uz_Cyrl")
    assert text.nearest("ky") == ("Дорога", "ru")
    assert Text({"ky": " "}).nearest("ky") == ("", "ky")


def test_telegrams_language_is_a_guess() -> None:
    assert [from_telegram(code) for code in ("ru-RU", "uz", "uz-Cyrl-UZ", "en", "de", None)] == [
        "ru",
        "uz",
        "uz_Cyrl",
        "en",
        "ky",
        "ky",
    ]


def test_sums_that_do_not_add_up_are_named_with_both_figures() -> None:
    budget = samples.dossier().budget
    assert budget is not None
    (found,) = budget.discrepancies()
    assert (found.side, found.declared, found.summed) == (Side.REVENUE, 1_010_000_000, 1_000_000_000)
    assert budget.grant_share == pytest.approx(0.8)


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200d", "\u2060\ufeff"])
def test_a_comment_nobody_could_see_is_refused(text: str) -> None:
    with pytest.raises(TextEmpty):
        checked(text)


def test_a_comment_keeps_what_was_typed() -> None:
    assert checked(" =1+1 <b>\u202eабв</b> 🙂 \n") == "=1+1 <b>\u202eабв</b> 🙂"
    assert checked("а\0б\ud800") == "а\ufffdб\ufffd"
    with pytest.raises(TextTooLong):
        checked("ы" * 4097)


@given(st.text(alphabet=st.characters(), max_size=50))
def test_any_text_can_be_kept_or_is_refused(text: str) -> None:
    try:
        checked(text).encode()
    except TextEmpty:
        return


def test_answers_count_from_opening_to_closing_to_the_moment() -> None:
    dossier = HEARING.dossier
    HEARING.ensure_open(dossier.opens_at)
    HEARING.ensure_open(dossier.closes_at - timedelta(microseconds=1))
    with pytest.raises(HearingClosed):
        HEARING.ensure_open(dossier.closes_at)
    with pytest.raises(HearingNotOpen):
        HEARING.ensure_open(dossier.opens_at - timedelta(microseconds=1))


def test_the_clock_decides_not_the_tick() -> None:
    replace(HEARING, phase=Phase.ANNOUNCED).ensure_open(NOW)
    replace(HEARING, phase=Phase.CLOSED).ensure_open(NOW)  # a message from before closing, handled after it
    with pytest.raises(HearingCancelled):
        replace(HEARING, phase=Phase.CANCELLED).ensure_open(NOW)
    with pytest.raises(NotFound):
        replace(HEARING, phase=Phase.DRAFT).ensure_open(NOW)


def test_the_clock_moves_only_what_is_running() -> None:
    assert due_phase(HEARING, NOW) is Phase.OPEN
    assert due_phase(HEARING, NOW + 100 * HOUR) is Phase.CLOSED
    assert due_phase(replace(HEARING, phase=Phase.DRAFT), NOW) is Phase.DRAFT
    assert due_phase(replace(HEARING, phase=Phase.ANSWERED), NOW) is Phase.ANSWERED


def test_without_questions_each_draft_gets_a_stance() -> None:
    questions = default_questions(HEARING.dossier.services, strategy=True, budget=True)
    assert [question.about for question in questions] == [
        About(AboutKind.SERVICE, 1),
        About(AboutKind.SERVICE, 2),
        About(AboutKind.STRATEGY),
        About(AboutKind.BUDGET),
    ]


def test_roles_end_at_their_municipality() -> None:
    secretary = Actor(1, "ky", grants=(Grant(3, Role.SECRETARY),))
    ensure(secretary, Permission.DOWNLOAD, 3)
    with pytest.raises(Forbidden):
        ensure(secretary, Permission.DOWNLOAD, 4)
    with pytest.raises(Forbidden):
        ensure(Actor(1, "ky", grants=(Grant(3, Role.MODERATOR),)), Permission.DOWNLOAD, 3)
    ensure(Actor(1, "ky", administrator=True), Permission.INVITE, 99)
    with pytest.raises(ConsentNeeded):
        ensure_consented(secretary)
