"""A hearing as a card, a municipality's hearings as a list, the agenda, the calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.hearings import HearingKind, Phase, due_phase
from bot.i18n import later
from bot.reports.calendar import ics
from handlers import presses
from handlers.views.pages import paged, turns
from handlers.views.screen import Button, Html, Paper, Screen, Spot, b, e, i, in_rows, lines, short, tap
from handlers.views.setbacks import what_happened
from handlers.views.start import home

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import AgendaItem, Dossier, Hearing, Sitting
    from bot.i18n import Translator
    from bot.services.hearings import HearingCard, HearingList

KINDS: Final = {
    HearingKind.STRATEGY: later("Hearing on the draft strategy"),
    HearingKind.BUDGET: later("Hearing on the draft budget"),
    HearingKind.BOTH: later("Hearing on the draft strategy and budget"),
    HearingKind.EXECUTION: later("Hearing on how the budget was carried out"),
    HearingKind.OTHER: later("Public hearing"),
}

PHASES: Final = {
    Phase.DRAFT: later("Draft, not published"),
    Phase.ANNOUNCED: later("Announced: answers are not taken yet"),
    Phase.OPEN: later("Open: your answer counts"),
    Phase.CLOSED: later("Closed: the commission is preparing its answers"),
    Phase.ANSWERED: later("The commission has answered"),
    Phase.CANCELLED: later("Cancelled"),
}


def card(t: Translator, shown: HearingCard) -> Screen:
    """A hearing: subject, when and where, who presents, until when one can answer, and what one can do."""
    return Screen(_about(t, shown), _rows(t, shown))


def _about(t: Translator, shown: HearingCard) -> Html:
    dossier = shown.hearing.dossier
    sitting = shown.hearing.next_sitting(shown.now)
    return lines(
        e(f"📣 {t(KINDS[dossier.kind])}"),
        b(t.marked(dossier.title)),
        e(t.text(shown.municipality.name).words),
        e(""),
        when_and_where(t, sitting, shown.zone) if sitting else None,
        more_sittings(t, dossier),
        e(t("🎤 Presented by: {names}", names=t.text(dossier.presenters).words)) if dossier.presenters else None,
        e(""),
        what_happened(t, shown.hearing, shown.zone),
        _state(t, shown),
        _progress(t, shown),
        _outage(t, shown),
    )


def when_and_where(t: Translator, sitting: Sitting, zone: ZoneInfo) -> Html:
    """Weekday, date, time, whose time it is, place and address of a sitting."""
    local = sitting.starts_at.astimezone(zone)
    where = t.list(part for part in (t.text(sitting.place).words, t.text(sitting.address).words) if part)
    link = sitting.online_link
    return lines(
        e(t("🗓 {day}, {time} ({zone})", day=t.day(local.date()), time=t.time(local), zone=t.zone_name(zone))),
        e(t("📍 {place}", place=where)) if where else None,
        e(t("💻 Online: {link}", link=link)) if link else None,
    )


def more_sittings(t: Translator, dossier: Dossier) -> Html | None:
    """How many sittings there are, where they are several."""
    count = len(dossier.sittings)
    return (
        i(t.n("There is {n} sitting; see the agenda.", "There are {n} sittings; see the agenda.", count))
        if count > 1
        else None
    )


def _state(t: Translator, shown: HearingCard) -> Html | None:
    dossier = shown.hearing.dossier
    match shown.phase:
        case Phase.ANNOUNCED:
            return e(t("⏳ You can answer from {moment}.", moment=t.moment(dossier.opens_at, shown.zone)))
        case Phase.OPEN:
            return e(t("⏳ You can answer until {moment}.", moment=t.moment(dossier.closes_at, shown.zone)))
        case Phase.CANCELLED:
            return None  # said with its reason
        case phase:
            return e(t(PHASES[phase]))


def _progress(t: Translator, shown: HearingCard) -> Html | None:
    total = len(shown.hearing.dossier.questions)
    if not shown.answered or shown.phase not in (Phase.OPEN, Phase.CLOSED, Phase.ANSWERED):
        return None
    return e(t("✅ You have answered {done} of {total}.", done=t.number(shown.answered), total=t.number(total)))


def _outage(t: Translator, shown: HearingCard) -> Html | None:
    if shown.outage is None or shown.phase is not Phase.OPEN:
        return None
    began, ended = (moment.astimezone(shown.zone) for moment in shown.outage)
    return i(
        t(
            "⚠️ The bot was away from {began} to {ended}: a button pressed then may not have counted. Please check.",
            began=t.moment(began, shown.zone),
            ended=t.moment(ended, shown.zone),
        )
    )


def _rows(t: Translator, shown: HearingCard) -> tuple[tuple[Button, ...], ...]:
    hearing, dossier = shown.hearing, shown.hearing.dossier
    drafts = []
    if dossier.services:
        drafts.append(tap(t, t.p("button", "📋 Strategy"), presses.ReadStrategy(hearing.id)))
    if dossier.budget:
        drafts.append(tap(t, t.p("button", "💰 Budget"), presses.ReadBudget(hearing.id)))
    say = t.p("button", "🗳 Have my say") if shown.phase is Phase.OPEN else t.p("button", "📊 Questions and results")
    rows = [
        tuple(drafts),
        (tap(t, say, presses.OpenQuestion(hearing.id)),) if dossier.questions else (),
        (tap(t, t.p("button", "💬 Ask or propose"), presses.WriteComment(hearing.id)),)
        if shown.phase is Phase.OPEN
        else (),
        _reading(t, shown),
        *_going(t, shown),
        (
            tap(t, t.p("button", "👤 Mine"), presses.SeeMine()),
            tap(t, t.p("button", "⚙️ Settings"), presses.OpenSettings()),
        ),
        (tap(t, t.p("button", "📚 All hearings"), presses.ListHearings(hearing.municipality_id)),),
    ]
    return tuple(row for row in rows if row)


def _reading(t: Translator, shown: HearingCard) -> tuple[Button, ...]:
    count = t.number(shown.comments)
    others = tap(t, t.p("button", "👥 Comments: {n}", n=count), presses.SeeWall(shown.hearing.id))
    answers = tap(t, t.p("button", "📨 Answers"), presses.ReadAnswers(shown.hearing.id))
    return (others, answers) if shown.phase in (Phase.CLOSED, Phase.ANSWERED, Phase.OPEN) else ()


def _going(t: Translator, shown: HearingCard) -> tuple[tuple[Button, ...], ...]:
    """The agenda, and for whoever wants to come: the map, a reminder, the calendar."""
    hearing = shown.hearing
    sitting = hearing.next_sitting(shown.now)
    buttons = [tap(t, t.p("button", "🧾 Agenda"), presses.ReadAgenda(hearing.id))]
    if shown.phase is Phase.CANCELLED:
        return (tuple(buttons),)
    if sitting and sitting.latitude is not None:
        buttons.append(tap(t, t.p("button", "🗺 On the map"), presses.ShowVenue(hearing.id)))
    if sitting and sitting.starts_at > shown.now:
        buttons.append(tap(t, t.p("button", "🔔 Remind me"), presses.ChooseReminders()))
        buttons.append(tap(t, t.p("button", "📅 Add to calendar"), presses.GetCalendar(hearing.id)))
    return in_rows(buttons, width=2)


def all_hearings(t: Translator, shelf: HearingList) -> Screen:
    """Every public hearing of a municipality: to come and running first, then the past ones."""
    text = lines(
        b(t.text(shelf.municipality.name).words),
        e(t("Hearings to come: {n}", n=t.number(len(shelf.current)))),
        e(t("Past hearings: {n}", n=t.number(len(shelf.past)))),
    )
    rows = in_rows(_listed(t, hearing, shelf) for hearing in (*shelf.current, *shelf.past)[:40])
    other = tap(t, t.p("button", "📍 Another municipality"), presses.ChoosePlace())
    return Screen(text, (*rows, (home(t, shelf.municipality.id), other)))


def nothing_yet(t: Translator, shelf: HearingList) -> Screen:
    """A municipality without any hearing."""
    text = lines(
        b(t.text(shelf.municipality.name).words),
        e(t("No hearing has been announced here yet. When one is, you will get a message.")),
    )
    return Screen(
        text,
        (
            (tap(t, t.p("button", "📍 Another municipality"), presses.ChoosePlace()),),
            (tap(t, t.p("button", "⚙️ Settings"), presses.OpenSettings()),),
        ),
    )


def _listed(t: Translator, hearing: Hearing, shelf: HearingList) -> Button:
    marks = {Phase.OPEN: "🟢", Phase.ANNOUNCED: "🔜", Phase.CANCELLED: "✖️"}
    mark = marks.get(due_phase(hearing, shelf.now), "⚪️")
    sitting = hearing.next_sitting(shelf.now)
    moment = sitting.starts_at if sitting else hearing.dossier.closes_at
    day = t.date(moment.astimezone(shelf.zone).date())
    return tap(t, short(f"{mark} {day} {t.text(hearing.dossier.title).words}", 44), presses.OpenHearing(hearing.id))


def agenda(t: Translator, shown: HearingCard, *, page: int = 0) -> Screen:
    """The sittings, the agenda and the legal basis, a page of them."""
    hearing, dossier = shown.hearing, shown.hearing.dossier
    parts = (
        b(t.p("heading", "Agenda")),
        *(when_and_where(t, sitting, shown.zone) for sitting in dossier.sittings),
        e(""),
        *(_item(t, item) for item in dossier.agenda),
        None if dossier.agenda else e(t("The agenda has not been given.")),
        lines(e(""), i(t("Legal basis: {words}", words=t.marked(dossier.legal_basis))))
        if dossier.legal_basis
        else None,
    )
    text, page, last = paged([part for part in parts if part is not None], page)
    calendar = tap(t, t.p("button", "📅 Add to calendar"), presses.GetCalendar(hearing.id))
    paging = turns(
        t,
        presses.ReadAgenda(hearing.id, page - 1) if page else None,
        presses.ReadAgenda(hearing.id, page + 1) if page < last else None,
    )
    rows = ((calendar,) if dossier.sittings else (), paging, (back(t, hearing.id),))
    return Screen(text, tuple(row for row in rows if row))


def _item(t: Translator, item: AgendaItem) -> Html:
    time = f"{item.time} " if item.time else ""
    presenter = f" — {t.text(item.presenter).words}" if item.presenter else ""
    return e(f"{item.no}. {time}{t.text(item.item).words}{presenter}")


def back(t: Translator, hearing_id: int) -> Button:
    """Back to the hearing's card."""
    return tap(t, t.p("button", "⬅️ Back"), presses.OpenHearing(hearing_id))


def spot(t: Translator, shown: HearingCard) -> Spot | None:
    """The next sitting's place on the map; None where it has no coordinates."""
    sitting = shown.hearing.next_sitting(shown.now)
    if sitting is None or sitting.latitude is None or sitting.longitude is None:
        return None
    title = t.text(sitting.place).words or t.text(shown.municipality.name).words
    address = t.text(sitting.address).words or t.text(shown.municipality.name).words
    return Spot(sitting.latitude, sitting.longitude, title, address)


def calendar(t: Translator, shown: HearingCard) -> Paper:
    """The sittings for the phone's calendar; of a cancelled hearing it takes them out again."""
    content = ics(shown.hearing, t, shown.zone, now=shown.now)
    return Paper(f"{shown.hearing.code}.ics", content, caption=e(t("Open the file to add it to your calendar.")))


def share(amount: int, total: int) -> float:
    """A part of a whole, 0 to 1; 0 where there is no whole."""
    return amount / total if total else 0.0
