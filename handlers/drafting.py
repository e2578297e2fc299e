"""A hearing without a workbook: six questions, each with a way back and a way past it. The services check rights."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound
from bot.domain.hearings import Phase
from bot.i18n import drafts
from handlers import presses
from handlers.announcing import chosen_day, chosen_moment, prepared
from handlers.views import drafting as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.services.desk import HearingOverview
    from handlers.context import Context

USUAL_HOUR: Final = time(14)
"""When a sitting begins until its hour is chosen."""


async def compose_hearing(context: Context, press: presses.ComposeHearing) -> None:
    """Ask which kind of hearing begins."""
    await context.services.drafting.last(await context.actor(), press.municipality)
    await context.show(views.kinds(context.t, press.municipality))


async def start_hearing(context: Context, press: presses.StartHearing) -> None:
    """Begin a draft of that kind, then ask for its subject."""
    actor = await context.actor()
    title = drafts.subject_in_all(context.catalogues, press.kind, 0)
    draft = await context.services.drafting.start(actor, press.municipality, press.kind, title, USUAL_HOUR)
    context.toast(toasts.draft_begun(context.t))
    await context.follow(presses.ChooseTitle(draft.id, guided=True))


async def copy_hearing(context: Context, press: presses.CopyHearing) -> None:
    """Begin a draft that says what the last hearing said, then ask for its subject."""
    draft = await context.services.drafting.copy_last(await context.actor(), press.municipality)
    context.toast(toasts.draft_begun(context.t))
    await context.follow(presses.ChooseTitle(draft.id, guided=True))


async def choose_title(context: Context, press: presses.ChooseTitle) -> None:
    """Ask for the subject of a draft."""
    draft = await _draft(context, press.hearing)
    years = drafts.years_offered(draft.hearing.dossier.kind, draft.now.astimezone(draft.zone).year)
    await context.show(views.titles(context.t, draft, years, guided=press.guided))


async def set_title(context: Context, press: presses.SetTitle) -> None:
    """Give a draft its subject, then ask for the day."""
    draft = await _draft(context, press.hearing)
    this_year, kind = draft.now.astimezone(draft.zone).year, draft.hearing.dossier.kind
    if press.year and press.year not in drafts.years_offered(kind, this_year):
        raise NotFound("year", press.year)
    title = drafts.subject_in_all(context.catalogues, kind, press.year)
    actor = await context.actor()
    await context.services.drafting.set_title(actor, press.hearing, title, year=press.year or None)
    await _go_on(context, press.hearing, presses.ChooseDay(press.hearing, guided=True), guided=press.guided)


async def choose_day(context: Context, press: presses.ChooseDay) -> None:
    """Ask for the day of the sitting."""
    draft = await _draft(context, press.hearing)
    await context.show(views.sitting_days(context.t, draft, press.page, guided=press.guided))


async def choose_hour(context: Context, press: presses.ChooseHour) -> None:
    """Ask for the hour of the sitting."""
    draft = await _draft(context, press.hearing)
    await context.show(views.sitting_hours(context.t, draft, chosen_day(press.day), guided=press.guided))


async def set_sitting(context: Context, press: presses.SetSitting) -> None:
    """Let the sitting begin then, and ask for the place."""
    draft = await _draft(context, press.hearing)
    at = chosen_moment(press.day, press.minute, draft.zone)
    await context.services.drafting.reschedule(await context.actor(), press.hearing, at)
    await _go_on(context, press.hearing, presses.ChooseVenue(press.hearing, guided=True), guided=press.guided)


async def choose_venue(context: Context, press: presses.ChooseVenue) -> None:
    """Ask where the sitting is."""
    draft = await _draft(context, press.hearing)
    venues = await context.services.drafting.venues(await context.actor(), press.hearing)
    await context.show(views.venues(context.t, draft, venues, guided=press.guided))


async def set_venue(context: Context, press: presses.SetVenue) -> None:
    """Let the sitting be where an earlier one was, or at a place of the list, and ask for the services."""
    actor, drafting = await context.actor(), context.services.drafting
    if 0 < press.place <= len(drafts.PLACE_NAMES):
        await drafting.set_place(actor, press.hearing, drafts.place_in_all(context.catalogues, press.place - 1))
    else:
        await drafting.set_venue(actor, press.hearing, press.source)
    await _go_on(context, press.hearing, presses.ChooseServices(press.hearing, guided=True), guided=press.guided)


async def choose_services(context: Context, press: presses.ChooseServices) -> None:
    """Ask which services the hearing is about."""
    listed = tuple(drafts.service_in_all(context.catalogues, number) for number in range(len(drafts.SERVICE_NAMES)))
    await context.show(views.services(context.t, await _draft(context, press.hearing), listed, guided=press.guided))


async def toggle_service(context: Context, press: presses.ToggleService) -> None:
    """Add a service of the list, or take it out, and show the list again."""
    if press.number >= len(drafts.SERVICE_NAMES):
        raise NotFound("service", press.number)
    title = drafts.service_in_all(context.catalogues, press.number)
    await context.services.drafting.set_service(await context.actor(), press.hearing, title, on=press.on)
    context.toast(toasts.saved(context.t))
    await context.follow(presses.ChooseServices(press.hearing, guided=press.guided))


async def review_draft(context: Context, press: presses.ReviewDraft) -> None:
    """Show the draft with the way to publish it."""
    await context.show(views.review(context.t, await _draft(context, press.hearing)))


async def _go_on(context: Context, hearing: int, following: presses.Press, *, guided: bool) -> None:
    context.toast(toasts.saved(context.t))
    await context.follow(following if guided else presses.ChangeHearing(hearing))


async def _draft(context: Context, hearing_id: int) -> HearingOverview:
    """The draft; raises NotFound for a hearing that is public. A text that was asked for is given up."""
    overview = await prepared(context, hearing_id)
    if overview.hearing.phase is not Phase.DRAFT:
        raise NotFound("draft", hearing_id)
    await context.services.texts.drop(await context.actor())
    return overview
