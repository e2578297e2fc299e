"""Comments from the first word to the receipt, and what their authors and others may do with them afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import COMMENTS_A_DAY, CommentKind, HidingRule, Media, MediaKind, Order, Stage, Visibility
from bot.domain.errors import (
    AlreadyConsidered,
    AlreadyWithdrawn,
    ConsentNeeded,
    DailyLimit,
    HearingCancelled,
    HearingClosed,
    HearingNotOpen,
    NotFound,
    NothingExpected,
    OwnComment,
    TextEmpty,
    TextTooLong,
)
from bot.domain.hearings import SetbackReason
from bot.domain.people import Actor, Role
from bot.domain.questions import About, AboutKind
from bot.services.comments import COMMENTS_ON_A_PAGE
from tests import samples
from tests.services.writing import decide, filed, message, numbers

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.services.comments import Comments
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

VISITOR = Actor(9, "ky")
VOICE = Media(MediaKind.VOICE, "file", "unique", seconds=7)


@pytest.fixture
def comments(municipality: Municipality) -> Comments:
    return municipality.services.comments


@pytest.fixture
async def hearing(municipality: Municipality) -> Hearing:
    """Open for three more days."""
    return await municipality.hearing()


@pytest.fixture
async def aigul(municipality: Municipality) -> Actor:
    """A resident."""
    return await municipality.resident(1)


async def stored(municipality: Municipality, comment: Comment) -> Comment:
    """The comment as it is now."""
    async with municipality.services.store.reading() as repositories:
        return await repositories.comments.get(comment.id)


async def published(municipality: Municipality, author: Actor, hearing: Hearing, text: str = "Көпүрө керек") -> Comment:
    """A comment that others may read."""
    comment = await filed(municipality, author, hearing, text)
    return (await municipality.services.moderation.publish(COMMAND_LINE, comment.id)).comment


async def test_whoever_has_not_agreed_writes_nothing_and_supports_nothing(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    comment = await published(municipality, aigul, hearing)
    for actor in (VISITOR, await municipality.staff(7)):
        for refused in (
            comments.offer(actor, hearing.id),
            comments.begin(actor, hearing.id, CommentKind.COMMENT, About()),
            comments.begin_amendment(actor, comment.id),
            comments.receive(actor, message(municipality, "Суу")),
            comments.send_unsent(actor, hearing.id, CommentKind.COMMENT),
            comments.withdraw(actor, comment.id),
            comments.support(actor, comment.id, on=True),
        ):
            with pytest.raises(ConsentNeeded):
                await refused


async def test_a_hearing_takes_comments_only_while_it_is_open(
    municipality: Municipality, comments: Comments, aigul: Actor, clock: VirtualClock
) -> None:
    later = await municipality.hearing(samples.dossier(opens=samples.NOW + samples.HOUR))
    cancelled = await municipality.hearing()
    await municipality.services.announcements.cancel(COMMAND_LINE, cancelled.id, why=SetbackReason.ROOM)
    draft = await municipality.hearing(publish=False)
    refusals = {later.id: HearingNotOpen, cancelled.id: HearingCancelled, draft.id: NotFound, 99: NotFound}
    for hearing_id, refusal in refusals.items():
        with pytest.raises(refusal):
            await comments.offer(aigul, hearing_id)
        with pytest.raises(refusal):
            await comments.begin(aigul, hearing_id, CommentKind.COMMENT, About())
    clock.forward(hours=1)
    assert (await comments.offer(aigul, later.id)).id == later.id
    clock.forward(days=3)
    with pytest.raises(HearingClosed):
        await comments.offer(aigul, later.id)


@pytest.mark.parametrize("about", [About(AboutKind.SERVICE, 9), About(AboutKind.LINE, 9), About(AboutKind.AGENDA, 9)])
async def test_a_comment_on_what_the_hearing_does_not_have_is_not_waited_for(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor, about: About
) -> None:
    with pytest.raises(NotFound):
        await comments.begin(aigul, hearing.id, CommentKind.COMMENT, about)
    assert await municipality.services.pending_inputs.find(aigul) is None


async def test_receipts_count_from_one_in_each_hearing(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    other, bek = await municipality.hearing(place="kok-art"), await municipality.resident(2)
    filings = [(aigul, hearing, "a"), (bek, hearing, "b"), (aigul, other, "c"), (aigul, hearing, "d")]
    received = [await filed(municipality, author, about, text) for author, about, text in filings]
    assert [comment.number for comment in received] == [1, 2, 1, 3]


async def test_a_comment_keeps_the_words_the_kind_the_subject_and_the_language(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    await comments.begin(aigul, hearing.id, CommentKind.QUESTION, About(AboutKind.SERVICE, 2))
    view = await comments.receive(aigul, message(municipality, "  Качан?\n"))
    kept = await stored(municipality, view.comment)
    assert (kept.text, kept.kind, kept.about, kept.language) == (
        "Качан?",
        CommentKind.QUESTION,
        About(AboutKind.SERVICE, 2),
        "ky",
    )
    assert (kept.visibility, kept.stage) == (Visibility.WAITING, Stage.RECEIVED)
    assert view.own
    async with municipality.services.store.reading() as repositories:
        assert (await repositories.votes.participation(hearing.id)).people == 1


async def test_a_message_that_comes_again_gets_the_same_receipt(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    comment = await filed(municipality, aigul, hearing)
    again = await comments.receive(aigul, message(municipality, "Көпүрө керек"))
    assert again.comment.id == comment.id
    await comments.begin(aigul, hearing.id, CommentKind.PROPOSAL, About())  # its press has come again too
    await comments.receive(aigul, message(municipality, "Көпүрө керек"))
    assert await municipality.services.pending_inputs.find(aigul) is None
    async with municipality.services.store.reading() as repositories:
        assert (await repositories.comments.counts(hearing.id)).total == 1


async def test_words_that_nobody_can_read_or_that_are_too_many_are_waited_for_again(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    await comments.begin(aigul, hearing.id, CommentKind.COMMENT, About())
    with pytest.raises(TextEmpty):
        await comments.receive(aigul, message(municipality, " \u200b "))
    with pytest.raises(TextTooLong):
        await comments.receive(aigul, message(municipality, "я" * 4097))
    spoken = await comments.receive(aigul, message(municipality, "", media=VOICE))
    assert (spoken.comment.text, spoken.comment.media) == ("", VOICE)


async def test_what_was_sent_before_closing_counts_though_it_is_handled_after(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    bek = await municipality.resident(2)
    clock.time = hearing.closes_at - timedelta(minutes=1)
    for author in (aigul, bek):
        await comments.begin(author, hearing.id, CommentKind.COMMENT, About())
    in_time, late = hearing.closes_at - timedelta(seconds=1), hearing.closes_at
    clock.time = hearing.closes_at + timedelta(minutes=5)
    assert (await comments.receive(aigul, message(municipality, "а", sent_at=in_time))).comment.number == 1
    with pytest.raises(HearingClosed):
        await comments.receive(bek, message(municipality, "б", sent_at=late))


async def test_one_person_files_twenty_comments_a_day(
    municipality: Municipality, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    for number in range(COMMENTS_A_DAY):
        await filed(municipality, aigul, hearing, f"Сунуш {number}")
    with pytest.raises(DailyLimit):
        await filed(municipality, aigul, hearing, "Дагы")
    await filed(municipality, await municipality.resident(2), hearing, "Меники")
    clock.forward(days=1, seconds=1)
    assert (await filed(municipality, aigul, hearing, "Эртең")).number == COMMENTS_A_DAY + 2


async def test_words_that_come_unasked_are_kept_until_their_author_says_what_they_are(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    with pytest.raises(NothingExpected):
        await comments.send_unsent(aigul, hearing.id, CommentKind.PROPOSAL)
    with pytest.raises(NothingExpected):
        await comments.receive(aigul, message(municipality, "Суу жок"))
    sent = await comments.send_unsent(aigul, hearing.id, CommentKind.PROPOSAL)
    assert (sent.comment.text, sent.comment.kind, sent.comment.about) == ("Суу жок", CommentKind.PROPOSAL, About())
    again = await comments.send_unsent(aigul, hearing.id, CommentKind.QUESTION)
    assert again.comment == sent.comment


async def test_an_amendment_takes_the_place_of_the_words_and_waits_to_be_published_anew(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment = await published(municipality, aigul, hearing)
    clock.forward(hours=1)
    assert (await comments.begin_amendment(aigul, comment.id)).comment.id == comment.id
    amended = await comments.receive(aigul, message(municipality, "Эки көпүрө керек"))
    kept = await stored(municipality, comment)
    assert amended.amended
    assert (kept.text, kept.number, kept.created_at, kept.amended_at) == (
        "Эки көпүрө керек",
        comment.number,
        comment.created_at,
        clock.now(),
    )
    assert kept.visibility is Visibility.WAITING
    repeated = await comments.receive(aigul, message(municipality, "Эки көпүрө керек"))
    assert (repeated.comment, repeated.amended) == (kept, True)


async def test_the_same_words_again_amend_nothing(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    comment = await published(municipality, aigul, hearing)
    await comments.begin_amendment(aigul, comment.id)
    same = message(municipality, "Көпүрө керек ")
    assert (await comments.receive(aigul, same)).amended
    assert await stored(municipality, comment) == comment


async def test_only_its_author_amends_and_withdraws_a_comment(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    comment = await published(municipality, aigul, hearing)
    bek = await municipality.resident(2)
    for comment_id in (comment.id, 99):
        with pytest.raises(NotFound):
            await comments.begin_amendment(bek, comment_id)
        with pytest.raises(NotFound):
            await comments.withdraw(bek, comment_id)
    assert await stored(municipality, comment) == comment


async def test_a_withdrawn_comment_stays_withdrawn(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment = await filed(municipality, aigul, hearing)
    withdrawn = (await comments.withdraw(aigul, comment.id)).comment
    assert (withdrawn.stage, withdrawn.withdrawn_at) == (Stage.WITHDRAWN, clock.now())
    clock.forward(hours=1)
    assert (await comments.withdraw(aigul, comment.id)).comment == withdrawn
    with pytest.raises(AlreadyWithdrawn):
        await comments.begin_amendment(aigul, comment.id)


async def test_what_the_commission_has_considered_is_neither_amended_nor_withdrawn(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor
) -> None:
    comment = await filed(municipality, aigul, hearing)
    await decide(municipality, comment)
    with pytest.raises(AlreadyConsidered):
        await comments.begin_amendment(aigul, comment.id)
    with pytest.raises(AlreadyConsidered):
        await comments.withdraw(aigul, comment.id)


async def test_nothing_is_amended_after_closing_but_it_can_still_be_withdrawn(
    municipality: Municipality, comments: Comments, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment = await filed(municipality, aigul, hearing)
    clock.forward(days=4)
    with pytest.raises(HearingClosed):
        await comments.begin_amendment(aigul, comment.id)
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
            await comments.answers(hearing_id)


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
    assert numbers(await comments.answers(hearing.id)) == [answered.number]


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
