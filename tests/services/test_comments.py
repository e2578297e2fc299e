"""What authors, staff and others may do with a comment once it is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind, HidingRule, Order, Stage
from bot.domain.errors import (
    AlreadyConsidered,
    AlreadyWithdrawn,
    ConsentNeeded,
    HearingClosed,
    NotFound,
    OwnComment,
)
from bot.domain.media import Media, MediaKind
from bot.domain.people import Actor, Role
from bot.domain.questions import About, AboutKind
from bot.services.comments import COMMENTS_ON_A_PAGE
from tests.services.writing import decide, filed, message, numbers, published, stored

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.services.comments import Comments
    from bot.services.submissions import Submissions
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

VISITOR = Actor(9, "ky")
VOICE = Media(MediaKind.VOICE, "file", "unique", seconds=7)


@pytest.fixture
def comments(municipality: Municipality) -> Comments:
    return municipality.services.comments


@pytest.fixture
def submissions(municipality: Municipality) -> Submissions:
    return municipality.services.submissions


async def test_whoever_has_not_agreed_writes_nothing_and_supports_nothing(
    municipality: Municipality, comments: Comments, submissions: Submissions, hearing: Hearing, aigul: Actor
) -> None:
    comment = await published(municipality, aigul, hearing)
    for actor in (VISITOR, await municipality.staff(7)):
        for refused in (
            submissions.offer(actor, hearing.id),
            submissions.begin(actor, hearing.id, CommentKind.COMMENT, About()),
            submissions.begin_amendment(actor, comment.id),
            submissions.receive(actor, message(municipality, "Суу")),
            submissions.send_unsent(actor, hearing.id, CommentKind.COMMENT),
            comments.withdraw(actor, comment.id),
            comments.support(actor, comment.id, on=True),
        ):
            with pytest.raises(ConsentNeeded):
                await refused


async def test_only_its_author_amends_and_withdraws_a_comment(
    municipality: Municipality, comments: Comments, submissions: Submissions, hearing: Hearing, aigul: Actor
) -> None:
    comment = await published(municipality, aigul, hearing)
    bek = await municipality.resident(2)
    for comment_id in (comment.id, 99):
        with pytest.raises(NotFound):
            await submissions.begin_amendment(bek, comment_id)
        with pytest.raises(NotFound):
            await comments.withdraw(bek, comment_id)
    assert await stored(municipality, comment) == comment


async def test_a_withdrawn_comment_stays_withdrawn(
    municipality: Municipality,
    comments: Comments,
    hearing: Hearing,
    aigul: Actor,
    clock: VirtualClock,
) -> None:
    comment = await filed(municipality, aigul, hearing)
    withdrawn = (await comments.withdraw(aigul, comment.id)).comment
    assert (withdrawn.stage, withdrawn.withdrawn_at) == (Stage.WITHDRAWN, clock.now())
    clock.forward(hours=1)
    assert (await comments.withdraw(aigul, comment.id)).comment == withdrawn
    with pytest.raises(AlreadyWithdrawn):
        await municipality.services.submissions.begin_amendment(aigul, comment.id)


async def test_what_the_commission_has_considered_is_neither_amended_nor_withdrawn(
    municipality: Municipality, comments: Comments, submissions: Submissions, hearing: Hearing, aigul: Actor
) -> None:
    comment = await filed(municipality, aigul, hearing)
    await decide(municipality, comment)
    with pytest.raises(AlreadyConsidered):
        await submissions.begin_amendment(aigul, comment.id)
    with pytest.raises(AlreadyConsidered):
        await comments.withdraw(aigul, comment.id)


async def test_nothing_is_amended_after_closing_but_it_can_still_be_withdrawn(
    municipality: Municipality,
    comments: Comments,
    hearing: Hearing,
    aigul: Actor,
    clock: VirtualClock,
) -> None:
    comment = await filed(municipality, aigul, hearing)
    clock.forward(days=4)
    with pytest.raises(HearingClosed):
        await municipality.services.submissions.begin_amendment(aigul, comment.id)
    assert (await comments.withdraw(aigul, comment.id)).comment.withdrawn_at == clock.now()


async def test_a_comment_is_read_by_its_author_and_staff_and_once_published_by_all(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    comment = await filed(municipality, aigul, hearing)
    outside = [VISITOR, await municipality.resident(2), await municipality.staff(3, place="kok-art")]
    assert (await comments.get(aigul, comment.id)).own
    for staff in (await municipality.staff(4, Role.MEMBER), COMMAND_LINE):
        assert not (await comments.get(staff, comment.id)).own
    for stranger in outside:
        with pytest.raises(NotFound):
            await comments.get(stranger, comment.id)
    await municipality.services.moderation.publish(COMMAND_LINE, comment.id)
    for stranger in outside:
        assert (await comments.get(stranger, comment.id)).comment.id == comment.id
    await comments.withdraw(aigul, comment.id)
    for stranger in outside:
        with pytest.raises(NotFound):
            await comments.get(stranger, comment.id)


async def test_the_wall_shows_what_is_published_a_page_at_a_time(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    shown = [await published(municipality, aigul, hearing, f"Сунуш {number}") for number in range(8)]
    await filed(municipality, aigul, hearing, "Күтөт")
    await municipality.services.moderation.hide(COMMAND_LINE, shown[0].id, HidingRule.OFF_TOPIC)
    await comments.withdraw(aigul, shown[1].id)
    first = await comments.wall(VISITOR, hearing.id, order=Order.NEWEST)
    assert (numbers(first.items), first.total, first.offset) == ([8, 7, 6, 5, 4], 6, 0)
    beyond = await comments.wall(aigul, hearing.id, order=Order.NEWEST, offset=999)
    assert (numbers(beyond.items), beyond.offset) == ([3], COMMENTS_ON_A_PAGE)
    assert [view.own for view in beyond.items] == [True]
    elsewhere = await comments.wall(VISITOR, hearing.id, order=Order.NEWEST, about=About(AboutKind.BUDGET))
    assert (elsewhere.items, elsewhere.total) == ((), 0)


async def test_the_wall_can_be_ordered_by_support(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    first, _ = [await published(municipality, aigul, hearing, f"Сунуш {number}") for number in range(2)]
    bek = await municipality.resident(2)
    await comments.support(bek, first.id, on=True)
    page = await comments.wall(bek, hearing.id, order=Order.SUPPORT)
    assert [(view.comment.number, view.supported) for view in page.items] == [(1, True), (2, False)]


async def test_a_draft_has_neither_a_wall_nor_answers(municipality: Municipality, comments: Comments) -> None:
    draft = await municipality.hearing(publish=False)
    for hearing_id in (draft.id, 99):
        with pytest.raises(NotFound):
            await comments.wall(VISITOR, hearing_id, order=Order.NEWEST)
        with pytest.raises(NotFound):
            await municipality.services.answers.page(hearing_id)


async def test_answers_are_published_comments_with_a_decision(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    answered, waiting = (
        await published(municipality, aigul, hearing, "а"),
        await filed(municipality, aigul, hearing, "б"),
    )
    await published(municipality, aigul, hearing, "в")
    for comment in (answered, waiting):
        await decide(municipality, comment)
    shown = (await municipality.services.answers.page(hearing.id)).items
    assert numbers([each.view for each in shown]) == [answered.number]


async def test_support_counts_once_a_person_and_can_be_taken_back(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    comment, bek = await published(municipality, aigul, hearing), await municipality.resident(2)
    for _ in range(2):
        assert (await comments.support(bek, comment.id, on=True)).comment.support == 1
    assert (await comments.get(bek, comment.id)).supported
    for _ in range(2):
        assert (await comments.support(bek, comment.id, on=False)).comment.support == 0
    with pytest.raises(OwnComment):
        await comments.support(aigul, comment.id, on=True)


async def test_what_cannot_be_read_or_is_over_cannot_be_supported(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    bek, waiting = await municipality.resident(2), await filed(municipality, aigul, hearing)
    for comment_id in (waiting.id, 99):
        with pytest.raises(NotFound):
            await comments.support(bek, comment_id, on=True)
    await municipality.services.moderation.publish(COMMAND_LINE, waiting.id)
    clock.forward(days=4)
    with pytest.raises(HearingClosed):
        await comments.support(bek, waiting.id, on=True)
