"""The pictures for a chat: small, at most 4 to 5, and the words beside them say the same numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from bot.domain.attendance import Populations
from bot.domain.comments import Channel
from bot.domain.languages import Text
from bot.domain.suppression import tally_of
from bot.domain.tallies import Count, Tally
from bot.i18n import Catalogues
from bot.reports import answer_pictures, turnout_picture
from bot.reports.answer_pictures import AnswerPicture
from bot.reports.charts import budget_chart
from bot.reports.turnout_picture import TurnoutPicture
from bot.reports.typesetting import LARGEST_PICTURE
from tests.reports.samples import DOSSIER, HEARING, MUNICIPALITY, QUESTIONS, TALLIES, VILLAGES, record
from tests.reports.test_charts import size
from tests.reports.test_forms import largest
from tests.scale import rounds

CATALOGUES: Final = Catalogues.load()
TOGETHER: Final = {each.no: tally_of(TALLIES, each.no, tuple(Channel)) for each in QUESTIONS}
ALL: Final = AnswerPicture(HEARING, MUNICIPALITY.name, TOGETHER)


def turnout() -> TurnoutPicture:
    """Who was heard at the sample hearing."""
    people, known = record(), Populations.of(DOSSIER, MUNICIPALITY, VILLAGES)
    return TurnoutPicture(HEARING, MUNICIPALITY, VILLAGES, people.participation.people, people.sizes, known)


def ensure_small(picture: bytes) -> None:
    """At most 4 to 5, not too many bytes, sharp enough for a phone."""
    width, height = size(picture)
    assert height <= width * 5 / 4
    assert width >= 600
    assert len(picture) <= LARGEST_PICTURE


@pytest.mark.parametrize("language", ["ky", "uz"][: rounds(2, few=1)])
def test_pictures_are_small_in_every_script(language: str) -> None:
    t = CATALOGUES[language]
    for picture in (
        answer_pictures.png(ALL, t),
        answer_pictures.png(replace(ALL, tallies={3: TOGETHER[3]}, preliminary=True), t),
        turnout_picture.png(turnout(), t),
        budget_chart(DOSSIER, t),
    ):
        ensure_small(picture)


def test_the_longest_texts_make_small_pictures_too() -> None:
    t, dossier = CATALOGUES["ky"], largest()
    tally = Tally(50, {option: Count(10, 30) for option in range(1, 13)})
    wordy = replace(
        ALL, hearing=replace(HEARING, dossier=dossier), tallies={each.no: tally for each in dossier.questions}
    )
    ensure_small(answer_pictures.png(wordy, t))
    ensure_small(answer_pictures.png(replace(wordy, tallies={8: tally}), t))
    many = tuple(replace(VILLAGES[0], id=100 + no, name=Text({"ky": "Кызыл-Октябрь айылы " * 9})) for no in range(40))
    groups = replace(turnout().groups, by_village=dict.fromkeys([0, *(each.id for each in many)], 7))
    ensure_small(turnout_picture.png(replace(turnout(), villages=many, groups=groups), t))


def test_the_words_beside_a_picture_have_its_numbers() -> None:
    t = CATALOGUES["en"]
    said = dict(answer_pictures.lines(ALL, t))
    assert next(iter(said.values())) == (
        "137 people have answered",
        "In favour: 91% · 124",
        "Opposed: 6% · 8",
        "Abstained: 4% · 5",
    )
    alone = dict(answer_pictures.lines(replace(ALL, tallies={3: TOGETHER[3]}), t))
    (ranked,) = alone.values()
    assert ranked[1:] == ("Жолдор: 75 points", "Жарык: 56 points", "Таза суу: 32 points")
    heard = dict(turnout_picture.lines(turnout(), t))
    assert heard["Gender"][0] == "Women: 30 of 5\N{NO-BREAK SPACE}650 · 1%"
    assert "not shown" in " ".join(heard["Village"])
