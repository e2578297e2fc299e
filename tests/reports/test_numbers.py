"""The rows of numbers: channels apart, small groups hidden, averages as they are explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.comments import Channel
from bot.domain.hearings import Phase
from bot.domain.numbers import Participation, Residence
from bot.domain.suppression import AtLeast, GroupSizes
from bot.domain.tallies import Count, Tally
from bot.i18n import Catalogues, Translator, names
from bot.reports import overview, participants, votes
from bot.reports.file_names import file_name
from tests.reports.samples import GROUPS, HEARING, MUNICIPALITY, NOW, QUESTIONS, TALLIES, VILLAGES, record


@pytest.fixture(scope="module")
def t() -> Translator:
    return Catalogues.load()["en"]


def test_channels_stand_apart_and_are_added_up(t: Translator) -> None:
    rows = [row for row in votes.rows(record(), t) if row.no == 1]
    assert {(row.channel, row.voters) for row in rows if row.whole} == {
        ("Telegram", 52),
        ("In the hall", 85),
        ("All channels together", 137),
    }
    assert {(row.channel, row.answer): row.voters for row in rows if not row.whole} == {
        ("Telegram", "In favour"): 44,
        ("Telegram", "Opposed"): 3,
        ("Telegram", "Abstained"): 5,
        ("In the hall", "In favour"): 80,
        ("In the hall", "Opposed"): 5,
        ("In the hall", "Abstained"): 0,
        ("All channels together", "In favour"): 124,
        ("All channels together", "Opposed"): 8,
        ("All channels together", "Abstained"): 5,
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
    assert villages["Oktyabrskoye"].size == 38
    assert villages["Besh-Bala"].size is None
    assert villages["Besh-Bala"].reached is None
    assert [row.size for row in villages.values()].count(None) == 2  # one alone would be known from the total


def test_a_village_nobody_came_from_is_there(t: Translator) -> None:
    unheard = next(row for row in participants.rows(record(), t) if row.group == "Sary-Bulak")
    assert (unheard.size, unheard.population, unheard.reached) == (0, 690, 0)


def test_the_secretarys_population_goes_before_the_list_of_places(t: Translator) -> None:
    population = {row.group: row.population for row in participants.rows(record(), t)}
    assert (population["Women"], population["Men"], population["Besh-Bala"]) == (5650, 5600, 1310)
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


def test_while_answers_are_taken_groups_are_told_by_lower_bounds(t: Translator) -> None:
    dossier = replace(HEARING.dossier, closes_at=NOW + timedelta(days=1))
    still_open = replace(HEARING, phase=Phase.OPEN, dossier=dossier)
    groups = {row.group: row for row in participants.rows(record(still_open), t) if row.by == "Village"}
    assert {name: row.size for name, row in groups.items()} == {
        "Oktyabrskoye": AtLeast(20),
        "Bagysh": AtLeast(10),
        "Besh-Bala": AtLeast(0),
        "Kedey-Aryk": AtLeast(0),
        "Sary-Bulak": AtLeast(0),
        "Not said": AtLeast(0),
    }
    assert {row.share for row in groups.values()} == {row.reached for row in groups.values()} == {None}
    assert names.group_size(t, AtLeast(20)) == "20+"
    assert names.group_size(t, AtLeast(0)) == "<5"


def test_staff_are_told_of_a_channel_that_few_used_and_others_of_all_together(t: Translator) -> None:
    few = replace(record(), tallies={**TALLIES, (1, Channel.PAPER): Tally(2, {1: Count(2, 2)})})
    whole = {(row.no, row.channel): row.voters for row in votes.rows(few, t) if row.whole}
    assert (whole[1, "Telegram"], whole[1, "On paper"], whole[1, "All channels together"]) == (52, 2, 139)
    answered = {
        name: value for section in overview.sections(few, t, overview.AsTheyAre()) for name, value in section.facts
    }
    assert answered["Answers to questions: On paper"] == 2
    assert votes.blocks(few) == ((Channel.TELEGRAM, Channel.HALL, Channel.PAPER),)


def test_until_all_is_entered_the_record_is_preliminary(t: Translator) -> None:
    before = record(replace(HEARING, all_entered_at=None))
    assert "Preliminary: what is still to be entered is missing." in overview.warnings(before, t)
    assert file_name(before, "csv", (t,), extension="csv") == "Bagysh 2026-12-06 comments preliminary en.csv"
    assert not any("Preliminary" in warning for warning in overview.warnings(record(), t))
    assert file_name(record(), "csv", (t,), extension="csv") == "Bagysh 2026-12-06 comments en.csv"


def test_people_of_this_municipality_of_others_and_who_did_not_say_are_apart(t: Translator) -> None:
    people = Participation(GROUPS, {MUNICIPALITY.id: 52, 77: 3, 78: 3})
    sizes = GroupSizes.of(people, (village.id for village in VILLAGES), taken=False, home=MUNICIPALITY.id)
    voters = {2: {Residence.HERE: 35, Residence.ELSEWHERE: 6, Residence.UNSAID: 0}}
    told = replace(record(), participation=people, sizes=sizes, voters=voters)
    rows = {(row.by, row.group): row for row in participants.rows(told, t)}
    live = {group: row.size for (by, group), row in rows.items() if by == "Where they live"}
    assert live == {"Of this municipality": 52, "Of other municipalities": 6, "Not said": 0}
    assert rows["Where they live", "Of this municipality"].reached == pytest.approx(52 / 11_200)
    answered = {group: row.size for (by, group), row in rows.items() if by == "Answered question 2"}
    assert answered == {"Of this municipality": 35, "Of other municipalities": 6, "Not said": 0}
    assert rows["Answered question 2", "Of this municipality"].share == pytest.approx(35 / 41)
    assert not any(by == "Answered question 1" for by, _ in rows)


def test_few_who_live_here_and_named_no_village_are_not_told_by_subtraction() -> None:
    people = Participation(GROUPS, {MUNICIPALITY.id: 55, 77: 3})
    sizes = GroupSizes.of(people, (village.id for village in VILLAGES), taken=False, home=MUNICIPALITY.id)
    assert sizes.by_residence == {Residence.HERE: None, Residence.ELSEWHERE: None, Residence.UNSAID: 0}
    assert set(sizes.by_village.values()) == {None}
