"""The hearing's screens hold what the largest workbook holds, in every language, and nothing of it gets lost."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import Channel
from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import LANGUAGES, Text
from bot.domain.numbers import CommentCounts, Numbers, Participation
from bot.domain.people import Actor, Demographics
from bot.domain.programme import Action, Budget, Side
from bot.domain.questions import About, Question, QuestionKind
from bot.domain.suppression import GroupSizes
from bot.domain.tallies import Count, Tally
from bot.i18n import Catalogues
from bot.services.ballots import Ballot
from bot.services.desk import HearingOverview
from bot.services.hearings import HearingCard
from handlers.views import agenda, budget, hearing_desk, hearings, strategy, voting
from handlers.views.numbers import groups_that_took_part, tallies
from handlers.views.options import option_page
from handlers.views.screen import Picture
from tests import samples
from tests.handlers.views import largest
from tests.handlers.views.screens import ensure_fits, presses_of, text_of

if TYPE_CHECKING:
    from bot.domain.places import Place

CATALOGUES = Catalogues.load()
PLACE = replace(samples.places()[3][0], id=3)


def everywhere(words: str, length: int) -> Text:
    """A text of that length in every language."""
    return Text({language: largest.filled(f"{words} <&> ", length) for language in LANGUAGES})


def hearing(things: int = 30) -> Hearing:
    """As long as the workbook allows."""
    small = samples.dossier()
    action = Action(
        everywhere("иш", 300), "2027-01", "2027-12", everywhere("ким", 150), 10**12, everywhere("кайдан", 150)
    )
    service = replace(
        small.services[0],
        title=everywhere("аталышы", 200),
        problem=everywhere("көйгөй", 1000),
        goal=everywhere("максат", 500),
        indicator=everywhere("көрсөткүч", 300),
        actions=(action,) * things,
    )
    options = tuple(everywhere(str(number), 250) for number in range(60))
    asked = Question(1, About(), QuestionKind.SEVERAL, everywhere("суроо", 500), options)
    item = replace(small.agenda[0], item=everywhere("маселе", 300), presenter=everywhere("ким", 150))
    assert small.budget is not None
    line = replace(small.budget.lines[0], title=everywhere("сап", 200), note=everywhere("эскертүү", 400))
    groups = tuple(replace(line, no=no, side=side, group=f"{no} " + "ө" * 95) for no in range(1, 31) for side in Side)
    dossier = replace(
        small,
        title=everywhere("угуу", 200),
        services=(service, replace(service, no=2), replace(service, no=3)),
        questions=(
            asked,
            replace(asked, no=2, kind=QuestionKind.RANK, options=options[:30]),
            replace(asked, no=3, kind=QuestionKind.COINS),
        ),
        agenda=(item,) * 40,
        legal_basis=everywhere("мыйзам", 500),
        budget=replace(small.budget, lines=groups),
    )
    return Hearing(1, "x-2026-1", 3, Phase.OPEN, 1, dossier)


def draft(whole: Hearing) -> Budget:
    """Its budget."""
    assert whole.dossier.budget is not None
    return whole.dossier.budget


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_service_is_read_page_by_page_and_nothing_is_lost(language: str) -> None:
    t, whole = CATALOGUES[language], hearing()
    read, page = "", 0
    while True:
        screen = strategy.service_page(t, whole, whole.dossier.services[1], None, page=page)
        ensure_fits(screen)
        read += text_of(screen)
        page += 1
        if not any(getattr(press, "page", 0) == page for press in presses_of(screen)):
            break
    assert read.count(t.months("2027-01", "2027-12")) == 30
    assert everywhere("көйгөй", 1000).nearest(language)[0].strip() in read


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_budget_fits_under_its_picture(language: str) -> None:
    whole = hearing()
    screen = budget.budget(CATALOGUES[language], whole, draft(whole), Picture("key"))
    assert len(text_of(screen)) <= 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_the_largest_hearing_fits(language: str) -> None:
    t, whole = CATALOGUES[language], hearing()
    card = HearingCard(whole, PLACE, largest.ZONE, samples.NOW, 3, 10**6, (samples.NOW, samples.NOW + samples.HOUR))
    ensure_fits(hearings.card(t, card))
    for page in range(9):
        ensure_fits(agenda.agenda(t, card, page=page))
        ensure_fits(budget.budget_side(t, whole, draft(whole), Side.REVENUE, page))
    ensure_fits(budget.budget_line(t, whole, draft(whole), whole.dossier.line(1)))
    ensure_fits(strategy.strategy(t, whole))
    assert all(len(line) <= 75 for line in hearings.calendar(t, card).content.split(b"\r\n"))


def overview_of(shown: Hearing, villages: tuple[Place, ...], numbers: Numbers) -> HearingOverview:
    """The numbers of a hearing on the desk."""
    return HearingOverview(
        shown,
        PLACE,
        villages,
        largest.ZONE,
        samples.NOW,
        numbers,
        GroupSizes.of(numbers.participation, (village.id for village in villages), taken=False),
        {},
        may_download=True,
        may_moderate=True,
        may_prepare=True,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_fits_with_answer_and_results(language: str) -> None:
    t, whole = CATALOGUES[language], hearing()
    tally = Tally(10**6, {option: Count(10**6, 10**8) for option in range(1, 61)})
    numbers = Numbers(
        Participation({Demographics(): 10**6}), {1: tally, 2: tally, 3: tally}, CommentCounts({}, {Channel.HALL: 4})
    )
    for question in whole.dossier.questions:
        answer = {option: 1 if question.kind is QuestionKind.COINS else option for option in question.option_numbers}
        pages = option_page(t, question).pages
        assert tuple(option for page in pages for option in page) == question.option_numbers
        for page, results in ((0, tally), (0, None), (len(pages) - 1, tally)):
            shown = Ballot(Actor(1, language), whole, question, answer, frozenset({1, 2, 3}), results, taken=True)
            screen = voting.ballot(t, shown, page=page)
            ensure_fits(screen)
            assert all(t.text(question.options[no - 1]).words.strip() in text_of(screen) for no in pages[page])
    overview = overview_of(whole, largest.villages(), numbers)
    ensure_fits(hearing_desk.overview(t, overview))
    for page in range(6):
        ensure_fits(tallies(t, overview, page))


def test_villages_of_who_took_part_stand_as_in_the_alphabet_and_like_names_both() -> None:
    t = CATALOGUES["en"]
    names = ("Ylday", "Archa", "Ylday", "Kok-Tash")
    villages = tuple(replace(PLACE, id=no, name=Text({"en": name})) for no, name in enumerate(names, start=1))
    came = {Demographics(village_id=village.id): 20 + village.id for village in villages}
    numbers = Numbers(Participation(came), {}, CommentCounts({}))
    overview = overview_of(hearing(), villages, numbers)
    said, _, _ = str(groups_that_took_part(t, overview)[-1]).partition("Gender")
    assert re.findall(r"(Ylday|Archa|Kok-Tash|Not said): ", said) == ["Archa", "Kok-Tash", "Ylday", "Ylday", "Not said"]
