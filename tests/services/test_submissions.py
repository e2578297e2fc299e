"""Comments from the first word to the receipt, and their amendments."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import COMMENTS_A_DAY, CommentKind, Stage, Visibility
from bot.domain.errors import (
    AlreadyConsidered,
    DailyLimit,
    HearingCancelled,
    HearingClosed,
    HearingNotOpen,
    NotFound,
    NothingExpected,
    TextEmpty,
    TextTooLong,
)
from bot.domain.media import Media, MediaKind
from bot.domain.people import Actor
from bot.domain.questions import About, AboutKind
from bot.domain.setbacks import SetbackReason
from tests import samples
from tests.services.writing import decide, filed, message, published, received, stored

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.services.submissions import Submissions
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

VISITOR = Actor(9, "ky")
VOICE = Media(MediaKind.VOICE, "file", "unique", seconds=7)


@pytest.fixture
def submissions(municipality: Municipality) -> Submissions:
    return municipality.services.submissions


async def test_a_hearing_takes_comments_only_while_it_is_open(
    municipality: Municipality, submissions: Submissions, aigul: Actor, clock: VirtualClock
) -> None:
    later = await municipality.hearing(samples.dossier(opens=samples.NOW + samples.HOUR))
    cancelled = await municipality.hearing()
    await municipality.services.announcements.cancel(COMMAND_LINE, cancelled.id, why=SetbackReason.ROOM)
    draft = await municipality.hearing(publish=False)
    refusals = {later.id: HearingNotOpen, cancelled.id: HearingCancelled, draft.id: NotFound, 99: NotFound}
    for hearing_id, refusal in refusals.items():
        with pytest.raises(refusal):
            await submissions.offer(aigul, hearing_id)
        with pytest.raises(refusal):
            await submissions.begin(aigul, hearing_id, CommentKind.COMMENT, About())
    clock.forward(hours=1)
    assert (await submissions.offer(aigul, later.id)).id == later.id
    clock.forward(days=3)
    with pytest.raises(HearingClosed):
        await submissions.offer(aigul, later.id)


@pytest.mark.parametrize("about", [About(AboutKind.SERVICE, 9), About(AboutKind.LINE, 9), About(AboutKind.AGENDA, 9)])
async def test_a_comment_on_what_the_hearing_does_not_have_is_not_waited_for(
    municipality: Municipality, submissions: Submissions, hearing: Hearing, aigul: Actor, about: About
) -> None:
    with pytest.raises(NotFound):
        await submissions.begin(aigul, hearing.id, CommentKind.COMMENT, about)
    assert await municipality.services.pending_inputs.find(aigul) is None


async def test_receipts_count_from_one_in_each_hearing(
    municipality: Municipality, hearing: Hearing, aigul: Actor
) -> None:
    other, bek = await municipality.hearing(place="kok-art"), await municipality.resident(2)
    filings = [(aigul, hearing, "a"), (bek, hearing, "b"), (aigul, other, "c"), (aigul, hearing, "d")]
    received = [await filed(municipality, author, about, text) for author, about, text in filings]
    assert [comment.number for comment in received] == [1, 2, 1, 3]


async def test_a_comment_keeps_the_words_the_kind_the_subject_and_the_language(
    municipality: Municipality, submissions: Submissions, hearing: Hearing, aigul: Actor
) -> None:
    await submissions.begin(aigul, hearing.id, CommentKind.QUESTION, About(AboutKind.SERVICE, 2))
    view = await received(municipality, aigul, message(municipality, "  Качан?\n"))
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
        assert (await repositories.participants.participation(hearing.id)).people == 1


async def test_a_message_that_comes_again_gets_the_same_receipt(
    municipality: Municipality, submissions: Submissions, hearing: Hearing, aigul: Actor
) -> None:
    comment = await filed(municipality, aigul, hearing)
    again = await received(municipality, aigul, message(municipality, "Көпүрө керек"))
    assert again.comment.id == comment.id
    await submissions.begin(aigul, hearing.id, CommentKind.PROPOSAL, About())  # its press has come again too
    await submissions.receive(aigul, message(municipality, "Көпүрө керек"))
    assert await municipality.services.pending_inputs.find(aigul) is None
    async with municipality.services.store.reading() as repositories:
        assert (await repositories.comments.counts(hearing.id)).total == 1


async def test_words_that_nobody_can_read_or_that_are_too_many_are_waited_for_again(
    municipality: Municipality, submissions: Submissions, hearing: Hearing, aigul: Actor
) -> None:
    await submissions.begin(aigul, hearing.id, CommentKind.COMMENT, About())
    with pytest.raises(TextEmpty):
        await submissions.receive(aigul, message(municipality, " \u200b "))
    with pytest.raises(TextTooLong):
        await submissions.receive(aigul, message(municipality, "я" * 4097))
    spoken = await received(municipality, aigul, message(municipality, "", media=VOICE))
    assert (spoken.comment.text, spoken.comment.attachments) == ("", (VOICE,))


async def test_what_was_sent_before_closing_counts_though_it_is_handled_after(
    municipality: Municipality, submissions: Submissions, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    bek = await municipality.resident(2)
    clock.time = hearing.closes_at - timedelta(minutes=1)
    for author in (aigul, bek):
        await submissions.begin(author, hearing.id, CommentKind.COMMENT, About())
    in_time, late = hearing.closes_at - timedelta(seconds=1), hearing.closes_at
    clock.time = hearing.closes_at + timedelta(minutes=5)
    assert (await received(municipality, aigul, message(municipality, "а", sent_at=in_time))).comment.number == 1
    with pytest.raises(HearingClosed):
        await submissions.receive(bek, message(municipality, "б", sent_at=late))


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
    municipality: Municipality, submissions: Submissions, hearing: Hearing, aigul: Actor
) -> None:
    with pytest.raises(NothingExpected):
        await submissions.send_unsent(aigul, hearing.id, CommentKind.PROPOSAL)
    assert await submissions.receive(aigul, message(municipality, "Суу жок")) is None
    sent = await submissions.send_unsent(aigul, hearing.id, CommentKind.PROPOSAL)
    assert (sent.comment.text, sent.comment.kind, sent.comment.about) == ("Суу жок", CommentKind.PROPOSAL, About())
    again = await submissions.send_unsent(aigul, hearing.id, CommentKind.QUESTION)
    assert again.comment == sent.comment


async def test_an_amendment_takes_the_place_of_the_words_and_waits_to_be_published_anew(
    municipality: Municipality, submissions: Submissions, hearing: Hearing, aigul: Actor, clock: VirtualClock
) -> None:
    comment = await published(municipality, aigul, hearing)
    clock.forward(hours=1)
    assert (await submissions.begin_amendment(aigul, comment.id)).comment.id == comment.id
    amended = await received(municipality, aigul, message(municipality, "Эки көпүрө керек"))
    kept = await stored(municipality, comment)
    assert amended.amended
    assert (kept.text, kept.number, kept.created_at, kept.amended_at) == (
        "Эки көпүрө керек",
        comment.number,
        comment.created_at,
        clock.now(),
    )
    assert kept.visibility is Visibility.WAITING
    assert await submissions.receive(aigul, message(municipality, "Эки көпүрө керек")) is None  # the same update again
    assert await stored(municipality, comment) == kept


async def test_the_same_words_again_amend_nothing(
    municipality: Municipality, submissions: Submissions, hearing: Hearing, aigul: Actor
) -> None:
    comment = await published(municipality, aigul, hearing)
    await submissions.begin_amendment(aigul, comment.id)
    same = message(municipality, "Көпүрө керек ")
    assert (await received(municipality, aigul, same)).amended
    assert await stored(municipality, comment) == comment


async def test_what_is_written_after_a_comment_was_taken_back_or_decided_is_something_else(
    municipality: Municipality, submissions: Submissions, aigul: Actor, hearing: Hearing
) -> None:
    first, second = [await filed(municipality, aigul, hearing, words) for words in ("Биринчи", "Экинчи")]
    await submissions.begin_amendment(aigul, first.id)
    await municipality.services.comments.withdraw(aigul, first.id)
    assert await municipality.services.pending_inputs.find(aigul) is None
    await submissions.begin_amendment(aigul, second.id)
    await decide(municipality, second)
    with pytest.raises(AlreadyConsidered):
        await submissions.receive(aigul, message(municipality, "Үчүнчү"))
    assert await submissions.receive(aigul, message(municipality, "Төртүнчү")) is None
    async with municipality.services.store.reading() as repositories:
        (kept,) = await repositories.unsent.list_of(aigul.resident_id or 0, samples.NOW)
    assert [part.text for part in kept.parts] == ["Төртүнчү"]
