"""The desk of one hearing: where it stands, its numbers so far, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import Standing
from bot.domain.hearings import Phase, due_phase
from bot.domain.notices import NoticeStatus
from bot.i18n import names
from handlers import presses
from handlers.presses import DownloadFormat
from handlers.views.announcing import publishing_time
from handlers.views.buttons import back, refresh
from handlers.views.countdown import countdown
from handlers.views.drafts import change_button
from handlers.views.hearings import more_sittings, when_and_where
from handlers.views.numbers import groups_that_took_part, numbers_so_far
from handlers.views.promises import to_promises
from handlers.views.resolutions import to_resolution
from handlers.views.screen import Button, ButtonRow, Html, Screen, b, e, i, stacked, tap, with_buttons
from handlers.views.setbacks import what_happened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bot.i18n import Translator
    from bot.services.desk import HearingOverview

SITTINGS_OF_A_DRAFT: Final = 5


def overview(t: Translator, shown: HearingOverview) -> Screen:
    """The screen with the numbers of a hearing so far, and what to do with it."""
    hearing, dossier = shown.hearing, shown.hearing.dossier
    opens, closes = (_said(t, shown, at) for at in (dossier.opens_at, dossier.closes_at))
    text = stacked(
        b(t.marked(dossier.title)),
        e(t(names.PHASES_AT_THE_DESK[due_phase(hearing, shown.now)])),
        None if hearing.phase is Phase.DRAFT else _next_sitting(t, shown),
        e(t("Answers: {opens} to {closes}", opens=opens, closes=closes)),
        i(t("Preliminary: what is still to be entered is missing.")) if hearing.is_preliminary(shown.now) else None,
        what_happened(t, hearing, shown.zone, now=shown.now),
        publishing_time(t, shown),
        _promised(t, shown),
        *(_sittings(t, shown) if hearing.phase is Phase.DRAFT else _numbers(t, shown)),
    )
    return Screen(text, _overview_rows(t, shown))


def _said(t: Translator, shown: HearingOverview, moment: datetime) -> str:
    return t.moment_in_words(moment, shown.zone, now=shown.now)


def _next_sitting(t: Translator, shown: HearingOverview) -> Html | None:
    """When and where people meet next, in a line: two hearings of one title are told apart by it."""
    sitting = shown.hearing.next_sitting(shown.now) or next(iter(shown.hearing.dossier.sittings), None)
    if sitting is None:
        return None
    place = t.text(sitting.place).words
    return e(" · ".join(filter(None, (f"🗓 {_said(t, shown, sitting.starts_at)}", place))))


def _sittings(t: Translator, shown: HearingOverview) -> Iterator[Html]:
    """When and where a draft is to be held: there are no numbers yet."""
    for sitting in shown.hearing.dossier.sittings[:SITTINGS_OF_A_DRAFT]:
        yield e("")
        yield when_and_where(t, sitting, shown.zone, shown.villages, now=shown.now)
    if (more := more_sittings(t, shown.hearing.dossier)) is not None:
        yield more


def _numbers(t: Translator, shown: HearingOverview) -> tuple[Html | None, ...]:
    return (
        e(""),
        b(t("Numbers so far")),
        *numbers_so_far(t, shown.numbers),
        *groups_that_took_part(t, shown),
        _notices(t, shown),
    )


def _promised(t: Translator, shown: HearingOverview) -> Html | None:
    """Until when answers are promised, once the hearing is closed and comments have none."""
    if due_phase(shown.hearing, shown.now) is not Phase.CLOSED or not shown.numbers.comments.undecided:
        return None
    return countdown(t, shown.hearing.dossier.answers_due(shown.zone), shown.now.astimezone(shown.zone).date())


def _notices(t: Translator, shown: HearingOverview) -> Html | None:
    """What became of the messages to people, and apart from them of the posts in groups and channels."""
    people, posts = (
        {
            "sent": t.number(of.get(NoticeStatus.DELIVERED, 0)),
            "failed": t.number(of.get(NoticeStatus.UNDELIVERABLE, 0) + of.get(NoticeStatus.DROPPED, 0)),
            "waiting": t.number(of.get(NoticeStatus.WAITING, 0)),
        }
        for of in (shown.notices, shown.posts)
    )
    if not shown.notices and not shown.posts:
        return None
    told = t("Messages: delivered {sent}, could not be delivered {failed}, waiting {waiting}", **people)
    posted = t("Groups and channels: delivered {sent}, could not be delivered {failed}, waiting {waiting}", **posts)
    return stacked(e(""), e(told), e(posted) if shown.posts else None)


def _overview_rows(t: Translator, shown: HearingOverview) -> tuple[ButtonRow, ...]:
    """What is to be done first stands first: of a draft to publish it, then the comments and their answers."""
    hearing = shown.hearing
    dates = tap(t, t.p("button", "📣 Messages and dates"), presses.OpenDates(hearing.id))
    return with_buttons(
        *(_of_draft(t, shown) if hearing.phase is Phase.DRAFT else _of_published(t, shown)),
        (change_button(t, hearing.id), dates) if shown.may_prepare and _can_be_changed(shown) else (dates,),
        *(() if hearing.phase is Phase.DRAFT else _files(t, shown)),
        (tap(t, t.p("button", "👁 As residents see it"), presses.OpenHearing(hearing.id)),),
        (
            back(t, presses.OpenDeskMunicipality(hearing.municipality_id)),
            refresh(t, presses.OpenDeskHearing(hearing.id)),
        ),
    )


def _of_draft(t: Translator, shown: HearingOverview) -> tuple[ButtonRow, ...]:
    publish = tap(t, t.p("button", "📣 Publish"), presses.PublishHearing(shown.hearing.id))
    return ((publish,),) if shown.may_prepare else ()


def _of_published(t: Translator, shown: HearingOverview) -> tuple[ButtonRow, ...]:
    hearing, undecided = shown.hearing, t.number(shown.numbers.comments.undecided)
    decide = tap(t, t.p("button", "⚖️ Decisions: {n}", n=undecided), presses.OpenDecisions(hearing.id))
    table = tap(t, t.p("button", "⚖️ Decisions in Excel"), presses.TakeDecisionTable(hearing.id))
    enter = tap(t, t.p("button", "✍️ Enter for somebody"), presses.OpenEntries(hearing.id))
    results = tap(t, t.p("button", "📊 Results"), presses.SeeTallies(hearing.id))
    unheard = tap(t, t.p("button", "👥 Not yet heard"), presses.SeeUnheard(hearing.id))
    return (
        (_comments_button(t, shown),),
        (decide, table) if shown.may_decide and shown.numbers.comments.total else (),
        _afterwards(t, shown),
        (*_hall(t, shown), *((enter,) if shown.may_enter and hearing.is_public else ())),
        (results, unheard) if hearing.dossier.questions else (unheard,),
        _opinions(t, shown),
    )


def _hall(t: Translator, shown: HearingOverview) -> ButtonRow:
    """The way to the hall of a sitting, until the hearing is answered."""
    over = shown.hearing.phase in (Phase.ANSWERED, Phase.CANCELLED)
    hall = tap(t, t.p("button", "🏛 Hall"), presses.OpenChair(shown.hearing.id))
    return (hall,) if shown.may_moderate and not over else ()


def _opinions(t: Translator, shown: HearingOverview) -> ButtonRow:
    """Groups of opinion, once no answer moves any more."""
    closed = due_phase(shown.hearing, shown.now) in (Phase.CLOSED, Phase.ANSWERED)
    opinions = tap(t, t.p("button", "🧭 Groups of opinion"), presses.SeeOpinions(shown.hearing.id))
    return (opinions,) if closed and shown.numbers.support else ()


def _files(t: Translator, shown: HearingOverview) -> tuple[ButtonRow, ...]:
    hearing = shown.hearing.id
    record = (
        tap(t, t.p("button", "⬇️ Excel record"), presses.DownloadRecord(hearing, DownloadFormat.XLSX)),
        tap(t, t.p("button", "📄 Minutes and files"), presses.OpenReports(hearing)),
    )
    documents = tap(t, t.p("button", "📎 Attach documents"), presses.ManageDocuments(hearing))
    return (
        record if shown.may_download else (),
        (documents,) if shown.may_prepare and not _can_be_changed(shown) else (),
    )


def _afterwards(t: Translator, shown: HearingOverview) -> ButtonRow:
    """What was promised, once answers are closed, and what the council made of it, once all is answered."""
    hearing, decided = shown.hearing, shown.numbers.comments.total > shown.numbers.comments.undecided
    closed = hearing.phase in (Phase.CLOSED, Phase.ANSWERED)
    promised = (to_promises(t, hearing.id),) if shown.may_decide and decided and closed else ()
    council = (to_resolution(t, hearing.id),) if shown.may_prepare and hearing.phase is Phase.ANSWERED else ()
    return (*promised, *council)


def _can_be_changed(shown: HearingOverview) -> bool:
    return due_phase(shown.hearing, shown.now) in (Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN)


def _comments_button(t: Translator, shown: HearingOverview) -> Button:
    """The way to the comments: to those that wait, where the reader may publish them and there are any."""
    here, waiting = shown.hearing.id, shown.numbers.comments.waiting
    if not waiting or not shown.may_moderate:
        return tap(t, t.p("button", "💬 Comments"), presses.ListComments(here))
    label = t.p("button", "💬 Comments, waiting: {n}", n=t.number(waiting))
    return tap(t, label, presses.ListComments(here, Standing.WAITING))
