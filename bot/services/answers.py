"""The commission's answers as everybody reads them: a table, one by its number, what they change in the drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.draft_changes import DraftChanges, draft_changes
from bot.domain.errors import NotFound
from bot.domain.journal import Act
from bot.domain.permissions import ensure_visible
from bot.domain.promises import AnswerFilter
from bot.domain.suppression import told_voices
from bot.domain.values import dataclass
from bot.services.comments import CommentView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from bot.domain.comments import Comment, Outcome
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.promises import PromiseCounts
    from bot.domain.resolutions import Resolution
    from bot.domain.suppression import Block
    from bot.ports import Clock, Repositories, Store
    from bot.services.places import PlaceDirectory

ANSWERS_ON_A_PAGE: Final = 5


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """A comment with its decision, and how many people stand behind it by the channels that may be told."""

    view: CommentView
    voices: tuple[tuple[Block, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A page of a hearing's answers; ``today`` is the day in its municipality, by which things are overdue.

    ``by_outcome`` and ``promises`` count all of them, ``more`` says that another page follows.
    """

    hearing: Hearing
    today: date
    zone: ZoneInfo
    which: AnswerFilter
    page: int
    items: tuple[PublicAnswer, ...]
    more: bool
    by_outcome: Mapping[Outcome, int]
    promises: PromiseCounts
    resolution: Resolution | None = None
    changes: bool = False
    """True where decisions change something in the drafts."""


class Answers:
    """What the commission has answered. Everybody may read it, of a hearing that is public."""

    def __init__(self, store: Store, clock: Clock, directory: PlaceDirectory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def page(self, hearing_id: int, *, which: AnswerFilter = AnswerFilter.ALL, page: int = 0) -> AnswerPage:
        """A page of the answers, narrowed; raises NotFound for a draft."""
        places = await self._directory.tree()
        async with self._store.reading() as repositories:
            hearing = await _public(repositories, hearing_id)
            zone = places.zone(hearing.municipality_id)
            today = self._clock.now().astimezone(zone).date()
            found = await repositories.answers.list_public(
                hearing_id, which, today=today, offset=page * ANSWERS_ON_A_PAGE, limit=ANSWERS_ON_A_PAGE + 1
            )
            return AnswerPage(
                *(hearing, today, zone, which, page),
                items=await _answers(repositories, hearing, found[:ANSWERS_ON_A_PAGE]),
                more=len(found) > ANSWERS_ON_A_PAGE,
                by_outcome=await repositories.answers.counts_public(hearing_id),
                promises=await repositories.answers.promises_public(hearing_id, today),
                resolution=await repositories.resolutions.find(hearing_id),
                changes=await repositories.answers.has_changing(hearing_id),
            )

    async def find(self, hearing_id: int, number: int) -> PublicAnswer:
        """The answer to the comment with that number; NotFound where others may not read it, or there is none yet."""
        async with self._store.reading() as repositories:
            hearing = await _public(repositories, hearing_id)
            found = await repositories.answers.find_public(hearing_id, number)
            if found is None:
                raise NotFound("answer", number)
            return (await _answers(repositories, hearing, [found]))[0]

    async def changes(self, actor: Actor, hearing_id: int) -> DraftChanges:
        """What decisions change in the drafts, and what was corrected since they became public."""
        async with self._store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            ensure_visible(actor, hearing)
            changing = await repositories.answers.list_changing(hearing_id)
            version = await first_public_version(repositories, hearing)
            before = await repositories.hearings.dossier_of(hearing_id, version)
        return draft_changes(hearing, before, changing)


async def _public(repositories: Repositories, hearing_id: int) -> Hearing:
    hearing = await repositories.hearings.get(hearing_id)
    hearing.ensure_public()
    return hearing


async def _answers(repositories: Repositories, hearing: Hearing, found: Sequence[Comment]) -> tuple[PublicAnswer, ...]:
    voices = await repositories.answers.voices([comment.id for comment in found])
    joined = await repositories.duplicates.of_hearing(hearing.id) if found else {}
    return tuple(
        PublicAnswer(CommentView(comment, hearing, joined=joined.get(comment.id)), told_voices(voices[comment.id]))
        for comment in found
    )


async def first_public_version(repositories: Repositories, hearing: Hearing) -> int:
    """The version of the drafts that was published: what was changed before is nobody's concern."""
    announced = hearing.announced_at
    corrected = [
        int(entry.data["version"])
        for entry in await repositories.journal.list_about(f"hearing:{hearing.id}")
        if entry.act is Act.CHANGED and announced is not None and entry.at > announced and "version" in entry.data
    ]
    return max(1, min(corrected) - 1) if corrected else hearing.version
