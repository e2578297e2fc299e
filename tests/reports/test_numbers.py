"""The rows of numbers: channels apart, small groups hidden, averages as they are explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.comments import Channel
from bot.domain.hearings import Phase
from bot.domain.tallies import Count, Tally
from bot.i18n import Catalogues, Translator
from bot.reports import overview, participants, votes
from tests.reports.samples import HEARING, NOW, QUESTIONS, record


@pytest.fixture(scope="module")
def t() -> Translator:
    return Catalogues.load()["en"]


def test_channels_stand_apart(t: Translator) -> None:
    rows = [row for row in votes.rows(record(), t) if row.no == 1]
    assert {(row.channel, row.voters) for row in rows if row.whole} == {("Telegram", 52), ("In the hall", 85)}
    assert {(row.channel, row.answer): row.voters for row in rows if not row.whole} == {
        ("Telegram", "In favour"): 44,
        ("Telegram", "Opposed"): 3,
        ("Telegram", "Abstained"): 5,
        ("In the hall", "In favour"): 80,
        ("In the hall", "Opposed"): 5,
        ("In the hall", "Abstained"): 0,
    }


def test_shares_are_of_those_who_answered_through_that_channel(t: Translator) -> None:
    rows = votes.rows(record(), t)
    shares = {(row.channel, row.answer): row.share for row in rows if row.no == 1 and not row.whole}
    assert shares["Telegram", "In favour"] == pytest.approx(44 / 52)
    assert shares["In the hall", "In favour"] == pytest.approx(80 / 85)


def test_a_channel_nobody_used_for_a_question_has_no_shares(t: Translator) -> None:
    hall = [row for row in votes.rows(record(), t) if row.no == 2 and row.channel == "In the hall"]
    assert [row.voters for row in hall] == [0, 0, 0, 0]
    assert {row.share for row in hall} == {None}


def test_a_ranking_shows_points_and_the_average_place() -> None:
    ranking = QUESTIONS[2]
    # three voters put it first, third and second of three: 3 + 1 + 2 points, place 2 on average
    assert votes.average(ranking, Tally(3), Count(3, 6)) == pytest.approx(2)
    assert votes.average(ranking, Tally(3), Count()) is None


def test_coins_show_their_sum_and_what_each_who_answered_gave(t: Translator) -> None:
    row = next(row for row in votes.rows(record(), t) if row.no == 4 and row.answer.startswith("Мектеп"))
    assert (row.points, row.average) == (700, 35)


def test_groups_under_five_are_not_shown_and_not_to_be_computed(t: Translator) -> None:
    villages = {row.group: row for row in participants.rows(record(), t) if row.by == "Village"}
    assert villages["Октябрьское"].people == 38
    assert villages["Беш-Бала"].people is None
    assert villages["Беш-Бала"].reached is None
    assert [row.people for row in villages.values()].count(None) == 2  # one alone would be known from the total


def test_a_village_nobody_came_from_is_there(t: Translator) -> None:
    unheard = next(row for row in participants.rows(record(), t) if row.group == "Сары-Булак")
    assert (unheard.people, unheard.population, unheard.reached) == (0, 690, 0)


def test_the_secretarys_population_goes_before_the_list_of_places(t: Translator) -> None:
    population = {row.group: row.population for row in participants.rows(record(), t)}
    assert (population["Women"], population["Men"], population["Беш-Бала"]) == (5650, 5600, 1310)
    assert (population["18–28 years"], population["29–44 years"]) == (2240, None)


def test_the_overview_warns_of_totals_outages_and_numbers_that_will_change(t: Translator) -> None:
    still_open = replace(HEARING, phase=Phase.OPEN)
    outage = (NOW - timedelta(days=3), NOW - timedelta(days=2))
    changing, total, out = (
        line.replace("\xa0", " ") for line in overview.warnings(record(still_open, outage=outage), t)
    )
    assert "will change" in changing
    assert total == "Expenditure: the declared total is 18 720 thousand som, the lines add up to 18 620 thousand som."
    assert "03.12.2026, 17:30 to 04.12.2026, 17:30" in out


def test_an_outage_after_closing_is_no_warning(t: Translator) -> None:
    outage = (NOW + timedelta(hours=1), NOW + timedelta(hours=2))
    assert len(list(overview.warnings(record(outage=outage), t))) == 1


def test_every_channel_with_a_comment_is_counted() -> None:
    assert votes.channels(record()) == (Channel.TELEGRAM, Channel.HALL)
