"""What is stored about a person, shown to them whole and forgotten when they ask or after three years."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind
from bot.domain.digests import Digests
from bot.domain.errors import ConsentNeeded
from bot.domain.inbox import WaitingUpdate
from bot.domain.journal import Act
from bot.domain.media import Media, MediaKind
from bot.domain.parts import joined
from bot.domain.people import Actor, Caller, Demographics, Gender, Grant, Reminders, Role
from bot.domain.questions import About, Choose
from bot.services.privacy import Privacy
from tests import samples
from tests.services.writing import decide, filed, message, received

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

CALLER = Caller(1, "ky")


@pytest.fixture
def privacy(municipality: Municipality) -> Privacy:
    return municipality.services.privacy


@pytest.fixture
async def aigul(municipality: Municipality) -> Actor:
    """A resident who has said who they are."""
    return await municipality.services.people.set_gender(await municipality.resident(1), Gender.FEMALE)


async def vote(municipality: Municipality, hearing: Hearing, caller: Caller = CALLER) -> None:
    await municipality.services.voting.cast(caller, hearing.id, 1, Choose(1), order=1)


async def voters(municipality: Municipality, hearing: Hearing) -> int:
    """How many have answered the first question, by the rollup, which is what a recount gives."""
    async with municipality.services.store.reading() as repositories:
        assert await repositories.votes.rollup(hearing.id) == await repositories.votes.recount(hearing.id)
        tallies = await repositories.votes.tallies(hearing.id)
    return tallies[1].voters if 1 in tallies else 0


async def again(municipality: Municipality) -> Actor:
    """The actor behind the next press."""
    return await municipality.services.people.identify(CALLER)


async def of_comment(municipality: Municipality, comment: Comment) -> Comment:
    async with municipality.services.store.reading() as repositories:
        return await repositories.comments.get(comment.id)


async def test_of_a_visitor_nothing_is_stored_to_show(privacy: Privacy) -> None:
    with pytest.raises(ConsentNeeded):
        await privacy.stored(Actor(9, "ky"))


async def test_a_person_is_shown_everything(
    municipality: Municipality, privacy: Privacy, aigul: Actor, clock: VirtualClock
) -> None:
    voted, written, supported, come_to = [await municipality.hearing() for _ in range(4)]
    await vote(municipality, voted)
    own = await filed(municipality, aigul, written, "Суу жок")
    withdrawn = await filed(municipality, aigul, written, "Жол жок")
    await municipality.services.comments.withdraw(aigul, withdrawn.id)
    others = await filed(municipality, await municipality.resident(2), supported, "Жарык жок")
    await municipality.services.moderation.publish(COMMAND_LINE, others.id)
    await municipality.services.comments.support(aigul, others.id, on=True)
    await municipality.services.arrivals.arrive(aigul, come_to.id, 0)
    assert await municipality.services.submissions.receive(aigul, message(municipality, "Жөнөтүлгөн жок")) is None
    actor = await municipality.staff(1, Role.MEMBER)
    data = await privacy.stored(actor)
    assert (data.resident, data.grants) == (actor.resident, (Grant(municipality.id, Role.MEMBER),))
    assert data.hearings.keys() == {voted.id, written.id, supported.id, come_to.id}
    assert [(cast.hearing_id, cast.question_no, dict(cast.answer)) for cast in data.votes] == [(voted.id, 1, {1: 1})]
    assert [comment.id for comment in data.comments] == [withdrawn.id, own.id]
    assert [comment.id for comment in data.supported] == [others.id]
    assert data.arrivals == ((come_to.id, 0, clock.now()),)
    assert [joined(unsent.parts) for unsent in data.unsent] == ["Жөнөтүлгөн жок"]


async def test_forgetting_takes_answers_back_only_where_they_are_still_taken(
    municipality: Municipality, privacy: Privacy, aigul: Actor, clock: VirtualClock
) -> None:
    closing = await municipality.hearing(samples.dossier(closes=samples.NOW + samples.HOUR))
    running = await municipality.hearing()
    await municipality.resident(2)
    for hearing in (closing, running):
        await vote(municipality, hearing)
        await vote(municipality, hearing, Caller(2, "ky"))
    clock.forward(hours=1)
    await privacy.forget(aigul, withdraw_comments=False)
    assert [await voters(municipality, hearing) for hearing in (closing, running)] == [2, 1]
    assert aigul.resident is not None
    async with municipality.services.store.reading() as repositories:
        took_part = [await repositories.participants.participation(hearing.id) for hearing in (closing, running)]
        (kept,) = (await repositories.votes.of_person(closing.id, aigul.resident.id)).values()
        cells = await repositories.votes.rollup(closing.id)
    assert [each.people for each in took_part] == [2, 1]
    assert {group for each in took_part for group in each.groups} == {Demographics()}  # hers, too, was a woman's
    assert (kept.demographics, kept.order) == (Demographics(), 0)
    assert {cell.demographics for cell in cells} == {Demographics()}


@pytest.mark.parametrize("withdraw", [True, False])
async def test_comments_are_withdrawn_or_lose_their_author_as_the_person_chooses(
    municipality: Municipality, privacy: Privacy, aigul: Actor, clock: VirtualClock, withdraw: bool
) -> None:
    hearing = await municipality.hearing()
    undecided, decided = await filed(municipality, aigul, hearing, "а"), await filed(municipality, aigul, hearing, "б")
    await decide(municipality, decided)
    await privacy.forget(aigul, withdraw_comments=withdraw)
    undecided, decided = await of_comment(municipality, undecided), await of_comment(municipality, decided)
    assert (undecided.author_id, undecided.withdrawn_at) == (None, clock.now() if withdraw else None)
    assert (decided.author_id, decided.withdrawn_at) == (None, None)  # what was answered stays
    assert (undecided.text, decided.text) == ("" if withdraw else "а", "б")
    assert undecided.demographics == decided.demographics == Demographics()


async def test_what_was_taken_back_before_loses_its_words_and_voice_too(
    municipality: Municipality, privacy: Privacy, aigul: Actor
) -> None:
    hearing = await municipality.hearing()
    await municipality.services.submissions.begin(aigul, hearing.id, CommentKind.COMMENT, About())
    voice = Media(MediaKind.VOICE, "file", "unique", seconds=7)
    sent = await received(municipality, aigul, message(municipality, "сөз", media=voice))
    await municipality.services.comments.withdraw(aigul, sent.comment.id)
    await privacy.forget(aigul, withdraw_comments=False)
    left = await of_comment(municipality, sent.comment)
    assert (left.text, left.attachments, left.language, left.number) == ("", (), "", 1)


async def test_whoever_is_forgotten_after_years_leaves_as_little(
    municipality: Municipality, privacy: Privacy, aigul: Actor, clock: VirtualClock
) -> None:
    hearing = await municipality.hearing()
    comment = await filed(municipality, aigul, hearing)
    await vote(municipality, hearing)
    clock.forward(days=4)
    await municipality.services.timetable.tick()
    clock.forward(days=3 * 365 + 1)
    assert await Privacy(municipality.services.store, clock, Digests.of_secret("key"), years=4).expire() == 0
    assert await privacy.expire() == 1
    left = await of_comment(municipality, comment)
    assert (left.author_id, left.author_digest, left.demographics) == (None, None, Demographics())
    async with municipality.services.store.reading() as repositories:
        assert (await repositories.participants.participation(hearing.id)).groups == {Demographics(): 1}


async def test_forgetting_drops_support_arrivals_and_what_was_being_typed(
    municipality: Municipality, privacy: Privacy, aigul: Actor
) -> None:
    hearing = await municipality.hearing()
    comment = await filed(municipality, await municipality.resident(2), hearing)
    await municipality.services.moderation.publish(COMMAND_LINE, comment.id)
    await municipality.services.comments.support(aigul, comment.id, on=True)
    await municipality.services.arrivals.arrive(aigul, hearing.id, 0)
    await municipality.services.pending_inputs.begin_search(aigul)
    await privacy.forget(aigul, withdraw_comments=True)
    assert (await of_comment(municipality, comment)).support == 0
    assert await municipality.services.pending_inputs.find(aigul) is None
    assert aigul.resident is not None
    async with municipality.services.store.reading() as repositories:
        assert await repositories.arrivals.of_person(aigul.resident.id) == ()


async def test_the_row_that_knew_the_person_is_emptied_and_who_comes_back_is_new(
    municipality: Municipality, privacy: Privacy
) -> None:
    secretary = await municipality.staff(1)
    old = (await municipality.resident(1)).resident
    assert old is not None
    await privacy.forget(await again(municipality), withdraw_comments=True)
    assert await again(municipality) == Actor(1, "ky")
    async with municipality.services.store.reading() as repositories:
        left = await repositories.people.get(old.id)
    assert left == replace(
        old,
        telegram_id=None,
        municipality_id=None,
        consented_at=None,
        consented_to="",
        consent_told="",
        reminders=Reminders.NONE,
        wants_numbers=False,
        blocked_at=None,
    )
    back = await municipality.resident(1)
    assert back.resident is not None
    assert (back.resident.id != old.id, back.grants) == (True, ())
    assert secretary.grants


async def test_forgetting_is_written_down_once_without_a_name(
    municipality: Municipality, privacy: Privacy, aigul: Actor
) -> None:
    await privacy.forget(aigul, withdraw_comments=True)
    await privacy.forget(await again(municipality), withdraw_comments=True)
    await privacy.forget(Actor(9, "ky"), withdraw_comments=True)
    assert aigul.resident is not None
    async with municipality.services.store.reading() as repositories:
        entries = await repositories.journal.list_about(f"resident:{aigul.resident.id}")
    assert [(entry.act, entry.actor_id, dict(entry.data)) for entry in entries] == [(Act.FORGOTTEN, None, {})]


async def test_after_three_years_without_a_hearing_people_are_forgotten_of_themselves(
    municipality: Municipality, privacy: Privacy, clock: VirtualClock
) -> None:
    await municipality.resident(1)
    clock.forward(days=3 * 365 - 1)
    await municipality.resident(2)
    assert await privacy.expire() == 0
    clock.forward(days=2)
    assert await privacy.expire() == 1
    assert (await again(municipality)).resident is None
    assert (await municipality.services.people.identify(Caller(2, "ky"))).resident is not None
    assert await privacy.expire() == 0


async def test_what_has_been_waiting_for_a_day_goes_by_night_and_what_waits_of_a_forgotten_person_at_once(
    municipality: Municipality, privacy: Privacy, aigul: Actor, clock: VirtualClock
) -> None:
    store = municipality.services.store
    async with store.writing() as repositories:
        waiting = [WaitingUpdate(1, aigul.telegram_id, "{}"), WaitingUpdate(2, 2, "{}")]
        await repositories.inbox.add(waiting, owner="another process", at=clock.now())
    await privacy.forget(aigul, withdraw_comments=True)
    clock.forward(hours=23)
    await privacy.expire()
    async with store.reading() as repositories:
        assert [await repositories.inbox.waiting(person) for person in (aigul.telegram_id, 2)] == [0, 1]
    clock.forward(hours=2)
    await privacy.expire()
    async with store.reading() as repositories:
        assert await repositories.inbox.waiting(2) == 0
