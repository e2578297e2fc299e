"""A question as it stands for one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.questions import Answer, Question
    from bot.domain.tallies import Vote


@dataclass(frozen=True, slots=True)
class Ballot:
    """A question with a person's answer, how far they are, and what others said if they may know."""

    actor: Actor
    hearing: Hearing
    question: Question
    answer: Answer | None
    answered: frozenset[int]
    """Numbers of the questions this person has answered."""
    tally: Tally | None
    """None while the hearing keeps results back from this person."""
    taken: bool
    """True while answers are taken."""

    @property
    def complete(self) -> bool:
        """True once this person has answered every question."""
        return len(self.answered) == len(self.hearing.dossier.questions)


def ballot_of(
    actor: Actor,
    hearing: Hearing,
    question: Question,
    *,
    votes: Mapping[int, Vote],
    tallies: Mapping[int, Tally],
    now: datetime,
) -> Ballot:
    """The ballot of ``actor``; ``votes`` are the actor's and ``tallies`` the hearing's, both by question number."""
    vote = votes.get(question.no)
    shown = hearing.shows_results(now, answered=vote is not None)
    return Ballot(
        actor,
        hearing,
        question,
        dict(vote.answer) if vote else None,
        frozenset(votes),
        tallies.get(question.no, Tally()) if shown else None,
        hearing.takes_answers(now),
    )
