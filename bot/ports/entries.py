"""The repositories of what staff enter for somebody: comments, counted votes, people present."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.domain.comments import Channel, Comment
    from bot.domain.counted_votes import CountedVotes
    from bot.domain.entries import HandEntry, NewEntry, NumberedEntry, Presence
    from bot.domain.tallies import Tally


class EntryRepository(Protocol):
    """What is known of comments that staff entered for somebody."""

    async def get(self, comment_id: int) -> HandEntry:
        """The entry behind a comment. Raises NotFound where its author wrote it."""

    async def put(self, entry: HandEntry) -> None:
        """Store an entry in place of what was known of the same comment."""

    async def add_each(self, new: Sequence[NewEntry], *, at: datetime) -> tuple[NumberedEntry, ...]:
        """Store new entries of one hearing with their comments and names, in their order; each has the next receipt.

        In a few statements, however many there are. Raises NotFound for an unknown hearing.
        """
        ...

    async def rewrite(self, comment: Comment, *, voices: int) -> None:
        """Store kind, subject and channel of an entry's comment, and so many ``voices`` more (or less)."""

    async def page(self, hearing_id: int, *, offset: int, limit: int) -> tuple[HandEntry, ...]:
        """Entries that are not removed, the newest first."""

    async def count(self, hearing_id: int) -> int:
        """How many entries ``page`` has."""

    async def find_same(self, entry: HandEntry) -> HandEntry | None:
        """The first other entry of the hearing, not removed, that says the same."""

    async def papers(self, hearing_id: int) -> Mapping[int, HandEntry]:
        """Entries, removed ones too, that came in an entry sheet, by the receipts of their comments."""

    async def words(self, hearing_id: int) -> Mapping[str, int]:
        """The receipt of the first entry, not removed, that says it, by the digest of its words."""

    async def name_of(self, comment_id: int) -> str:
        """Whose words they are, for the minutes; empty where nobody said."""

    async def names_of(self, hearing_id: int) -> Mapping[int, str]:
        """Whose words the comments of a hearing are, for the minutes, by comment."""
        ...

    async def heard_at(self, hearing_id: int, sitting: int) -> frozenset[int]:
        """The comments, not removed, that were given at that sitting: their ids."""
        ...

    async def keep_name(self, comment_id: int, name: str) -> None:
        """Store whose words they are; an empty name removes it."""

    async def drop_names(self, before: datetime) -> None:
        """Remove the names of what was entered before then."""


class CountedVotesRepository(Protocol):
    """Votes counted by hand, by question and ballot box, and people present, by sitting."""

    async def lock(self, hearing_id: int) -> None:
        """Let others who enter for the hearing wait until this transaction ends."""

    async def list_of(self, hearing_id: int) -> tuple[CountedVotes, ...]:
        """What counts, by question."""

    async def put(self, counted: CountedVotes) -> None:
        """Store a count in place of the one of the same question and box; the rollup is changed by ``add_counts``."""

    async def put_each(self, counts: Sequence[CountedVotes]) -> None:
        """Store counts as ``put`` does, in one call."""

    async def drop(self, counted: CountedVotes) -> None:
        """Remove the count of that question and box; the rollup is changed by ``add_counts``."""

    async def put_aside(self, hearing_id: int, question_no: int, *, version: int) -> None:
        """Keep the counts of the question as given to that version of the dossier."""

    async def former(self, hearing_id: int) -> Mapping[tuple[int, int, Channel], Tally]:
        """What was put aside, by version, question and channel."""

    async def presence(self, hearing_id: int) -> tuple[Presence, ...]:
        """People present, by sitting."""

    async def put_presence(self, presence: Presence) -> None:
        """Store people present in place of those of the same sitting."""

    async def drop_presence(self, presence: Presence) -> None:
        """Remove the people present at that sitting."""
