"""The secretary's desk: a municipality's hearings, and the numbers and results of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import Standing
from bot.domain.comments import Channel
from bot.domain.hearings import Phase, due_phase
from bot.domain.notices import NoticeStatus
from bot.domain.suppression import UNSAID_VILLAGE
from bot.i18n import answers, names
from handlers import presses
from handlers.presses import DownloadFormat
from handlers.views.announcing import publishing_time
from handlers.views.buttons import back, home, paging, refresh, told_apart
from handlers.views.countdown import countdown
from handlers.views.drafts import change_button
from handlers.views.hearings import more_sittings, when_and_where
from handlers.views.pages import beginning, item_page, text_page
from handlers.views.promises import to_promises
from handlers.views.resolutions import to_resolution
from handlers.views.screen import (
    EMPTY_HTML,
    Button,
    ButtonRow,
    Html,
    Screen,
    b,
    e,
    fold,
    i,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)
from handlers.views.setbacks import what_happened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.numbers import CommentCounts, Numbers
    from bot.domain.places import Place
    from bot.domain.questions import Question
    from bot.domain.suppression import GroupSize
    from bot.i18n import Translator
    from bot.services.desk import DeskHome, HearingOverview
    from bot.services.files import FileSubject

DESK_MUNICIPALITIES_SHOWN: Final = 80
DESK_HEARINGS_ON_A_PAGE: Final = 10
TALLIED_QUESTION_UNITS: Final = 200
SITTINGS_OF_A_DRAFT: Final = 5
CLOSED_TITLE_UNITS: Final = 300
TALLIES_PAGE_UNITS: Final = 3000


def municipalities(t: Translator, found: Sequence[Place]) -> Screen:
    """The screen that asks which municipality's desk is meant."""
    rows = in_rows(tap(t, short(t.place(place.name)), presses.OpenDeskMunicipality(place.id)) for place in found)
    return Screen(b(t("Desk: choose a municipality")), (*rows[:DESK_MUNICIPALITIES_SHOWN], (home(t),)))


def desk_home(t: Translator, shown: DeskHome, *, page: int = 0, others: bool = False) -> Screen:
    """The screen with the hearings of a municipality, drafts too, a page of them; ``others``: there are more desks."""
    municipality = shown.municipality
    text = stacked(
        b(t("Desk")),
        e(t.place(municipality.name)),
        None if shown.hearings else e(t("No hearing has been loaded yet.")),
    )
    listed, page, last = item_page(shown.hearings, page, DESK_HEARINGS_ON_A_PAGE)
    labels = told_apart([_hearing_label(t, hearing, shown.zones[hearing.id]) for hearing in listed])
    opens = zip(labels, listed, strict=True)
    rows = with_buttons(
        *in_rows(tap(t, label, presses.OpenDeskHearing(hearing.id)) for label, hearing in opens),
        paging(t, lambda number: presses.OpenDeskMunicipality(municipality.id, number), page=page, last=last),
        (tap(t, t.p("button", "➕ New hearing"), presses.NewHearing(municipality.id)),) if shown.may_prepare else (),
        *in_rows(_of_municipality(t, shown), width=2),
        (tap(t, t.p("button", "🗂 Another desk"), presses.OpenDesk()),) if others else (),
        (home(t, municipality.id), refresh(t, presses.OpenDeskMunicipality(municipality.id, page))),
    )
    return Screen(text, rows)


def _of_municipality(t: Translator, shown: DeskHome) -> Iterator[Button]:
    """What there is beside hearings, as far as the reader may use it."""
    here = shown.municipality.id
    if shown.appeals:
        yield tap(t, t.p("button", "🙋 Appeals: {n}", n=t.number(shown.appeals)), presses.ListAppeals(here))
    if shown.may_invite:
        yield tap(t, t.p("button", "👥 Staff"), presses.ListStaff(here))
    if shown.may_read_journal:
        yield tap(t, t.p("button", "📔 Journal"), presses.OpenJournal(here))
    if shown.may_prepare:
        yield tap(t, t.p("button", "📢 Groups and channels"), presses.ListRooms(here))
        yield tap(t, t.p("button", "📄 Form of the minutes"), presses.OpenProtocolForm(here))
    if shown.two_pairs is not None:
        pairs = (
            t.p("button", "👀 Two pairs of eyes: on") if shown.two_pairs else t.p("button", "👀 Two pairs of eyes: off")
        )
        yield tap(t, pairs, presses.ToggleTwoPairs(here, on=not shown.two_pairs))
    if shown.wants_numbers is not None:
        on = shown.wants_numbers
        label = t.p("button", "☀️ Morning numbers: on") if on else t.p("button", "☀️ Morning numbers: off")
        yield tap(t, label, presses.ToggleNumbers(here, on=not on))


def _hearing_label(t: Translator, hearing: Hearing, zone: ZoneInfo) -> str:
    """The date before the title: two hearings with one title are told apart by it."""
    marks = {Phase.OPEN: "🟢", Phase.ANNOUNCED: "🔜", Phase.DRAFT: "📝", Phase.CANCELLED: "✖️"}
    sittings = hearing.dossier.sittings
    day = (sittings[0].starts_at if sittings else hearing.dossier.opens_at).astimezone(zone).date()
    return f"{marks.get(hearing.phase, '⚪️')} {day:%d.%m.%y} {t.text(hearing.dossier.title).words}"


def overview(t: Translator, shown: HearingOverview) -> Screen:
    """The screen with the numbers of a hearing so far, and what to do with it."""
    hearing, dossier = shown.hearing, shown.hearing.dossier
    opens, closes = (t.moment(at, shown.zone) for at in (dossier.opens_at, dossier.closes_at))
    text = stacked(
        b(t.marked(dossier.title)),
        e(t(names.PHASE_SENTENCES[due_phase(hearing, shown.now)])),
        e(t("Answers: {opens} to {closes}", opens=opens, closes=closes)),
        i(t("Preliminary: what is still to be entered is missing.")) if hearing.is_preliminary(shown.now) else None,
        what_happened(t, hearing, shown.zone),
        publishing_time(t, shown),
        _promised(t, shown),
        *(_sittings(t, shown) if hearing.phase is Phase.DRAFT else _numbers(t, shown)),
    )
    return Screen(text, _overview_rows(t, shown))


def _sittings(t: Translator, shown: HearingOverview) -> Iterator[Html]:
    """When and where a draft is to be held: there are no numbers yet."""
    for sitting in shown.hearing.dossier.sittings[:SITTINGS_OF_A_DRAFT]:
        yield e("")
        yield when_and_where(t, sitting, shown.zone, shown.villages)
    if (more := more_sittings(t, shown.hearing.dossier)) is not None:
        yield more


def _numbers(t: Translator, shown: HearingOverview) -> tuple[Html | None, ...]:
    return (
        e(""),
        b(t("Numbers so far")),
        *numbers_so_far(t, shown.numbers),
        *_groups(t, shown),
        _notices(t, shown),
    )


def numbers_so_far(t: Translator, numbers: Numbers) -> tuple[Html, ...]:
    """How many people took part, follow the municipality, answered and wrote."""
    return (
        e(t("People who took part: {n}", n=t.number(numbers.participation.people))),
        e(t("Following the municipality: {n}", n=t.number(numbers.followers))),
        e(t("Answers to questions: {n}", n=t.number(sum(tally.voters for tally in numbers.tallies.values())))),
        *_comment_numbers(t, numbers.comments),
        e(t("Support for comments: {n}", n=t.number(numbers.support))),
    )


def _promised(t: Translator, shown: HearingOverview) -> Html | None:
    """Until when answers are promised, once the hearing is closed and comments have none."""
    if due_phase(shown.hearing, shown.now) is not Phase.CLOSED or not shown.numbers.comments.undecided:
        return None
    return countdown(t, shown.hearing.dossier.answers_due(shown.zone), shown.now.astimezone(shown.zone).date())


def _comment_numbers(t: Translator, counts: CommentCounts) -> tuple[Html, ...]:
    kinds = t.list(
        f"{t(plural)}: {t.number(counts.by_kind.get(kind, 0))}" for kind, plural in names.COMMENT_KIND_PLURALS.items()
    )
    by_hand = any(count for channel, count in counts.by_channel.items() if channel is not Channel.TELEGRAM)
    channels = t.list(
        f"{t(channel_name)}: {t.number(counts.by_channel.get(channel, 0))}"
        for channel, channel_name in names.CHANNEL_NAMES.items()
    )
    others = (e(t("How they came: {channels}", channels=channels)),) if by_hand else ()
    return (
        e(t("Comments in the record: {n}", n=t.number(counts.total)) + f" ({kinds})"),
        *others,
        e(t("Waiting to be published: {n}", n=t.number(counts.waiting))),
        e(t("Without a decision: {n}", n=t.number(counts.undecided))),
        e(t("Decided: {n}", n=t.number(counts.total - counts.undecided))),
    )


def _groups(t: Translator, shown: HearingOverview) -> tuple[Html, ...]:
    if not shown.numbers.participation.people:
        return ()
    village_names = {place.id: t.place(place.name) for place in shown.villages}
    village_names[UNSAID_VILLAGE] = t("Not said")
    groups = shown.groups
    village = _sizes(t, {village_names[key]: size for key, size in groups.by_village.items()})
    gender = _sizes(t, {t(names.GENDER_NAMES[key]): size for key, size in groups.by_gender.items()})
    age = _sizes(t, {t(names.AGE_BAND_NAMES[key]): size for key, size in groups.by_age.items()})
    body = stacked(
        e(f"{t('Village')}: {village}"),
        e(f"{t('Gender')}: {gender}"),
        e(f"{t('Age group')}: {age}"),
        i(sizes_explained(t)),
    )
    return (e(""), b(t("Who took part")), fold(body))


def _sizes(t: Translator, sizes: Mapping[str, GroupSize]) -> str:
    return t.list(f"{name}: {names.group_size(t, size)}" for name, size in sizes.items())


def sizes_explained(t: Translator) -> str:
    """What the signs of ``names.group_size`` mean, and why there are any."""
    return t("“<5”: fewer than 5 people. “20+”: 20 people or more. So nobody in a small group can be recognised.")


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
    hearing = shown.hearing
    publish = tap(t, t.p("button", "📣 Publish"), presses.PublishHearing(hearing.id))
    record = (
        tap(t, t.p("button", "⬇️ Excel record"), presses.DownloadRecord(hearing.id, DownloadFormat.XLSX)),
        tap(t, t.p("button", "📄 Minutes and files"), presses.OpenReports(hearing.id)),
    )
    undecided = t.number(shown.numbers.comments.undecided)
    decide = tap(t, t.p("button", "⚖️ Decisions: {n}", n=undecided), presses.OpenDecisions(hearing.id))
    table = tap(t, t.p("button", "⚖️ Decisions in Excel"), presses.TakeDecisionTable(hearing.id))
    documents = tap(t, t.p("button", "📎 Attach documents"), presses.ManageDocuments(hearing.id))
    enter = tap(t, t.p("button", "✍️ Enter for somebody"), presses.OpenEntries(hearing.id))
    results = tap(t, t.p("button", "📊 Results"), presses.SeeTallies(hearing.id))
    comments = _comments_button(t, shown)
    unheard = tap(t, t.p("button", "👥 Not yet heard"), presses.SeeUnheard(hearing.id))
    up = back(t, presses.OpenDeskMunicipality(hearing.municipality_id))
    return with_buttons(
        (publish,) if hearing.phase is Phase.DRAFT and shown.may_prepare else (),
        (change_button(t, hearing.id),) if shown.may_prepare and _can_be_changed(shown) else (),
        record if shown.may_download else (),
        (enter,) if shown.may_enter and hearing.is_public else (),
        (decide, table) if shown.may_decide and shown.numbers.comments.total else (),
        _afterwards(t, shown),
        (documents,) if shown.may_prepare and not _can_be_changed(shown) else (),
        (tap(t, t.p("button", "📣 Messages and dates"), presses.OpenDates(hearing.id)),),
        (comments,),
        (results, unheard) if hearing.dossier.questions else (unheard,),
        (tap(t, t.p("button", "👁 As residents see it"), presses.OpenHearing(hearing.id)),),
        (up, refresh(t, presses.OpenDeskHearing(hearing.id))),
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


def tallies(t: Translator, shown: HearingOverview, page: int) -> Screen:
    """The screen with the results so far, as many questions a page as fit."""
    hearing = shown.hearing
    parts = [part for question in hearing.dossier.questions for part in _tally(t, shown, question)]
    text, page, last = text_page([b(t("Results so far")), *parts], page, limit=TALLIES_PAGE_UNITS)
    rows = with_buttons(
        paging(t, lambda number: presses.SeeTallies(hearing.id, number), page=page, last=last),
        (back(t, presses.OpenDeskHearing(hearing.id)),),
    )
    return Screen(text, rows)


def _tally(t: Translator, shown: HearingOverview, question: Question) -> tuple[Html, ...]:
    about = answers.numbered_about(t, shown.hearing.dossier, question.about)
    asked = " — ".join(filter(None, (about, answers.question_text(t, question))))
    tally = shown.numbers.tallies.get(question.no)
    head = stacked(e(""), b(beginning(f"{question.no}. {asked}", TALLIED_QUESTION_UNITS)))
    if tally is None or not tally.voters:
        return (stacked(head, e(t("Nobody has answered yet."))),)
    people = i(t.n("{n} person has answered", "{n} people have answered", tally.voters))
    return (
        stacked(head, people, _by_channel(t, shown, question)),
        *(e(result) for result in answers.results(t, shown.hearing, question, tally)),
    )


def _by_channel(t: Translator, shown: HearingOverview, question: Question) -> Html | None:
    """Through which channels people answered, where it was not the bot alone."""
    tallies = shown.numbers.by_channel
    voters = {channel: tallies[question.no, channel].voters for channel in Channel if (question.no, channel) in tallies}
    if not any(count for channel, count in voters.items() if channel is not Channel.TELEGRAM):
        return None
    return e(t.list(f"{t(names.CHANNEL_NAMES[channel])}: {t.number(count)}" for channel, count in voters.items()))


def record_caption(t: Translator, file_name: str) -> Html:
    """What stands beside the file of a record: how an Excel that expects commas shows the columns of a CSV."""
    if not file_name.endswith(".csv"):
        return EMPTY_HTML
    return e(t("All in one column? In Excel choose Data, Text to Columns, Delimited, Semicolon."))


def closed_caption(t: Translator, subject: FileSubject, form: str) -> Html:
    """What stands beside the record, or the page for the notice board, that comes when answers close."""
    board = form == DownloadFormat.PDF
    return stacked(
        b(
            t("🔒 Answers are closed. Here is the page for the notice board.")
            if board
            else t("🔒 Answers are closed. Here is the record.")
        ),
        e(beginning(t.text(subject.hearing.dossier.title).words, CLOSED_TITLE_UNITS)),
        e(t("Next: a decision on every comment. The desk is under /desk.")),
    )
