"""Comments that are marked page by page, to be decided on together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.errors import ListChanged
from handlers.comment_list import narrowed_to
from handlers.views import comment_list, toasts
from handlers.views import decision_drafts as drafts
from handlers.views import marking as views

if TYPE_CHECKING:
    from bot.services.comment_lists import ListedComments
    from handlers import presses
    from handlers.context import Context


async def mark_comments(context: Context, press: presses.MarkComments) -> None:
    """Show a page of comments to be marked."""
    await _show(context, press, await _page(context, press))


async def mark_listed(context: Context, press: presses.MarkListed) -> None:
    """Mark the comments of a page, and show the next one."""
    shown = await _page(context, press)
    if views.seen(shown) != press.seen:
        raise ListChanged
    marked = [view.comment for view in shown.items]
    await context.services.decision_drafts.mark(await context.actor(), press.hearing, on=marked)
    context.toast(toasts.comments_marked(context.t, [comment.number for comment in marked]))
    await mark_comments(context, views.turned(press, shown.page if shown.after is None else shown.after))


async def mark_comment(context: Context, press: presses.MarkComment) -> None:
    """Mark one comment, or take its mark away."""
    shown = await _page(context, press)
    found = [view.comment for view in shown.items if view.comment.id == press.comment]
    if press.on and not found:
        raise ListChanged
    on = found if press.on else ()
    off = () if press.on else (press.comment,)
    await context.services.decision_drafts.mark(await context.actor(), press.hearing, on=on, off=off)
    await _show(context, press, shown)


async def drop_marks(context: Context, press: presses.DropMarks) -> None:
    """Take all marks away."""
    actor, marking = await context.actor(), context.services.decision_drafts
    marked = await marking.marked(actor, press.hearing)
    await marking.mark(actor, press.hearing, off=marked.ids)
    await context.follow(views.beginning_of(press.hearing))


async def choose_for_marked(context: Context, press: presses.ChooseForMarked) -> None:
    """Ask what is decided on the marked comments."""
    view = await context.services.decision_drafts.choose(await context.actor(), press.hearing)
    await context.show(drafts.outcomes(context.t, view))


async def pick_for_marked(context: Context, press: presses.PickForMarked) -> None:
    """Ask for the reason of a decision on the marked comments."""
    view = await context.services.decision_drafts.choose(await context.actor(), press.hearing, press.outcome)
    await context.show(drafts.begun(context.t, view))


async def _page(context: Context, press: presses.NarrowedComments) -> ListedComments:
    """The page of a press, for whoever decides; words that were looked for are kept with the marks."""
    actor, marking = await context.actor(), context.services.decision_drafts
    draft = await marking.marked(actor, press.hearing)
    narrowed = await narrowed_to(context, press)
    if narrowed.words:
        draft = await marking.mark(actor, press.hearing, words=narrowed.words)
    if press.search:
        narrowed = replace(narrowed, words=draft.words)
    return await context.services.comment_lists.page(actor, press.hearing, narrowed, page=press.page)


async def _show(context: Context, press: presses.NarrowedComments, shown: ListedComments) -> None:
    marked = await context.services.decision_drafts.marked(await context.actor(), press.hearing)
    here = comment_list.listed(press, page=shown.page, search=press.search)
    await context.show(views.page(context.t, shown, here, frozenset(marked.ids)))
