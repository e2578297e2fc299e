"""Every notice, post and picture in every language: no tag, no code, nobody else's words, buttons that can be read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest

from bot.domain.attendance import Populations
from bot.domain.hearings import Hearing, Phase, Results
from bot.domain.languages import LANGUAGES
from bot.domain.notice_rules import TO_PEOPLE, TO_ROOMS
from bot.domain.resolutions import Resolution
from bot.domain.tallies import Count, Tally
from bot.reports import answer_pictures, charts, turnout_picture
from bot.reports.answer_pictures import AnswerPicture
from bot.reports.typesetting import typeset
from handlers.views import letters, posts
from handlers.views.screen import LETTERS_ON_A_BUTTON
from tests import samples
from tests.handlers.reading import LETTERS_OF_A_SIGN, in_every_language, strange
from tests.handlers.views import largest, test_letters, test_posts
from tests.handlers.views.screens import CATALOGUES, labels_of, text_of
from tests.reports.papers import said as pages_of
from tests.reports.test_pictures import turnout

if TYPE_CHECKING:
    from bot.domain.notices import NoticeKind
    from bot.services.outbox.letters import Letter
    from handlers.views.screen import Screen

DOSSIER: Final = replace(in_every_language(samples.dossier()), results=Results.ALWAYS)
PLACE: Final = in_every_language(samples.places()[3][0])
HEARING: Final = Hearing(3, "bagysh-2026-1", 4, Phase.OPEN, 1, DOSSIER)
TALLIES: Final = {each.no: Tally(9, {1: Count(5, 20), 2: Count(4, 10)}) for each in DOSSIER.questions}
COMMENT: Final = next(iter(largest.every_comment()))


def filled(kind: NoticeKind, phase: Phase) -> Letter:
    """A letter of that kind that has everything to say."""
    plain = test_letters.letter_of(kind, replace(HEARING, phase=phase), sitting=0, minutes=1440, questions="1 2 3")
    own = replace(plain, municipality=PLACE, numbers=replace(test_letters.numbers(9), tallies=TALLIES), answered=3)
    said = replace(COMMENT, parts=(), decision=None)
    council = Resolution(3, "12/3", samples.NOW.date(), "", samples.NOW)
    return replace(
        own, receipts=(said,), decided=(said,), resolution=council, notice=replace(plain.notice, doubtful=True)
    )


def ensure_clear(screen: Screen, language: str) -> None:
    """Nothing strange in its words and on its buttons, which fit and differ."""
    labels = labels_of(screen)
    for words in (text_of(screen), *labels):
        assert not strange(words, language), words
    assert all(len(label) <= LETTERS_ON_A_BUTTON for label in labels), labels
    told_apart = [label for label in labels if len(label) > LETTERS_OF_A_SIGN]
    assert len(set(told_apart)) == len(told_apart), labels


@pytest.mark.parametrize("kind", sorted(TO_PEOPLE))
def test_every_letter_is_clear_in_every_language(kind: NoticeKind) -> None:
    for language in LANGUAGES:
        for phase in Phase:
            ensure_clear(letters.render(CATALOGUES[language], filled(kind, phase)), language)


@pytest.mark.parametrize("kind", sorted(TO_ROOMS))
def test_every_post_is_clear_in_every_language(kind: NoticeKind) -> None:
    for language in LANGUAGES:
        for phase in (Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED, Phase.CANCELLED):
            letter = test_posts.letter(replace(HEARING, phase=phase), kind, languages=(language,))
            screen = posts.render(CATALOGUES, replace(letter, municipality=PLACE), "hearing_demo_bot")
            ensure_clear(screen, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_clear_in_every_language(language: str) -> None:
    t = CATALOGUES[language]
    heard = replace(turnout(), hearing=HEARING, municipality=PLACE)
    villages = in_every_language(heard.villages)
    heard = replace(heard, villages=villages, populations=Populations.of(DOSSIER, PLACE, villages))
    drawn: dict[str, Any] = {
        "answers.typ": answer_pictures._json(AnswerPicture(HEARING, PLACE.name, TALLIES, preliminary=True), t),
        "turnout.typ": turnout_picture._json(heard, t),
        "budget.typ": charts._data(DOSSIER, t),
    }
    for template, data in drawn.items():
        words = " ".join(pages_of(typeset(template, {"data": data}, format="pdf")))
        assert len(words) > 40, template
        assert not strange(words, language), words


@pytest.mark.parametrize(
    ("words", "language", "found"),
    [
        ("<i>Өткөн жылы</i>", "ky", ["<i>", "</i>"]),
        ("49 &lt; 50 {n}", "en", ["&lt;", "{n}"]),
        ("Бюджет: Education", "ru", ["Education"]),
        ("Мекен: Күмүш-Азиз", "ru", ["Күмүш"]),
        ("Күмүш-Азиз", "en", ["Күмүш", "Азиз"]),
        ("Excel, /mine, B12, @bot, record.xlsx", "uz_Cyrl", []),
    ],
)
def test_what_is_strange_to_a_reader_is_found(words: str, language: str, found: list[str]) -> None:
    assert strange(words, language) == found
