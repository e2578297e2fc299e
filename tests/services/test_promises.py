"""What was promised is done: said by the commission, told once to whom it concerns, and read under answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import Channel, Decision, HidingRule, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.errors import DayOutside, NotFound, NothingExpected, NothingPromised
from bot.domain.journal import Act
from bot.domain.media import Media, MediaKind
from bot.domain.notices import NoticeKind
from bot.domain.people import Actor
from bot.domain.programme import DraftPoint
from bot.domain.promises import AnswerFilter
from tests.services.entering import entered
from tests.services.rights import STAFF, allowed
from tests.services.writing import filed, published, stored

if TYPE_CHECKING:
    from datetime import date

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.services.promises import Promises
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

PHOTO = Media(MediaKind.PHOTO, "file", "unique")
VISITOR = Actor(900, "ky")


@pytest.fixture
def promises(municipality: Municipality) -> Promises:
    return municipality.services.promises


async def decided(
    municipality: Municipality,
    comment: Comment,
    outcome: Outcome = Outcome.ACCEPTED,
    *,
    due: date | None = None,
    changes: DraftPoint | None = None,
) -> None:
    """The commission decides on a comment now."""
    decision = Decision(outcome, "2027-жылы", "Айыл өкмөтү", due, municipality.services.clock.now(), changes=changes)
    async with municipality.services.store.writing() as repositories:
        await repositories.comments.decide(comment.id, decision)


async def told(municipality: Municipality, hearing: Hearing) -> int:
    """How many times somebody is to be told that something is done."""
    async with municipality.services.store.reading() as repositories:
        found = await repositories.broadcasts.list_of(hearing.id)
    return sum(each.kind is NoticeKind.DONE for each in found)


async def test_what_is_done_is_told_once_and_can_be_corrected_and_taken_back(
    municipality: Municipality, promises: Promises, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment, member = await published(municipality, aigul, hearing), await municipality.staff(2)
    await decided(municipality, comment)
    day = clock.now().date()
    clock.forward(hours=72)
    for photo in (None, PHOTO):
        await promises.mark(member, comment.id, day=day, photo=photo)
    found = (await stored(municipality, comment)).decision
    assert found
    assert (found.is_done, found.done_on, found.done_photo) == (True, day, PHOTO)
    assert (await promises.photo(VISITOR, comment.id))[1] == PHOTO
    for _ in range(2):
        assert not (await promises.undo(member, comment.id)).comment.decision.is_done  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        await promises.photo(VISITOR, comment.id)
    await promises.mark(member, comment.id, day=day)
    assert await told(municipality, hearing) == 1
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"comment:{comment.id}")
    acts = [entry.act for entry in entries if entry.act in (Act.DONE, Act.NOT_DONE)]
    assert acts == [Act.DONE, Act.NOT_DONE, Act.DONE, Act.DONE]


async def test_another_decision_keeps_what_is_done_and_a_rejection_promises_nothing(
    municipality: Municipality, promises: Promises, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment = await published(municipality, aigul, hearing)
    await decided(municipality, comment)
    await promises.mark(COMMAND_LINE, comment.id, day=clock.now().date())
    decisions = municipality.services.decisions
    for outcome, done in ((Outcome.PARTLY, True), (Outcome.REJECTED, False)):
        earlier = decision_mark((await stored(municipality, comment)).decision)
        await decisions.decide(COMMAND_LINE, comment.id, Decision(outcome, "сөз"), edition=0, earlier=earlier)
        found = (await stored(municipality, comment)).decision
        assert found
        assert found.is_done is done
    with pytest.raises(NothingPromised):
        await promises.mark(COMMAND_LINE, comment.id, day=clock.now().date())


async def test_the_day_is_typed_or_chosen_and_the_photo_belongs_to_it(
    municipality: Municipality, promises: Promises, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment, member = await published(municipality, aigul, hearing), await municipality.staff(2)
    await decided(municipality, comment)
    day = clock.now().date()
    clock.forward(hours=48)
    await promises.begin(member, comment.id)
    assert not await promises.awaits_photo(member)
    with pytest.raises(NothingExpected):
        await promises.receive_photo(member, PHOTO)
    for wrong in (day - timedelta(days=1), clock.now().date() + timedelta(days=1)):
        with pytest.raises(DayOutside):
            await promises.receive_day(member, f"{wrong:%d.%m.%Y}")
    assert (await promises.receive_day(member, f"{day:%d.%m.%Y}")).day == day
    done = await promises.receive_photo(member, PHOTO)
    assert done.comment.decision
    assert (done.comment.decision.done_on, done.comment.decision.done_photo) == (day, PHOTO)
    assert not await promises.awaits_photo(member)


async def test_the_commission_alone_says_what_is_done(
    municipality: Municipality, promises: Promises, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment = await published(municipality, aigul, hearing)
    await decided(municipality, comment)
    for act in (
        lambda actor: promises.list_of(actor, hearing.id),
        lambda actor: promises.find(actor, comment.id),
        lambda actor: promises.mark(actor, comment.id, day=clock.now().date()),
        lambda actor: promises.undo(actor, comment.id),
    ):
        assert await allowed(municipality, act) == STAFF - {"moderator"}


async def test_the_public_table_is_narrowed_by_outcome_by_what_is_done_and_by_what_is_overdue(
    municipality: Municipality, promises: Promises, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    written = [await published(municipality, aigul, hearing, f"Сунуш {number}") for number in range(4)]
    hidden = await filed(municipality, aigul, hearing, "Жашыруун")
    await municipality.services.moderation.hide(COMMAND_LINE, hidden.id, HidingRule.INSULT)
    today = clock.now().date()
    await decided(municipality, written[0], due=today)
    await decided(municipality, written[1], Outcome.PARTLY, due=today)
    await decided(municipality, written[2], Outcome.REJECTED, due=today)
    await decided(municipality, hidden, due=today)
    clock.forward(hours=48)
    await promises.mark(COMMAND_LINE, written[0].id, day=today)
    numbers = {}
    for which in AnswerFilter:
        shown = await municipality.services.answers.page(hearing.id, which=which)
        numbers[which] = [each.view.comment.number for each in shown.items]
    assert {which: found for which, found in numbers.items() if found} == {
        AnswerFilter.ALL: [1, 2, 3],
        AnswerFilter.ACCEPTED: [1],
        AnswerFilter.PARTLY: [2],
        AnswerFilter.REJECTED: [3],
        AnswerFilter.DONE: [1],
        AnswerFilter.OVERDUE: [2],
    }
    shown = await municipality.services.answers.page(hearing.id)
    assert (shown.promises.promised, shown.promises.done, shown.promises.overdue) == (2, 1, 1)
    at_the_desk = await promises.list_of(COMMAND_LINE, hearing.id)
    assert [comment.number for comment in at_the_desk.items] == [2, 5, 1]
    assert (await municipality.services.answers.find(hearing.id, 1)).view.comment.id == written[0].id
    for unreadable in (4, 5, 99):
        with pytest.raises(NotFound):
            await municipality.services.answers.find(hearing.id, unreadable)


async def test_joined_comments_stand_once_among_the_answers_while_their_head_can_be_read(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    answers, moderation = municipality.services.answers, municipality.services.moderation
    one, two, three = [await published(municipality, aigul, hearing, f"Көпүрө {number}") for number in range(3)]
    await municipality.services.duplicates.join(COMMAND_LINE, two.id, one.id)
    for comment in (one, three):
        await decided(municipality, comment)

    async def listed() -> list[int]:
        page = await answers.page(hearing.id)
        assert sum(page.by_outcome.values()) == page.promises.promised == len(page.items)
        return [each.view.comment.number for each in page.items]

    assert await listed() == [1, 3]
    assert (await answers.find(hearing.id, 2)).view.comment.id == two.id
    await moderation.hide(COMMAND_LINE, one.id, HidingRule.PERSONAL_DATA)
    assert await listed() == [2, 3]


async def test_who_is_behind_joined_comments_is_told_of_what_is_done_by_their_own_numbers(
    municipality: Municipality, promises: Promises, hearing: Hearing, clock: VirtualClock
) -> None:
    people = [await municipality.resident(number) for number in (21, 22, 23)]
    one, two, three = [await published(municipality, each, hearing, f"Көпүрө {each.telegram_id}") for each in people]
    await municipality.services.comments.support(people[2], two.id, on=True)
    await municipality.services.duplicates.join(COMMAND_LINE, two.id, one.id)
    await decided(municipality, one)
    await promises.mark(COMMAND_LINE, one.id, day=clock.now().date(), photo=PHOTO)
    await municipality.services.duplicates.join(COMMAND_LINE, three.id, one.id)  # when it is done already
    found = [(await stored(municipality, each)).decision for each in (one, two, three)]
    assert [(each and each.done_on, each and each.done_photo) for each in found] == [(clock.now().date(), PHOTO)] * 3
    async with municipality.services.store.reading() as repositories:
        behind = [await repositories.answers.list_behind(one.id, each.resident_id or 0) for each in people]
    assert [[each.number for each in theirs] for theirs in behind] == [[1], [2], [2, 3]]


async def test_support_is_told_by_channel_from_five_voices_on(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    secretary = await municipality.staff(2)
    by_paper = (await entered(municipality, secretary, hearing, "Мектеп", voices="7")).comment
    by_phone = (await entered(municipality, secretary, hearing, "Жол", channel=Channel.PHONE, voices="3")).comment
    by_bot = await published(municipality, aigul, hearing)
    for each in (by_paper, by_phone):
        await municipality.services.moderation.publish(COMMAND_LINE, each.id)
    for number, comments in ((11, (by_paper, by_phone, by_bot)), *((each, (by_paper,)) for each in range(12, 16))):
        resident = await municipality.resident(number)
        for comment in comments:
            await municipality.services.comments.support(resident, comment.id, on=True)
    for comment in (by_paper, by_phone, by_bot):
        await decided(municipality, comment)
    shown = await municipality.services.answers.page(hearing.id)
    assert [each.voices for each in shown.items] == [
        (((Channel.TELEGRAM,), 5), ((Channel.PAPER,), 7)),
        (((Channel.TELEGRAM, Channel.PHONE), 4),),
        (((Channel.TELEGRAM,), 1),),
    ]


async def test_what_decisions_change_in_the_draft_is_shown_with_the_numbers_of_the_comments(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    line = DraftPoint(line=hearing.dossier.budget.lines[0].no)  # type: ignore[union-attr]
    action = next(point for point in hearing.dossier.points if point.service)
    written = [await published(municipality, aigul, hearing, f"Сунуш {number}") for number in range(4)]
    for comment, outcome, point in (
        (written[0], Outcome.ACCEPTED, line),
        (written[1], Outcome.PARTLY, line),
        (written[2], Outcome.REJECTED, line),
        (written[3], Outcome.ACCEPTED, action),
    ):
        await decided(municipality, comment, outcome, changes=point)
    changes = await municipality.services.answers.changes(VISITOR, hearing.id)
    assert [(each.point, each.numbers) for each in changes.decided] == [(action, (4,)), (line, (1, 2))]
    amount = hearing.dossier.budget.lines[0].amount  # type: ignore[union-attr]
    assert (changes.decided[1].before, changes.decided[1].after) == (amount, amount)
    assert changes.corrected == ()
