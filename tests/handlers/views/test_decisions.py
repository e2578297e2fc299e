"""The screens on which the commission decides fit one message at their largest, in every language."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import Outcome
from bot.domain.decision_drafts import DecisionDraft, DecisionField, MarkedComment
from bot.domain.decision_table import decision_mark
from bot.domain.errors import AlreadyWithdrawn, CommentChanged, DecisionChanged, OnlyQuestions
from bot.domain.hearings import Phase
from bot.domain.languages import LANGUAGES
from bot.domain.programme import DraftPoint
from bot.domain.proposals import Proposal
from bot.services.comments import CommentView
from bot.services.deciding import DecidedComments
from bot.services.decisions import ConsideredComment, DecisionQueue
from bot.services.prepared_decisions import PreparedDecision
from bot.services.proposals import ProposalPage, ProposedDecision
from handlers import presses
from handlers.views import decision_drafts, decisions, proposals
from handlers.views.screen import LETTERS_ON_A_BUTTON
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ENGLISH, ensure_fits, labels_of, text_of
from tests.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.comments import Decision
    from bot.i18n import Translator
    from handlers.views.screen import Screen

HEARING = largest.hearing(phase=Phase.CLOSED)
COMMENTS = tuple(
    replace(each, id=largest.LARGEST_ID - number, number=1_000_000 + number)
    for number, each in enumerate([*largest.every_comment()][:20] * 5)
)
WORDS = largest.filled("Негиздеме <&> ")


def decision() -> Decision:
    return largest.decision(WORDS[:2000], responsible=WORDS[:150], changes=DraftPoint(service=2))


def decided(*, proposed: bool) -> DecidedComments:
    refusals = AlreadyWithdrawn(), CommentChanged(), OnlyQuestions(), DecisionChanged()
    refused = {1_000_000 + number: refusals[number % 4] for number in range(100)}
    return DecidedComments(HEARING, COMMENTS, (), refused, proposed=proposed)


def prepared(field: DecisionField, *, several: bool = False, proposes: bool = False) -> PreparedDecision:
    comments = COMMENTS if several else COMMENTS[:1]
    draft = DecisionDraft(
        HEARING.id,
        tuple(MarkedComment.of(each) for each in comments),
        Outcome.ACCEPTED,
        *(WORDS[:2000], WORDS[:150], NOW.date()),
        DraftPoint(service=2),
        field,
    )
    reasoned = tuple(replace(each, decision=decision()) for each in COMMENTS[:3])
    names = tuple(f"{WORDS[:140]} {number}" for number in range(8))
    return PreparedDecision(HEARING, draft, comments, NOW.date(), reasoned, names, proposes)


def queued(t: Translator) -> Iterator[Screen]:
    day = NOW.date()
    for comment in COMMENTS[:20]:
        view = CommentView(comment, HEARING, staff=True)
        sent_back = Proposal(1, 1, decision(), 0, "-", NOW, note=WORDS[:500])
        shown = DecisionQueue(
            *(HEARING, 99_999, 5, view, day, day + timedelta(days=400)),
            may_complete=True,
            open=99_999,
            proposed=99_999,
            sent_back=sent_back,
        )
        for proposed in (True, False):
            yield decisions.queue(t, shown, after=decided(proposed=proposed))
        for page in (0, 9):
            yield decisions.one(t, ConsideredComment(view, may_take_back=True), page)
        yield decisions.take_back_choice(t, CommentView(replace(comment, decision=decision()), HEARING, staff=True))


def made(t: Translator) -> Iterator[Screen]:
    for several in (True, False):
        for field in DecisionField:
            view = prepared(field, several=several)
            yield decision_drafts.ask(t, view)
        for proposes in (True, False):
            yield decision_drafts.check(t, prepared(DecisionField.NOTHING, several=several, proposes=proposes))
        yield decision_drafts.outcomes(t, prepared(DecisionField.NOTHING, several=several))
        for page in (0, 3, 99):
            yield decision_drafts.points(t, prepared(DecisionField.NOTHING, several=several), page)


def proposed(t: Translator) -> Iterator[Screen]:
    found = tuple(
        ProposedDecision(
            Proposal(comment.id, HEARING.id, decision(), 0, decision_mark(None), NOW, 7),
            CommentView(comment, HEARING, staff=True),
            may_confirm=True,
        )
        for comment in COMMENTS[:20]
    )
    people = {7: replace(largest.resident(), staff_name=WORDS[:80])}
    page = ProposalPage(HEARING, 99_999, 3, found[:5], people, may_confirm=True)
    yield proposals.page(t, page, said=proposals.confirmed(t, decided(proposed=False)))
    yield proposals.page(t, replace(page, items=(), total=0, page=0), said=proposals.sent_back(t))
    for each in found:
        yield from (proposals.one(t, each, page_) for page_ in (0, 9))
        yield proposals.ask_note(t, each)
    for on in (True, False):
        yield proposals.two_pairs_choice(t, presses.ToggleTwoPairs(largest.LARGEST_ID, on=on))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_deciding_fits_and_no_two_of_its_buttons_are_alike(language: str) -> None:
    t = CATALOGUES[language]
    for screen in (*queued(t), *made(t), *proposed(t)):
        ensure_fits(screen)
        labels = labels_of(screen)
        assert len(set(labels)) == len(labels), labels
        assert all(len(label) <= LETTERS_ON_A_BUTTON for label in labels), labels


def test_a_decision_is_shown_whole_before_it_is_stored() -> None:
    words = text_of(decision_drafts.check(ENGLISH, prepared(DecisionField.NOTHING)))
    assert all(said in words for said in ("Accepted", "Responsible:", "To be done by:", "It changes: Service 2"))


def test_what_the_comment_is_about_is_offered_first_as_what_is_changed() -> None:
    screen = decision_drafts.points(ENGLISH, prepared(DecisionField.NOTHING), 0)
    assert "Service 1" in labels_of(screen)[0]
