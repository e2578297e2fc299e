"""The screens of a hall in every language: whole, short enough for Telegram, and hostile words stay words."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from bot.domain.floor import FloorRequest
from bot.domain.hall import Hall, HallPerson, HallPresence
from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import LANGUAGES
from bot.domain.people import Actor
from bot.domain.tallies import Count, Tally
from bot.i18n import Catalogues
from bot.services.check_ins import MyHall
from bot.services.hall_keys import NewHallKeys
from bot.services.hall_views import AskedQuestion, ChairState, HallQuestion, HallState
from handlers.views import chair, chair_lists, hall
from handlers.views.pages import units
from handlers.views.screen import LETTERS_ON_A_BUTTON, Picture
from tests import samples
from tests.reports.samples import comment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.i18n import Translator
    from handlers.views.screen import Screen

HOSTILE = "<b>&lt;'\"\u202e=1+1 \U0001f3db" * 30
HEARING = Hearing(1, "bagysh-2026-1", 1, Phase.OPEN, 1, samples.dossier())
RUNNING = Hall(1, 1).started(5, samples.NOW).at_item(1, samples.NOW)
ASKED = RUNNING.asking(1, samples.NOW)
SHOWN = ASKED.closed(samples.NOW).showing().with_hands((20, 3, 2)).speaking(2, samples.NOW)
TALLY = Tally(5, {1: Count(4, 4), 2: Count(1, 1)})
MADE = NewHallKeys(HEARING, 1, "k" * 32, "p" * 32, 12_345_678)


def state(of: Hall) -> HallState:
    """The hall with everything in it that may be."""
    question = HEARING.dossier.question(of.question) if of.question else None
    asked = AskedQuestion(question, of.is_asking, 5, TALLY, hands=of.hands) if question else None
    words = HallQuestion(comment(7, HOSTILE), HOSTILE, 3)
    speaker = FloorRequest(1, 1, 2, samples.NOW, in_hall=False) if of.speaker else None
    return HallState(
        *(HEARING, ZoneInfo("Asia/Bishkek"), of, HallPresence(85, 40, 30), samples.NOW),
        sitting=HEARING.dossier.sittings[0],
        asked=asked,
        questions=(words,) * 10,
        waiting=2,
        speaker=speaker,
        code=12_345_678,
    )


def screens(t: Translator) -> Iterator[Screen]:
    """Each screen of the hall, in each of its states."""
    link, picture = "https://t.me/hearing_demo_bot?start=1kla_1_1_7clzi", Picture("hall", b"png")
    for of in (Hall(1, 1), RUNNING, ASKED, SHOWN, SHOWN.ended(samples.NOW)):
        now = state(of)
        queue = (FloorRequest(1, 1, 12, samples.NOW),)
        shown = ChairState(now, queue, now.questions, of.last, keys=2, may_enter=True)
        yield chair.chair(t, shown)
        yield chair.end(t, shown)
        yield chair.minutes(t, shown)
        yield chair_lists.questions(t, shown)
        yield chair_lists.questions_to_ask(t, shown)
        yield chair_lists.sittings(t, now)
        yield chair_lists.answered(t, shown, 7)
        yield chair_lists.ask_note(t, shown)
        for base, made in (("", None), ("https://hearings.example", None), ("https://hearings.example/", MADE)):
            yield chair.links(t, shown, link=link, picture=picture, base=base, made=made)
        if now.asked is not None:
            yield chair.ask_hands(t, shown)
        yield from _of_residents(t, now)


def _of_residents(t: Translator, now: HallState) -> Iterator[Screen]:
    mine = MyHall(Actor(1, t.language), HEARING, now.hall, now.zone, now.now, now.sitting, now.asked)
    here = HallPerson(1, 1, 9, in_hall=True, at=samples.NOW)
    yield hall.hall(t, mine)
    for number in (2, 12):
        request = FloorRequest(1, 1, number, samples.NOW, 9, called_at=samples.NOW if number == 2 else None)
        yield hall.hall(t, replace(mine, person=here, answer={1: 1}, request=request, before=3))
    yield hall.hall(t, replace(mine, person=replace(here, in_hall=False)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_the_hall_fits_and_can_be_read(language: str) -> None:
    t = Catalogues.load()[language]
    for screen in screens(t):
        told = re.sub(r"</?(b|i|blockquote)( \w+)?>", "", screen.text)
        assert "<" not in told
        assert units(unescape(told)) < (1024 if screen.picture else 4096), screen.text
        labels = [button.label for row in screen.rows for button in row]
        assert labels
        assert all(0 < len(label) <= LETTERS_ON_A_BUTTON for label in labels), labels


def test_links_to_the_pages_speak_the_readers_language_and_keep_their_keys_in_the_fragment() -> None:
    shown = ChairState(state(RUNNING), keys=2)
    t = Catalogues.load()["ru"]
    screen = chair.links(t, shown, link="link", picture=Picture("hall"), base="https://hearings.example/", made=MADE)
    assert f"https://hearings.example/chair/bagysh-2026-1?in=ru#{MADE.chair}" in screen.text
    assert f"https://hearings.example/hall/bagysh-2026-1?in=ru#{MADE.projector}" in screen.text
    assert "1234 5678" in screen.text
