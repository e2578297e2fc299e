"""The error handler: one sentence for each refusal of the domain, and a fresh screen."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import structlog

from bot.domain import errors
from bot.domain.decisions import LONGEST_REASON
from bot.domain.errors import ConsentNeeded, NothingExpected, Refusal, StoreUnavailable
from bot.i18n.hall_refusals import HALL_SENTENCES
from handlers import comments, decision_drafts, places, posted_questions, presses, start
from handlers.presses.wire import nest
from handlers.views import comment_list, failures, toasts
from handlers.views import hand_counts as counting
from handlers.views import posted_questions as views_in_rooms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.i18n import Translator
    from handlers.context import Context

    Sentence = Callable[[Translator, Any, str], str]

log = structlog.get_logger(__name__)

LONGEST_TOAST: Final = 200
"""Characters that Telegram takes in the answer to a press."""
MAKING_FILES: Final = (presses.GetTemplate, presses.GetWorkbook, presses.GetProtocolForm)
"""Presses that wait for a file: the first one after a start waits for the worker's process too."""
SENTENCES: Final[dict[type[Refusal], Sentence]] = {
    errors.NotFound: lambda t, _error, _zone: t("This is no longer here. Please choose again."),
    errors.StaleButton: lambda t, _error, _zone: t("This button is out of date. Here is a fresh screen."),
    errors.Forbidden: lambda t, _error, _zone: t("This is only for the commission’s staff."),
    errors.ConsentNeeded: lambda t, _error, _zone: t("Please agree first: your answer has to be stored."),
    errors.HearingNotOpen: lambda t, error, zone: t(
        "Answers are taken from {moment}. Nothing was counted yet.", moment=_said(t, error.opens_at, zone)
    ),
    errors.HearingClosed: lambda t, error, zone: t(
        "Answers were taken until {moment}. This one was not counted.", moment=_said(t, error.closed_at, zone)
    ),
    errors.HearingCancelled: lambda t, _error, _zone: t("This hearing was cancelled. Nothing was counted."),
    errors.HearingOver: lambda t, _error, _zone: t("This hearing is over or cancelled already. Nothing was changed."),
    errors.OnlySitting: lambda t, _error, _zone: t(
        "This is the only sitting, so it stays. Add another one first, or cancel the hearing."
    ),
    errors.SittingBegun: lambda t, _error, _zone: t("This sitting has begun already. It stays as it is."),
    errors.TooManySittings: lambda t, error, _zone: t(
        "A hearing has at most {n} sittings. Please remove one first.", n=t.number(error.most)
    ),
    errors.MomentPassed: lambda t, error, zone: t(
        "{moment} cannot be chosen: it has passed, or is too far ahead.", moment=_said(t, error.at, zone)
    ),
    errors.DraftChanged: lambda t, _error, _zone: t(
        "The draft has been changed meanwhile. Nothing was published. Please look at it again."
    ),
    errors.MeaningChanged: lambda t, _error, _zone: t(
        "The new workbook changes what people have answered already. Nothing was stored."
    ),
    errors.SubjectGone: lambda t, _error, _zone: t(
        "The new workbook leaves out something that people have written about. Nothing was stored."
    ),
    errors.BadAnswer: lambda t, _error, _zone: t("The question has changed. Please answer on the fresh screen."),
    errors.TooManyChoices: lambda t, error, _zone: t.n(
        "At most {n} can be chosen. Take it out first.",
        "At most {n} can be chosen. Take one out first.",
        error.limit,
    ),
    errors.OverCap: lambda t, error, _zone: t("Only {left} is left to share.", left=t.number(error.left)),
    errors.HearingNotAnswered: lambda t, _error, _zone: t(
        "First every comment gets its decision, and the hearing is answered."
    ),
    errors.NothingPromised: lambda t, _error, _zone: t("Only what was accepted, in full or in part, can be done."),
    errors.NoDay: lambda t, _error, _zone: t("We cannot read that as a day. Please write it like 15.05.2027."),
    errors.DayOutside: lambda t, error, _zone: t(
        "The day can be from {first} to {last}. Please write it again.",
        first=t.date(error.first),
        last=t.date(error.last),
    ),
    errors.TextEmpty: lambda t, _error, _zone: t("There is nothing to read in it. Please write it again."),
    errors.TextTooLong: lambda t, error, _zone: t(
        "That is {length} characters; {limit} fit into one comment. Please send it in parts.",
        length=t.number(error.length),
        limit=t.number(error.limit),
    ),
    errors.BadCount: lambda t, error, _zone: t(counting.COUNT_PROBLEMS[error.problem]) + " " + counting.again(t),
    errors.BadPresence: lambda t, _error, _zone: t("These numbers cannot be right.") + " " + counting.again(t),
    errors.SameEntry: lambda t, error, _zone: t(
        "№ {number} says the same. Save it only if it is another paper.", number=error.number
    ),
    errors.EnteredMeanwhile: lambda t, _error, _zone: t(
        "A colleague has entered this meanwhile. Nothing was changed. Please look at it first."
    ),
    errors.NothingEntered: lambda t, _error, _zone: t("There is nothing to save: it was saved already, or is too old."),
    errors.AllEntered: lambda t, _error, _zone: t(
        "Everything is entered already. To add something, reopen the entries first."
    ),
    errors.AnswersStillTaken: lambda t, error, zone: t(
        "Answers are taken until {moment}. After that you can say that all is entered.",
        moment=_said(t, error.until, zone),
    ),
    errors.DailyLimit: lambda t, error, _zone: t(
        "You have sent {limit} comments within a day. Thank you! Please send the next one tomorrow.",
        limit=t.number(error.limit),
    ),
    errors.CommentChanged: lambda t, _error, _zone: t(
        "The author has changed these words meanwhile. Nothing was done. Please read the new ones."
    ),
    errors.ListChanged: lambda t, _error, _zone: t(
        "The list has changed meanwhile. Nothing was done. Please read it again."
    ),
    errors.AlreadyConsidered: lambda t, _error, _zone: t(
        "The commission has already considered it: it can no longer be changed."
    ),
    errors.AlreadyWithdrawn: lambda t, _error, _zone: t("It has been withdrawn already."),
    errors.DecisionChanged: lambda t, _error, _zone: t(
        "A colleague has decided on it meanwhile. Nothing was done. Please look at it again."
    ),
    errors.ReasonNeeded: lambda t, _error, _zone: t(
        "A decision needs a reason, at most {n} characters. Please write it.", n=t.number(LONGEST_REASON)
    ),
    errors.NoDecisionDraft: lambda t, _error, _zone: t(
        "This decision is not open any more. Nothing was stored. Please open the comment again."
    ),
    errors.ProposalChanged: lambda t, _error, _zone: t(
        "This proposal was confirmed, sent back or changed meanwhile. Nothing was done. Please look again."
    ),
    errors.OnlyQuestions: lambda t, _error, _zone: t(
        "Only a question is answered. Please choose another decision for this one."
    ),
    errors.HearingNotClosed: lambda t, _error, _zone: t(
        "This hearing is not closed. It is answered when it is closed and every comment has its decision."
    ),
    errors.Undecided: lambda t, error, _zone: t(
        "Comments without a decision: {n}. Please decide on them first.", n=t.number(error.left)
    ),
    errors.OwnComment: lambda t, _error, _zone: t("This is your own comment; others can support it."),
    errors.OnlyForCommission: lambda t, _error, _zone: t("Only the commission hears this voice message."),
    errors.NothingExpected: lambda t, _error, _zone: t("Please choose with the buttons what this is about."),
    errors.WrongKind: lambda t, _error, _zone: t("Please send text, a voice message or a photo. This was not stored."),
    errors.FileTooLarge: lambda t, error, _zone: t(
        "The file is too large: at most {n} MB.", n=t.number(error.limit // 1_000_000)
    ),
    errors.FileGone: lambda t, _error, _zone: t("This file is no longer here. Please send it again."),
    errors.TooManyFiles: lambda t, _error, _zone: t(
        "Many files are being made now. Please ask again in a few minutes."
    ),
    errors.NotFinal: lambda t, _error, _zone: t(
        "Open data come when answers are closed and everything is entered. Until then the numbers may change."
    ),
    errors.NoOptionQuestions: lambda t, _error, _zone: t(
        "Pabulib files hold questions with several answers, a ranking or coins. This hearing has none."
    ),
    errors.AttachmentRefused: lambda t, _error, _zone: t("Send a PDF, Word or Excel file, or a photo."),
    errors.AttachmentsFull: lambda t, error, _zone: t(
        "A hearing takes {n} documents. Remove one first.", n=t.number(error.limit)
    ),
    errors.AlreadyReminded: lambda t, _error, _zone: t(
        "This village has been reminded today already. Tomorrow it can be reminded again."
    ),
    errors.NotAlike: lambda t, _error, _zone: t(
        "A question cannot be joined with a comment or a proposal: each needs its own decision."
    ),
    errors.DecidedTogether: lambda t, _error, _zone: t(
        "This one is joined with another comment. Please decide on that one: both get the decision."
    ),
    errors.NotHidden: lambda t, _error, _zone: t("This comment is not hidden."),
    errors.AlreadyAppealed: lambda t, _error, _zone: t("You have appealed already. You are told what comes of it."),
    errors.AppealSettled: lambda t, _error, _zone: t("Nothing is left to decide: this appeal is settled."),
    errors.OwnHiding: lambda t, _error, _zone: t("You hid it yourself: a colleague decides about the appeal."),
    errors.LastSecretary: lambda t, _error, _zone: t(
        "This is the only secretary. Hand the role over to a colleague, or invite a second secretary first."
    ),
    errors.InvitationSpent: lambda t, _error, _zone: t(
        "This invitation has been used or is out of date. Ask for a new one."
    ),
    **HALL_SENTENCES,
}
"""Every Refusal of the domain; a test says when one is missing."""


def _said(t: Translator, at: datetime, zone: str) -> str:
    return t.moment_in_words(at, ZoneInfo(zone))


def sentence(error: Refusal, t: Translator, zone: str) -> str:
    """The sentence for ``error``; times are told in ``zone`` (IANA)."""
    for kind in type(error).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind](t, error, zone)
    raise LookupError(type(error).__name__)


async def on_error(update: object, context: Context) -> None:
    """Answer a refusal with its sentence and a crash with an apology; let an update that the store refused come again.

    A crashed update counts as handled: it must not block the queue.
    """
    error = context.error
    if isinstance(error, StoreUnavailable):
        context.bot_data.store_failed(update, error.reason)
        return
    if not context.in_private:
        await _answer_in_room(context, update, error)
        return
    try:
        await (_refuse(context, error) if isinstance(error, Refusal) else _apologise(context, error))
        await context.answer()
    except StoreUnavailable as failure:
        context.bot_data.store_failed(update, failure.reason)


async def _answer_in_room(context: Context, update: object, error: BaseException | None) -> None:
    """Tell who pressed in a group or channel, and nobody else there; to a message there nothing is said."""
    query = getattr(update, "callback_query", None)
    if query is None:
        log.error("update without a person crashed", exc_info=error)
        return
    try:
        t = await posted_questions.translator(context, query)
    except StoreUnavailable as failure:
        context.bot_data.store_failed(update, failure.reason)
        return
    if isinstance(error, ConsentNeeded):
        words = views_in_rooms.not_agreed(t)
    elif isinstance(error, Refusal):
        words = sentence(error, t, context.bot_data.timezone)
    else:
        log.error("handler crashed", kind=type(error).__name__, exc_info=error)
        words = failures.crashed(t)
    await context.replies.answer(query.id, words[:LONGEST_TOAST], alert=True)


async def tell_not_stored_yet(context: Context) -> None:
    """Tell whoever pressed that the database has not taken it yet; the screen follows when it has.

    Who asked for a file that the worker makes meanwhile is told that it will come.
    """
    if not context.in_private or context.origin.query_id is None:
        return
    with suppress(StoreUnavailable):  # then it cannot even be read: in the language of the screen
        await context.actor()
    words = toasts.being_made if isinstance(context.press, MAKING_FILES) else failures.not_stored_yet
    await context.replies.answer(context.origin.query_id, words(context.t))


async def _apologise(context: Context, error: BaseException | None) -> None:
    log.error("handler crashed", kind=type(error).__name__, exc_info=error)
    words = failures.crashed(context.t)
    if context.origin.query_id is not None:
        context.toast(words, alert=True)
    else:
        await _owe(context, words)


async def _refuse(context: Context, error: Refusal) -> None:
    """Say one sentence and show a fresh screen."""
    await context.actor()
    if isinstance(error, NothingExpected):
        await comments.on_nothing_left(context)
        return
    words = sentence(error, context.t, context.bot_data.timezone)
    if context.origin.query_id is None:
        await _owe(context, words)
        return
    context.toast(words, alert=True)
    if isinstance(error, ConsentNeeded) and context.press is not None:
        await start.read_purpose(context, presses.ReadPurpose(nest(context.press)))
        return
    await _fresh(context)


async def tell_refusal(context: Context, error: Refusal) -> None:
    """Say one sentence, as a message of its own: the press was answered long before."""
    await context.send(failures.sentence_alone(context.t, sentence(error, context.t, context.bot_data.timezone)))


async def _owe(context: Context, words: str) -> None:
    """Answer a message with a sentence that survives a restart; a visitor's lives in memory: nothing is stored.

    Of a visitor's many messages the last one is answered.
    """
    origin = context.origin
    if await context.services.owed_replies.owe(
        await context.actor(), origin.source, words, thread=origin.thread_id or 0, content=origin.content
    ):
        context.bot_data.wake_outbox()
    elif not context.is_followed:
        await context.send(failures.sentence_alone(context.t, words))


async def _fresh(context: Context) -> None:
    """Show the nearest screen to the pressed button that can be shown."""
    for press in tuple(_nearest(context.press)):
        try:
            await context.follow(press)
        except Refusal:
            continue
        await decision_drafts.on_screen(context)
        return
    await places.choose_place(context, presses.ChoosePlace())


def _nearest(press: presses.Press | None) -> Iterator[presses.Press]:
    hearing = getattr(press, "hearing", 0)
    yield from _nearest_halls(press)
    if question := getattr(press, "question", 0):
        yield presses.OpenQuestion(hearing, question)
    if isinstance(press, presses.AboutDates):
        yield presses.OpenDates(hearing)
    if isinstance(press, presses.NarrowedComments):
        yield comment_list.listed(press)
    yield from _nearest_entries(press)
    yield from _nearest_decisions(press)
    if room := getattr(press, "room", 0):
        yield presses.OpenRoom(room)
    if hearing:
        yield presses.OpenHearing(hearing)
    if isinstance(press, (presses.AboutWords, presses.HideComment, presses.JoinComments, presses.PartComment)):
        yield presses.ReviewComment(press.comment)
    if appeal := getattr(press, "appeal", 0):
        yield presses.OpenAppeal(appeal)
    if getattr(press, "file", 0):
        yield presses.OpenDesk()
    if comment := getattr(press, "comment", 0):
        yield presses.ReadComment(comment)
    yield presses.GoHome()


def _nearest_halls(press: presses.Press | None) -> Iterator[presses.Press]:
    """The hall, as its chair or as a resident sees it."""
    if isinstance(press, presses.AboutChair):
        yield presses.OpenChair(press.hearing, press.sitting)
    if isinstance(press, presses.AboutHall):
        yield presses.OpenHall(press.hearing, press.sitting)


def _nearest_entries(press: presses.Press | None) -> Iterator[presses.Press]:
    """What is being entered for somebody, the entry, or all that was entered."""
    if isinstance(press, presses.SaveEntry):
        yield presses.CheckEntry(press.hearing)
    if isinstance(press, (presses.ChangeEntry, presses.RemoveEntry)):
        yield presses.OpenEntry(press.comment)
    if isinstance(press, presses.AboutEntries):
        yield presses.OpenEntries(press.hearing)


def _nearest_decisions(press: presses.Press | None) -> Iterator[presses.Press]:
    """The comments without a decision, or the decisions that are proposed."""
    if isinstance(press, (presses.AboutDecision, presses.ChooseForMarked, presses.PickForMarked)):
        yield presses.OpenDecisions(press.hearing)
    if isinstance(press, presses.ConfirmProposals):
        yield presses.OpenProposals(press.hearing)
    if isinstance(press, (presses.ConfirmProposal, presses.SendBackProposal, presses.PickOutcome)):
        yield presses.DecideComment(press.comment)
