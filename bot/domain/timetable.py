"""When a hearing's notices are due, when they come too late, and how the night moves them. Pure arithmetic.

A day before means the same time by the wall clock of the municipality; less than a day means real minutes. A wall time
that does not exist (clocks put forward) is later by as much; one that comes twice is the first of the two.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase
from bot.domain.notice_rules import NOTICE_RULES, Milestone
from bot.domain.notices import NoticeKind, Planned
from bot.domain.sittings import Venues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.places import Place
    from bot.domain.sittings import Sitting

NIGHT_BEGINS: Final = time(21)
NIGHT_ENDS: Final = time(8)
RESULTS_AT: Final = time(9)
"""The results go out on the morning after closing."""
DAY: Final = 1_440
"""Minutes."""
REMINDED_DAYS_BEFORE: Final = 3
"""Days before answers are promised, from which on staff are reminded of comments without a decision."""
SAID_IN_ONE: Final = timedelta(hours=12)
"""So near a reminder of the sitting the reminder of the end of answers is a part of it."""
MOST_BY_CLOCK: Final = 6
"""Messages by the clock about a hearing that is held on one day; the earliest reminders give way to others."""
TOLD_ANYWAY: Final = 3
"""The announcement, the thanks and the results."""
LONG_BEFORE: Final = 2 * DAY
"""From so many minutes before a sitting a reminder is an early one."""
STEPS_A_SITTING: Final = 100_000
"""A reminder's step is the sitting's number less 1 times this, plus the minutes before."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def minutes(moment: datetime) -> int:
    """Whole minutes since 1970: how an edition names a moment."""
    return int((moment - _EPOCH).total_seconds() // 60)


def at_wall(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which a clock in ``zone`` shows ``wall`` on ``day``."""
    return datetime.combine(day, wall.replace(fold=0), zone).astimezone(UTC)


def before(moment: datetime, lead: int, zone: ZoneInfo) -> datetime:
    """``lead`` minutes before ``moment``; whole days go by the calendar and the wall clock."""
    days, rest = divmod(lead, DAY)
    if rest or not days:
        return moment - timedelta(minutes=lead)
    local = moment.astimezone(zone)
    return at_wall(local.date() - timedelta(days=days), local.time(), zone)


def is_night(moment: datetime, zone: ZoneInfo) -> bool:
    """True while nothing is sent that can wait for the morning."""
    return not NIGHT_ENDS <= moment.astimezone(zone).time() < NIGHT_BEGINS


def after_night(moment: datetime, zone: ZoneInfo, *, until: datetime) -> datetime:
    """``moment``, or the morning after the night it lies in.

    A notice that is useful ``until`` then does not wait where more than half of that time would be over by morning.
    """
    if not is_night(moment, zone):
        return moment
    local = moment.astimezone(zone)
    day = local.date() + timedelta(days=local.time() >= NIGHT_BEGINS)
    morning = at_wall(day, NIGHT_ENDS, zone)
    return moment if morning - moment > (until - moment) / 2 else morning


def deadline(planned: Planned, hearing: Hearing) -> datetime:
    """The moment from which on the notice comes too late."""
    useful = NOTICE_RULES[planned.kind].useful
    if isinstance(useful, timedelta):
        return planned.due_at + useful
    if useful is Milestone.SITTING:
        return _EPOCH + timedelta(minutes=planned.edition)
    return max(_dates(useful, hearing))


def void_reason(planned: Planned, hearing: Hearing) -> str:
    """Why the notice is no longer true, whatever the time; ``""`` while it is."""
    rule = NOTICE_RULES[planned.kind]
    if hearing.phase is Phase.CANCELLED and not rule.after_cancellation:
        return "cancelled"
    named = rule.edition_names
    if named is not None and planned.edition not in map(minutes, _dates(named, hearing)):
        return "other dates"
    return ""


def _dates(milestone: Milestone, hearing: Hearing) -> tuple[datetime, ...]:
    """When the hearing reaches the milestone: once for each sitting, or just once."""
    sittings = tuple(sitting.starts_at for sitting in hearing.dossier.sittings)
    match milestone:
        case Milestone.SITTING:
            return sittings
        case Milestone.CLOSING:
            return (hearing.closes_at,)
        case Milestone.END:
            return (max((hearing.closes_at, *sittings)),)


def plan(hearing: Hearing, villages: Sequence[Place], zone: ZoneInfo, now: datetime) -> tuple[Planned, ...]:
    """Every broadcast that an announced or open hearing makes due by ``now``, the longest due first.

    What was due before the present dates became public is left out: the announcement itself told it.
    """
    since = hearing.scheduled_at or hearing.announced_at or now
    planned = (*_reminders(hearing, villages, zone), *_closing(hearing, villages, zone), *_digests(hearing, zone, now))
    return tuple(sorted((each for each in planned if since <= each.due_at <= now), key=lambda each: each.due_at))


def next_due(hearing: Hearing, villages: Sequence[Place], zone: ZoneInfo, now: datetime) -> datetime:
    """The moment before which nothing more is due than now: neither a phase nor a broadcast."""
    planned = (each.due_at for each in (*_reminders(hearing, villages, zone), *_closing(hearing, villages, zone)))
    today = now.astimezone(zone).date()
    mornings = (at_wall(today + timedelta(days=days), NIGHT_ENDS, zone) for days in range(3))
    moments = (hearing.dossier.opens_at, hearing.closes_at, *planned, *mornings)
    return min(moment for moment in moments if moment > now)


def results(hearing: Hearing, zone: ZoneInfo) -> Planned:
    """The results, on the morning after closing."""
    day = hearing.closes_at.astimezone(zone).date() + timedelta(days=1)
    return Planned(hearing.id, NoticeKind.RESULTS, minutes(hearing.closes_at), at_wall(day, RESULTS_AT, zone))


def answers_due(hearing: Hearing, zone: ZoneInfo, now: datetime) -> Planned | None:
    """Today's reminder to staff that comments wait for their answers.

    There is one on each morning from three days before the promised day on; None before, and before the morning.
    """
    today = now.astimezone(zone).date()
    begins = hearing.dossier.answers_due(zone) - timedelta(days=REMINDED_DAYS_BEFORE)
    due = at_wall(today, NIGHT_ENDS, zone)
    if today < begins or now < due:
        return None
    return Planned(hearing.id, NoticeKind.ANSWERS_DUE, today.toordinal(), due)


def latest(due: Iterable[Planned]) -> tuple[Planned, ...]:
    """Of what is due at the same moment, the newest reminder of each sitting and the newest of everything else."""
    newest: dict[tuple[NoticeKind, int], Planned] = {}
    for each in sorted(due, key=lambda planned: planned.due_at):
        newest[each.kind, each.step // STEPS_A_SITTING] = each
    return tuple(newest.values())


def _reminders(hearing: Hearing, villages: Sequence[Place], zone: ZoneInfo) -> Iterable[Planned]:
    """Of each sitting, to the people for whom it is the first of theirs on its day: the letter names the others."""
    venues = Venues.of(hearing.dossier.sittings, villages)
    first_of_day, leads = venues.first_of_day(zone), _leads_sent(hearing, villages, zone)
    for sitting in venues.sittings:
        day = sitting.starts_at.astimezone(zone).date()
        for lead in leads:
            if not (reminded := _reminded(venues, sitting, first_of_day[sitting.no], lead)):
                continue
            due = before(sitting.starts_at, lead, zone)
            facts: dict[str, str | int] = {"sitting": sitting.no - 1, "minutes": lead}
            if due.astimezone(zone).date() == day:
                facts["on_day"] = 1
            if len(reminded) <= len(venues.known):
                facts |= {"villages": " ".join(map(str, filter(None, reminded))), "anywhere": int(0 in reminded)}
            step = (sitting.no - 1) * STEPS_A_SITTING + lead
            yield Planned(hearing.id, NoticeKind.REMINDER, minutes(sitting.starts_at), due, step, facts)


def _reminded(venues: Venues, sitting: Sitting, people: tuple[int, ...], lead: int) -> tuple[int, ...]:
    """Of the villages whose ``people`` are reminded of a sitting, those that are ``lead`` minutes before.

    An early reminder is not sent where another sitting of theirs comes before: they are reminded of that.
    """
    if lead < LONG_BEFORE:
        return people
    earlier = timedelta(minutes=lead)
    return tuple(
        village
        for village in people
        if not any(timedelta() < sitting.starts_at - each.starts_at < earlier for each in venues.told(village))
    )


def _leads_sent(hearing: Hearing, villages: Sequence[Place], zone: ZoneInfo) -> tuple[int, ...]:
    """The reminders of a sitting, in minutes before, that go beside everything else: the earliest give way."""
    beside = TOLD_ANYWAY + tells_opening(hearing, villages, zone) + bool(tuple(_closing(hearing, villages, zone)))
    early = sorted((lead for lead in hearing.reminders if lead >= LONG_BEFORE), reverse=True)
    too_many = early[: max(0, beside + len(hearing.reminders) - MOST_BY_CLOCK)]
    return tuple(lead for lead in hearing.reminders if lead not in too_many)


def opens_when_announced(hearing: Hearing) -> bool:
    """Whether answers open on the day of the announcement, which says so."""
    return hearing.announced_at is not None and hearing.dossier.opens_at - hearing.announced_at < SAID_IN_ONE


def tells_opening(hearing: Hearing, villages: Sequence[Place], zone: ZoneInfo) -> bool:
    """Whether a message of its own tells that answers are open, on another day than the announcement, which named it.

    None does where everybody gets an early reminder afterwards, or any within half a day: that says until when one can
    answer. It gives way to the reminder of the end of answers too, where both would be too many.
    """
    opens_at, since = hearing.dossier.opens_at, hearing.scheduled_at or hearing.announced_at
    if opens_when_announced(hearing):
        return False
    short = sum(lead < LONG_BEFORE for lead in hearing.reminders)
    if tuple(_closing(hearing, villages, zone)) and TOLD_ANYWAY + short + 2 > MOST_BY_CLOCK:
        return False

    def says(due: datetime, lead: int) -> bool:
        early = lead >= LONG_BEFORE and due >= opens_at
        return (since is None or due >= since) and (early or abs(due - opens_at) <= SAID_IN_ONE)

    return not _everybody_is_reminded(hearing, villages, zone, says)


def _closing(hearing: Hearing, villages: Sequence[Place], zone: ZoneInfo) -> Iterable[Planned]:
    """The reminder of the end of answers; none where that of a sitting, about then, says what is left as well."""
    lead, opens_at = hearing.closing_reminder, hearing.dossier.opens_at
    due = before(hearing.closes_at, lead, zone)

    def says(reminder: datetime, _lead: int) -> bool:
        return abs(reminder - due) <= SAID_IN_ONE and opens_at < reminder < hearing.closes_at

    if not lead or not hearing.dossier.questions or due <= opens_at:
        return
    if not _everybody_is_reminded(hearing, villages, zone, says):
        facts: dict[str, str | int] = {"minutes": lead}
        yield Planned(hearing.id, NoticeKind.CLOSING, minutes(hearing.closes_at), due, lead, facts)


def _everybody_is_reminded(
    hearing: Hearing, villages: Sequence[Place], zone: ZoneInfo, says: Callable[[datetime, int], bool]
) -> bool:
    """Whether the people of each village, and of none, get a reminder of a sitting that ``says`` something as well."""
    venues = Venues.of(hearing.dossier.sittings, villages)
    return all(
        any(
            says(before(each.starts_at, lead, zone), lead)
            for each in venues.told(village)
            for lead in hearing.reminders
        )
        for village in (0, *venues.known)
    )


def _digests(hearing: Hearing, zone: ZoneInfo, now: datetime) -> Iterable[Planned]:
    """Each morning on which answers are taken."""
    day = hearing.dossier.opens_at.astimezone(zone).date()
    last = min(now, hearing.closes_at).astimezone(zone).date()
    while day <= last:
        due = at_wall(day, NIGHT_ENDS, zone)
        if hearing.dossier.opens_at < due < hearing.closes_at:
            yield Planned(hearing.id, NoticeKind.DIGEST, day.toordinal(), due)
        day += timedelta(days=1)
