"""Answering the questions of a hearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.questions import AboutKind, Choose, Give, Mark, Rank, Withdraw
from handlers import settings
from handlers.views import strategy
from handlers.views import voting as views

if TYPE_CHECKING:
    from bot.domain.questions import Change
    from bot.services.voting import Ballot
    from handlers import presses
    from handlers.context import Context

    Voted = presses.ChooseOption | presses.MarkOption | presses.RankOption | presses.GiveCoins | presses.WithdrawVote


async def ask(context: Context, press: presses.OpenQuestion) -> None:
    """A question; without a number the first one not answered yet."""
    actor = await context.actor()
    number = press.question or await _first_unanswered(context, press.hearing)
    await context.show(views.ballot(context.t, await context.services.voting.ballot(actor, press.hearing, number)))


async def choose(context: Context, press: presses.ChooseOption) -> None:
    """Stance, or one of several."""
    await _cast(context, press, Choose(press.option), page=press.page)


async def mark(context: Context, press: presses.MarkOption) -> None:
    """One of up to N, on or off."""
    await _cast(context, press, Mark(press.option, press.on))


async def rank(context: Context, press: presses.RankOption) -> None:
    """A place in the ranking."""
    await _cast(context, press, Rank(press.option, press.place))


async def give(context: Context, press: presses.GiveCoins) -> None:
    """Coins for an option."""
    await _cast(context, press, Give(press.option, press.amount))


async def withdraw(context: Context, press: presses.WithdrawVote) -> None:
    """No answer any more."""
    await _cast(context, press, Withdraw(), page=press.page)


async def _cast(context: Context, press: Voted, change: Change, *, page: int = 0) -> None:
    ballot = await context.services.voting.cast(
        context.caller, press.hearing, press.question, change, order=context.origin.update_id
    )
    context.adopt(ballot.actor)
    context.toast(views.counted(context.t, ballot))
    await _show(context, ballot, page=page)
    if len(ballot.answered) == len(ballot.hearing.dossier.questions):
        await settings.ask_about_self(context)


async def _show(context: Context, ballot: Ballot, *, page: int) -> None:
    about = ballot.question.about
    if page and about.kind is AboutKind.SERVICE:
        service = ballot.hearing.dossier.service(about.no)
        await context.show(strategy.service_page(context.t, ballot.hearing, service, ballot))
    else:
        await context.show(views.ballot(context.t, ballot))


async def _first_unanswered(context: Context, hearing_id: int) -> int:
    """The first question without an answer, the first of all when every one has one; raises NotFound without any."""
    card = await context.services.hearings.card(await context.actor(), hearing_id)
    questions = card.hearing.dossier.questions
    if not questions:
        raise NotFound("question", hearing_id)
    ballot = await context.services.voting.ballot(await context.actor(), hearing_id, questions[0].no)
    return next((question.no for question in questions if question.no not in ballot.answered), questions[0].no)
