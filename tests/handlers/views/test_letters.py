"""Letters: each says what happened, when and where, and what to do; the largest hearing still fits a message."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Hearing, Phase, Results
from bot.domain.languages import LANGUAGES, Text
from bot.domain.notice_rules import TO_PEOPLE
from bot.domain.notices import Broadcast, BroadcastStatus, Notice, NoticeKind, Planned
from bot.domain.numbers import CommentCounts, Numbers, Participation
from bot.domain.people import Demographics
from bot.domain.questions import About, Question, QuestionKind
from bot.domain.setbacks import Setback, SetbackReason
from bot.domain.sittings import Sitting
from bot.domain.tallies import Count, Tally
from bot.services.outbox.letters import Letter
from handlers import presses
from handlers.views.letters import LAYOUTS, render
from handlers.views.screen import LETTERS_ON_A_BUTTON
from tests import samples
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ENGLISH, ensure_fits, labels_of, presses_of, quoted_in, text_of
from tests.scale import rounds

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.views.screen import Screen

PLACE = replace(samples.places()[3][0], id=4)
KINDS = sorted(TO_PEOPLE)
AHEAD = [NoticeKind.ANNOUNCED, NoticeKind.OPENED, NoticeKind.CHANGED, NoticeKind.POSTPONED, NoticeKind.REMINDER]
NOW = samples.NOW


def hearing(phase: Phase = Phase.OPEN, **changes: object) -> Hearing:
    """The small hearing of the samples."""
    made = Hearing(3, "bagysh-2026-1", 4, phase, 1, samples.dossier())
    return replace(made, **changes)  # type: ignore[arg-type]


def letter_of(kind: NoticeKind, about: Hearing | None = None, *, now: datetime = NOW, **facts: str | int) -> Letter:
    """A letter of that kind to a resident."""
    planned = Planned(3, kind, 1, now, facts=facts)
    broadcast = Broadcast(1, planned, BroadcastStatus.GOING, now)
    person = largest.resident()
    return Letter(
        Notice(1, 1, person.id, None), broadcast, about or hearing(), PLACE, largest.ZONE, now, recipient=person
    )


def written(kind: NoticeKind, about: Hearing | None = None, *, now: datetime = NOW, **facts: str | int) -> Screen:
    """The same in English."""
    return render(ENGLISH, letter_of(kind, about, now=now, **facts))


def numbers(voters: int = 9_999_999) -> Numbers:
    """Every option of every question chosen by many."""
    tally = Tally(voters, {option: Count(voters, voters * option) for option in range(1, 21)})
    groups = {Demographics(village): voters for village in range(40)}
    return Numbers(Participation(groups), dict.fromkeys(range(1, 51), tally), CommentCounts(), voters)


def vast() -> Hearing:
    """Fifty questions of twenty options, every text at its longest, a setback in five hundred hostile letters."""
    options = tuple(largest.long_text(str(number), 100) for number in range(20))
    asked = Question(1, About(), QuestionKind.SEVERAL, largest.long_text("Суроо", 500), options)
    content = largest.dossier()
    sitting = Sitting(
        NOW + timedelta(days=2),
        place=largest.long_text("Үй", 150),
        address=largest.long_text("Көчө", 200),
        online_link="https://example.org/" + "x" * 380,
        latitude=1.0,
        longitude=2.0,
    )
    questions = tuple(replace(asked, no=number) for number in range(1, 51))
    content = replace(content, sittings=(sitting,) * 30, questions=questions, results=Results.ALWAYS)
    words = largest.filled(largest.HOSTILE["markup"], 500)
    return Hearing(
        largest.LARGEST_ID, "x-1", 4, Phase.OPEN, 1, content, setback=Setback(SetbackReason.OWN, words, was=NOW)
    )


@pytest.mark.parametrize("language", LANGUAGES[: rounds(len(LANGUAGES), few=2)])
@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_of_the_largest_hearing_fits_a_message(kind: NoticeKind, language: str) -> None:
    for phase in (Phase.OPEN, Phase.CLOSED, Phase.CANCELLED):
        plain = letter_of(kind, replace(vast(), phase=phase), sitting=29, minutes=1440, until=int(NOW.timestamp()))
        receipts = tuple(largest.every_comment()) * 10
        filled = replace(plain, municipality=largest.place(), receipts=receipts, numbers=numbers(), answered=3)
        filled = replace(filled, decided=receipts, resolution=largest.resolution())
        ensure_fits(render(CATALOGUES[language], replace(filled, notice=replace(plain.notice, doubtful=True))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_without_the_numbers_or_facts_it_hopes_for_is_still_a_letter(kind: NoticeKind, language: str) -> None:
    content = replace(samples.dossier(), sittings=(), questions=())
    ensure_fits(render(CATALOGUES[language], letter_of(kind, hearing(dossier=content))))


@pytest.mark.parametrize("kind", AHEAD)
def test_what_lies_ahead_is_told_with_weekday_date_time_zone_and_place(kind: NoticeKind) -> None:
    screen = written(kind, sitting=0, minutes=1440)
    assert "Wednesday, 25 November, 12:00 (Bishkek time)" in text_of(screen)
    assert "Маданият үйү" in text_of(screen)
    assert presses.GetCalendar(3) in presses_of(screen)
    assert presses.ShowVenue(3) in presses_of(screen)
    assert presses.OpenQuestion(3) in presses_of(screen)
    assert presses.OpenHearing(3) in presses_of(screen)
    assert presses.ChooseReminders() in presses_of(screen)


def test_a_place_without_coordinates_has_no_map() -> None:
    content = samples.dossier()
    blind = replace(content, sittings=(replace(content.sittings[0], latitude=None),))
    assert presses.ShowVenue(3) not in presses_of(written(NoticeKind.ANNOUNCED, hearing(dossier=blind)))


def test_an_announced_hearing_says_from_when_one_can_answer_and_does_not_ask_yet() -> None:
    coming = hearing(Phase.ANNOUNCED, dossier=samples.dossier(opens=NOW + timedelta(days=1)))
    screen = written(NoticeKind.ANNOUNCED, coming)
    assert "You can answer from Tuesday, 24 November, 12:00." in text_of(screen)
    assert presses.OpenQuestion(3) not in presses_of(screen)


def test_a_postponed_hearing_says_what_was_and_what_is_and_why() -> None:
    was = NOW + timedelta(days=1)
    text = text_of(written(NoticeKind.POSTPONED, hearing(setback=Setback(SetbackReason.WEATHER, was=was))))
    assert "It was to be on Tuesday, 24 November, 12:00" in text
    assert "Wednesday, 25 November, 12:00" in text
    assert "Reason: The weather does not allow it." in text


def test_the_secretarys_own_words_are_shown_inert_and_set_apart() -> None:
    words = '<a href="http://x">жол</a> & {0.__class__}'
    off = hearing(Phase.CANCELLED, setback=Setback(SetbackReason.OWN, words))
    screen = written(NoticeKind.CANCELLED, off)
    assert quoted_in(screen) == words
    assert presses.GetCalendar(3) not in presses_of(screen)
    assert presses.OpenQuestion(3) not in presses_of(screen)


@pytest.mark.parametrize(
    ("before", "minutes", "headline"),
    [
        (timedelta(days=7), 10_080, "The hearing is in 7 days"),
        (timedelta(days=1), 1_440, "The hearing is tomorrow"),
        (timedelta(hours=2), 120, "The hearing is in 2 hours"),
        (timedelta(minutes=65), 120, "The hearing is in 1 hour"),
        (timedelta(minutes=20), 60, "It begins soon"),
        (timedelta(hours=4), 1_440, "The hearing is today"),
    ],
)
def test_a_reminder_says_how_far_off_the_sitting_is_when_it_arrives(
    before: timedelta, minutes: int, headline: str
) -> None:
    sitting = samples.dossier().sittings[0]
    text = text_of(written(NoticeKind.REMINDER, now=sitting.starts_at - before, sitting=0, minutes=minutes))
    assert headline in text.splitlines()[0]


def test_a_reminder_names_its_own_sitting() -> None:
    content = samples.dossier()
    second = replace(content.sittings[0], starts_at=NOW + timedelta(days=5), place=samples.words("Мектеп"), no=2)
    both = hearing(dossier=replace(content, sittings=(*content.sittings, second)))
    text = text_of(written(NoticeKind.REMINDER, both, sitting=1, minutes=7200))
    assert "Мектеп" in text
    assert "Маданият үйү" not in text


@pytest.mark.parametrize("kind", AHEAD)
def test_who_has_answered_everything_is_told_so_and_not_asked_to_begin(kind: NoticeKind) -> None:
    letter = replace(letter_of(kind, sitting=0, minutes=1440), answered=7)
    screen = render(ENGLISH, letter)
    assert "You have answered every question." in text_of(screen)
    assert presses.OpenQuestion(3) not in presses_of(screen)


def test_who_has_not_finished_is_told_how_much_is_left() -> None:
    screen = render(ENGLISH, replace(letter_of(NoticeKind.CLOSING, minutes=1440), answered=5))
    assert "2 questions of 7 are left" in text_of(screen)
    assert "You can answer until Thursday, 26 November, 12:00." in text_of(screen)
    assert presses.OpenQuestion(3) in presses_of(screen)
    assert "🗳 Go on" in labels_of(screen)


def test_thanks_come_with_a_receipt_for_every_comment() -> None:
    comments = tuple(largest.comment(f"Жол {number}", number=number) for number in (1, 2))
    screen = render(ENGLISH, replace(letter_of(NoticeKind.CLOSED, hearing(Phase.CLOSED)), receipts=comments))
    assert "2 comments of yours" in text_of(screen)
    assert quoted_in(screen) == "№ 1 · Proposal · Жол 1\n№ 2 · Proposal · Жол 2"
    assert presses.SeeMine() in presses_of(screen)


def test_more_receipts_than_fit_are_counted() -> None:
    comments = tuple(largest.comment("Ө" * 80, number=number) for number in range(1, 101))
    screen = render(ENGLISH, replace(letter_of(NoticeKind.CLOSED, hearing(Phase.CLOSED)), receipts=comments))
    listed = len(quoted_in(screen).splitlines())
    assert f"{100 - listed} more under /mine" in text_of(screen)


def test_results_come_in_short_without_what_nobody_answered() -> None:
    found = Numbers(Participation({Demographics(): 12}), {4: Tally(3, {1: Count(3)})}, CommentCounts())
    screen = render(ENGLISH, replace(letter_of(NoticeKind.RESULTS, hearing(Phase.CLOSED)), numbers=found))
    assert "12 people took part." in text_of(screen)
    assert "Жол" in quoted_in(screen)
    assert "100" in quoted_in(screen)
    assert "Экиге чейин" not in text_of(screen)
    assert "Answers of fewer than 5 people are not shown." in text_of(screen)
    assert presses.OpenQuestion(3) in presses_of(screen)


def test_how_many_took_part_is_not_said_of_fewer_than_five() -> None:
    found = Numbers(Participation({Demographics(): 4}), {}, CommentCounts())
    screen = render(ENGLISH, replace(letter_of(NoticeKind.RESULTS, hearing(Phase.CLOSED)), numbers=found))
    assert "Fewer than 5 people took part." in text_of(screen)


def test_staff_read_the_numbers_of_the_morning_and_go_to_the_desk() -> None:
    screen = render(ENGLISH, replace(letter_of(NoticeKind.DIGEST), numbers=numbers(3)))
    assert "People who took part: 120" in text_of(screen)
    assert presses.OpenDeskHearing(3) in presses_of(screen)


def test_staff_hear_until_when_telegram_makes_us_wait() -> None:
    until = int((NOW + timedelta(hours=2)).timestamp())
    screen = written(NoticeKind.LONG_PAUSE, until=until)
    assert "go on from 23.11.2026, 14:00" in text_of(screen)
    assert presses.OpenBroadcastList(3) in presses_of(screen)


def test_a_letter_that_may_have_come_before_says_so_at_its_end() -> None:
    plain = letter_of(NoticeKind.ANNOUNCED)
    doubtful = render(ENGLISH, replace(plain, notice=replace(plain.notice, doubtful=True)))
    assert text_of(doubtful).splitlines()[-1] == "You may have got this message already."
    assert "already" not in text_of(render(ENGLISH, plain))


def test_every_kind_for_residents_has_its_own_layout() -> None:
    assert set(LAYOUTS) == TO_PEOPLE
    assert len({written(kind).text.splitlines()[0] for kind in TO_PEOPLE}) == len(TO_PEOPLE)


def test_a_reminder_says_what_is_answered_and_asks_nobody_to_begin_who_has_answered_everything() -> None:
    begun = letter_of(NoticeKind.REMINDER, sitting=0, minutes=1440)
    half, whole = (render(ENGLISH, replace(begun, answered=number)) for number in (3, 7))
    assert "4 questions of 7 are left" in text_of(half)
    assert any(isinstance(press, presses.OpenQuestion) for press in presses_of(half))
    assert "You have answered every question. Thank you!" in text_of(whole)
    assert not any(isinstance(press, presses.OpenQuestion) for press in presses_of(whole))


def test_thanks_say_what_was_counted_and_when_the_results_come() -> None:
    closed = replace(letter_of(NoticeKind.CLOSED, hearing(Phase.CLOSED)), answered=5)
    assert "5 answers of yours were counted." in text_of(render(ENGLISH, closed))
    assert "The results come on Friday, 27 November, 09:00." in text_of(render(ENGLISH, closed))
    assert "yours under /mine" not in text_of(render(ENGLISH, closed))


@pytest.mark.parametrize("language", ["uz", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_says_a_name_in_an_alphabet_of_others_and_no_two_buttons_are_alike(
    kind: NoticeKind, language: str
) -> None:
    """The sentences of the house are in the reader's language; texts of the hearing stay as they were written."""
    place = replace(PLACE, name=Text({"ky": "Жаңы-Айыл"}))
    screen = render(CATALOGUES[language], replace(letter_of(kind, sitting=0, minutes=1440), municipality=place))
    assert "Жаңы-Айыл" not in screen.text
    labels = labels_of(screen)
    assert len(set(labels)) == len(labels)
    assert all(len(label) <= LETTERS_ON_A_BUTTON and label.isprintable() for label in labels)
    assert not re.search("[а-яөүңқғҳў]", "".join(labels), re.IGNORECASE)
