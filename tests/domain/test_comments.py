"""What an author may still do with a comment, and who may read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.comments import (
    COMMENTS_A_DAY,
    Channel,
    Comment,
    CommentKind,
    Decision,
    HidingRule,
    Outcome,
    Visibility,
    ensure_daily_limit,
)
from bot.domain.errors import AlreadyConsidered, AlreadyWithdrawn, DailyLimit, NotFound, TextEmpty
from bot.domain.hearings import Hearing, Phase
from bot.domain.media import Media, MediaKind
from bot.domain.message_text import checked_message
from bot.domain.parts import Part
from bot.domain.people import Resident
from bot.domain.questions import About
from tests import samples
from tests.samples import HOUR, NOW

HEARING = Hearing(1, "bagysh-2026-1", 3, Phase.OPEN, 1, samples.dossier())
COMMENT = Comment(
    5, 1, 12, 9, CommentKind.COMMENT, About(), (Part("Жол"),), "ky", Channel.TELEGRAM, Visibility.PUBLISHED, NOW - HOUR
)
VOICE = Media(MediaKind.VOICE, "file", "unique", 4)
WITHDRAWN = replace(COMMENT, withdrawn_at=NOW)
DECIDED = replace(COMMENT, decision=Decision(Outcome.NOTED, "Эске алынды"))


def test_a_comment_is_amendable_until_it_is_withdrawn_or_considered() -> None:
    COMMENT.ensure_amendable()
    with pytest.raises(AlreadyWithdrawn):
        WITHDRAWN.ensure_amendable()
    with pytest.raises(AlreadyConsidered):
        DECIDED.ensure_amendable()
    with pytest.raises(AlreadyWithdrawn):
        replace(DECIDED, withdrawn_at=NOW).ensure_amendable()


def test_only_its_author_changes_a_comment() -> None:
    COMMENT.ensure_by(Resident(9, 1, "ky"))
    for other in (Resident(8, 1, "ky"), None):
        assert not COMMENT.is_by(other)
    with pytest.raises(NotFound):
        COMMENT.ensure_by(Resident(8, 1, "ky"))
    assert not replace(COMMENT, author_id=None).is_by(Resident(9, 1, "ky"))


@pytest.mark.parametrize(
    "hidden", [{"visibility": Visibility.WAITING}, {"visibility": Visibility.HIDDEN}, {"withdrawn_at": NOW}]
)
def test_others_read_what_is_published_not_withdrawn_and_of_a_public_hearing(hidden: dict[str, object]) -> None:
    assert COMMENT.is_public(HEARING)
    assert COMMENT.is_public(replace(HEARING, phase=Phase.CANCELLED))
    assert not COMMENT.is_public(replace(HEARING, phase=Phase.DRAFT))
    assert not replace(COMMENT, **hidden).is_public(HEARING)  # type: ignore[arg-type]


def test_an_amended_comment_waits_to_be_published_anew() -> None:
    hidden = replace(COMMENT, visibility=Visibility.HIDDEN, hiding_rule=HidingRule.INSULT, parts=(Part("Жол", VOICE),))
    amended = hidden.amended("Көпүрө", None, NOW)
    assert (amended.text, amended.attachments, amended.amended_at) == ("Көпүрө", (VOICE,), NOW)
    assert (amended.visibility, amended.hiding_rule) == (Visibility.WAITING, None)
    assert (amended.number, amended.created_at) == (hidden.number, hidden.created_at)


def test_the_same_words_and_voice_change_nothing() -> None:
    spoken = replace(COMMENT, parts=(Part("Жол", VOICE),))
    assert spoken.says("Жол", None)
    assert spoken.says("Жол", VOICE)
    assert not spoken.says("Көпүрө", None)
    assert not spoken.says("Жол", replace(VOICE, unique_id="other"))


def test_a_voice_may_come_without_words_and_a_text_may_not() -> None:
    assert checked_message(" ", VOICE) == ""
    assert checked_message(" Жол ", VOICE) == "Жол"
    with pytest.raises(TextEmpty):
        checked_message(" ", None)


@pytest.mark.parametrize(
    "blank",
    [
        "\u2800" * 3,
        "\u3164",
        "\u115f\u1160",
        "\uffa0",
        "\u00ad",
        "\ufe0f",
        "\U000e0041",
        "\u202e\u2066",
        "\u034f\u200d",
    ],
)
def test_a_text_that_shows_nothing_is_empty(blank: str) -> None:
    with pytest.raises(TextEmpty):
        checked_message(blank, None)
    assert checked_message(f"{blank}Жол", None).endswith("Жол")


def test_a_day_has_so_many_comments_and_no_more() -> None:
    ensure_daily_limit(COMMENTS_A_DAY - 1)
    with pytest.raises(DailyLimit):
        ensure_daily_limit(COMMENTS_A_DAY)


def test_a_withdrawn_comment_is_not_moderated() -> None:
    COMMENT.ensure_not_withdrawn()
    DECIDED.ensure_not_withdrawn()
    with pytest.raises(AlreadyWithdrawn):
        replace(WITHDRAWN, withdrawn_at=NOW - timedelta(days=9)).ensure_not_withdrawn()
