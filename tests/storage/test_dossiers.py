from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hearings import AgendaItem, Attendance, Dossier, HearingKind, Results
from bot.domain.languages import LANGUAGES, Text
from bot.domain.programme import Action, Budget, BudgetLine, Service, Side, Unit
from bot.domain.questions import About, AboutKind, Question, QuestionKind
from bot.domain.setbacks import Setback, SetbackReason
from bot.domain.sittings import Sitting
from storage.dossiers import UnknownForm, dossier_from_json, dossier_to_json
from tests.storage.town import dossier

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
TEXTS = st.builds(Text, st.dictionaries(st.sampled_from(LANGUAGES), WORDS, max_size=3))
MONEY = st.integers(-(10**14), 10**14)
NUMBERS = st.integers(0, 400)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2190, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def some(kind: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(kind, max_size=2).map(tuple)


SITTINGS = st.builds(
    Sitting,
    MOMENTS,
    minutes=NUMBERS,
    place=TEXTS,
    address=TEXTS,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    online_link=WORDS,
    village=NUMBERS,
    no=NUMBERS,
    setback=st.none() | st.builds(Setback, st.sampled_from(SetbackReason), WORDS, st.none() | MOMENTS),
)
ACTIONS = st.builds(Action, TEXTS, start=WORDS, end=WORDS, responsible=TEXTS, amount=st.none() | MONEY, source=TEXTS)
SERVICES = st.builds(
    Service,
    NUMBERS,
    TEXTS,
    problem=TEXTS,
    goal=TEXTS,
    indicator=TEXTS,
    baseline=TEXTS,
    target=TEXTS,
    target_date=TEXTS,
    actions=some(ACTIONS),
)
LINES = st.builds(
    BudgetLine,
    NUMBERS,
    st.sampled_from(Side),
    WORDS,
    TEXTS,
    MONEY,
    code=WORDS,
    last_year=st.none() | MONEY,
    note=TEXTS,
)
BUDGETS = st.builds(Budget, some(LINES), declared=some(st.tuples(st.sampled_from(Side), MONEY)))
ABOUTS = st.builds(About, st.sampled_from(AboutKind), NUMBERS)
ASKED = st.builds(
    Question, NUMBERS, ABOUTS, st.sampled_from(QuestionKind), text=TEXTS, options=some(TEXTS), limit=NUMBERS
)
DOSSIERS = st.builds(
    Dossier,
    title=TEXTS,
    kind=st.sampled_from(HearingKind),
    sittings=some(SITTINGS),
    opens_at=MOMENTS,
    closes_at=MOMENTS,
    presenters=TEXTS,
    results=st.sampled_from(Results),
    fiscal_year=st.none() | NUMBERS,
    unit=st.sampled_from(Unit),
    legal_basis=TEXTS,
    agenda=some(st.builds(AgendaItem, NUMBERS, TEXTS, time=WORDS, presenter=TEXTS)),
    services=some(SERVICES),
    budget=st.none() | BUDGETS,
    questions=some(ASKED),
    attendance=some(st.builds(Attendance, WORDS, NUMBERS)),
    answers_promised=st.none() | st.dates(),
)


@given(DOSSIERS)
def test_a_dossier_comes_back_exactly(filled: Dossier) -> None:
    assert dossier_from_json(dossier_to_json(filled)) == filled


def test_the_same_dossier_is_the_same_json() -> None:
    assert dossier_to_json(dossier()) == dossier_to_json(dossier_from_json(dossier_to_json(dossier())))


def test_a_dossier_from_before_answers_were_promised_promises_none() -> None:
    before = dossier_to_json(dossier()).replace('"answers_promised":null,', "")
    assert "answers_promised" not in before
    assert dossier_from_json(before) == dossier()


def test_sittings_from_before_they_had_numbers_have_those_of_their_positions() -> None:
    first = dossier().sittings[0]
    known = replace(dossier(), sittings=(first, replace(first, no=2)))
    before = re.sub(r',"village":0,"no":\d,"setback":null', "", dossier_to_json(known))
    assert '"village"' not in before
    assert dossier_from_json(before) == known


def test_a_form_of_tomorrow_is_refused() -> None:
    with pytest.raises(UnknownForm):
        dossier_from_json(dossier_to_json(dossier()).replace('"form":1', '"form":2'))
