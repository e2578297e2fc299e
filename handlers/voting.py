"""Answering the questions of a hearing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.questions import AboutKind, Choose, Give, Mark, Rank, Withdraw
from handlers.kept_presses import kept
from handlers.views import strategy, toasts
from handlers.views import voting as views
from handlers.views.finished import finished, withdraw

if TYPE_CHECKING:
    from bot.domain.questions import Change
    from bot.services.ballots import Ballot
    from handlers import presses
    from handlers.context import Context

    Voted = presses.ChooseOption | presses.MarkOption | presses.RankOption | presses.GiveCoins | presses.WithdrawVote


async def open_question(context: Context, press: presses.OpenQuestion) -> None:
    """Show a question; without a number the first one not answered yet."""
    actor = await context.actor()
    ballot = await context.services.voting.ballot(actor, press.hearing, press.question)
    context.subject = (ballot.hearing.id, ballot.question.about)
    _say_unshared(context, press, ballot)
    context.press = replace(press, question=ballot.question.no, unshared=0)  # so that one comes back to this one
    sharing = None if ballot.taken else await context.sharing(ballot.hearing)
    await context.show(views.ballot(context.t, ballot, page=press.page, sharing=sharing))


async def finish_questions(context: Context, press: presses.FinishQuestions) -> None:
    """Show what comes after the last question, and how many are answered."""
    ballot = await context.services.voting.ballot(await context.actor(), press.hearing, 0)
    _say_unshared(context, press, ballot)
    await context.show(finished(context.t, ballot, await context.sharing(ballot.hearing)))


def _say_unshared(context: Context, press: presses.OpenQuestion | presses.FinishQuestions, ballot: Ballot) -> None:
    if press.unshared and ballot.taken:
        context.toast(toasts.unshared(context.t, press.unshared))


async def choose_option(context: Context, press: presses.ChooseOption) -> None:
    """Choose a stance, or one option."""
    await _cast(context, press, Choose(press.option), page=press.page)


async def mark_option(context: Context, press: presses.MarkOption) -> None:
    """Mark an option, or unmark it."""
    await _cast(context, press, Mark(press.option, press.on))


async def rank_option(context: Context, press: presses.RankOption) -> None:
    """Give an option a place in the ranking."""
    await _cast(context, press, Rank(press.option, press.place))


async def give_coins(context: Context, press: presses.GiveCoins) -> None:
    """Give coins to an option."""
    await _cast(context, press, Give(press.option, press.amount))


async def withdraw_vote(context: Context, press: presses.WithdrawVote) -> None:
    """Take the answer back, after asking once."""
    if press.sure:
        await _cast(context, press, Withdraw())
        return
    ballot = await context.services.voting.ballot(await context.actor(), press.hearing, press.question)
    await context.show(withdraw(context.t, ballot))


async def _cast(context: Context, press: Voted, change: Change, *, page: int = 0) -> None:
    ballot = await context.services.voting.cast(
        *(context.caller, press.hearing, press.question, change),
        order=context.origin.update_id,
        edition=press.edition,
    )
    context.adopt(ballot.actor)
    context.toast(views.counted(context.t, ballot, withdrawn=isinstance(change, Withdraw)))
    context.subject = (ballot.hearing.id, ballot.question.about)
    if not await kept(context, press, _show_again):
        await _show(context, ballot, page=page, option=0 if isinstance(change, Withdraw) else change.option)


async def _show_again(context: Context, press: Voted) -> None:
    """Show the question after a vote that was counted before."""
    ballot = await context.services.voting.ballot(await context.actor(), press.hearing, press.question)
    await _show(context, ballot, page=getattr(press, "page", 0), option=getattr(press, "option", 0))


async def _show(context: Context, ballot: Ballot, *, page: int, option: int) -> None:
    about = ballot.question.about
    context.subject = (ballot.hearing.id, about)
    if page and about.kind is AboutKind.SERVICE:
        service = ballot.hearing.dossier.service(about.no)
        question = ballot.question.no if page == strategy.PAGE_FROM_QUESTION else 0
        await context.show(strategy.service_page(context.t, ballot.hearing, service, ballot, question=question))
    else:
        await context.show(views.ballot(context.t, ballot, option=option))
