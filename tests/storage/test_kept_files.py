"""Kept files and transcripts on both databases: what is to be fetched and written down, and what belongs to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.domain.attachments import Attachment
from bot.domain.comments import Channel, CommentKind, Submission
from bot.domain.kept_files import KeptCounts, KeptUses, Trouble
from bot.domain.media import Media, MediaKind
from bot.domain.parts import Part
from bot.domain.questions import About
from bot.domain.transcripts import Transcript, TranscriptTrouble
from tests.storage.town import NOON, move_in, settle

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.ports import Repositories
    from storage import Store
    from tests.storage.town import Town

VOICE, PHOTO = Media(MediaKind.VOICE, "voice-file", "voice", 9), Media(MediaKind.PHOTO, "photo-file", "photo")
LATER = NOON + timedelta(hours=1)


async def say(now: Repositories, town: Town, media: Media, *more: Part) -> Comment:
    """A comment of a new resident's."""
    (author,) = await move_in(now, town, 1)
    submission = Submission(CommentKind.COMMENT, About(), "", "ky", "m1", media, more)
    return await now.comments.add(town.hearing.id, submission, author=author, channel=Channel.TELEGRAM, at=NOON)


async def test_every_file_in_use_is_found_once_and_leaves_when_nothing_has_it(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        comment = await say(now, town, VOICE, Part("", PHOTO, 1))
        document = await now.attachments.add(
            Attachment(0, town.hearing.id, "План", "План.pdf", "file", "plan", photo=False, size=7, added_at=NOON)
        )
        unknown = await now.kept_files.list_unknown(limit=9)
        assert {each.unique_id for each in unknown} == {"voice", "photo", "plan"}
        await now.kept_files.add(unknown, NOON)
        assert await now.kept_files.list_unknown(limit=9) == ()
        for unique_id, digest in (("voice", "aa"), ("photo", "bb"), ("plan", "aa")):
            assert await now.kept_files.name(unique_id, digest, 5)
            await now.kept_files.settle(unique_id)
        assert not await now.kept_files.name("another", "cc", 5)
        assert await now.kept_files.counts() == KeptCounts(kept=2)
        assert [each.unique_id for each in await now.kept_files.page("photo", limit=9)] == ["plan", "voice"]
        assert await now.kept_files.digests_of(town.hearing.id) == {"voice": "aa", "photo": "bb", "plan": "aa"}
        assert await now.kept_files.uses_of("aa") == KeptUses(
            frozenset({"voice", "plan"}), frozenset({town.hearing.id}), frozenset({comment.id})
        )
        assert await now.kept_files.uses_of("bb") == KeptUses(frozenset({"photo"}), comments=frozenset({comment.id}))
        assert await now.kept_files.uses_of("cc") == KeptUses()
        await now.kept_files.rename("photo", "new")
        assert [each.file_id for each in (await now.comments.get(comment.id)).attachments] == ["voice-file", "new"]
        await now.comments.save(replace(comment, parts=()))
        unneeded = {each.unique_id: each.digest for each in await now.kept_files.list_unneeded(limit=9)}
        assert unneeded == {"photo": "bb", "voice": "aa"}
        assert await now.kept_files.needed({"aa", "bb"}, unneeded) == {"aa"}
        await now.kept_files.drop(unneeded)
        await now.attachments.remove(document.id)
        await now.kept_files.demand(["plan"], NOON)
        assert await now.kept_files.counts() == KeptCounts(waiting=1)
        await now.kept_files.postpone("plan", None, Trouble.LOST)
        assert await now.kept_files.counts() == KeptCounts(kept=1)


async def test_a_program_is_given_each_spoken_comment_once_and_its_words_go_with_the_voice(store: Store) -> None:
    town = await settle(store)
    async with store.writing() as now:
        spoken = await say(now, town, PHOTO, Part("", VOICE, 1))
        assert await now.transcripts.discover(NOON, limit=9) == 1
        assert await now.transcripts.discover(NOON, limit=9) == 0
        task = await now.transcripts.claim(NOON, LATER)
        assert task is not None
        assert (task.comment_id, task.attempts) == (spoken.id, 1)
        assert await now.transcripts.claim(NOON, LATER) is None
        await now.transcripts.settle(task, Transcript(trouble=TranscriptTrouble.FAILED), NOON, NOON)
        assert await now.transcripts.find(spoken.id) == Transcript(trouble=TranscriptTrouble.FAILED)
        again = await now.transcripts.claim(NOON, LATER)
        assert again is not None
        await now.transcripts.put(spoken.id, again.recordings, Transcript("Жол"), NOON)
        await now.transcripts.settle(again, Transcript("Чөл", machine=True), NOON, None)
        read = await now.comments.get(spoken.id)
        assert read.transcript == Transcript("Жол")
        await now.comments.save(read)
        assert await now.transcripts.find(spoken.id) == Transcript("Жол")
        await now.comments.add_part(spoken.id, Part("", replace(VOICE, unique_id="another"), 2))
        assert await now.transcripts.find(spoken.id) is None
