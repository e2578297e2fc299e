"""Presses that no screen of ours has made: a neutral answer, nothing written, no crash, nobody else's data shown."""

from __future__ import annotations

import dataclasses
import random
import string
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from structlog.testing import capture_logs

from bot.domain.comments import CommentKind, HidingRule
from bot.domain.people import Role
from bot.domain.programme import Side
from bot.domain.questions import AboutKind
from bot.simulator.rooms import SimulatedRoom
from handlers import presses
from handlers.presses import PRESSES_BY_TAG, DownloadFormat
from handlers.presses.wire import pack
from tests import samples
from tests.faults.stage import said
from tests.faults.test_twice import written
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from handlers.presses import Press
    from tests.faults.stage import Stage

HUGE = 2**53
NUMBERS = (HUGE, 0, 2**31, 999, 2**32 + 1)[: rounds(5, few=1)]
"""Of nothing, and beyond every column."""
SECRET = "Менин жашыруун сөзүм"


@pytest.fixture
def threads() -> bool:
    return False


@pytest.fixture(autouse=True)
def no_crash() -> Iterator[None]:
    """Whatever is pressed, nothing is logged as an error."""
    with capture_logs() as logs:
        yield
    assert [entry for entry in logs if entry["log_level"] in {"error", "critical"}] == []


async def ensure_inert(stage: Stage, person: Person, *wires: str) -> None:
    """Every press is answered, and no row of any table is another one than before."""
    before = await stage.dump()
    queries = [person.forge(wire) for wire in wires]
    await stage.quiet()
    assert [query.data for query in queries if not query.answered] == []
    assert await stage.dump() == before


async def a_hearing_with_a_secret(stage: Stage) -> tuple[Hearing, Comment]:
    """An open hearing with a comment that nobody has let through."""
    hearing = await stage.hearing()
    author = await stage.resident("Бакыт")
    return hearing, await written(stage, author, SECRET)


def anything(dice: random.Random) -> Iterator[str]:
    """What a hand-made client may send: noise, wires with a part changed, parts missing, parts too many."""
    letters = string.ascii_lowercase + string.digits
    whole = "".join(map(chr, range(32, 127))) + "өүңқғ\u202e\u200b\0\n"
    for _ in range(30):
        yield "".join(dice.choices(whole, k=dice.randint(1, 40)))
        yield "1k" + "".join(dice.choices(letters + "_-", k=dice.randint(1, 62)))
        yield f"{dice.choice('0129a')}{dice.choice('krcue0x')}{'_'.join(dice.choices(letters, k=6))}"
        yield "_".join(
            ["1k" + dice.choice(tuple(PRESSES_BY_TAG)), *("zzzzzzzzzzz" for _ in range(dice.randint(1, 5)))]
        )  # a tag alone can be good


async def test_sixty_four_bytes_of_anything_change_nothing(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await a_hearing_with_a_secret(stage)
    aigul = await stage.resident()
    wires = [wire for wire in anything(random.Random(14)) if len(wire.encode()) <= 64]
    await ensure_inert(stage, aigul, *wires)
    assert SECRET not in said(aigul)


def every_press(number: int) -> Iterator[Press]:
    """Each kind of press that names something by a number, with this number in every place."""
    for kind in PRESSES_BY_TAG.values():
        hints = get_type_hints(kind)
        values: dict[str, Any] = {}
        for field in dataclasses.fields(kind):
            hint = hints[field.name]
            if hint is bool:
                values[field.name] = True
            elif hint is int:
                values[field.name] = number
            elif issubclass(hint, StrEnum):
                values[field.name] = next(iter(hint))
            else:
                values[field.name] = ""
        if number in values.values():
            yield kind(**values)


async def test_numbers_of_nothing_and_beyond_every_column_change_nothing(stage: Stage) -> None:
    await a_hearing_with_a_secret(stage)
    aigul = await stage.resident()
    pressed = [press for number in NUMBERS for press in every_press(number)]
    # with the largest number in every place
    too_long = (presses.DescribeMyself, presses.NarrowedComments, presses.AnswerInHall)
    wires = [pack(press, "en") for press in pressed if not isinstance(press, too_long)]
    for hearing, number in ((1, 99), (NUMBERS[-1], 0)):
        narrowed = presses.NarrowedComments(hearing, page=number, about=number, village=number, search=True)
        fields = dataclasses.asdict(narrowed)
        wires.append(pack(presses.AnswerInHall(hearing, NUMBERS[-1], 1, 1, number or 1), "en"))
        kinds = (presses.ListComments, presses.NarrowComments, presses.OpenListed, presses.PublishListed)
        wires += [pack(kind(**fields), "en") for kind in kinds]
    await ensure_inert(stage, aigul, *wires)
    assert SECRET not in said(aigul)


async def test_pages_beyond_the_end_are_shown_all_the_same(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    hearing, _ = await a_hearing_with_a_secret(stage)
    author = await stage.resident("Каныкей")
    own = await written(stage, author, "Өз сөзүм")
    secretary = await stage.secretary()
    for page in (1, 99, 2**31, 2**40, HUGE):
        await ensure_inert(stage, author, *(pack(press, "en") for press in pages_of(hearing, own, page)))
        desk = (presses.OpenQueue(hearing.id, page), presses.SeeTallies(hearing.id, page))
        await ensure_inert(stage, secretary, *(pack(press, "en") for press in desk))


def pages_of(hearing: Hearing, own: Comment, page: int) -> Iterator[Press]:
    """Every list a resident can leaf through, opened at this page."""
    yield presses.SeeMine(page)
    yield presses.ReadComment(own.id, page)
    yield presses.ReadComment(own.id, back=page)
    yield presses.SeeWall(hearing.id, offset=page)
    yield presses.SupportComment(own.id, on=True, listed=True, offset=page)
    yield presses.ReadAnswers(hearing.id, page)
    yield presses.ReadAgenda(hearing.id, page)
    yield presses.ReadService(hearing.id, 1, page)
    yield presses.ReadBudgetSide(hearing.id, Side.REVENUE, page)
    yield presses.ChoosePlace(0, page)
    yield presses.ChooseVillage(hearing.municipality_id, page)
    yield presses.ChooseSubject(hearing.id, CommentKind.QUESTION, AboutKind.LINE, page)
    yield presses.GoHome()


async def test_answers_out_of_range_are_refused(stage: Stage) -> None:
    hearing, _ = await a_hearing_with_a_secret(stage)
    aigul = await stage.resident()
    bad = (0, 4, 99, HUGE)
    forged = [
        *(presses.ChooseOption(hearing.id, question, option) for question in (1, 4) for option in bad),
        *(presses.ChooseOption(hearing.id, question, 1) for question in (0, 5, 6, 7, 8, HUGE)),
        *(presses.MarkOption(hearing.id, 5, option, on=True) for option in bad),
        *(presses.MarkOption(hearing.id, question, 1, on=True) for question in (1, 4, 6, 7)),
        *(presses.RankOption(hearing.id, 6, option, 1) for option in bad),
        *(presses.RankOption(hearing.id, 6, 1, place) for place in (4, 99, HUGE)),
        *(presses.GiveCoins(hearing.id, 7, option, 10) for option in bad),
        *(presses.GiveCoins(hearing.id, 7, 1, amount) for amount in (101, HUGE)),
        *(presses.GiveCoins(hearing.id, question, 1, 10) for question in (1, 4, 5, 6)),
        *(presses.WithdrawVote(hearing.id, question) for question in (0, 1, 99)),
    ]
    await ensure_inert(stage, aigul, *(pack(press, "en") for press in forged))


async def test_votes_and_words_for_what_is_closed_cancelled_or_a_draft_change_nothing(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    later = samples.dossier(opens=samples.NOW + timedelta(hours=3))
    closed = await stage.hearing(samples.dossier(closes=samples.NOW + timedelta(hours=1)))
    draft = await stage.hearing(publish=False)
    coming = await stage.hearing(later)
    aigul = await stage.resident()
    stage.clock.forward(hours=1)
    await stage.tick()
    for hearing in (closed, draft, coming):
        forged = (
            presses.ChooseOption(hearing.id, 1, 1),
            presses.MarkOption(hearing.id, 5, 1, on=True),
            presses.GiveCoins(hearing.id, 7, 1, 10),
            presses.WriteComment(hearing.id),
            presses.WriteAbout(hearing.id, CommentKind.COMMENT, AboutKind.HEARING),
            presses.OpenHearing(hearing.id),
        )
        await ensure_inert(stage, aigul, *(pack(press, "en") for press in forged))
        await stage.say(aigul, "Кирбей калсын")
    async with stage.store.reading() as repositories:
        for hearing in (closed, draft, coming):
            assert await repositories.comments.page(hearing.id, after=0, limit=9) == ()


async def test_a_comment_of_somebody_else_can_be_neither_read_nor_touched(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    _, comment = await a_hearing_with_a_secret(stage)
    aigul = await stage.resident()
    for person in (aigul, stage.person("Чоочун")):
        await stage.start(person)
        forged = (
            presses.ReadComment(comment.id),
            presses.PlayComment(comment.id),
            presses.AmendComment(comment.id),
            presses.WithdrawComment(comment.id),
            presses.WithdrawComment(comment.id, sure=True),
            presses.SupportComment(comment.id, on=True),
            presses.SupportComment(comment.id, on=False),
        )
        await ensure_inert(stage, person, *(pack(press, "en") for press in forged))
        assert SECRET not in said(person)


async def test_the_desk_is_closed_to_residents_and_to_staff_of_another_municipality(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    hearing, comment = await a_hearing_with_a_secret(stage)
    draft = await stage.hearing(publish=False)
    aigul = await stage.resident()
    neighbour = await stage.secretary("kok-art", Role.SECRETARY)
    forged = (
        presses.OpenDeskMunicipality(stage.places["bagysh"]),
        presses.OpenDeskSettings(stage.places["bagysh"]),
        presses.OpenDeskHearing(hearing.id),
        presses.SeeTallies(hearing.id),
        *(presses.DownloadRecord(hearing.id, form) for form in DownloadFormat),
        presses.OpenQueue(hearing.id),
        presses.PublishComment(comment.id),
        presses.ChooseHidingRule(comment.id),
        *(presses.HideComment(comment.id, rule) for rule in HidingRule),
        presses.PublishHearing(draft.id),
        presses.PublishHearing(draft.id, sure=True),
        presses.OpenHearing(draft.id),
        presses.ChooseRole(stage.places["bagysh"]),
        *(presses.InviteStaff(stage.places["bagysh"], role) for role in Role),
        presses.AcceptInvitation("0" * 25),
    )
    for person in (aigul, neighbour):
        await ensure_inert(stage, person, *(pack(press, "en") for press in forged))
        assert SECRET not in said(person)
        assert all(toast.alert for toast in person.toasts[-len(forged) :])
        assert not [message for message in person.messages if message.document]
        assert not [message for message in person.messages if "?start=" in message.words]


async def test_a_press_from_a_group_is_answered_in_silence(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    hearing = await stage.hearing()
    aigul = await stage.resident()
    room = SimulatedRoom(stage.telegram, "Айылдаштар", owner=aigul)
    room.add_bot(by=aigul)
    keys = {"inline_keyboard": [[{"text": "Колдойм", "callback_data": "1"}]]}
    await stage.telegram.call("sendMessage", {"chat_id": room.id, "text": "Добуш бергиле", "reply_markup": keys})
    await stage.quiet()
    before = await stage.dump()
    query = aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1), "en"), room.screen)
    await stage.quiet()
    assert query.answered
    assert (query.toast, await stage.dump()) == ("", before)
