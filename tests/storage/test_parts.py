"""Comments of several messages, what came unasked, and what each person is sending and reading, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.comments import Channel, CommentKind, Submission
from bot.domain.media import Media, MediaKind
from bot.domain.owed_replies import OwedReply, ReplyKind
from bot.domain.parts import Part
from bot.domain.questions import About, AboutKind
from bot.domain.unsent import Bundle, CurrentReading, Unsent
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from storage import Store

PHOTO = Media(MediaKind.PHOTO, "file", "unique")
LATER = NOON + timedelta(hours=1)
ABOUT = About(AboutKind.LINE, 7)


async def test_the_parts_of_a_comment_are_read_in_their_order_wherever_it_is_read(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        (author,) = await move_in(now, town, 1)
        more = (Part("", PHOTO, 1, "m2", NOON),)
        submission = Submission(CommentKind.COMMENT, About(), "эки", "ky", "m1", more=more)
        comment = await now.comments.add(town.hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=NOON)
        await now.comments.add_part(comment.id, Part("бир\0", None, -1, "m0", NOON))
        found = await now.comments.get(comment.id)
        assert (found.text, found.attachments, found.edition) == ("бир\ufffd\nэки", (PHOTO,), 2)
        for source in ("m0", "m1", "m2"):
            assert await now.comments.find_source(source) == found
        assert await now.comments.list_of(author.id) == (found,)
        assert await now.comments.page(town.hearing.id, after=0, limit=9) == (found,)
        await now.comments.drop_digests(LATER)
        assert [await now.comments.find_source(source) for source in ("m0", "m1", "m2")] == [None] * 3
        await now.comments.save(replace(found, parts=(Part("үч"),)))
        assert (await now.comments.get(comment.id)).parts == (Part("үч"),)


async def test_what_came_unasked_is_kept_whole_until_it_is_a_comment_or_has_expired(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        one, two = await move_in(now, town, 2)
        parts = (Part("Суу", None, 0, "m1", NOON), Part("", PHOTO, 1, "m2", NOON))
        unsent = Unsent(0, one.id, NOON, LATER, town.hearing.id, CommentKind.QUESTION, ABOUT, parts[:1])
        first, second = await now.unsent.add(unsent), await now.unsent.add(replace(unsent, parts=()))
        await now.unsent.add_part(first, parts[1])
        kept = await now.unsent.find(one.id, first, NOON)
        assert kept == replace(unsent, id=first, parts=parts)
        assert await now.unsent.find(two.id, first, NOON) is None
        assert [await now.unsent.knows(source) for source in ("m1", "m2", "m3", "")] == [True, True, False, False]
        await now.unsent.clear(first)
        await now.unsent.became(first, 12)
        assert await now.unsent.find(one.id, first, NOON) == replace(unsent, id=first, parts=(), comment_id=12)
        await now.unsent.remove(second)
        assert [each.id for each in await now.unsent.list_of(one.id, NOON)] == [first]
        assert await now.unsent.list_of(one.id, LATER) == ()
        await now.unsent.drop_expired(LATER)
        assert await now.unsent.list_of(one.id, NOON) == ()


async def test_each_person_sends_and_reads_one_thing_at_a_time(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        one, two = await move_in(now, town, 2)
        bundle = Bundle(one.id, "key", NOON, NOON, NOON, first=7, album="a", comment_id=3)
        reading = CurrentReading(one.id, town.hearing.id, ABOUT, LATER)
        await now.bundles.put(bundle)
        await now.bundles.put(replace(bundle, last=LATER, unsent_id=4, left_out=2))
        await now.readings.put_all([reading, replace(reading, resident_id=two.id)])
        assert await now.bundles.find(one.id) == replace(bundle, last=LATER, unsent_id=4, left_out=2)
        assert await now.readings.find(one.id, NOON) == reading
        assert await now.readings.find(one.id, LATER) is None
        assert await now.readings.find(two.id, NOON) == replace(reading, resident_id=two.id)
        await now.readings.drop(two.id)
        assert (await now.bundles.find(two.id), await now.readings.find(two.id, NOON)) == (None, None)
        await now.bundles.drop_old(LATER)
        await now.readings.drop_expired(LATER)
        assert (await now.bundles.find(one.id), await now.readings.find(one.id, NOON)) == (None, None)


async def test_a_reply_waits_longer_until_its_delivery_has_begun(store: Store) -> None:
    town = await settle(store)
    soon = NOON + timedelta(seconds=5)
    async with store.writing() as now:
        (one,) = await move_in(now, town, 1)
        reply = OwedReply(one.id, ReplyKind.RECEIPT, "key", {"comment": 1, "left_out": 0})
        assert await now.owed_replies.add(reply, at=NOON, due_at=soon)
        assert not await now.owed_replies.due(NOON)
        assert await now.owed_replies.put_off("key", LATER, left_out=2)
        assert not await now.owed_replies.put_off("another", LATER)
        assert await now.owed_replies.claim(by="us", at=soon, limit=9) == ()
        (claimed,) = await now.owed_replies.claim(by="us", at=LATER, limit=9)
        assert dict(claimed.facts) == {"comment": 1, "left_out": 2}
        assert not await now.owed_replies.put_off("key", LATER)
