"""The file of everything stored about a person opens, holds everything, and nothing in it is alive."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bot.domain.comments import CommentKind
from bot.domain.floor import FloorRequest
from bot.domain.hall import HallPerson
from bot.domain.languages import LANGUAGES
from bot.domain.parts import Part
from bot.domain.questions import About
from bot.domain.unsent import Unsent
from bot.i18n import Catalogues
from bot.reports.personal_data import html_page
from tests import samples
from tests.handlers.views import largest

CATALOGUES = Catalogues.load()


class Reader(HTMLParser):
    """The words of a page and the elements it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.tags: set[str] = set()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_of_everything_stored_opens_and_is_inert(language: str) -> None:
    page = html_page(CATALOGUES[language], largest.stored(), largest.directory(), largest.NOW)
    reader = Reader()
    reader.feed(page.decode("utf-8"))

    assert reader.tags.isdisjoint({"script", "b", "a", "img"})
    assert "<script>alert(1)</script>" in reader.words
    assert "\u202e" not in reader.words
    assert "\x01" not in reader.words


def test_the_file_holds_every_part_and_all_that_was_not_sent() -> None:
    unsent = Unsent(
        1, 7, largest.NOW, largest.NOW, 0, CommentKind.COMMENT, About(), (Part("Суу"), Part("жок", None, 1))
    )
    others = replace(unsent, id=2, parts=(Part("Жарык", largest.VOICE),))
    gone = replace(unsent, id=3, parts=(), comment_id=4)
    stored = largest.stored(hearings=1, comments=1)
    reading = next(iter(stored.hearings.values())), About()
    page = html_page(
        CATALOGUES["en"],
        replace(stored, comments=(), unsent=(unsent, others, gone), reading=reading, typed="Жол жабык"),
        largest.directory(),
        largest.NOW,
    ).decode()
    assert "Суу\nжок" in page
    assert "What you read last" in page
    assert "Жол жабык" in page
    assert page.index("Voice message, 3600 s") < page.index("Жарык")


def test_the_file_holds_the_profile_the_roles_the_answers_and_every_comment() -> None:
    stored = largest.stored(hearings=1, comments=7)
    stored = replace(stored, hearings={1: largest.hearing(samples.dossier(), id_=1)})
    reader = Reader()
    reader.feed(html_page(CATALOGUES["en"], stored, largest.directory(), largest.NOW).decode())

    for said in (str(largest.LARGEST_ID), "Woman", "60 years and older", "Secretary", "I support", "23.11.2026, 12:00"):
        assert said in reader.words
    assert reader.words.count("The author") == 0
    assert reader.words.count("№ 1234567") == len(stored.comments) + len(stored.supported)
    assert largest.filled(largest.HOSTILE["markup"]).strip()[:4000] in reader.words


def test_the_file_says_in_which_sittings_the_person_took_part_and_how_they_asked_for_the_floor() -> None:
    stored = largest.stored(hearings=1, comments=1)
    (hearing_id,) = stored.hearings
    person = HallPerson(hearing_id, 1, stored.resident.id, in_hall=False, at=largest.NOW)
    request = FloorRequest(hearing_id, 1, 12, largest.NOW, stored.resident.id)
    page = html_page(
        CATALOGUES["en"], replace(stored, halls=(person,), floor=(request,)), largest.directory(), largest.NOW
    )
    reader = Reader()
    reader.feed(page.decode("utf-8"))
    for words in ("Sittings in which you took part", "from elsewhere", "You asked for the floor: № 12"):
        assert words in reader.words
