"""Options of a question: whole in the text, told apart on the buttons, on pages where they are many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import Text
from bot.domain.people import Actor
from bot.domain.questions import About, Answer, Question, QuestionKind
from bot.domain.tallies import Count, Tally
from bot.services.ballots import Ballot
from handlers import presses
from handlers.views import voting
from tests import samples
from tests.handlers.views.screens import ENGLISH, labels_of, presses_of, text_of

ALIKE = tuple(f"{'Repair of the road from the school to the clinic ' * 2}{which}" for which in ("A", "B"))
MANY = tuple(f"Option called {n}" for n in range(1, 61))


def _ballot(
    options: tuple[str, ...],
    answer: Answer | None = None,
    kind: QuestionKind = QuestionKind.SEVERAL,
    *,
    told: bool = False,
) -> Ballot:
    asked = Question(1, About(), kind, Text({"en": "Which?"}), tuple(Text({"en": words}) for words in options))
    dossier = replace(samples.dossier(), questions=(asked,))
    tally = Tally(9, {n: Count(n % 9, n) for n in asked.option_numbers}) if told else None
    return Ballot(
        Actor(1, "en"), Hearing(1, "x", 3, Phase.OPEN, 1, dossier), asked, answer, frozenset(), tally, taken=True
    )


@pytest.mark.parametrize("kind", [QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.RANK, QuestionKind.COINS])
@pytest.mark.parametrize("told", [False, True], ids=["before results", "with results"])
def test_options_that_begin_alike_are_whole_in_the_text_and_differ_on_the_buttons(
    kind: QuestionKind, told: bool
) -> None:
    screen = voting.ballot(ENGLISH, _ballot(ALIKE, kind=kind, told=told))
    assert all(f"{n}. {words}" in text_of(screen) for n, words in enumerate(ALIKE, 1))
    sign = "+" if kind is QuestionKind.COINS else "Repair"
    buttons = [label for label in labels_of(screen) if sign in label]
    assert len(buttons) == len(set(buttons)) == 2


def test_short_options_have_neither_numbers_nor_pages() -> None:
    screen = voting.ballot(ENGLISH, _ballot(("Roads", "Water")))
    assert labels_of(screen)[:2] == ["▫️ Roads", "▫️ Water"]
    assert "Options" not in text_of(screen)


def test_60_options_are_turned_by_buttons_that_say_where_they_lead() -> None:
    first, second, last = (voting.ballot(ENGLISH, _ballot(MANY), page=page) for page in (0, 1, 99))
    assert "Options 1 to 8 of 60" in text_of(first)
    assert [label for label in labels_of(second) if "–" in label] == ["◀️ 1–8", "17–24 ▶️"]
    assert presses.OpenQuestion(1, 1, 2) in presses_of(second)
    assert "Options 57 to 60 of 60" in text_of(last)


def test_a_press_stays_on_the_page_of_its_option_and_a_long_answer_is_told_by_numbers() -> None:
    chosen = dict.fromkeys(range(1, 50), 1)
    screen = voting.ballot(ENGLISH, _ballot(MANY, chosen), option=13)
    assert "✅ 13. Option called 13" in labels_of(screen)
    assert "№1 · №2 · №3" in text_of(screen)
    ranked = voting.ballot(ENGLISH, _ballot(MANY[:30], {7: 1, 3: 2}, QuestionKind.RANK), option=3)
    assert {"✅ 1 · 7. Option called 7", "✅ 2 · 3. Option called 3"} <= set(labels_of(ranked))


def test_people_who_see_the_same_share_a_screen_and_nobody_else_does() -> None:
    seen = _ballot(ALIKE, {1: 1}, told=True)
    screen = voting.ballot(ENGLISH, seen)
    assert voting.ballot(ENGLISH, replace(seen, actor=Actor(2, "en"), answer={1: 1})) is screen
    elsewhere = replace(seen.hearing, municipality_id=4)
    others = (
        replace(seen, answer={2: 1}),
        replace(seen, tally=Tally(10, {1: Count(10, 10)})),
        replace(seen, hearing=elsewhere),
        replace(seen, answered=frozenset({1})),
        _ballot((*ALIKE, "A third one"), {1: 1}, told=True),
    )
    assert len({voting.ballot(ENGLISH, each) for each in (seen, *others)}) == 1 + len(others)
