"""Screens about oneself: one's answers and comments, settings, privacy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.consent import RETENTION_YEARS, ConsentText
from bot.domain.languages import LANGUAGES
from bot.domain.people import Actor, AgeBand, Gender, Reminders
from bot.domain.places import Contact
from handlers import presses
from handlers.views import mine, privacy, settings
from tests import samples
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ENGLISH, ensure_fits, labels_of, presses_of, text_of

languages = pytest.mark.parametrize("language", LANGUAGES)


@languages
def test_everything_of_ones_own_fits_on_its_pages(language: str) -> None:
    stored = largest.stored()
    for page in (0, 5, 9, 10**9):
        ensure_fits(mine.mine(CATALOGUES[language], stored, now=largest.NOW, page=page))
    ensure_fits(mine.mine(CATALOGUES[language], replace(stored, hearings={}, votes=(), comments=()), now=largest.NOW))


@languages
def test_every_screen_of_settings_and_privacy_fits(language: str) -> None:
    t = CATALOGUES[language]
    person = largest.resident()
    town, village = largest.place(), largest.villages()[0]
    ensure_fits(settings.settings(t, Actor(1, language), None, None))
    ensure_fits(settings.settings(t, Actor(1, language, person), town, village))
    for which in Reminders:
        ensure_fits(settings.reminders(t, which))
    for screen in (settings.stopped(t), settings.thanks(t), privacy.nothing_stored(t), privacy.forgotten(t)):
        ensure_fits(screen)
    for said in (person, None):
        ensure_fits(settings.gender(t, said))
        ensure_fits(settings.age(t, said))
    ensure_fits(settings.village(t, town, largest.villages(), typed=True))
    agreed = replace(person, consented_to=ConsentText().name)
    for holder, reader in ((privacy.Holder(town, town.contact), agreed), (privacy.Holder(), None)):
        ensure_fits(privacy.privacy(t, holder, reader, text=ConsentText()))
        ensure_fits(privacy.consent_changed(t, ConsentText(1), ConsentText(5)))
    for comments in (0, 1, 20_000):
        ensure_fits(privacy.forget(t, comments=comments, staff=True))


def test_every_comment_of_ones_own_is_on_one_page() -> None:
    stored = largest.stored(comments=17)
    found = [
        press.comment
        for page in range(3)
        for press in presses_of(mine.mine(ENGLISH, stored, now=largest.NOW, page=page))
        if isinstance(press, presses.ReadComment)
    ]

    assert found == [comment.id for comment in stored.comments]


def test_one_sees_how_far_one_is_and_goes_on() -> None:
    hearing = largest.hearing(samples.dossier(), id_=5)
    stored = replace(largest.stored(hearings=1, comments=0), hearings={5: hearing}, votes=())
    screen = mine.mine(ENGLISH, stored, now=largest.NOW)

    assert "answered: 0 of 7" in text_of(screen)
    assert presses.OpenQuestion(5) in presses_of(screen)
    assert presses.OpenQuestion(5) not in presses_of(mine.mine(ENGLISH, stored, now=hearing.closes_at))


def test_settings_show_what_is_set() -> None:
    person = largest.resident(reminders=Reminders.DAYS)
    words = text_of(settings.settings(ENGLISH, Actor(1, "en", person), None, None))

    assert "Language: English" in words
    assert "Only the days of hearings" in words
    assert "Woman, 60 years and older" in words


def test_who_has_said_nothing_of_themselves_reads_so_once() -> None:
    person = largest.resident(gender=Gender.UNSAID, age_band=AgeBand.UNSAID)
    words = text_of(settings.settings(ENGLISH, Actor(1, "en", person), None, None))

    assert "About you: Not said\n" in words + "\n"


def test_a_visitor_reads_that_nothing_is_stored() -> None:
    screen = settings.settings(ENGLISH, Actor(1, "en"), None, None)

    assert "nothing about you is stored" in text_of(screen)
    assert presses.DescribeMyself() not in presses_of(screen)


def test_the_chosen_reminders_are_marked() -> None:
    assert [label for label in labels_of(settings.reminders(ENGLISH, Reminders.NONE)) if label.startswith("✅")] == [
        "✅ 🔕 Nothing"
    ]


def test_what_was_said_about_oneself_can_be_unsaid() -> None:
    said, unsaid = largest.resident(), largest.resident(gender=Gender.UNSAID, age_band=AgeBand.UNSAID)

    assert presses.SetGender(Gender.UNSAID) in presses_of(settings.gender(ENGLISH, said))
    assert presses.SetAge(AgeBand.UNSAID) in presses_of(settings.age(ENGLISH, said))
    assert presses.DescribeMyself(1) in presses_of(settings.gender(ENGLISH, unsaid))
    assert presses.DescribeMyself(2) in presses_of(settings.age(ENGLISH, unsaid))


def test_privacy_promises_the_time_the_house_keeps() -> None:
    words = text_of(privacy.privacy(ENGLISH, privacy.Holder(), largest.resident(), text=ConsentText()))

    assert f"Until {RETENTION_YEARS} years after the last hearing you took part in" in words


def test_a_person_without_comments_is_not_asked_about_them() -> None:
    def choices(comments: int) -> list[presses.Press]:
        shown = presses_of(privacy.forget(ENGLISH, comments=comments, staff=False))
        return [press for press in shown if isinstance(press, presses.ForgetNow)]

    assert choices(0) == [presses.ForgetNow(withdraw=True)]
    assert choices(2) == [presses.ForgetNow(withdraw=True), presses.ForgetNow(withdraw=False)]


def test_privacy_says_where_things_are_kept_whom_to_ask_and_to_which_text_one_has_agreed() -> None:
    person = replace(largest.resident(), consented_at=largest.NOW, consented_to="1/3")
    words = text_of(privacy.privacy(ENGLISH, privacy.Holder(None, Contact("Гүлнара")), person, text=ConsentText()))
    assert f"You agreed on {ENGLISH.in_words(largest.NOW.date())} to version 1 of this text." in words
    assert "Its servers are abroad; voice messages and photos stay there." in words
    assert "Questions? Ask: Gulnara" in words
    before = text_of(privacy.privacy(ENGLISH, privacy.Holder(), replace(person, consented_to=""), text=ConsentText()))
    assert f"You agreed on {ENGLISH.in_words(largest.NOW.date())}.\n" in before
