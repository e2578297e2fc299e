"""The budget in two minutes: plain words, millions, the largest first, what changed most."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import LANGUAGES
from bot.domain.programme import Budget, Side
from bot.i18n import budget_words
from handlers import presses
from handlers.views import budget as views
from handlers.views import strategy
from tests import samples
from tests.handlers.views.screens import CATALOGUES, ENGLISH, ensure_fits, labels_of, presses_of, text_of

HEARING = Hearing(1, "bagysh-2026-1", 4, Phase.OPEN, 1, samples.dossier())
BUDGET = HEARING.dossier.budget or Budget(())
NBSP = "\u00a0"


def test_at_a_glance_sums_are_said_in_millions_and_the_change_and_the_share_of_each_resident() -> None:
    words = text_of(views.budget(ENGLISH, HEARING, BUDGET, None, people=1000))
    assert f"Expenditure: 10{NBSP}million som" in words
    assert f"In 2026: 9.3{NBSP}million som" in words
    assert f"Changed most: Housing and community amenities, 700{NBSP}thousand som more" in words
    assert f"Expenditure for each resident: 10{NBSP}000{NBSP}som" in words
    assert "go to: Education (kindergartens, schools)." in words
    assert "• Housing and community amenities (drinking water, street lights, tidiness of the village): " in words


def test_lines_stand_by_size_and_are_numbered_from_one() -> None:
    screen = views.budget_side(ENGLISH, HEARING, BUDGET, Side.EXPENDITURE, 0)
    assert f"1. Билим берүү: 6{NBSP}million som" in text_of(screen)
    assert labels_of(screen)[:2] == ["1", "2"]
    line = text_of(views.budget_line(ENGLISH, HEARING, BUDGET, BUDGET.lines[2]))
    assert f"Draft for 2027: 6{NBSP}000{NBSP}thousand som" in line  # exact where one looks closely


def test_without_the_years_before_nothing_is_said_to_have_changed() -> None:
    lines = tuple(replace(line, last_year=None) for line in BUDGET.lines)
    assert "Changed most" not in text_of(views.budget(ENGLISH, HEARING, Budget(lines), None))


def test_a_plan_leads_to_the_lines_that_pay_for_it_and_each_line_to_its_plan() -> None:
    lines = (*BUDGET.lines, *(replace(BUDGET.lines[3], no=no, amount=no * 1_000_000, service=1) for no in range(5, 10)))
    hearing = replace(HEARING, dossier=replace(HEARING.dossier, budget=Budget(lines)))
    roads, water = hearing.dossier.services[:2]
    page = strategy.service_page(ENGLISH, hearing, water, None)
    assert f"In the budget\n• Турак жай: 4{NBSP}million som" in text_of(page)
    assert presses.ReadBudgetLine(1, 4) in presses_of(page)
    line = views.budget_line(ENGLISH, hearing, Budget(lines), lines[3])
    assert f"Pays for the plan: 2. {water.title.by_language['ky']}" in text_of(line)
    assert presses.ReadService(1, 2) in presses_of(line)
    many = strategy.service_page(ENGLISH, hearing, roads, None)
    assert f"• the rest: 110{NBSP}thousand som" in text_of(many)
    opened = [press for press in presses_of(many) if isinstance(press, presses.ReadBudgetLine)]
    assert [press.no for press in opened] == [9, 8, 7]
    assert len(set(labels_of(many))) == len(labels_of(many))
    assert presses.ReadService(1, 1) not in presses_of(views.budget_line(ENGLISH, hearing, BUDGET, lines[0]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_is_explained_in_every_language_and_the_screen_fits(language: str) -> None:
    t = CATALOGUES[language]
    explained = {budget_words.group_explained(t, group) for group in budget_words.GROUP_EXPLANATIONS}
    assert len(explained) == len(budget_words.GROUP_EXPLANATIONS)
    assert budget_words.group_explained(t, "wages") == "wages"
    ensure_fits(views.budget(t, HEARING, BUDGET, None, people=7))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2027-04", "2027-09", "April – September 2027"),
        ("2027-04", "2028-03", "April 2027 – March 2028"),
        ("2027-04", "2027-04", "April 2027"),
        ("2027-04", "", "April 2027"),
        ("04.2027", "30.09.2027", "April – September 2027"),
        ("жазында", "2027", "жазында – 2027"),
    ],
)
def test_months_are_named(start: str, end: str, said: str) -> None:
    assert ENGLISH.months(start, end) == said
