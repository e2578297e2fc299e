"""Storing what staff enter for somebody, in the caller's transaction: as a new comment, or over an earlier entry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.comments import Submission
from bot.domain.counted_votes import BY_HAND
from bot.domain.entries import HandEntry, words_digest
from bot.domain.errors import NotFound, SameEntry
from bot.domain.journal import Act, about_comment
from bot.domain.people import Demographics
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.entries import NewEntry
    from bot.domain.entry_drafts import EntryDraft
    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalEntry
    from bot.ports import Repositories


@dataclass(frozen=True, slots=True)
class EntryWriter:
    """Stores entries in the caller's transaction; ``staff_id`` has entered them, in ``language``."""

    repositories: Repositories
    hearing: Hearing
    now: datetime
    staff_id: int | None
    language: str

    async def write(self, draft: EntryDraft, *, sure: bool, paper: str = "") -> tuple[Comment, HandEntry]:
        """Store a draft as a new entry, or over the one that it changes. Raises as ``Entries.save``."""
        ensure_known_to(self.hearing, draft)
        if draft.comment_id:
            return await self._rewrite(draft, sure=sure)
        first, *more = draft.parts
        submission = Submission(
            *(draft.kind, draft.about, first.text, self.language, "", first.media, tuple(more)),
            village_id=draft.village_id,
        )
        comment = await self.repositories.comments.add(
            self.hearing.id, submission, author=None, channel=draft.channel, at=self.now, support=draft.voices
        )
        entry = await self._known(comment.id, draft, paper, sure=sure)
        await self._note(Act.COMMENT_ENTERED, comment, entry)
        return comment, entry

    async def write_each(self, new: Sequence[NewEntry]) -> tuple[int, ...]:
        """Store entries of words alone, each as a new one; returns the receipts of their comments, in their order."""
        stored = await self.repositories.entries.add_each(new, at=self.now)
        lines = [
            self._noted(Act.COMMENT_ENTERED, known.entry, {"number": known.number, "channel": each.channel.value})
            for known, each in zip(stored, new, strict=True)
        ]
        await self.repositories.journal.add_each(lines)
        return tuple(known.number for known in stored)

    async def _rewrite(self, draft: EntryDraft, *, sure: bool) -> tuple[Comment, HandEntry]:
        comments, entries = self.repositories.comments, self.repositories.entries
        before, known = await comments.get(draft.comment_id), await entries.get(draft.comment_id)
        before.ensure_amendable()
        same_words = [(part.text, part.media) for part in draft.parts] == [(p.text, p.media) for p in before.parts]
        after = replace(
            before,
            kind=draft.kind,
            about=draft.about,
            channel=draft.channel,
            demographics=Demographics(draft.village_id),
        )
        if not same_words:
            after = replace(after.amended(draft.text, None, self.now), parts=draft.parts)
            await comments.reset_support(after.id)
        if after != before:
            await self.repositories.duplicates.part(after.id)
        await comments.save(after)
        await entries.rewrite(after, voices=draft.voices - (known.voices if same_words else 0))
        entry = await self._known(after.id, draft, known.paper, sure=sure)
        await self._note(Act.ENTRY_CHANGED, after, entry, known)
        return await comments.get(after.id), entry

    async def _known(self, comment_id: int, draft: EntryDraft, paper: str, *, sure: bool) -> HandEntry:
        """Store what is known beside the comment, whose number keeps all others who enter waiting."""
        assert draft.given_on is not None
        words = words_digest(draft.channel, draft.kind, draft.about, draft.text) if draft.text else ""
        entry = HandEntry(
            *(comment_id, self.hearing.id, draft.given_on, draft.sitting, draft.voices, words, paper),
            entered_by=self.staff_id,
        )
        if words and not sure and (same := await self.repositories.entries.find_same(entry)) is not None:
            raise SameEntry(same.comment_id, (await self.repositories.comments.get(same.comment_id)).number)
        await self.repositories.entries.put(entry)
        if draft.name or draft.comment_id:
            await self.repositories.entries.keep_name(comment_id, draft.name)
        return entry

    async def _note(self, act: Act, comment: Comment, entry: HandEntry, before: HandEntry | None = None) -> None:
        data: dict[str, str | int] = {"number": comment.number, "channel": comment.channel.value}
        await self.repositories.journal.add(self._noted(act, entry, data, before))

    def _noted(
        self, act: Act, entry: HandEntry, data: dict[str, str | int], before: HandEntry | None = None
    ) -> JournalEntry:
        """The journal's line: figures and a digest, never the words or the name."""
        data = data | {"voices": entry.voices, "digest": entry.words, "given": entry.given_on.isoformat()}
        if before is not None:
            data |= {"voices before": before.voices, "digest before": before.words}
        return about_comment(entry.comment_id, act, at=self.now, by=self.staff_id, data=data)


def ensure_known_to(hearing: Hearing, draft: EntryDraft) -> None:
    """Raise NotFound for a channel, sitting or subject that there is not."""
    if draft.channel not in BY_HAND:
        raise NotFound("channel", draft.channel)
    if draft.sitting:
        hearing.dossier.sitting(draft.sitting)
    hearing.dossier.ensure_about(draft.about)
