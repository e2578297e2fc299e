"""A hearing as a card, its place on the map, the calendar file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.hearings import Phase
from bot.i18n import names, shown_hearings
from bot.reports.calendar import ics
from bot.reports.file_names import CALENDAR_FILE, hearing_file_name
from handlers import presses
from handlers.views.buttons import home
from handlers.views.resolutions import resolution
from handlers.views.screen import ButtonRow, Html, Paper, Screen, Spot, b, e, i, stacked, tap, with_buttons
from handlers.views.setbacks import sitting_happened, what_happened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Dossier
    from bot.domain.places import Place
    from bot.domain.sittings import Sitting
    from bot.i18n import Translator
    from bot.services.hearings import HearingCard


WITH_COMMENTS: Final = (Phase.OPEN, Phase.CLOSED, Phase.ANSWERED)
"""Phases in which there may be comments and answers to read."""


def card(t: Translator, shown: HearingCard) -> Screen:
    """The screen with what is heard, when and where, who presents, until when one can answer, and what one can do."""
    return Screen(_text(t, shown), _rows(t, shown))


def _text(t: Translator, shown: HearingCard) -> Html:
    dossier = shown.hearing.dossier
    sitting = shown.sitting
    return stacked(
        b(f"📣 {t.marked(dossier.title)}"),
        e(t.place(shown.municipality.name)),
        when_and_where(t, sitting, shown.zone, shown.villages, now=shown.now) if sitting else None,
        i(t("This sitting has taken place.")) if sitting and has_taken_place(shown, sitting) else None,
        more_sittings(t, dossier),
        what_happened(t, shown.hearing, shown.zone, now=shown.now),
        None if shown.phase is Phase.CANCELLED else sitting_happened(t, sitting, shown.zone, now=shown.now),
        _phase(t, shown),
        _progress(t, shown),
        resolution(t, shown.resolution) if shown.resolution else None,
        _outage(t, shown),
    )


def when_and_where(
    t: Translator, sitting: Sitting, zone: ZoneInfo, villages: Iterable[Place] = (), *, now: datetime | None = None
) -> Html:
    """The weekday, date, time, whose time it is, place and address of a sitting; of ``villages`` the one it is for.

    ``now`` in the same year, that is not said.
    """
    return stacked(*map(e, shown_hearings.sitting_lines(t, sitting, zone, villages, now=now)))


def has_taken_place(shown: HearingCard, sitting: Sitting) -> bool:
    """Whether it is over, of a hearing that was not cancelled."""
    return shown.phase is not Phase.CANCELLED and sitting.ends_at <= shown.now


def more_sittings(t: Translator, dossier: Dossier) -> Html | None:
    """How many sittings there are; None unless they are several."""
    count = len(dossier.sittings)
    return (
        i(t.n("There is {n} sitting; see the agenda.", "There are {n} sittings; see the agenda.", count))
        if count > 1
        else None
    )


def _phase(t: Translator, shown: HearingCard) -> Html | None:
    dossier = shown.hearing.dossier
    moment = partial(t.day_and_time, zone=shown.zone, now=shown.now)
    match shown.phase:
        case Phase.ANNOUNCED:
            return e(t("⏳ You can answer from {moment}.", moment=moment(dossier.opens_at)))
        case Phase.OPEN:
            return e(t("⏳ You can answer until {moment}.", moment=moment(dossier.closes_at)))
        case Phase.CANCELLED:
            return None  # said with its reason
        case phase:
            return e(t(names.PHASE_SENTENCES[phase]))


def _progress(t: Translator, shown: HearingCard) -> Html | None:
    total = len(shown.hearing.dossier.questions)
    if not shown.answered or shown.phase not in (Phase.OPEN, Phase.CLOSED, Phase.ANSWERED):
        return None
    return e(t("✅ You have answered {done} of {total}.", done=t.number(shown.answered), total=t.number(total)))


def _outage(t: Translator, shown: HearingCard) -> Html | None:
    if shown.outage is None or shown.phase is not Phase.OPEN:
        return None
    began, ended = shown.outage
    said = partial(t.moment_in_words, zone=shown.zone, now=shown.now)
    return i(
        t(
            "⚠️ The bot was away from {began} to {ended}: a button pressed then may not have counted. Please check.",
            began=said(began),
            ended=said(ended),
        )
    )


def _rows(t: Translator, shown: HearingCard) -> tuple[ButtonRow, ...]:
    """Six buttons at most: what is wanted most often; the rest stands behind them."""
    hearing = shown.hearing
    reading = (tap(t, t.p("button", "📖 Read"), presses.OpenReading(hearing.id)),) if has_readings(shown) else ()
    write = (tap(t, t.p("button", "💬 Ask or propose"), presses.WriteComment(hearing.id)),)
    when = tap(t, t.p("button", "📍 When, where"), presses.ReadAgenda(hearing.id))
    more = tap(t, t.p("button", "☰ More"), presses.OpenMore(hearing.id))
    hall = tap(t, t.p("button", "🏛 In the hall now"), presses.OpenHall(hearing.id, shown.hall)) if shown.hall else None
    return with_buttons(
        (hall,) if hall else (),
        (*reading, *_say(t, shown)),
        (*(write if shown.phase is Phase.OPEN else _answers(t, shown)), *_others(t, shown)),
        (when, more),
    )


def has_readings(shown: HearingCard) -> bool:
    """Whether there is anything to read of the hearing."""
    dossier = shown.hearing.dossier
    return bool(dossier.services or dossier.budget or shown.documents)


def _say(t: Translator, shown: HearingCard) -> ButtonRow:
    total = len(shown.hearing.dossier.questions)
    if not total:
        return ()
    label = t.p("button", "📊 Questions and results")
    if shown.phase is Phase.OPEN:
        label = t.p("button", "🗳 Have my say")
        if shown.answered >= total:
            label = t.p("button", "🗳 My answers: {done}", done=t.number(shown.answered))
    return (tap(t, label, presses.OpenQuestion(shown.hearing.id)),)


def _others(t: Translator, shown: HearingCard) -> ButtonRow:
    """The way to what others have written."""
    label = t.p("button", "👥 Comments: {n}", n=t.number(shown.comments))
    return (tap(t, label, presses.SeeWall(shown.hearing.id)),) if shown.phase in WITH_COMMENTS else ()


def _answers(t: Translator, shown: HearingCard) -> ButtonRow:
    """The way to the commission's answers, once no comments are taken any more."""
    label = t.p("button", "📨 Answers of the commission")
    return (tap(t, label, presses.ReadAnswers(shown.hearing.id)),) if shown.phase in WITH_COMMENTS else ()


def spot(t: Translator, shown: HearingCard) -> Spot | None:
    """The place of the reader's next sitting on the map; None where it has no coordinates."""
    sitting = shown.sitting
    if sitting is None or sitting.latitude is None or sitting.longitude is None:
        return None
    title = t.text(sitting.place).words or t.place(shown.municipality.name)
    address = t.text(sitting.address).words or t.place(shown.municipality.name)
    return Spot(sitting.latitude, sitting.longitude, title, address, ((home(t, shown.hearing.municipality_id),),))


def calendar(t: Translator, shown: HearingCard) -> Paper:
    """The reader's sittings for the phone's calendar; of a cancelled hearing it takes them out again."""
    content = ics(shown.hearing, t, shown.zone, now=shown.now, sittings=shown.venues.told(shown.village_id))
    place = shown.municipality.name
    name = hearing_file_name(shown.hearing, place, (CALENDAR_FILE,), (t,), zone=shown.zone, extension="ics")
    way = ((home(t, shown.hearing.municipality_id),),)
    return Paper(name, content, caption=e(t("Open the file to add it to your calendar.")), rows=way)
