"""The commission of the demo, which answers every comment of a closed hearing when the clock is pushed that far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.demo.sample_data import SETUP_ACTOR
from bot.domain.comments import CommentKind, Decision, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.hearings import Phase

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.services import Services

SAMPLE_REASON: Final = "Комиссия карап чыкты. / Комиссия рассмотрела. (demo)"
"""What the commission says of everything that the secretary has left without an answer."""


async def answer_everything(services: Services, hearing: Hearing) -> None:
    """Decide what the secretary has not decided, and say that a closed hearing is answered; else change nothing."""
    if hearing.phase is not Phase.CLOSED:
        return
    await services.entry_desk.close(SETUP_ACTOR, hearing.id)
    while (queue := await services.decisions.queue(SETUP_ACTOR, hearing.id)).view is not None:
        comment = queue.view.comment
        outcome = Outcome.ANSWERED if comment.kind is CommentKind.QUESTION else Outcome.NOTED
        mark = decision_mark(comment.decision)
        decision = Decision(outcome, SAMPLE_REASON)
        await services.decisions.decide(SETUP_ACTOR, comment.id, decision, edition=comment.edition, earlier=mark)
    if queue.may_complete:  # else decisions that were proposed wait for the secretary
        await services.decisions.complete(SETUP_ACTOR, hearing.id)
