"""The sample municipalities are ordinary input: a list of places and eight workbooks that load like any other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest

from bot.demo import municipality
from bot.domain.languages import KY, RU, UZ_CYRL, Text
from bot.domain.places import PlaceKind
from bot.domain.programme import Side
from bot.domain.questions import QuestionKind
from bot.i18n import Catalogues
from bot.workbook.faults import HearingCode
from bot.workbook.places import read_places
from bot.workbook.reader import Reading, read

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier

SHIPPED = Catalogues.load()
STARTS = datetime(2026, 12, 6, 8, 0, tzinfo=UTC)
TOTAL_DIFFERS_IN = ("mogol", "kurmanbek")


@cache
def _read(code: str) -> Reading:
    content = municipality.workbook(code, starts=STARTS, t=SHIPPED[KY])
    return read(
        content, catalogues=SHIPPED, municipality_timezone=municipality.TIMEZONE, now=STARTS - timedelta(days=10)
    )


def _dossier(code: str) -> Dossier:
    found = _read(code)
    assert found.errors == ()
    assert found.dossier is not None
    return found.dossier


def _texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for one in value for text in _texts(one)]
    names = getattr(value, "__dataclass_fields__", ())
    return [text for name in names for text in _texts(getattr(value, name))]


def test_the_list_of_places_holds_the_pilot() -> None:
    found = read_places(municipality.places_csv())
    assert found.errors == ()
    kinds = [place.kind for place, _ in found.places]
    assert [kinds.count(kind) for kind in PlaceKind] == [1, 2, 8, 67]
    assert {place.code for place, _ in found.places if place.kind is PlaceKind.MUNICIPALITY} == set(
        municipality.codes()
    )
    assert all("(" not in str(place.name) for place, _ in found.places)


@pytest.mark.parametrize("code", municipality.codes())
def test_a_municipality_loads_without_a_mistake_and_only_two_do_not_add_up(code: str) -> None:
    found = _read(code)
    assert found.errors == ()
    assert [fault.code for fault in found.warnings] == ([HearingCode.TOTAL_DIFFERS] if code in TOTAL_DIFFERS_IN else [])


@pytest.mark.parametrize("code", municipality.codes())
def test_a_municipality_says_everything_in_three_languages_and_that_its_figures_are_illustrative(code: str) -> None:
    dossier = _dossier(code)
    texts = [text for text in _texts(dossier) if text]
    assert len(texts) > 60
    assert all(set(text.by_language) == {KY, RU, UZ_CYRL} for text in texts)
    assert all("{" not in words for text in texts for words in text.by_language.values())
    for text in (dossier.title, dossier.legal_basis):
        assert ["шарттуу" in text.by_language[KY], "условные" in text.by_language[RU]] == [True, True]
        assert "шартли" in text.by_language[UZ_CYRL]
    assert dossier.budget is not None
    for side in Side:
        assert "Шарттуу" in str(dossier.budget.of(side)[0].note)


@pytest.mark.parametrize("code", municipality.codes())
def test_a_municipalitys_budget_is_worth_reading(code: str) -> None:
    budget = _dossier(code).budget
    assert budget is not None
    assert len(budget.of(Side.REVENUE)) >= 8
    assert len(budget.of(Side.EXPENDITURE)) >= 10
    assert budget.total(Side.REVENUE) == budget.total(Side.EXPENDITURE)
    assert budget.grant_share is not None
    assert 0.2 < budget.grant_share < 0.6
    assert all(line.last_year for line in budget.lines)


def test_services_carry_what_is_to_be_done_by_whom_and_for_how_much() -> None:
    services = [service for code in municipality.codes() for service in _dossier(code).services]
    assert len(services) == 16
    for service in services:
        assert len(service.actions) >= 2
        assert service.cost
        assert all(action.responsible and action.source and action.end for action in service.actions)


def test_most_municipalities_ask_all_five_kinds_and_some_take_the_default_questions() -> None:
    kinds = {code: {question.kind for question in _dossier(code).questions} for code in municipality.codes()}
    assert sum(asked == set(QuestionKind) for asked in kinds.values()) == 6
    assert [code for code, asked in kinds.items() if asked == {QuestionKind.STANCE}] == ["kok-art", "yrys"]


def test_a_municipality_follows_the_clock_it_is_given() -> None:
    dossier = _dossier("barpy")
    assert [sitting.starts_at for sitting in dossier.sittings] == [STARTS, STARTS + timedelta(days=1)]
    assert dossier.opens_at == STARTS - timedelta(days=7)
    assert dossier.closes_at == STARTS + timedelta(days=1, hours=2)
    assert dossier.agenda[0].time == "14:00"
    with pytest.raises(KeyError):
        municipality.workbook("bishkek", starts=STARTS)
