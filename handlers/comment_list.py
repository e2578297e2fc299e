"""The comments of a hearing, looked through by its staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bot.domain.comment_lists import CommentFilter
from bot.domain.errors import StaleButton
from bot.domain.languages import LANGUAGES
from bot.domain.questions import About
from handlers import presses
from handlers.views import comment_list as views
from handlers.views import comment_narrowing, moderation, toasts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.context import Context

Choice = TypeVar("Choice")


async def list_comments(context: Context, press: presses.ListComments) -> None:
    """Show a page of comments."""
    actor = await context.actor()
    narrowed = await narrowed_to(context, press)
    shown = await context.services.comment_lists.page(actor, press.hearing, narrowed, page=press.page)
    here = views.listed(press, page=shown.page, search=bool(narrowed.words))
    await context.show(views.page(context.t, shown, here))


async def narrow_comments(context: Context, press: presses.NarrowComments) -> None:
    """Ask by what the list is narrowed, and to what."""
    choices = await context.services.comment_lists.choices(await context.actor(), press.hearing)
    await context.show(comment_narrowing.narrowing(context.t, choices, press))


async def search_comments(context: Context, press: presses.SearchComments) -> None:
    """Wait for the words by which comments are looked for."""
    hearing = await context.services.comment_lists.begin_search(await context.actor(), press.hearing)
    await context.show(comment_narrowing.ask_for_words(context.t, hearing.id))


async def on_words(context: Context, text: str) -> None:
    """Show the comments that have the typed words."""
    hearing_id = await context.services.comment_lists.keep_search(await context.actor(), text)
    await list_comments(context, presses.ListComments(hearing_id, search=True))


async def open_listed(context: Context, press: presses.OpenListed) -> None:
    """Show one comment of the list."""
    opened = await context.services.comment_lists.opened(await context.actor(), press.comment)
    listed = views.listed(press, page=press.page, search=press.search)
    screen = moderation.review(context.t, opened, 0, lambda to: presses.ReviewComment(press.comment, to), listed)
    await context.show(screen)


async def publish_listed(context: Context, press: presses.PublishListed) -> None:
    """Publish the comments that the page showed whole, if they are still the same, and show the next."""
    actor, narrowed = await context.actor(), await narrowed_to(context, press)
    numbers = await context.services.moderation.publish_seen(
        actor, press.hearing, narrowed, page=press.page, digest=press.seen
    )
    context.bot_data.wake_outbox()
    context.toast(toasts.comments_published(context.t, numbers))
    await list_comments(context, views.listed(press, page=press.page, search=press.search))


async def narrowed_to(context: Context, press: presses.NarrowedComments) -> CommentFilter:
    """To what the list of a press is narrowed."""
    about = _chosen(views.SUBJECT_KINDS, press.about)
    words: tuple[str, ...] = ()
    if press.search:
        words = await context.services.comment_lists.find_search(await context.actor(), press.hearing)
    return CommentFilter(
        press.state,
        kind=_chosen(views.KINDS, press.kind),
        about=About(about, press.no) if about else None,
        village_id=press.village,
        language=_chosen(LANGUAGES, press.language) or "",
        channel=_chosen(views.CHANNELS, press.channel),
        words=words,
    )


def _chosen(choices: Sequence[Choice], number: int) -> Choice | None:
    """What a button chose by its number, from 1 on; None for 0. Raises StaleButton for a number that there is not."""
    if number > len(choices):
        raise StaleButton
    return choices[number - 1] if number else None
