"""A corrected workbook beside what people have answered: what it would change, and how that is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import MeaningChanged, SubjectGone
from bot.domain.meaning import Aspect, line_moves, meaning_changes, missing_subjects
from bot.domain.notices import NoticeKind, Planned
from bot.domain.questions import AboutKind
from bot.domain.revisions import renewed
from bot.domain.values import dataclass
from bot.services.outbox.enqueue import enqueue

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.meaning import MeaningChange
    from bot.domain.questions import About
    from bot.ports import Repositories


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a corrected workbook changes of the meaning of a hearing.

    ``voters`` are by question number, ``comments`` by what they are about.
    """

    old: Dossier
    new: Dossier
    changes: tuple[MeaningChange, ...]
    voters: Mapping[int, int]
    comments: Mapping[About, int]

    @property
    def answered(self) -> tuple[MeaningChange, ...]:
        """The changes of what somebody has answered, or written about."""
        return tuple(each for each in self.changes if self._is_answered(each))

    @property
    def unanswered(self) -> tuple[MeaningChange, ...]:
        """The other changes: nobody has said anything about it yet."""
        return tuple(each for each in self.changes if not self._is_answered(each))

    @property
    def questions(self) -> frozenset[int]:
        """The questions of the old dossier that mean something else now."""
        return frozenset(number for each in self.changes for number in each.questions)

    @property
    def asked_again(self) -> tuple[int, ...]:
        """Those of them that somebody has answered."""
        return tuple(sorted(number for number in self.questions if self.voters.get(number)))

    def ensure_nothing_is_lost(self) -> None:
        """Raise SubjectGone where the new dossier leaves out what comments are about."""
        for about in missing_subjects(self.old, self.new):
            if self.comments.get(about):
                raise SubjectGone(f"{about.kind.value} {about.no}")

    def _is_answered(self, change: MeaningChange) -> bool:
        if change.aspect is Aspect.TRANSLATION:
            return False
        voted = any(self.voters.get(number) for number in change.questions)
        return voted or (not change.question and bool(self.comments.get(change.about)))


async def compare(repositories: Repositories, hearing: Hearing, dossier: Dossier) -> Comparison:
    """The hearing as it is beside the dossier that is to take its place."""
    tallies = await repositories.votes.tallies(hearing.id)
    return Comparison(
        hearing.dossier,
        dossier,
        meaning_changes(hearing.dossier, dossier),
        {number: tally.voters for number, tally in tallies.items()},
        await repositories.comments.subjects(hearing.id),
    )


async def put_aside_changed(
    repositories: Repositories, hearing: Hearing, comparison: Comparison, *, as_new_version: bool
) -> Dossier:
    """Put the answers aside that were given to something else; returns the dossier with the editions of its questions.

    Raises MeaningChanged where there are any and it is not taken ``as_new_version``, SubjectGone in any case where
    comments are about something that is gone.
    """
    comparison.ensure_nothing_is_lost()
    if comparison.answered and not as_new_version:
        raise MeaningChanged
    await repositories.votes.put_aside(hearing.id, comparison.questions, version=hearing.version)
    await repositories.disclosures.drop(hearing.id, comparison.questions)
    moved = line_moves(comparison.old, comparison.new)
    await repositories.comments.renumber(hearing.id, AboutKind.LINE, moved)
    return renewed(comparison.old, comparison.new, comparison.questions, hearing.version + 1)


async def ask_again(repositories: Repositories, revised: Hearing, comparison: Comparison, now: datetime) -> None:
    """Owe a notice to everybody whose answers were put aside."""
    if comparison.asked_again:
        facts: dict[str, str | int] = {"questions": " ".join(map(str, comparison.asked_again))}
        planned = Planned(revised.id, NoticeKind.ASKED_AGAIN, revised.version, now, facts=facts)
        await enqueue(repositories, planned, revised, at=now)
