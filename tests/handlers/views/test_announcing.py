"""The desk's screens of dates and messages hold the largest hearing, in every language, and read as they should."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import LANGUAGES
from bot.domain.notices import Broadcast, BroadcastStatus, NoticeKind, NoticeStatus, Planned, Progress, Reach, Shortfall
from bot.domain.numbers import CommentCounts, Numbers, Participation
from bot.domain.setbacks import LONGEST_REASON, Setback, SetbackReason
from bot.domain.suppression import GroupSizes
from bot.services.announcements import LEADS
from bot.services.broadcasts import BroadcastReport
from bot.services.desk import HearingOverview
from bot.services.hearings import HearingCard
from handlers.views import announcing, broadcasts, hearing_desk, hearings, postponing, shortfalls
from tests import samples
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ENGLISH, ensure_fits, labels_of, presses_of, text_of

NOW = samples.NOW
ENDLESS = Setback(SetbackReason.OWN, largest.filled(largest.HOSTILE["markup"], LONGEST_REASON), was=NOW)
REACH = Reach(9_999_999, 9_999)
everywhere = pytest.mark.parametrize("language", LANGUAGES)


def overview(about: Hearing, zone: str = "Asia/Bishkek") -> HearingOverview:
    """A hearing on the desk of a secretary."""
    numbers = Numbers(Participation(), {}, CommentCounts(), 9_999_999)
    return HearingOverview(
        about,
        largest.place(),
        largest.villages(),
        ZoneInfo(zone),
        NOW,
        numbers,
        GroupSizes.of(Participation(), (), taken=True),
        {NoticeStatus.DELIVERED: 9_999_999},
        may_download=True,
        may_moderate=True,
        may_prepare=True,
        posts={NoticeStatus.DELIVERED: 9_999_999},
    )


def report(*sent: tuple[Broadcast, Progress], paused_for: float = 0.0, ahead: int = 0) -> BroadcastReport:
    """These broadcasts."""
    return BroadcastReport(largest.hearing(), largest.ZONE, NOW, sent, ahead, paused_for, may_prepare=True)


def broadcast(kind: NoticeKind = NoticeKind.ANNOUNCED, **changes: object) -> tuple[Broadcast, Progress]:
    """A broadcast to a million."""
    made = Broadcast(largest.LARGEST_ID, Planned(1, kind, 1, NOW), BroadcastStatus.GOING, NOW)
    return replace(made, **changes), Progress(999_999, 999_999, 999_999, 999_999, 999_999)  # type: ignore[arg-type]


@everywhere
@pytest.mark.parametrize("phase", Phase)
def test_every_screen_of_dates_holds_the_largest_hearing(language: str, phase: Phase) -> None:
    t, at = CATALOGUES[language], NOW + timedelta(days=20)
    shown = overview(replace(largest.hearing(phase=phase), setback=ENDLESS, publish_at=at, reminders=LEADS))
    day = at.date()
    for screen in (
        announcing.dates(t, shown),
        announcing.publish_choice(t, shown, REACH),
        announcing.publish_days(t, shown),
        announcing.publish_hours(t, shown, day),
        announcing.publish_later(t, shown, at, REACH),
        announcing.publish_not(t, shown),
        announcing.reminder_times(t, shown),
        postponing.to_day(t, shown, 0),
        postponing.to_time(t, shown, day),
        postponing.why_postpone(t, shown, at),
        postponing.why_cancel(t, shown),
        postponing.own_words(t, shown, at),
        postponing.postpone(t, shown, at, ENDLESS, REACH),
        postponing.cancel(t, shown, ENDLESS, REACH),
        hearing_desk.overview(t, shown),
        hearings.card(t, HearingCard(shown.hearing, largest.place(), largest.ZONE, NOW)),
    ):
        ensure_fits(screen)


@everywhere
def test_every_message_and_every_state_of_it_fits(language: str) -> None:
    t = CATALOGUES[language]
    everything = [
        *(broadcast(kind) for kind in NoticeKind),
        *(broadcast(status=status, completed=completed) for status in BroadcastStatus for completed in (False, True)),
        *(
            broadcast(status=BroadcastStatus.DROPPED, reason=reason)
            for reason in ("unheard of", *broadcasts.REASONS_NOT_SENT)
        ),
    ]
    for page in (0, 1, 2, 10**9):
        ensure_fits(broadcasts.messages(t, report(*everything, paused_for=9_000, ahead=10**9), page))
    for one in everything:
        ensure_fits(broadcasts.message(t, report(one, paused_for=9_000, ahead=1)))
        ensure_fits(broadcasts.cancel(t, report(one)))
    ensure_fits(broadcasts.messages(t, report(), 0))
    reasons = [*shortfalls.OF_PEOPLE, "refused"]
    unreached = [Shortfall(reason, people=number) for number, reason in enumerate(reasons * 5, 1)]
    unreached += [Shortfall(reason, room=largest.filled("Ө", 128)) for reason in shortfalls.OF_ROOMS]
    for some in (unreached, unreached[::-1]):
        ensure_fits(broadcasts.message(t, replace(report(broadcast()), shortfalls=tuple(some))))


def test_telegrams_pause_and_the_minutes_left_are_told() -> None:
    busy = report(broadcast(), paused_for=3 * 3600 + 40 * 60, ahead=1_776)
    assert "Telegram asks us to wait until 15:40." in text_of(broadcasts.messages(ENGLISH, busy, 0))
    assert "About 221 minutes left" in text_of(broadcasts.messages(ENGLISH, busy, 0))
    calm = text_of(broadcasts.messages(ENGLISH, report(broadcast(completed=True)), 0))
    assert "wait until" not in calm
    assert "left" not in calm


def test_what_was_not_sent_says_why() -> None:
    dropped = broadcast(NoticeKind.REMINDER, status=BroadcastStatus.DROPPED, reason="too late", completed=True)[0]
    assert "🚫 Not sent. It would have come too late." in text_of(
        broadcasts.message(ENGLISH, report((dropped, Progress(dropped=5))))
    )
    assert "🚫 Not sent any more. It would have come too late." in text_of(
        broadcasts.message(ENGLISH, report((dropped, Progress(delivered=5, dropped=5))))
    )


@pytest.mark.parametrize("phase", Phase)
def test_what_cannot_be_done_any_more_is_not_offered(phase: Phase) -> None:
    gone = samples.dossier(opens=NOW - timedelta(days=2), closes=NOW + timedelta(days=1))
    over = replace(gone, sittings=(replace(gone.sittings[0], starts_at=NOW - timedelta(hours=1)),))
    labels = labels_of(announcing.dates(ENGLISH, overview(Hearing(1, "x", 4, phase, 1, over))))
    assert "📆 Postpone" not in labels
    assert ("✖️ Cancel the hearing" in labels) == (phase in (Phase.ANNOUNCED, Phase.OPEN))
    assert ("📣 Publish" in labels) == (phase is Phase.DRAFT)


def test_a_hearing_whose_answers_are_closed_can_still_be_put_off() -> None:
    early = samples.dossier(opens=NOW - timedelta(days=2), closes=NOW - timedelta(days=1))
    labels = labels_of(announcing.dates(ENGLISH, overview(Hearing(1, "x", 4, Phase.CLOSED, 1, early))))
    assert "📆 Postpone" in labels
    assert "🔔 Reminder times" not in labels


@pytest.mark.parametrize("zone", ["Asia/Bishkek", "Asia/Kathmandu", "Europe/Berlin", "America/New_York"])
def test_the_hours_offered_are_the_municipalitys_and_still_to_come(zone: str) -> None:
    shown = overview(largest.hearing(), zone)
    today = NOW.astimezone(shown.zone)
    for press in presses_of(postponing.to_time(ENGLISH, shown, today.date()))[:-1]:
        hour, minute = divmod(press.minute, 60)  # type: ignore[attr-defined]
        assert today.replace(hour=hour, minute=minute, second=0) > today
        assert 8 <= hour <= 20
