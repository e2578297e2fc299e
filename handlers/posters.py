"""Posters: whoever comes by one, and the desk where they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports.poster import PosterText
from handlers import hearings, presses
from handlers.presses.wire import pack
from handlers.views import posters as views

if TYPE_CHECKING:
    from handlers.context import Turn


async def from_poster(turn: Turn, press: presses.FollowPoster) -> None:
    """The hearing's card; which poster it was is noted of whoever is stored."""
    turn.adopt(await turn.house.arrivals.arrive(await turn.actor(), press.hearing, press.village))
    await hearings.open_hearing(turn, presses.OpenHearing(press.hearing))


async def posters(turn: Turn, press: presses.ListPosters) -> None:
    """For which village, in which languages? And how many have come."""
    board = await turn.house.arrivals.board(await turn.actor(), press.hearing)
    await turn.show(views.board(turn.t, board, press))


async def poster_file(turn: Turn, press: presses.GetPoster) -> None:
    """The poster as a file: permitted and noted now, drawn beside everything else, sent when it is whole."""
    released = await turn.house.arrivals.release(await turn.actor(), press.hearing, press.village)
    turn.toast(turn.t.p("toast", "⏳ The file is being made. It will come in a moment."))
    await turn.house.replies.typing(turn.origin.chat_id, "upload_document")
    poster = PosterText(
        released.hearing,
        released.municipality,
        released.village,
        link(turn.house.username, press.hearing, press.village),
        released.zone,
    )
    turn.house.files.begin_poster(turn, poster, press.pair)


def link(username: str, hearing: int, village: int = 0) -> str:
    """The deep link of a poster."""
    return f"https://t.me/{username}?start={pack(presses.FollowPoster(hearing, village))}"
