"""The sittings of a hearing on the desk: added, moved, for another village, removed. The services check rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.hearings import Phase
from bot.domain.notices import NoticeKind
from bot.domain.sittings import Sitting
from bot.domain.timetable import DAY
from bot.i18n import drafts
from bot.services.sittings import NewPlace
from handlers import presses
from handlers.announcing import chosen_day, chosen_moment, prepared
from handlers.views import sittings as views
from handlers.views import toasts

if TYPE_CHECKING:
    from bot.domain.languages import Text
    from bot.domain.notices import Reach
    from bot.services.desk import HearingOverview
    from handlers.context import Context


async def list_sittings(context: Context, press: presses.ListSittings) -> None:
    """Show the sittings of a hearing; a place that was asked for is given up."""
    await context.services.texts.drop(await context.actor())
    await context.show(views.sittings(context.t, await prepared(context, press.hearing), press.page))


async def open_sitting(context: Context, press: presses.OpenSitting) -> None:
    """Show one sitting; a text that was asked for is given up."""
    overview = await prepared(context, press.hearing)
    await context.services.texts.drop(await context.actor())
    await context.show(views.sitting(context.t, overview, press.no))


async def pick_sitting_village(context: Context, press: presses.PickSittingVillage) -> None:
    """Ask for which village a sitting is."""
    overview = await prepared(context, press.hearing)
    if press.no:
        overview.hearing.dossier.sitting(press.no)
    await context.show(views.pick_village(context.t, overview, press.no, press.page))


async def set_sitting_village(context: Context, press: presses.SetSittingVillage) -> None:
    """Let a sitting be for another village, after asking once where people know of it."""
    overview = await prepared(context, press.hearing)
    if not press.sure and _is_known(overview):
        overview.hearing.dossier.sitting(press.no)
        reach = await _reach(context, press.hearing)
        await context.show(views.set_village(context.t, overview, press, reach))
        return
    actor = await context.actor()
    await context.services.sittings.set_village(actor, press.hearing, press.no, press.village)
    await _saved(context, presses.OpenSitting(press.hearing, press.no))


async def pick_sitting_day(context: Context, press: presses.PickSittingDay) -> None:
    """Ask for the day of a sitting."""
    await context.show(views.pick_day(context.t, await prepared(context, press.hearing), press))


async def pick_sitting_hour(context: Context, press: presses.PickSittingHour) -> None:
    """Ask for the hour of a sitting."""
    overview = await prepared(context, press.hearing)
    await context.show(views.pick_hour(context.t, overview, press, chosen_day(press.day)))


async def move_sitting(context: Context, press: presses.MoveSitting) -> None:
    """Let one sitting of a draft begin then."""
    overview = await prepared(context, press.hearing)
    at = chosen_moment(press.day, press.minute, overview.zone)
    await context.services.sittings.move(await context.actor(), press.hearing, press.no, at)
    await _saved(context, presses.OpenSitting(press.hearing, press.no))


async def pick_sitting_place(context: Context, press: presses.PickSittingPlace) -> None:
    """Ask where a new sitting is, by buttons or in own words."""
    overview = await prepared(context, press.hearing)
    at = chosen_moment(press.day, press.minute, overview.zone)
    begins = press.day * DAY + press.minute
    place = NewPlace(press.hearing, press.village, begins, context.t.language)
    await context.services.sittings.begin_place(await context.actor(), place)
    await context.show(views.pick_place(context.t, overview, press, at))


async def on_place(context: Context, words: str) -> bool:
    """Ask whether to add a sitting at the typed place; False where none was asked for."""
    typed = await context.services.sittings.keep_place(await context.actor(), words)
    if typed is None:
        return False
    await context.follow(presses.AddSitting(typed.hearing_id, typed.village_id, typed.begins, presses.TYPED_PLACE))
    return True


async def add_sitting(context: Context, press: presses.AddSitting) -> None:
    """Add a sitting, after asking once where people know of the hearing, or where its place was typed."""
    overview, actor = await prepared(context, press.hearing), await context.actor()
    at = chosen_moment(*divmod(press.begins, DAY), overview.zone)
    place = await _place(context, press)
    if not press.sure and (_is_known(overview) or press.place == presses.TYPED_PLACE):
        new = Sitting(at, place=place, village=press.village)
        reach = await _reach(context, press.hearing) if _is_known(overview) else None
        await context.show(views.add(context.t, overview, press, new, reach))
        return
    await context.services.sittings.add(actor, press.hearing, village_id=press.village, starts_at=at, place=place)
    await _saved(context, presses.ListSittings(press.hearing))


async def _place(context: Context, press: presses.AddSitting) -> Text:
    """The place of a new sitting: of the list, or as it was typed for this very one."""
    if press.place != presses.TYPED_PLACE:
        if press.place >= len(drafts.PLACE_NAMES):
            raise NotFound("place", press.place)
        return drafts.place_in_all(context.catalogues, press.place)
    typed = await context.services.sittings.typed_place(await context.actor(), press.hearing)
    if (typed.village_id, typed.begins) != (press.village, press.begins):
        raise NotFound("typed place")
    return typed.text


async def remove_sitting(context: Context, press: presses.RemoveSitting) -> None:
    """Remove a sitting, after asking once."""
    overview = await prepared(context, press.hearing)
    if press.sure:
        await context.services.sittings.remove(await context.actor(), press.hearing, press.no)
        await _saved(context, presses.ListSittings(press.hearing))
        return
    reach = await _reach(context, press.hearing) if _is_known(overview) else None
    await context.show(views.remove(context.t, overview, press.no, reach))


def _is_known(overview: HearingOverview) -> bool:
    return overview.hearing.phase is not Phase.DRAFT


async def _reach(context: Context, hearing_id: int) -> Reach:
    return await context.services.announcements.reach(await context.actor(), hearing_id, NoticeKind.CHANGED)


async def _saved(context: Context, following: presses.Press) -> None:
    context.bot_data.wake_outbox()
    context.toast(toasts.saved(context.t))
    await context.follow(following)
