"""Changes of meaning as lines on a terminal: what it is, the old words and the new, and what was said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.meaning import Aspect
from bot.domain.questions import AboutKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.meaning import MeaningChange
    from bot.services.revisions import Comparison

_NAMES = {
    AboutKind.HEARING: "The hearing",
    AboutKind.STRATEGY: "The strategy",
    AboutKind.BUDGET: "The budget",
    AboutKind.SERVICE: "Service {no}",
    AboutKind.LINE: "Budget line {no}",
    AboutKind.AGENDA: "Agenda item {no}",
}


def lines(changes: tuple[MeaningChange, ...], compared: Comparison) -> Iterator[str]:
    """A line for each change."""
    for change in changes:
        item = (
            f"Question {change.question}" if change.question else _NAMES[change.about.kind].format(no=change.about.no)
        )
        yield f"{item}, {change.aspect.value}: “{change.old}” → “{change.new}” ({_said(change, compared)})"


def _said(change: MeaningChange, compared: Comparison) -> str:
    """How many have answered, by question, and written about it."""
    if change.aspect is Aspect.TRANSLATION:
        return "please compare it: it counts for no change"
    voters = {number: compared.voters.get(number, 0) for number in sorted(change.questions)}
    said = [f"question {number}: answered by {people}" for number, people in voters.items() if people]
    if not change.question and (written := compared.comments.get(change.about)):
        said.append(f"comments: {written}")
    return "; ".join(said) or "nobody has answered"
