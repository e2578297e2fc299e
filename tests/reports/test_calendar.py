"""The calendar file, read back by the library: when and where, in whose time, moved and taken out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import LANGUAGES, Text
from bot.domain.sittings import Sitting
from bot.i18n import Catalogues
from bot.reports.calendar import ics
from tests import samples

if TYPE_CHECKING:
    from collections.abc import Sequence

CATALOGUES = Catalogues.load()
BISHKEK = ZoneInfo("Asia/Bishkek")
BERLIN = ZoneInfo("Europe/Berlin")
STARTS = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
HALL = Sitting(STARTS, minutes=90, place=samples.words("Маданият үйү"), address=samples.words("Ленин көчөсү, 12"))


def hearing(*sittings: Sitting, title: Text | None = None, phase: Phase = Phase.ANNOUNCED, version: int = 1) -> Hearing:
    """A hearing with these sittings."""
    given = tuple(replace(each, no=no) for no, each in enumerate(sittings or (HALL,), start=1))
    dossier = replace(samples.dossier(), sittings=given)
    return Hearing(7, "bagysh-2026-1", 1, phase, version, replace(dossier, title=title or dossier.title))


def made(about: Hearing, *, zone: ZoneInfo = BISHKEK, language: str = "ky") -> bytes:
    """Its file."""
    return ics(about, CATALOGUES[language], zone, now=samples.NOW)


def read(content: bytes) -> tuple[icalendar.Calendar, Sequence[icalendar.Event]]:
    """What a phone makes of it."""
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar, calendar.events


def start(event: icalendar.Event) -> datetime:
    """When it begins."""
    assert isinstance(event.start, datetime)
    return event.start


def test_a_sitting_stands_on_the_wall_clock_of_the_municipality() -> None:
    _, (event,) = read(made(hearing()))
    assert event.start == STARTS
    assert event.end == STARTS + timedelta(minutes=90)
    assert str(start(event).tzinfo) == "Asia/Bishkek"
    assert b"DTSTART;TZID=Asia/Bishkek:20261125T120000\r\n" in made(hearing())


def test_words_and_place_are_in_the_language_of_the_reader() -> None:
    _, (event,) = read(made(hearing(), language="ru"))
    assert (event["SUMMARY"], event["LOCATION"]) == ("Бюджет и стратегия на 2027 год", "Маданият үйү, Ленин көчөсү, 12")


@pytest.mark.parametrize("zone", [BISHKEK, BERLIN, ZoneInfo("Asia/Kolkata")])
def test_the_rules_of_the_zone_stand_before_what_uses_them(zone: ZoneInfo) -> None:
    content = made(hearing(), zone=zone)
    calendar, (event,) = read(content)
    assert [rules.tz_name for rules in calendar.timezones] == [zone.key]
    assert calendar.get_missing_tzids() == set()
    assert content.index(b"BEGIN:VTIMEZONE") < content.index(b"BEGIN:VEVENT")
    (rules,) = calendar.timezones
    assert start(event).replace(tzinfo=rules.to_tz(lookup_tzid=False)).astimezone(UTC) == STARTS


def test_on_both_sides_of_a_change_of_the_clock_the_hours_are_right() -> None:
    summer, winter = datetime(2027, 3, 28, 8, 0, tzinfo=UTC), datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    calendar, events = read(made(hearing(Sitting(winter), Sitting(summer)), zone=BERLIN))
    (rules,) = calendar.timezones
    clock = rules.to_tz(lookup_tzid=False)
    assert [start(event).replace(tzinfo=clock).astimezone(UTC) for event in events] == [winter, summer]
    assert [f"{start(event):%d.%m. %H:%M}" for event in events] == ["01.01. 00:30", "28.03. 10:00"]


def test_a_municipality_that_lives_by_utc_needs_no_rules() -> None:
    content = made(hearing(), zone=ZoneInfo("UTC"))
    assert b"DTSTART:20261125T060000Z\r\n" in content
    assert b"VTIMEZONE" not in content


@pytest.mark.parametrize("year", [1, 9999])
def test_the_first_and_the_last_year_there_are_can_be_written(year: int) -> None:
    far = datetime(year, 6, 1, 12, 0, tzinfo=UTC)
    _, (event,) = read(made(hearing(Sitting(far)), zone=BERLIN))
    assert event["SUMMARY"]


def test_a_sitting_keeps_its_name_when_the_hearing_is_changed_and_the_later_file_counts() -> None:
    _, first = read(made(hearing(HALL, HALL)))
    moved = replace(HALL, starts_at=STARTS + timedelta(days=1))
    _, second = read(made(hearing(moved, HALL, version=2)))
    assert [event["UID"] for event in first] == ["bagysh-2026-1-1@hearing-bot", "bagysh-2026-1-2@hearing-bot"]
    assert [event["UID"] for event in second] == [event["UID"] for event in first]
    assert [event["SEQUENCE"] for event in (*first, *second)] == [1, 1, 2, 2]


def test_it_is_stamped_by_the_clock_it_was_given_and_by_no_other() -> None:
    _, (event,) = read(made(hearing()))
    assert event.DTSTAMP == samples.NOW
    assert made(hearing()) == made(hearing())


def test_a_hearing_to_come_is_published_and_a_cancelled_one_taken_out() -> None:
    calendar, (event,) = read(made(hearing()))
    assert (calendar["METHOD"], event.get("STATUS")) == ("PUBLISH", None)
    calendar, (event,) = read(made(hearing(phase=Phase.CANCELLED)))
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_a_hearing_without_a_sitting_is_an_empty_calendar() -> None:
    bare = replace(hearing(), dossier=replace(samples.dossier(), sittings=()))
    assert read(made(bare))[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_lines_are_folded_between_letters_and_read_back_whole(language: str) -> None:
    title = Text({"ky": "Өңүрдүн өнүктүрүү стратегиясы; бюджет, долбоор " * 30})
    content = made(hearing(title=title), language=language)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() for line in content.split(b"\r\n")[:-1])
    assert read(content)[1][0]["SUMMARY"] == title.nearest(language)[0]


def test_what_somebody_writes_as_a_title_stays_a_title() -> None:
    hostile = (
        "a\r\nEND:VEVENT\r\nBEGIN:VALARM\nACTION:PROCEDURE\rX;Y,Z\\n \x00\x1b[2J\ud800 \N{RIGHT-TO-LEFT OVERRIDE}b"
    )
    calendar, (event,) = read(made(hearing(title=Text({"ky": hostile}))))
    assert event["SUMMARY"] == "a\nEND:VEVENT\nBEGIN:VALARM\nACTION:PROCEDURE\nX;Y,Z\\n ␀␛[2J\ufffd \ufffdb"
    assert event.subcomponents == []
    assert [component.name for component in calendar.walk()].count("VEVENT") == 1


@given(title=st.text(min_size=1, max_size=200), place=st.text(max_size=200))
def test_whatever_the_words_are_there_is_one_event_with_its_time(title: str, place: str) -> None:
    where = replace(HALL, place=Text({"ky": place}), address=Text())
    content = made(hearing(where, title=Text({"ky": title})))
    calendar, (event,) = read(content)
    assert event.start == STARTS
    assert sorted(event) == ["DTEND", "DTSTAMP", "DTSTART", "LOCATION", "SEQUENCE", "SUMMARY", "UID"]
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE", "VEVENT"]
