"""The secretary's desk: hearings, numbers so far, the queue of comments, the record, invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Channel, CommentKind, HidingRule
from bot.domain.hearings import Phase, due_phase
from bot.domain.notices import NoticeStatus
from bot.domain.numbers import shown as shown_groups
from bot.domain.people import Role
from bot.i18n import answers, names
from handlers import presses
from handlers.presses import DownloadFormat
from handlers.views.announcing import planned
from handlers.views.pages import beginning, paged, turns
from handlers.views.screen import Html, Row, Screen, b, e, fold, i, in_rows, short, stacked, tap
from handlers.views.setbacks import what_happened
from handlers.views.start import home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.domain.hearings import Hearing
    from bot.domain.numbers import CommentCounts, Numbers
    from bot.domain.places import Place
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.comments import CommentView
    from bot.services.desk import DeskHome, HearingOverview


def towns(t: Translator, found: Sequence[Place]) -> Screen:
    """Which municipality's desk?"""
    rows = in_rows(tap(t, short(t.text(place.name).words), presses.OpenDeskMunicipality(place.id)) for place in found)
    return Screen(b(t("Desk: choose a municipality")), (*rows[:80], (home(t),)))


def town(t: Translator, counter: DeskHome, *, may_invite: bool, may_prepare: bool) -> Screen:
    """The hearings of a municipality, drafts too."""
    text = stacked(b(t("Desk")), e(t.text(counter.municipality.name).words), _how_to_load(t, counter))
    rows = in_rows(
        tap(
            t, short(f"{_mark(hearing)} {t.text(hearing.dossier.title).words}", 48), presses.OpenDeskHearing(hearing.id)
        )
        for hearing in counter.hearings[:40]
    )
    invite = tap(t, t.p("button", "➕ Invite a colleague"), presses.ChooseRole(counter.municipality.id))
    rooms = tap(t, t.p("button", "📢 Groups and channels"), presses.ListRooms(counter.municipality.id))
    allowed = (*(((rooms,),) if may_prepare else ()), *(((invite,),) if may_invite else ()))
    return Screen(text, (*rows, *allowed, (home(t, counter.municipality.id),)))


def _how_to_load(t: Translator, counter: DeskHome) -> Html | None:
    return None if counter.hearings else e(t("No hearing has been loaded yet."))


def _mark(hearing: Hearing) -> str:
    marks = {Phase.OPEN: "🟢", Phase.ANNOUNCED: "🔜", Phase.DRAFT: "📝", Phase.CANCELLED: "✖️"}
    return marks.get(hearing.phase, "⚪️")


def sheet(t: Translator, desk: HearingOverview) -> Screen:
    """The numbers of a hearing so far, and what to do with it."""
    hearing, dossier = desk.hearing, desk.hearing.dossier
    text = stacked(
        b(t.marked(dossier.title)),
        e(t(names.PHASE_SENTENCES[due_phase(hearing, desk.now)])),
        e(
            t(
                "Answers: {opens} to {closes}",
                opens=t.moment(dossier.opens_at, desk.zone),
                closes=t.moment(dossier.closes_at, desk.zone),
            )
        ),
        what_happened(t, hearing, desk.zone),
        planned(t, desk),
        e(""),
        b(t("Numbers so far")),
        *number_lines(t, desk.numbers),
        *_groups(t, desk),
        _notices(t, desk.notices),
    )
    return Screen(text, _sheet_rows(t, desk))


def number_lines(t: Translator, numbers: Numbers) -> tuple[Html, ...]:
    """How many took part, follow, answered and wrote."""
    return (
        e(t("People who took part: {n}", n=t.number(numbers.participation.people))),
        e(t("Following the municipality: {n}", n=t.number(numbers.followers))),
        e(t("Answers to questions: {n}", n=t.number(sum(tally.voters for tally in numbers.tallies.values())))),
        *_comment_numbers(t, numbers.comments),
    )


def _comment_numbers(t: Translator, counts: CommentCounts) -> tuple[Html, ...]:
    kinds = t.list(
        f"{t(names.COMMENT_KIND_PLURALS[kind])}: {t.number(counts.by_kind.get(kind, 0))}" for kind in CommentKind
    )
    rows = [e(t("Comments in the record: {n}", n=t.number(counts.total)) + f" ({kinds})")]
    if by_hand := {channel: n for channel, n in counts.by_channel.items() if channel is not Channel.TELEGRAM and n}:
        rows.append(e(t("Of these in the hall, on paper or by phone: {n}", n=t.number(sum(by_hand.values())))))
    rows.append(e(t("Waiting to be published: {n}", n=t.number(counts.waiting))))
    rows.append(e(t("Without a decision: {n}", n=t.number(counts.undecided))))
    return tuple(rows)


def _groups(t: Translator, desk: HearingOverview) -> tuple[Html, ...]:
    taking_part = desk.numbers.participation
    if not taking_part.people:
        return ()
    villages = {place.id: t.text(place.name).words for place in desk.villages}
    village = _counts(
        t, {villages.get(key, t("Not said")): n for key, n in shown_groups(taking_part.by_village()).items()}
    )
    gender = _counts(t, {t(names.GENDER_NAMES[key]): n for key, n in shown_groups(taking_part.by_gender()).items()})
    age = _counts(t, {t(names.AGE_BAND_NAMES[key]): n for key, n in shown_groups(taking_part.by_age()).items()})
    body = stacked(
        e(f"{t('Village')}: {village}"),
        e(f"{t('Gender')}: {gender}"),
        e(f"{t('Age group')}: {age}"),
        i(t("Groups under 5 people are not shown: “<5”.")),
    )
    return (e(""), b(t("Who took part")), fold(body))


def _counts(t: Translator, counts: Mapping[str, int | None]) -> str:
    return t.list(f"{name} {t.number(n) if n is not None else '<5'}" for name, n in counts.items())


def _notices(t: Translator, notices: Mapping[NoticeStatus, int]) -> Html | None:
    if not notices:
        return None
    return stacked(
        e(""),
        e(
            t(
                "Messages: delivered {sent}, could not be delivered {failed}, waiting {waiting}",
                sent=t.number(notices.get(NoticeStatus.DELIVERED, 0)),
                failed=t.number(notices.get(NoticeStatus.UNDELIVERABLE, 0) + notices.get(NoticeStatus.DROPPED, 0)),
                waiting=t.number(notices.get(NoticeStatus.WAITING, 0)),
            )
        ),
    )


def _sheet_rows(t: Translator, desk: HearingOverview) -> tuple[Row, ...]:
    hearing = desk.hearing
    waiting = t.number(desk.numbers.comments.waiting)
    publish = hearing.phase is Phase.DRAFT and desk.may_prepare
    rows = (
        (tap(t, t.p("button", "📣 Publish"), presses.PublishHearing(hearing.id)),) if publish else (),
        (
            tap(t, t.p("button", "⬇️ Excel record"), presses.DownloadRecord(hearing.id, DownloadFormat.XLSX)),
            tap(t, t.p("button", "⬇️ CSV"), presses.DownloadRecord(hearing.id, DownloadFormat.CSV)),
        )
        if desk.may_download
        else (),
        (tap(t, t.p("button", "📣 Messages and dates"), presses.OpenDates(hearing.id)),),
        (tap(t, t.p("button", "📊 Results"), presses.SeeTallies(hearing.id)),) if hearing.dossier.questions else (),
        (tap(t, t.p("button", "💬 To publish: {n}", n=waiting), presses.OpenQueue(hearing.id)),)
        if desk.may_moderate
        else (),
        (tap(t, t.p("button", "👁 As residents see it"), presses.OpenHearing(hearing.id)),),
        (
            tap(t, t.p("button", "⬅️ Back"), presses.OpenDeskMunicipality(hearing.municipality_id)),
            tap(t, t.p("button", "🔄 Refresh"), presses.OpenDeskHearing(hearing.id)),
        ),
    )
    return tuple(row for row in rows if row)


def votes(t: Translator, desk: HearingOverview, page: int) -> Screen:
    """The tallies, as many questions a page as fit."""
    hearing = desk.hearing
    parts = [part for question in hearing.dossier.questions for part in _tally(t, desk, question)]
    text, page, last = paged([b(t("Results so far")), *parts], page, limit=3000)
    paging = turns(
        t,
        presses.SeeTallies(hearing.id, page - 1) if page else None,
        presses.SeeTallies(hearing.id, page + 1) if page < last else None,
    )
    up = (tap(t, t.p("button", "⬅️ Back"), presses.OpenDeskHearing(hearing.id)),)
    return Screen(text, (*((paging,) if paging else ()), up))


def _tally(t: Translator, desk: HearingOverview, question: Question) -> tuple[Html, ...]:
    about = answers.short_about(t, desk.hearing.dossier, question.about)
    tally = desk.numbers.tallies.get(question.no)
    head = stacked(e(""), b(beginning(f"{question.no}. {about or answers.question_text(t, question)}", 200)))
    if tally is None or not tally.voters:
        return (stacked(head, e(t("Nobody has answered yet."))),)
    people = i(t.n("{n} person has answered", "{n} people have answered", tally.voters))
    return (stacked(head, people), *(e(line) for line in answers.results(t, desk.hearing, question, tally)))


def queue(t: Translator, hearing_id: int, filed: Sequence[CommentView], offset: int) -> Screen:
    """The first waiting comment, whole, with what can be done to it."""
    up = (tap(t, t.p("button", "⬅️ Back"), presses.OpenDeskHearing(hearing_id)),)
    if not filed:
        return Screen(e(t("No comment is waiting to be published.")), (up,))
    comment = filed[0].comment
    mark = f"{names.MEDIA_MARKS[comment.media.kind]} " if comment.media else ""
    about = answers.short_about(t, filed[0].hearing.dossier, comment.about)
    text = stacked(
        b(t("№ {number}", number=comment.number)),
        e(short(about, 120)) if about else None,
        fold(e(f"{mark}{comment.text[:3500]}")) if comment.text else e(mark),
    )
    play = (tap(t, t.p("button", "▶️ Listen or look"), presses.PlayComment(comment.id)),) if comment.media else ()
    rows = (
        play,
        (
            tap(t, t.p("button", "✅ Publish"), presses.PublishComment(comment.id)),
            tap(t, t.p("button", "🚫 Hide"), presses.ChooseHidingRule(comment.id)),
        ),
        (tap(t, t.p("button", "Skip ▶️"), presses.OpenQueue(hearing_id, offset + 1)),) if len(filed) > 1 else (),
        up,
    )
    return Screen(text, tuple(row for row in rows if row))


def hide_choice(t: Translator, filed: CommentView) -> Screen:
    """By which named rule?"""
    text = stacked(
        b(t("Why should others not read № {number}?", number=filed.comment.number)),
        e(t("It stays in the record and in every count. Its author sees the reason.")),
    )
    rows = in_rows(
        tap(t, t(names.HIDING_RULE_NAMES[rule]), presses.HideComment(filed.comment.id, rule)) for rule in HidingRule
    )
    return Screen(text, (*rows, (tap(t, t.p("button", "⬅️ Back"), presses.OpenQueue(filed.hearing.id)),)))


def invite_choice(t: Translator, municipality: Place) -> Screen:
    """Which role does the colleague get?"""
    text = stacked(
        b(t("Invite a colleague: {place}", place=t.text(municipality.name).words)),
        e(t("Secretary: everything. Member: reads everything, answers. Moderator: publishes comments.")),
    )
    rows = in_rows(tap(t, t(names.ROLE_NAMES[role]), presses.InviteStaff(municipality.id, role)) for role in Role)
    return Screen(text, (*rows, (tap(t, t.p("button", "⬅️ Back"), presses.OpenDeskMunicipality(municipality.id)),)))


def invitation(t: Translator, municipality: Place, role: Role, link: str) -> Screen:
    """A one-time link to pass on."""
    text = stacked(
        b(t(names.ROLE_NAMES[role])),
        e(t.text(municipality.name).words),
        e(t("Send this link to your colleague. It works once, within 7 days:")),
        e(link),
    )
    return Screen(text, ((tap(t, t.p("button", "⬅️ Back"), presses.OpenDeskMunicipality(municipality.id)),),))


def joined(t: Translator, municipality: Place, role: Role) -> Screen:
    """Welcome to the desk."""
    text = stacked(
        b(t("Welcome! You are now: {role}", role=t(names.ROLE_NAMES[role]))),
        e(t.text(municipality.name).words),
        e(t("Your Telegram number is stored with this role. The desk is always under /desk.")),
    )
    return Screen(
        text, ((tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDeskMunicipality(municipality.id)),), (home(t),))
    )
