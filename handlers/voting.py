"""Answering the questions of a hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.questions import AboutKind, Choose, Give, Mark, Rank, Withdraw
from handlers import settings
from handlers.views import programme
from handlers.views import voting as views

if TYPE_CHECKING:
    from bot.domain.questions import Change
    from bot.services.voting import Ballot
    from handlers import presses
    from handlers.context import Turn

    Voted = presses.ChooseOption | presses.MarkOption | presses.RankOption | presses.GiveCoins | presses.WithdrawVote


async def ask(turn: Turn, press: presses.OpenQuestion) -> None:
    """A question; without a number the first one not answered yet."""
    actor = await turn.actor()
    number = press.question or await _first_unanswered(turn, press.hearing)
    await turn.show(views.ballot(turn.t, await turn.house.voting.ballot(actor, press.hearing, number)))


async def choose(turn: Turn, press: presses.ChooseOption) -> None:
    """Stance, or one of several."""
    await _cast(turn, press, Choose(press.option), page=press.page)


async def mark(turn: Turn, press: presses.MarkOption) -> None:
    """One of up to N, on or off."""
    await _cast(turn, press, Mark(press.option, press.on))


async def rank(turn: Turn, press: presses.RankOption) -> None:
    """A place in the ranking."""
    await _cast(turn, press, Rank(press.option, press.place))


async def give(turn: Turn, press: presses.GiveCoins) -> None:
    """Coins for an option."""
    await _cast(turn, press, Give(press.option, press.amount))


async def withdraw(turn: Turn, press: presses.WithdrawVote) -> None:
    """No answer any more."""
    await _cast(turn, press, Withdraw(), page=press.page)


async def _cast(turn: Turn, press: Voted, change: Change, *, page: int = 0) -> None:
    ballot = await turn.house.voting.cast(
        turn.caller, press.hearing, press.question, change, order=turn.origin.update_id
    )
    turn.adopt(ballot.actor)
    turn.toast(views.counted(turn.t, ballot))
    await _show(turn, ballot, page=page)
    if len(ballot.answered) == len(ballot.hearing.dossier.questions):
        await settings.ask_about_self(turn)


async def _show(turn: Turn, ballot: Ballot, *, page: int) -> None:
    about = ballot.question.about
    if page and about.kind is AboutKind.SERVICE:
        service = ballot.hearing.dossier.service(about.no)
        await turn.show(programme.service_page(turn.t, ballot.hearing, service, ballot))
    else:
        await turn.show(views.ballot(turn.t, ballot))


async def _first_unanswered(turn: Turn, hearing_id: int) -> int:
    """The first question without an answer, the first of all when every one has one; raises NotFound without any."""
    card = await turn.house.hearings.card(await turn.actor(), hearing_id)
    questions = card.hearing.dossier.questions
    if not questions:
        raise NotFound("question", hearing_id)
    ballot = await turn.house.voting.ballot(await turn.actor(), hearing_id, questions[0].no)
    return next((question.no for question in questions if question.no not in ballot.answered), questions[0].no)
