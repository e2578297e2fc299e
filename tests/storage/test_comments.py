from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import Channel, CommentKind, Decision, HidingRule, Order, Outcome, Submission, Visibility
from bot.domain.errors import NotFound
from bot.domain.hearings import Phase
from bot.domain.media import Media, MediaKind
from bot.domain.numbers import CommentCounts
from bot.domain.parts import Part
from bot.domain.programme import DraftPoint
from bot.domain.questions import About, AboutKind
from tests.storage.town import NOON, dossier, move_in, settle, write

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.ports import Repositories
    from storage import Store


async def publish(now: Repositories, comment: Comment) -> Comment:
    shown = replace(comment, visibility=Visibility.PUBLISHED)
    await now.comments.save(shown)
    return shown


async def test_receipts_count_up_within_a_hearing(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        other = replace(town, hearing=await now.hearings.add(town.municipality_id, "M-27", dossier(), at=NOON))
        (author,) = await move_in(now, town, 1)
        written = [await write(now, town, author, text) for text in ("Суу", "Жол")]
        assert [comment.number for comment in written] == [1, 2]
        assert (await write(now, other, author, "Мектеп")).number == 1
        assert written[0].visibility is Visibility.WAITING
        assert written[0].demographics == author.demographics
        with pytest.raises(NotFound):
            await write(now, replace(town, hearing=replace(town.hearing, id=10**6)), author, "Эч кайда")


async def test_a_message_delivered_twice_is_one_comment(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        first = await write(now, town, author, "Суу")
        assert await write(now, town, author, "Суу", at=NOON + timedelta(hours=1)) == first
        assert await now.comments.find_source(f"message {author.id} Суу") == first
        assert await now.comments.find_source("another message") is None
        assert (await write(now, town, author, "Жол")).number == 2


async def test_comments_without_a_message_are_never_taken_for_each_other(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        spoken = Submission(CommentKind.QUESTION, About(), "Качан?", "ky", source="")
        for number in (1, 2):
            added = await now.comments.add(town.hearing.id, spoken, author=author, channel=Channel.HALL, at=NOON)
            assert (added.number, added.channel) == (number, Channel.HALL)


async def test_voice_hostile_text_and_the_whole_comment_survive(store: Store) -> None:
    town = await settle(store)
    hostile = "=HYPERLINK(1)\u202e<b>\u200b\x07 'or 1=1; -- ң" + "я" * 4000
    about = About(AboutKind.SERVICE, 3)
    voice = Media(MediaKind.VOICE, "file", "unique", 42)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        submission = Submission(CommentKind.COMMENT, about, hostile, "uz", "m1", voice)
        added = await now.comments.add(town.hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=NOON)
    async with store.reading() as now:
        found = await now.comments.get(added.id)
    assert (found.text, found.attachments, found.about, found.created_at) == (hostile, (voice,), about, NOON)
    assert found == added


async def test_what_an_author_or_a_moderator_changes_is_kept(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        comment = await write(now, town, author, "Суу")
        await now.comments.set_support(comment.id, author.id, on=True, at=NOON)
        changed = replace(
            comment,
            parts=(Part("Жаңы"), Part("Таза суу", Media(MediaKind.PHOTO, "f", "u"), 3, "a digest", NOON)),
            visibility=Visibility.HIDDEN,
            hiding_rule=HidingRule.INSULT,
            amended_at=NOON,
            withdrawn_at=NOON,
        )
        await now.comments.save(changed)
        assert await now.comments.get(comment.id) == replace(changed, support=1)
        with pytest.raises(NotFound):
            await now.comments.save(replace(changed, id=10**6))


async def test_an_anonymous_comment_cannot_be_led_back_to_its_message(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        comment = await write(now, town, author, "Суу")
        await now.comments.save(replace(comment, author_id=None))
        assert await now.comments.list_of(author.id) == ()
        assert await now.comments.find_source(f"message {author.id} Суу") is None


async def test_digests_go_once_they_are_old_and_the_comment_cannot_be_supported_any_more(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        standing, withdrawn, young = [await write(now, town, author, text) for text in ("а", "б", "в")]
        later = NOON + timedelta(days=1)
        for each, withdrawn_at in ((standing, None), (withdrawn, NOON)):
            await now.comments.save(replace(each, author_id=None, author_digest="digest", withdrawn_at=withdrawn_at))
        await now.comments.drop_digests(NOON)
        assert await now.comments.find_source(f"message {author.id} в") == young
        await now.comments.drop_digests(later)
        assert await now.comments.find_source(f"message {author.id} в") is None
        assert (await now.comments.get(standing.id)).author_digest == "digest"
        assert (await now.comments.get(withdrawn.id)).author_digest is None
        await now.hearings.set_phase(town.hearing.id, Phase.CLOSED, at=later)
        await now.comments.drop_digests(later)
        assert (await now.comments.get(standing.id)).author_digest is None


async def test_a_decision_is_kept_and_can_be_taken_back(store: Store) -> None:
    town = await settle(store)
    decision = Decision(Outcome.PARTLY, "Акча аз", "Айыл өкмөтү", date(2027, 1, 31), NOON, NOON + timedelta(days=1))
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        comment = await write(now, town, author, "Суу")
        await now.comments.decide(comment.id, decision)
        assert (await now.comments.get(comment.id)).decision == decision
        await now.comments.decide(comment.id, None)
        assert (await now.comments.get(comment.id)).decision is None
        with pytest.raises(NotFound):
            await now.comments.decide(10**6, decision)


async def test_an_author_finds_all_of_their_own_newest_first(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        author, neighbour = await move_in(now, town, 2)
        other = replace(town, hearing=await now.hearings.add(town.municipality_id, "M-27", dossier(), at=NOON))
        first = await write(now, town, author, "Суу")
        second = await write(now, other, author, "Жол", at=NOON + timedelta(hours=1))
        await write(now, town, neighbour, "Мектеп")
        assert await now.comments.list_of(author.id) == (second, first)
        assert await now.comments.list_of(author.id, hearing_id=town.hearing.id) == (first,)
        later = NOON + timedelta(microseconds=1)
        assert await now.comments.count_since(author.id, "digest", town.hearing.id, NOON) == 1
        assert await now.comments.count_since(author.id, "digest", town.hearing.id, later) == 0
        assert await now.comments.count_since(author.id, "digest", other.hearing.id, NOON) == 1
        nameless = replace(first, author_id=None, author_digest="digest")
        await now.comments.save(nameless)
        assert await now.comments.count_since(10**6, "digest", town.hearing.id, NOON) == 1
        assert await now.comments.count_since(10**6, "another", town.hearing.id, NOON) == 0
        assert await now.comments.has_forgotten(town.hearing.id, "digest")
        await now.comments.save(replace(nameless, withdrawn_at=NOON))
        assert not await now.comments.has_forgotten(town.hearing.id, "digest")


async def test_residents_see_what_is_published_by_support_or_newest(store: Store) -> None:
    town = await settle(store)
    water = About(AboutKind.SERVICE, 1)
    async with store.writing() as now:
        people = await move_in(now, town, 4)
        texts = ("бир", "эки", "үч", "төрт", "беш")
        written = [await write(now, town, people[0], text, about=water if text != "үч" else None) for text in texts]
        one, two, three, four, five = [await publish(now, comment) for comment in written]
        await now.comments.save(replace(four, withdrawn_at=NOON))
        await now.comments.save(replace(five, visibility=Visibility.HIDDEN))
        for resident, comment in ((people[1], one), (people[2], one), (people[1], three)):
            await now.comments.set_support(comment.id, resident.id, on=True, at=NOON)

        async def numbers(order: Order, offset: int = 0, limit: int = 9, about: About | None = None) -> list[int]:
            here = town.hearing.id
            found = await now.comments.list_published(here, order=order, offset=offset, limit=limit, about=about)
            return [comment.number for comment in found]

        assert await numbers(Order.SUPPORT) == [1, 3, 2]
        assert await numbers(Order.NEWEST) == [3, 2, 1]
        assert await numbers(Order.NEWEST, offset=1, limit=1) == [2]
        assert await numbers(Order.SUPPORT, about=water) == [1, 2]
        assert await now.comments.count_published(town.hearing.id) == 3
        assert await now.comments.count_published(town.hearing.id, water) == 2
        assert two.number == 2


async def test_the_queue_is_read_from_the_oldest(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        written = [await write(now, town, author, str(number)) for number in range(5)]
        await publish(now, written[0])
        await now.comments.save(replace(written[1], withdrawn_at=NOON))
        assert await now.comments.list_waiting(town.hearing.id, offset=0, limit=2) == (written[2], written[3])
        assert await now.comments.list_waiting(town.hearing.id, offset=2, limit=2) == (written[4],)


async def test_the_record_reads_every_comment_page_by_page(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        written = [await write(now, town, author, str(number)) for number in range(7)]
    found: list[Comment] = []
    async with store.reading() as now:
        while page := await now.comments.page(town.hearing.id, after=found[-1].id if found else 0, limit=3):
            found += page
    assert found == written


async def test_counts_leave_withdrawn_comments_apart(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        one, two, three, four = [await write(now, town, author, str(number)) for number in range(4)]
        spoken = Submission(CommentKind.QUESTION, About(), "Качан?", "ky", source="")
        await now.comments.add(town.hearing.id, spoken, author=author, channel=Channel.HALL, at=NOON)
        await publish(now, one)
        await now.comments.save(replace(two, visibility=Visibility.HIDDEN))
        await now.comments.save(replace(three, visibility=Visibility.HIDDEN, withdrawn_at=NOON))
        for comment in (one, three):
            await now.comments.decide(comment.id, Decision(Outcome.NOTED, ""))
        assert four.number == 4
        assert await now.comments.counts(town.hearing.id) == CommentCounts(
            by_kind={CommentKind.PROPOSAL: 3, CommentKind.QUESTION: 1},
            by_channel={Channel.TELEGRAM: 3, Channel.HALL: 1},
            waiting=2,
            published=1,
            hidden=1,
            undecided=3,
            withdrawn=1,
        )
        assert await now.comments.counts(town.hearing.id + 1) == CommentCounts()


async def test_support_is_given_once_and_can_be_taken_back(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        people = await move_in(now, town, 3)
        first, second = [await write(now, town, people[0], text) for text in ("Суу", "Жол")]
        assert await now.comments.set_support(first.id, people[1].id, on=True, at=NOON)
        assert not await now.comments.set_support(first.id, people[1].id, on=True, at=NOON)
        assert await now.comments.set_support(first.id, people[2].id, on=True, at=NOON)
        assert await now.comments.set_support(second.id, people[1].id, on=True, at=NOON)
        assert (await now.comments.get(first.id)).support == 2
        assert await now.comments.supported(people[1].id, [first.id, second.id, 10**6]) == {first.id, second.id}
        assert await now.comments.supported(people[1].id, []) == frozenset()
        assert await now.comments.set_support(second.id, people[1].id, on=False, at=NOON)
        assert not await now.comments.set_support(second.id, people[1].id, on=False, at=NOON)
        await now.comments.drop_support(people[1].id)
        assert (await now.comments.get(first.id)).support == 1
        assert await now.comments.supported(people[2].id, [first.id]) == {first.id}


async def test_support_belongs_to_the_words_it_was_given_to(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        author, *people = await move_in(now, town, 3)
        comment = await write(now, town, author, "Жол")
        for person in people:
            await now.comments.set_support(comment.id, person.id, on=True, at=NOON)
        other = (await now.comments.get(comment.id)).amended("Башка", None, NOON)
        await now.comments.save(other)
        await now.comments.reset_support(comment.id)
        assert await now.comments.count_former_supporters(comment.id) == 2
        assert await now.comments.supported(people[0].id, [comment.id]) == frozenset()
        assert await now.comments.list_supported(people[0].id) == ()
        assert not await now.comments.set_support(comment.id, people[0].id, on=False, at=NOON)
        assert await now.comments.set_support(comment.id, people[1].id, on=True, at=NOON)
        assert (await now.comments.get(comment.id)).support == 1
        assert await now.comments.count_former_supporters(comment.id) == 0
        await now.comments.drop_support(people[0].id)
        await now.comments.drop_support(people[1].id)
        assert (await now.comments.get(comment.id)).support == 0


async def test_former_support_is_dropped_once_its_people_are_told(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        author, person = await move_in(now, town, 2)
        comment = await write(now, town, author, "Жол")
        await now.comments.set_support(comment.id, person.id, on=True, at=NOON)
        await now.comments.save(comment.amended("Башка", None, NOON))
        await now.comments.reset_support(comment.id)
        await now.comments.drop_former_support(comment.id)
        assert await now.comments.count_former_supporters(comment.id) == 0


async def test_comments_on_a_line_that_has_another_number_go_with_it(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        abouts = (About(AboutKind.LINE, 1), About(AboutKind.LINE, 2), About(AboutKind.SERVICE, 1))
        comments = [await write(now, town, author, f"Сөз {about}", about=about) for about in abouts]
        assert await now.comments.subjects(town.hearing.id) == dict.fromkeys(abouts, 1)
        points = (DraftPoint(line=2), DraftPoint(service=1, action=2), None)
        for comment, changes in zip(comments, points, strict=True):
            await now.comments.decide(comment.id, Decision(Outcome.NOTED, "", decided_at=NOON, changes=changes))
        await now.comments.renumber(town.hearing.id, AboutKind.LINE, {1: 2, 2: 3})
        await now.comments.renumber(town.hearing.id, AboutKind.LINE, {})
        found = [(await now.comments.get(comment.id)).about for comment in comments]
        assert found == [About(AboutKind.LINE, 2), About(AboutKind.LINE, 3), About(AboutKind.SERVICE, 1)]
        decided = [(await now.comments.get(comment.id)).decision for comment in comments]
        assert [each and each.changes for each in decided] == [DraftPoint(line=3), *points[1:]]
