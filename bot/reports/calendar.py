"""The sittings of a hearing as an iCalendar file (RFC 5545), for the calendar of a phone.

Each sitting keeps its UID from edition to edition, so that a file opened again moves what an earlier one put there, and
that of a cancelled hearing takes it out again. Times are on the wall clock of the municipality, whose rules go along.
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase
from bot.domain.sittings import Sitting
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    import icalendar

    from bot.domain.hearings import Hearing
    from bot.i18n import Translator

PRODUCT: Final = "-//hearing-bot//EN"


def ics(
    hearing: Hearing, t: Translator, zone: ZoneInfo, *, now: datetime, sittings: tuple[Sitting, ...] | None = None
) -> bytes:
    """The ``sittings`` (None: all) in the words of ``t``, on the wall clock of ``zone``; ``now`` is when it is made.

    The same arguments give the same bytes.
    """
    calendar = _empty("CANCEL" if hearing.phase is Phase.CANCELLED else "PUBLISH")
    sittings = hearing.dossier.sittings if sittings is None else sittings
    calendar.subcomponents += _events(hearing, t, zone, sittings, now)
    _carry_zones(calendar, sittings)
    made: bytes = calendar.to_ical()
    return made


def subscription(name: str, hearings: Iterable[Hearing], t: Translator, zone: ZoneInfo) -> bytes:
    """All sittings of several hearings, as a calendar called ``name`` to which one subscribes once.

    Each is stamped with the moment in which its dates became public, so that the same hearings give the same bytes.
    """
    calendar, sittings = _empty("PUBLISH"), list[Sitting]()
    calendar.add("x-wr-calname", plain(name))
    for hearing in hearings:
        stamp = hearing.scheduled_at or hearing.announced_at or hearing.dossier.opens_at
        calendar.subcomponents += _events(hearing, t, zone, hearing.dossier.sittings, stamp)
        sittings += hearing.dossier.sittings
    _carry_zones(calendar, tuple(sittings))
    made: bytes = calendar.to_ical()
    return made


def _empty(method: str) -> icalendar.Calendar:
    import icalendar  # noqa: PLC0415 libraries for this alone

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", method)
    return calendar


def _events(
    hearing: Hearing, t: Translator, zone: ZoneInfo, sittings: tuple[Sitting, ...], stamp: datetime
) -> list[icalendar.Event]:
    found = []
    for sitting in sittings:
        event = _event(t, sitting, zone)
        event.add("uid", f"{hearing.code}-{sitting.no}@hearing-bot")
        event.add("sequence", hearing.version)
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("summary", plain(t.text(hearing.dossier.title).words))
        if hearing.phase is Phase.CANCELLED:
            event.add("status", "CANCELLED")
        found.append(event)
    return found


def _event(t: Translator, sitting: Sitting, zone: ZoneInfo) -> icalendar.Event:
    """When and where."""
    import icalendar  # noqa: PLC0415 libraries for this alone

    event = icalendar.Event()
    event.add("dtstart", sitting.starts_at.astimezone(zone))
    event.add("dtend", sitting.ends_at.astimezone(zone))
    place = (t.text(sitting.place).words, t.text(sitting.address).words)
    event.add("location", plain(t.list(part for part in place if part)))
    return event


def _carry_zones(calendar: icalendar.Calendar, sittings: tuple[Sitting, ...]) -> None:
    """Put the rules of every zone that is named in front, for the years of the sittings."""
    years = [sitting.starts_at.year for sitting in sittings] or [MINYEAR]
    for name in sorted(calendar.get_missing_tzids(), reverse=True):
        calendar.subcomponents.insert(0, _rules(name, min(years), max(years)))


@lru_cache(maxsize=64)
def _rules(zone: str, first: int, last: int) -> icalendar.Timezone:
    """The clock of a zone over those years; kept, since the library looks for every change until the end of time."""
    import icalendar  # noqa: PLC0415 libraries for this alone

    begin, end = date(max(first - 1, MINYEAR), 1, 1), date(min(last + 2, MAXYEAR), 1, 1)
    return icalendar.Timezone.from_tzid(zone, first_date=begin, last_date=end)
