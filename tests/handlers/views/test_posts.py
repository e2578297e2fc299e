"""What stands in a group or channel about a hearing: whole, short enough, in its languages, with links only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.hearings import Hearing, Phase
from bot.domain.languages import LANGUAGES
from bot.domain.notice_rules import TO_ROOMS
from bot.domain.notices import Broadcast, BroadcastStatus, Notice, NoticeKind, Planned
from bot.domain.rooms import GroupPost, Room, RoomKind
from bot.domain.setbacks import Setback, SetbackReason
from bot.domain.sittings import Sitting
from bot.services.outbox.letters import Letter
from handlers import presses
from handlers.presses.wire import unpack
from handlers.views.posts import CONTENTS, THIN_LINE, render
from tests import samples
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ensure_fits, text_of

if TYPE_CHECKING:
    from handlers.views.screen import Screen

KINDS = sorted(TO_ROOMS)
WAS = samples.NOW + timedelta(days=1)


def letter(
    hearing: Hearing,
    kind: NoticeKind = NoticeKind.ANNOUNCED,
    *,
    languages: tuple[str, ...] = ("en",),
    doubtful: bool = False,
    standing: bool = False,
) -> Letter:
    """A letter to a group."""
    broadcast = Broadcast(1, Planned(hearing.id, kind, 1, samples.NOW), BroadcastStatus.GOING, samples.NOW)
    room = Room(3, -5, RoomKind.SUPERGROUP, "Айыл", languages=languages)
    return Letter(
        Notice(7, 1, None, 3, doubtful=doubtful),
        broadcast,
        hearing,
        largest.place(),
        largest.ZONE,
        samples.NOW,
        room=room,
        post=GroupPost(3, hearing.id, 9) if standing else None,
    )


def shown(
    hearing: Hearing, kind: NoticeKind = NoticeKind.ANNOUNCED, *, doubtful: bool = False, standing: bool = False
) -> str:
    """The words of the post in English."""
    return text_of(rendered(letter(hearing, kind, doubtful=doubtful, standing=standing)))


def rendered(to_room: Letter) -> Screen:
    """The post, which fits."""
    screen = render(CATALOGUES, to_room, "hearing_demo_bot")
    ensure_fits(screen)
    return screen


def plain(phase: Phase = Phase.OPEN, setback: Setback | None = None) -> Hearing:
    """The sample's hearing."""
    return replace(largest.hearing(samples.dossier(), phase=phase, id_=12), setback=setback)


def huge(pattern: str) -> Hearing:
    """A hearing whose every text is as long as can be."""
    words = largest.long_text(pattern)
    sitting = Sitting(WAS, place=words, address=words, online_link=f"https://example.org/{'x' * 4000}")
    dossier = replace(largest.dossier(), title=words, sittings=(sitting, sitting), presenters=words)
    return replace(
        largest.hearing(dossier, phase=Phase.CANCELLED),
        setback=Setback(SetbackReason.OWN, largest.filled(pattern), WAS),
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pattern", largest.HOSTILE.values(), ids=largest.HOSTILE)
def test_the_largest_hearing_fits_into_a_post_in_any_two_languages(kind: NoticeKind, pattern: str) -> None:
    hearing = huge(pattern)
    for languages in zip(LANGUAGES, (*LANGUAGES[1:], LANGUAGES[0]), strict=True):
        for phase in (Phase.OPEN, Phase.CANCELLED, Phase.ANNOUNCED):
            rendered(letter(replace(hearing, phase=phase), kind, languages=languages, doubtful=True))


def test_two_languages_stand_one_below_the_other_with_a_link_each() -> None:
    screen = rendered(letter(plain(), languages=("ru", "ky")))
    above, line, below = text_of(screen).partition(f"\n{THIN_LINE}\n")
    assert line
    assert "Бюджет и стратегия на 2027 год" in above
    assert "2027-жылдын бюджети жана стратегия" in below
    urls = [button.url for row in screen.rows for button in row]
    payloads = [url.removeprefix("https://t.me/hearing_demo_bot?start=") for url in urls if url]
    assert [unpack(payload) for payload in payloads] == [
        (presses.OpenHearing(12), "ru"),
        (presses.OpenHearing(12), "ky"),
    ]


def test_an_announcement_says_what_when_where_and_until_when() -> None:
    words = shown(plain())
    assert "Hearing on the draft strategy and budget" in words
    assert "Wednesday, 25 November, 12:00 (Bishkek time)" in words
    assert "Маданият үйү · Ленин көчөсү, 12" in words
    assert "You can answer until Thursday, 26 November, 12:00." in words
    assert THIN_LINE not in words
    opens = samples.dossier(opens=samples.NOW + timedelta(hours=1))
    coming = shown(replace(plain(Phase.ANNOUNCED), dossier=opens))
    assert "You can answer from Monday, 23 November, 13:00." in coming
    assert "You can answer until Thursday, 26 November, 12:00." in coming


def test_a_post_brought_up_to_date_says_that_answers_are_closed() -> None:
    over = replace(plain(), dossier=samples.dossier(closes=samples.NOW))
    words = shown(over, NoticeKind.POST, standing=True)
    assert "Closed: the commission is preparing its answers" in words
    assert "You can answer" not in words


def test_a_postponement_says_when_it_was_when_it_is_now_and_why() -> None:
    hearing = plain(setback=Setback(SetbackReason.WEATHER, was=WAS))
    for kind in (NoticeKind.POSTPONED, NoticeKind.POST):
        words = shown(hearing, kind)
        assert "It was to be on Tuesday, 24 November, 12:00." in words
        assert "Wednesday, 25 November, 12:00" in words
        assert "Reason: The weather does not allow it." in words
    assert shown(hearing, NoticeKind.POSTPONED).startswith("📆 The hearing is postponed")


def test_a_cancellation_says_why_and_asks_for_no_answers() -> None:
    hearing = plain(Phase.CANCELLED, Setback(SetbackReason.OWN, "Имарат <жабык>"))
    words = shown(hearing, NoticeKind.CANCELLED)
    assert words.startswith("✖️ The hearing is cancelled")
    assert "Имарат <жабык>" in words
    edited = shown(hearing, NoticeKind.POST, standing=True)
    assert "This hearing was cancelled." in edited
    assert "Имарат <жабык>" in edited
    assert "You can answer" not in words + edited


def test_what_may_stand_there_twice_says_so_and_what_is_edited_in_place_does_not() -> None:
    again = "You may have got this message already."
    assert again in shown(plain(), doubtful=True)
    assert again not in shown(plain())
    assert again not in shown(plain(), NoticeKind.POST, doubtful=True, standing=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_for_rooms_is_posted_in_every_language(kind: NoticeKind, language: str) -> None:
    assert set(CONTENTS) == TO_ROOMS
    assert text_of(rendered(letter(plain(), kind, languages=(language,))))
