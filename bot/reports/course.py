"""The course of a hearing, as its record tells it: versions of the draft, notices, arrivals by poster, the journal."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Final

from bot.domain.hall_course import course_of_sittings
from bot.domain.journal import Act
from bot.domain.meaning import Aspect, meaning_changes
from bot.domain.notice_rules import NOTICE_RULES, UNCOUNTED
from bot.domain.notices import Audience, Progress
from bot.domain.revisions import same_schedule
from bot.domain.suppression import bounds
from bot.domain.tallies import SMALLEST_GROUP
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.domain.hall_course import SittingStep
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.journal import JournalEntry
    from bot.domain.meaning import MeaningChange
    from bot.domain.notices import NoticeKind
    from bot.domain.places import Place
    from bot.domain.suppression import GroupSize
    from bot.ports import Repositories

WHOLE_MUNICIPALITY: Final = 0
"""Stands for the village of a poster that is for all of them."""
JOURNAL_LINES: Final = 1_000
"""The newest lines about a hearing as a whole that are looked at."""
TAKEN_FILES: Final = frozenset(
    {
        *(Act.DOWNLOADED, Act.TABLE_TAKEN, Act.SHEET_TAKEN, Act.FORM_PRINTED, Act.POSTER_MADE, Act.POSTERS_MADE),
        Act.JOURNAL_DOWNLOADED,
    }
)
"""Acts that change nothing: a record in which they stood would be another each time that it is taken."""
_REVISING: Final = (Act.CHANGED, Act.POSTPONED)
_TO_THE_PUBLIC: Final = frozenset(
    {Audience.FOLLOWERS, Audience.TOLD, Audience.PARTICIPANTS, Audience.UNFINISHED, Audience.UNHEARD}
)


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """A version of the drafts that people could read: from when on, and what it changed of the one before.

    ``at`` is None where the journal does not say. ``rescheduled``: dates or places of the hearing were other ones.
    """

    version: int
    at: datetime | None
    dossier: Dossier
    changes: tuple[MeaningChange, ...] = ()
    rescheduled: bool = False


@dataclass(frozen=True, slots=True)
class SentNotice:
    """A notice of a hearing to the public: what it told, from when on, how many people and rooms it reached.

    ``people`` is None where it may not be told.
    """

    kind: NoticeKind
    at: datetime
    people: int | None
    rooms: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """What was done about a hearing; ``journal`` has the acts on the hearing as a whole, oldest first.

    ``arrivals`` are people by the village whose poster brought them (``WHOLE_MUNICIPALITY``: one for all): lower
    bounds, also after closing, since people still come then.
    """

    versions: tuple[DraftVersion, ...] = ()
    notices: tuple[SentNotice, ...] = ()
    arrivals: Mapping[int, GroupSize] = field(default_factory=dict)
    journal: tuple[JournalEntry, ...] = ()
    steps: tuple[SittingStep, ...] = ()
    """What was done in the sittings."""


async def gather_course(repositories: Repositories, hearing: Hearing, villages: Sequence[Place]) -> Course:
    """The course of a hearing as it stands."""
    journal = tuple(reversed(await repositories.journal.list_about(f"hearing:{hearing.id}", limit=JOURNAL_LINES)))
    return Course(
        await _versions(repositories, hearing, journal),
        await _notices(repositories, hearing.id),
        _arrivals(await repositories.arrivals.by_village(hearing.id), villages),
        tuple(entry for entry in journal if entry.act not in TAKEN_FILES),
        course_of_sittings(journal, await _notes(repositories, hearing.id)),
    )


async def _notes(repositories: Repositories, hearing_id: int) -> dict[int, str]:
    """What was answered in the halls, by the numbers of the questions."""
    answers = await repositories.halls.answers(hearing_id)
    return {(await repositories.comments.get(each.comment_id)).number: each.note for each in answers if each.note}


async def _versions(
    repositories: Repositories, hearing: Hearing, journal: Sequence[JournalEntry]
) -> tuple[DraftVersion, ...]:
    """The versions since the drafts became public; the present one alone of a draft."""
    made = _revised(hearing, journal)
    first = max(1, min(made, default=hearing.version + 1) - 1)
    before = await repositories.hearings.dossier_of(hearing.id, first)
    found = [DraftVersion(first, hearing.announced_at, before)]
    for version in range(first + 1, hearing.version + 1):
        dossier = await repositories.hearings.dossier_of(hearing.id, version)
        changes = tuple(each for each in meaning_changes(before, dossier) if each.aspect is not Aspect.TRANSLATION)
        moved = not same_schedule(before, dossier)
        found.append(DraftVersion(version, made.get(version), dossier, changes, moved))
        before = dossier
    return tuple(found)


def _revised(hearing: Hearing, journal: Iterable[JournalEntry]) -> dict[int, datetime]:
    """The versions that came after the drafts had become public, and when: each change and each postponement is one."""
    announced = hearing.announced_at
    revisions = [entry for entry in journal if entry.act in _REVISING and announced and entry.at > announced]
    before = hearing.version - len(revisions)
    return {int(entry.data.get("version", before + no)): entry.at for no, entry in enumerate(revisions, start=1)}


async def _notices(repositories: Repositories, hearing_id: int) -> tuple[SentNotice, ...]:
    """The notices that have reached somebody, in the order in which they were due."""
    progress = await repositories.notices.progress(hearing_id)
    to_rooms = await repositories.notices.room_progress(hearing_id)
    found = []
    for broadcast in await repositories.broadcasts.list_of(hearing_id):
        kind, rooms = broadcast.kind, to_rooms.get(broadcast.id, Progress())
        reached = progress.get(broadcast.id, Progress()).without(rooms).delivered
        if NOTICE_RULES[kind].audience in _TO_THE_PUBLIC and reached + rooms.delivered:
            told = None if kind in UNCOUNTED or 0 < reached < SMALLEST_GROUP else reached
            found.append((broadcast.id, SentNotice(kind, broadcast.planned.due_at, told, rooms.delivered)))
    return tuple(notice for _, notice in sorted(found, key=lambda each: (each[1].at, each[0])))


def _arrivals(counts: Mapping[int, int], villages: Sequence[Place]) -> dict[int, GroupSize]:
    """People by the poster that brought them; those of villages that are there no more came by the municipality's."""
    here = {village.id: counts.get(village.id, 0) for village in villages}
    return dict(bounds({WHOLE_MUNICIPALITY: sum(counts.values()) - sum(here.values()), **here}))
