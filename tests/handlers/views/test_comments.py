"""Screens of comments, at their largest and most hostile, and what they say and offer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import CommentKind, HidingRule, Order, Outcome, Visibility
from bot.domain.hearings import Phase
from bot.domain.languages import LANGUAGES
from bot.domain.parts import Part
from bot.domain.questions import About, AboutKind
from bot.domain.unsent import Unsent
from bot.services.comments import COMMENTS_ON_A_PAGE, CommentPage, CommentView
from bot.services.hearings import HearingList
from handlers import presses
from handlers.views import comments, hiding, wall, writing
from handlers.views.comments import Standpoint
from tests import samples
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ENGLISH, ensure_fits, labels_of, presses_of, quoted_in, text_of

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from handlers.views.screen import Screen

TEN = tuple(Part("", media, place) for place, media in enumerate(largest.TEN, 1))
UNSENT = Unsent(
    largest.LARGEST_ID,
    7,
    largest.NOW,
    largest.NOW,
    largest.LARGEST_ID,
    CommentKind.COMMENT,
    About(AboutKind.SERVICE, 1),
    (Part(largest.filled("<&>")), *TEN),
)
HERE = Standpoint(largest.ZONE, largest.NOW, Order.NEWEST, largest.LARGEST_ID)
SMALL = largest.hearing(samples.dossier())
languages = pytest.mark.parametrize("language", LANGUAGES)


def pages(t: Translator, view: CommentView) -> list[Screen]:
    """Every page of a comment, in order."""
    shown = [comments.comment(t, view, HERE)]
    while any(isinstance(press, presses.ReadComment) and press.page == len(shown) for press in presses_of(shown[-1])):
        shown.append(comments.comment(t, view, HERE, page=len(shown)))
    return shown


def ensure_all_fit(t: Translator, shown: Comment, hearing: Hearing) -> None:
    """Every screen on which a comment may stand."""
    for own in (True, False):
        view = CommentView(shown, hearing, own=own)
        for screen in pages(t, view):
            ensure_fits(screen)
    for screen in (
        comments.receipt(t, view, HERE, left_out=99),
        comments.withdraw(t, view),
        writing.ask_for_new_words(t, view),
    ):
        ensure_fits(screen)
    items = tuple(replace(view, own=bool(no % 2), supported=True) for no in range(COMMENTS_ON_A_PAGE))
    ensure_fits(
        wall.wall(
            t,
            CommentPage(hearing, None, Order.NEWEST, COMMENTS_ON_A_PAGE, 3 * COMMENTS_ON_A_PAGE, items),
            largest.NOW,
            largest.ZONE,
        )
    )


@languages
def test_the_largest_comments_fit_in_every_language(language: str) -> None:
    decided = largest.comment(
        largest.filled("Ө"), decision=largest.decision(largest.filled("Ү")), amended_at=largest.NOW, support=99_999
    )

    ensure_all_fit(CATALOGUES[language], decided, largest.hearing())


@pytest.mark.parametrize("pattern", largest.HOSTILE.values(), ids=largest.HOSTILE)
def test_hostile_comments_fit_and_are_inert(pattern: str) -> None:
    for shown in largest.every_comment([pattern]):
        ensure_all_fit(ENGLISH, shown, largest.hearing())


@languages
def test_what_the_author_of_a_hidden_comment_reads_fits_before_and_after_closing(language: str) -> None:
    t = CATALOGUES[language]
    for rule in HidingRule:
        shown = largest.comment("Ө", visibility=Visibility.HIDDEN, hiding_rule=rule)
        for hearing, now in ((largest.hearing(), largest.NOW), (SMALL, SMALL.closes_at)):
            ensure_fits(hiding.hidden(t, CommentView(shown, hearing, own=True), Standpoint(largest.ZONE, now)))


@languages
def test_every_step_of_writing_fits(language: str) -> None:
    t = CATALOGUES[language]
    hearing = largest.hearing()
    for kind in CommentKind:
        ensure_fits(writing.kinds(t, hearing))
        ensure_fits(writing.subjects(t, hearing, kind))
        for subject in (AboutKind.SERVICE, AboutKind.LINE, AboutKind.AGENDA):
            for page in (0, 3, 99):
                ensure_fits(writing.subject_list(t, hearing, kind, subject, page=page))
            ensure_fits(writing.ask_for_words(t, hearing, kind, About(subject, 1)))
    listing = HearingList(largest.place(), largest.ZONE, largest.NOW, (), ())
    ensure_fits(writing.send_this(t, [hearing], UNSENT))
    ensure_fits(writing.send_this(t, [hearing, hearing, hearing], UNSENT))
    ensure_fits(writing.nothing_to_send_to(t, listing))
    ensure_fits(writing.nothing_to_send_to(t, None))
    ensure_fits(writing.nothing_left_to_send(t))


@pytest.mark.parametrize("pattern", ["markup", "one word", "formula", "emoji"])
def test_no_word_of_a_comment_or_its_reason_is_cut(pattern: str) -> None:
    words = largest.filled(largest.HOSTILE[pattern])
    reason = largest.filled(f"Себеби: {pattern} ")
    view = CommentView(largest.comment(words, decision=largest.decision(reason)), SMALL, own=True)
    read = "".join(quoted_in(screen) for screen in pages(ENGLISH, view))

    assert "".join(read.split()) == "".join((reason + words).split())


def test_markup_of_a_resident_is_shown_as_typed() -> None:
    shown = comments.comment(ENGLISH, CommentView(largest.comment("<b>fat</b> & <a href='x'>y</a>"), SMALL), HERE)

    assert "<b>fat</b> & <a href='x'>y</a>" in text_of(shown)
    assert "&lt;b&gt;fat" in shown.text


def test_a_receipt_shows_the_number_and_how_to_follow_it() -> None:
    screen = comments.receipt(ENGLISH, CommentView(largest.comment("x", number=12), SMALL, own=True), HERE)

    assert "№ 12" in text_of(screen)
    assert "/mine" in text_of(screen)
    assert {type(press) for press in presses_of(screen)} == {
        presses.AmendComment,
        presses.WithdrawComment,
        presses.SeeMine,
        presses.GoHome,
    }


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"visibility": Visibility.WAITING}, ["✅ Received", "⏳ Waiting to be published", "▫️ Considered"]),
        ({}, ["✅ Published", "▫️ Considered"]),
        (
            {"visibility": Visibility.HIDDEN, "hiding_rule": HidingRule.INSULT},
            ["✅ Received", "🚫 Hidden: insult", "▫️ Considered"],
        ),
        (
            {"decision": largest.decision("No money", outcome=Outcome.REJECTED, done_at=None)},
            ["✅ Considered", "Rejected", "No money"],
        ),
        ({"decision": largest.decision("We will", done_at=None)}, ["✅ Considered", "▫️ Done", "Accepted", "We will"]),
        ({"decision": largest.decision("Half", outcome=Outcome.PARTLY)}, ["✅ Done", "Partly accepted", "Half"]),
        ({"withdrawn_at": largest.NOW}, ["Taken back"]),
    ],
)
def test_an_author_follows_a_comment(changes: dict[str, object], said: list[str]) -> None:
    words = text_of(comments.comment(ENGLISH, CommentView(largest.comment("x", **changes), SMALL, own=True), HERE))

    assert [part for part in said if part not in words] == []


def test_a_rejected_comment_is_not_waited_for() -> None:
    rejected = largest.comment("x", decision=largest.decision("No", outcome=Outcome.REJECTED, done_at=None))

    assert "▫️" not in text_of(comments.comment(ENGLISH, CommentView(rejected, SMALL, own=True), HERE))


def test_only_an_undecided_comment_can_be_changed_or_taken_back() -> None:
    def offered(hearing_phase: Phase, **changes: object) -> set[type[presses.Press]]:
        view = CommentView(largest.comment("x", **changes), replace(SMALL, phase=hearing_phase), own=True)
        return {type(press) for press in presses_of(comments.comment(ENGLISH, view, HERE))}

    both = {presses.AmendComment, presses.WithdrawComment}
    assert both <= offered(Phase.OPEN)
    assert offered(Phase.CLOSED) & both == {presses.WithdrawComment}
    assert not offered(Phase.OPEN, decision=largest.decision("No")) & both
    assert not offered(Phase.OPEN, withdrawn_at=largest.NOW) & both


def test_others_may_support_only_while_answers_are_taken() -> None:
    late = replace(HERE, now=SMALL.closes_at)
    view = CommentView(largest.comment("x"), SMALL)

    def offered(view: CommentView, at: Standpoint) -> list[presses.SupportComment]:
        shown = presses_of(comments.comment(ENGLISH, view, at))
        return [press for press in shown if isinstance(press, presses.SupportComment)]

    assert [press.on for press in offered(view, HERE)] == [True]
    assert [press.on for press in offered(replace(view, supported=True), HERE)] == [False]
    assert offered(view, late) == []
    assert offered(replace(view, own=True), HERE) == []


def test_a_comment_leads_back_to_where_its_list_stood() -> None:
    at = Standpoint(largest.ZONE, largest.NOW, Order.NEWEST, 10)

    others = presses_of(comments.comment(ENGLISH, CommentView(largest.comment("x"), SMALL), at))
    own = presses_of(comments.comment(ENGLISH, CommentView(largest.comment("x"), SMALL, own=True), at))
    assert presses.SeeWall(SMALL.id, Order.NEWEST, 10) in others
    assert presses.SeeMine(10) in own


def test_the_wall_names_nobody_and_marks_ones_own() -> None:
    items = (
        CommentView(largest.comment("mine", number=1), SMALL, own=True),
        CommentView(largest.comment("theirs", number=2, support=3), SMALL, supported=True),
    )
    screen = wall.wall(ENGLISH, CommentPage(SMALL, None, Order.SUPPORT, 0, 2, items), largest.NOW, largest.ZONE)

    words = text_of(screen)
    assert "№ 1 · Proposal · yours" in words
    assert "№ 2 · Proposal · 👍 3" in words
    supports = [press for press in presses_of(screen) if isinstance(press, presses.SupportComment)]
    assert [press.on for press in supports] == [False]
    assert "✅ № 2" in labels_of(screen)


@pytest.mark.parametrize(
    ("reader", "language", "written", "read", "label"),
    [
        ("uz", "uz_Cyrl", "Кўчага чироқ керак", "Koʻchaga chiroq kerak", "🔤 Lotin yozuvida"),
        ("uz", "ky", "Жарык керек", "Jarik kerek", "🔤 Lotin yozuvida"),
        ("uz_Cyrl", "uz", "Koʻchaga chiroq kerak", "Кўчага чироқ керак", "🔤 Кирилл ёзувида"),
    ],
)
def test_a_comment_is_read_in_ones_own_script_by_one_tap(
    reader: str, language: str, written: str, read: str, label: str
) -> None:
    t = CATALOGUES[reader]
    view = CommentView(replace(largest.comment(written, id=7), language=language), SMALL)
    page = CommentPage(SMALL, None, Order.SUPPORT, 0, 1, (view,))
    walls = [wall.wall(t, page, largest.NOW, largest.ZONE, rewritten=now) for now in (False, True)]
    alone = [comments.comment(t, view, replace(HERE, rewritten=now)) for now in (False, True)]
    for before, after in (walls, alone):
        assert (written in text_of(before), read in text_of(after)) == (True, True)
        assert label in labels_of(before)
        assert label not in labels_of(after)
    assert presses.SeeWall(SMALL.id, Order.SUPPORT, 0, rewritten=True) in presses_of(walls[0])
    kept = [press for screen in (walls[1], alone[1]) for press in presses_of(screen) if hasattr(press, "rewritten")]
    assert [type(press) for press in kept if not press.rewritten] == [
        presses.SeeWall,
        presses.ReadComment,
    ]  # the way back
    assert {type(press) for press in kept if press.rewritten} == {
        presses.SupportComment,
        presses.ReadComment,
        presses.SeeWall,
    }
    assert not [each for each in labels_of(wall.wall(ENGLISH, page, largest.NOW, largest.ZONE)) if "🔤" in each]


def test_a_long_comment_on_the_wall_is_begun_and_can_be_opened() -> None:
    items = tuple(CommentView(largest.comment(largest.filled("длинно "), id=no), SMALL) for no in (1, 2, 3))
    screen = wall.wall(ENGLISH, CommentPage(SMALL, None, Order.SUPPORT, 0, 3, items), largest.NOW, largest.ZONE)

    assert text_of(screen).count(" …") == 3
    opened = {press.comment for press in presses_of(screen) if isinstance(press, presses.ReadComment)}
    assert opened == {1, 2, 3}


def test_an_empty_wall_says_so_and_offers_to_write_while_one_can() -> None:
    empty = CommentPage(SMALL, None, Order.SUPPORT, 0, 0, ())
    late = SMALL.closes_at + timedelta(seconds=1)

    assert "No comment is published yet." in text_of(wall.wall(ENGLISH, empty, largest.NOW, largest.ZONE))
    assert presses.WriteComment(SMALL.id) in presses_of(wall.wall(ENGLISH, empty, largest.NOW, largest.ZONE))
    assert presses.WriteComment(SMALL.id) not in presses_of(wall.wall(ENGLISH, empty, late, largest.ZONE))


def test_the_pages_of_a_list_hold_every_service_once() -> None:
    hearing = largest.hearing()
    found = [
        press.no
        for page in range(8)
        for press in presses_of(
            writing.subject_list(ENGLISH, hearing, CommentKind.QUESTION, AboutKind.SERVICE, page=page)
        )
        if isinstance(press, presses.WriteAbout)
    ]

    assert found == [service.no for service in hearing.dossier.services]


def test_words_that_came_unasked_go_where_their_author_says() -> None:
    one = writing.send_this(ENGLISH, [SMALL], UNSENT)
    two = writing.send_this(ENGLISH, [SMALL, replace(SMALL, id=2)], UNSENT)

    assert [press for press in presses_of(one) if isinstance(press, presses.SendUnsent)] == [
        presses.SendUnsent(SMALL.id, kind, UNSENT.id) for kind in CommentKind
    ]
    assert labels_of(two)[3] == "2. 💬 A comment"


def test_somebody_who_writes_too_early_learns_from_when_on() -> None:
    soon = largest.hearing(samples.dossier(opens=largest.NOW + timedelta(days=1)), phase=Phase.ANNOUNCED)
    listing = HearingList(largest.place(), largest.ZONE, largest.NOW, (soon,), ())

    assert "24 November, 12:00" in text_of(writing.nothing_to_send_to(ENGLISH, listing))
