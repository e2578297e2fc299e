"""A question as it stands for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.suppression import told_channels
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.domain.comments import Channel
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from bot.domain.questions import Answer, Question
    from bot.domain.suppression import Block
    from bot.domain.tallies import Tally, Vote


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
    """As residents see it; None while the hearing keeps results back from this person, and where there are too few."""
    taken: bool
    """True while answers are taken."""
    too_few: bool = False
    """True where this person may know what others said, but too few have answered to tell anything."""

    preliminary: bool = False
    """True where answers are closed and voices from elsewhere are still to be entered."""
    channels: tuple[tuple[Block, int], ...] = ()
    """Of final results, how many answered through each channel; those together that too few people used."""

    def __hash__(self) -> int:
        """By what differs from one to the next: a dossier cannot be hashed, and is the same for all of a hearing."""
        voters = self.tally.voters if self.tally else 0
        return hash((self.hearing.id, self.question.no, frozenset((self.answer or {}).items()), self.answered, voters))

    @property
    def complete(self) -> bool:
        """True once this person has answered every question."""
        return len(self.answered) == len(self.hearing.dossier.questions)


@dataclass(frozen=True, slots=True)
class ShownResults:
    """How people answered a hearing, by question number, as far as one person may know it."""

    hearing: Hearing
    tallies: Mapping[int, Tally]
    taken: bool
    preliminary: bool


def ballot_of(
    actor: Actor,
    hearing: Hearing,
    question: Question,
    *,
    votes: Mapping[int, Vote],
    shown: Tally | None,
    now: datetime,
    by_channel: Mapping[tuple[int, Channel], Tally] | None = None,
) -> Ballot:
    """The ballot of ``actor``; ``votes`` are the actor's by question number, ``shown`` is what residents may see."""
    vote = votes.get(question.no)
    allowed = hearing.shows_results(now, answered=vote is not None)
    return Ballot(
        actor,
        hearing,
        question,
        dict(vote.answer) if vote else None,
        frozenset(votes),
        shown if allowed else None,
        hearing.takes_answers(now),
        too_few=allowed and shown is None and now >= hearing.dossier.opens_at,
        preliminary=hearing.is_preliminary(now),
        channels=told_channels(by_channel, question.no) if by_channel and allowed and shown else (),
    )
