"""The comments of a hearing as its staff look through them: lists, and one comment with its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import SEARCHED_AT_ONCE, CommentFilter, CommentsSeen, searched
from bot.domain.decision_drafts import DecisionDraft, DecisionField
from bot.domain.errors import NotFound, TextEmpty
from bot.domain.pending_input import CommentSearch, PendingInput, PendingInputKind
from bot.domain.permissions import Permission, ensure, ensure_known, may
from bot.domain.shown_groups import ShownGroups
from bot.domain.suppression import GroupSizes
from bot.domain.values import dataclass
from bot.services.comments import COMMENTS_ON_A_PAGE, CommentView
from bot.services.counting import told_participation
from bot.services.duplicates import find_similar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.journal import JournalEntry
    from bot.domain.numbers import CommentCounts
    from bot.domain.people import Actor, Resident
    from bot.domain.places import Place
    from bot.domain.questions import About
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

COMMENT_SEARCH_LASTS: Final = timedelta(hours=1)
"""How long the words of a search are waited for, and kept for its next pages."""
PAGES_OF_A_PART: Final = SEARCHED_AT_ONCE // COMMENTS_ON_A_PAGE
"""Pages that a part of a search may have: the first page of the next part has a number that none of this one has."""
ACTS_SHOWN: Final = 12
"""Acts of a comment's history on its screen, the newest."""


@dataclass(frozen=True, slots=True)
class ListedComments:
    """A page of comments: ``total`` of how many, None for a search; ``more`` where another page follows.

    Words are looked for in parts, the newest first: ``last_number`` is the last receipt of it, 0 for no search.
    ``villages`` are those that may stand beside a comment, by id. ``seen`` are those that can be published together.
    """

    hearing: Hearing
    narrowed: CommentFilter
    page: int
    items: tuple[CommentView, ...]
    more: bool
    total: int | None
    villages: Mapping[int, Place]
    zone: ZoneInfo
    may_moderate: bool
    seen: CommentsSeen
    may_decide: bool = False
    last_number: int = 0

    @property
    def numbers(self) -> tuple[int, int] | None:
        """The receipt numbers among which the words of this page were looked for; None where they are all."""
        if self.last_number <= SEARCHED_AT_ONCE:
            return None
        upto = self.last_number - self.page // PAGES_OF_A_PART * SEARCHED_AT_ONCE
        return max(1, upto - SEARCHED_AT_ONCE + 1), upto

    @property
    def before(self) -> int | None:
        """The page before this one: of a part's first page, the first page of the part before."""
        begins_part = self.numbers is not None and self.page % PAGES_OF_A_PART == 0
        return self.page - (PAGES_OF_A_PART if begins_part else 1) if self.page else None

    @property
    def after(self) -> int | None:
        """The page after this one: where a part has no more, the first page of the next part."""
        if self.more:
            return self.page + 1
        is_older = self.numbers is not None and self.numbers[0] > 1
        return (self.page // PAGES_OF_A_PART + 1) * PAGES_OF_A_PART if is_older else None


@dataclass(frozen=True, slots=True)
class CommentChoices:
    """To what a list of comments can be narrowed: only what has a comment, and the villages that may be named."""

    hearing: Hearing
    counts: CommentCounts
    subjects: Mapping[About, int]
    villages: Mapping[int, Place]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenedComment:
    """One comment as its staff read it, with its history, the newest act first."""

    view: CommentView
    village: Place | None
    zone: ZoneInfo
    history: tuple[JournalEntry, ...]
    people: Mapping[int, Resident]
    reader_id: int | None
    may_moderate: bool
    similar: int = 0
    """How many comments look the same, of those that are suggested."""

    def name(self, resident_id: int | None) -> str:
        """How that person wants colleagues to see them; empty where they have not said."""
        person = self.people.get(resident_id or 0)
        return person.staff_name if person else ""


class CommentLists:
    """What staff read of comments. Every method raises Forbidden for everybody else."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def page(self, actor: Actor, hearing_id: int, narrowed: CommentFilter, *, page: int = 0) -> ListedComments:
        """A page of five comments; a page that is not there is the last one. Withdrawn ones are not listed."""
        async with self._store.reading() as repositories:
            hearing = await self._read(repositories, actor, hearing_id)
            lists, total, last = repositories.comment_lists, None, 0
            villages = await self._villages(repositories, hearing)
            if narrowed.village_id and narrowed.village_id not in villages:
                raise NotFound("village", narrowed.village_id)
            if narrowed.words:
                last = await lists.last_number(hearing.id)
                page = max(0, min(page, (max(0, last - 1) // SEARCHED_AT_ONCE + 1) * PAGES_OF_A_PART - 1))
            else:
                total = await lists.count_narrowed(hearing.id, narrowed)
                page = max(0, min(page, (total - 1) // COMMENTS_ON_A_PAGE))
            found = await lists.list_narrowed(
                hearing.id, narrowed, offset=page * COMMENTS_ON_A_PAGE, limit=COMMENTS_ON_A_PAGE + 1
            )
            joined = await repositories.duplicates.of_hearing(hearing.id)
        shown, may_moderate = found[:COMMENTS_ON_A_PAGE], may(actor, Permission.MODERATE, hearing.municipality_id)
        return ListedComments(
            hearing,
            narrowed,
            page,
            tuple(CommentView(comment, hearing, staff=True, joined=joined.get(comment.id)) for comment in shown),
            len(found) > COMMENTS_ON_A_PAGE,
            total,
            villages,
            (await self._directory.tree()).zone(hearing.municipality_id),
            may_moderate,
            CommentsSeen.of(shown if may_moderate else ()),
            may(actor, Permission.DECIDE, hearing.municipality_id),
            last,
        )

    async def choices(self, actor: Actor, hearing_id: int) -> CommentChoices:
        """To what a list of the hearing's comments can be narrowed."""
        async with self._store.reading() as repositories:
            hearing = await self._read(repositories, actor, hearing_id)
            return CommentChoices(
                hearing,
                await repositories.comments.counts(hearing.id),
                await repositories.comments.subjects(hearing.id),
                await self._villages(repositories, hearing),
                await repositories.comment_lists.languages(hearing.id),
            )

    async def opened(self, actor: Actor, comment_id: int) -> OpenedComment:
        """One comment with every word of it, and its history."""
        async with self._store.reading() as repositories:
            comment = await repositories.comments.get(comment_id)
            hearing = await self._read(repositories, actor, comment.hearing_id)
            history = await repositories.journal.list_about(f"comment:{comment.id}", limit=ACTS_SHOWN)
            villages = await self._villages(repositories, hearing)
            people = await repositories.people.get_many({entry.actor_id for entry in history if entry.actor_id})
            appeal = await repositories.appeals.find(comment)
            joined = (await repositories.duplicates.of_hearing(hearing.id)).get(comment.id)
            moderates = may(actor, Permission.MODERATE, hearing.municipality_id)
            similar = await find_similar(repositories, comment) if moderates else ()
        return OpenedComment(
            CommentView(comment, hearing, staff=True, appeal=appeal, joined=joined),
            villages.get(comment.demographics.village_id),
            (await self._directory.tree()).zone(hearing.municipality_id),
            history,
            people,
            actor.resident.id if actor.resident else None,
            moderates,
            len(similar),
        )

    async def begin_search(self, actor: Actor, hearing_id: int) -> Hearing:
        """Take the next text of the actor for the words of comments of the hearing; marks of theirs there stay."""
        resident = ensure_known(actor)
        async with self._store.writing() as repositories:
            hearing = await self._read(repositories, actor, hearing_id)
            until = self._clock.now() + COMMENT_SEARCH_LASTS
            draft = DecisionDraft.of(await repositories.pending_inputs.find(resident.id, self._clock.now()))
            kept = (
                replace(draft, awaits=DecisionField.NOTHING).stored if draft and draft.hearing_id == hearing_id else ""
            )
            text = CommentSearch(draft=kept).to_text()
            pending = PendingInput(resident.id, PendingInputKind.COMMENT_SEARCH, until, hearing_id, text=text)
            await repositories.pending_inputs.put(pending)
        return hearing

    async def keep_search(self, actor: Actor, text: str) -> int:
        """Keep the typed words for an hour; returns the hearing whose comments are meant.

        Raises TextEmpty for a text without letters, NotFound where no words are waited for.
        """
        async with self._store.writing() as repositories:
            pending = await self._search(repositories, actor)
            words = " ".join(searched(text))
            if pending is None:
                raise NotFound("search")
            if not words:
                raise TextEmpty
            until = self._clock.now() + COMMENT_SEARCH_LASTS
            search = replace(CommentSearch.of(pending) or CommentSearch(), words=words)
            await repositories.pending_inputs.put(replace(pending, text=search.to_text(), expires_at=until))
        return pending.hearing_id

    async def find_search(self, actor: Actor, hearing_id: int) -> tuple[str, ...]:
        """The words the actor looks for in the hearing; none before they are typed, and an hour later."""
        async with self._store.reading() as repositories:
            pending = await self._search(repositories, actor)
        search = CommentSearch.of(pending)
        return searched(search.words) if search and pending and pending.hearing_id == hearing_id else ()

    async def _search(self, repositories: Repositories, actor: Actor) -> PendingInput | None:
        if actor.resident is None:
            return None
        pending = await repositories.pending_inputs.find(actor.resident.id, self._clock.now())
        return pending if pending is not None and pending.kind is PendingInputKind.COMMENT_SEARCH else None

    async def _read(self, repositories: Repositories, actor: Actor, hearing_id: int) -> Hearing:
        hearing = await repositories.hearings.get(hearing_id)
        ensure(actor, Permission.READ_DESK, hearing.municipality_id)
        return hearing

    async def _villages(self, repositories: Repositories, hearing: Hearing) -> Mapping[int, Place]:
        """The villages that may stand beside a comment: ``docs/decisions/0024-small-numbers.md``."""
        now, tree = self._clock.now(), await self._directory.tree()
        villages = {village.id: village for village in tree.villages(hearing.municipality_id)}
        people = await repositories.participants.participation(hearing.id)
        told = await told_participation(repositories, hearing, people, now)
        taken, home = hearing.takes_answers(now), hearing.municipality_id
        safe = ShownGroups.of(people, GroupSizes.of(told, villages, taken=taken, home=home)).villages
        return {number: village for number, village in villages.items() if number in safe}
