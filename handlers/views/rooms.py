"""The desk's screens about groups and channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.domain.rooms import RoomKind
from bot.i18n import names
from handlers import presses
from handlers.presses import Language
from handlers.presses.links import channel_link, group_link
from handlers.views.buttons import back, paging, told_apart
from handlers.views.pages import item_page
from handlers.views.screen import Button, ButtonRow, Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.domain.places import Place
    from bot.domain.rooms import Room
    from bot.i18n import Translator
    from bot.services.room_views import RoomList, RoomOverview

ROOMS_ON_A_PAGE: Final = 10
ROOM_TITLE_LETTERS: Final = 80
MUNICIPALITY_NAME_LETTERS: Final = 200
POSTED_TITLE_LETTERS: Final = 120


def listing(t: Translator, found: RoomList, username: str, *, page: int = 0) -> Screen:
    """The screen with a municipality's rooms, a page of them, those to link, and how to add the bot to one."""
    shown, page, last = item_page(found.linked, page, ROOMS_ON_A_PAGE)
    municipality = found.municipality
    text = stacked(
        b(t("Groups and channels")),
        _municipality_name(t, municipality),
        e(""),
        e(t("Announcements of hearings are posted here:")) if shown else e(t("None is linked yet.")),
        *(_facts(t, room) for room in shown),
        _how_to_add(t, username),
    )
    offered = found.offered[:ROOMS_ON_A_PAGE]
    rows = with_buttons(
        *in_rows(tap(t, label, presses.OpenRoom(room.id)) for label, room in _labelled(shown)),
        paging(t, lambda number: presses.ListRooms(municipality.id, number), page=page, last=last),
        *in_rows(
            tap(t, label, presses.LinkRoom(room.id, municipality.id)) for label, room in _labelled(offered, mark="🔗 ")
        ),
        *_ways_to_add(t, found, username),
        (back(t, presses.OpenDeskMunicipality(municipality.id)),),
    )
    return Screen(text, rows)


def _facts(t: Translator, room: Room) -> Html:
    facts = [names.room_kind(t, room.kind), *(OWN_NAMES[language] for language in room.languages)]
    if room.left_at is not None:
        facts.append(t("the bot was removed or may not write"))
    return e(f"• {room_title(room)} ({t.list(facts)})")


def _how_to_add(t: Translator, username: str) -> Html:
    return stacked(
        e(""),
        b(t("How to add one")),
        e(t("1. An administrator of the group or channel presses a button below and chooses it.")),
        e(t("2. The bot asks you here whether to link it. Press “Link”.")),
        e(t("3. In a group with topics, write /desk@{bot} in the topic where posts belong.", bot=username)),
    )


def _ways_to_add(t: Translator, found: RoomList, username: str) -> tuple[ButtonRow, ...]:
    group = group_link(username, presses.ListRooms(found.municipality.id, caller=found.caller))
    return (
        (Button(t.p("button", "➕ Add to a group"), url=group),),
        (Button(t.p("button", "➕ Add to a channel"), url=channel_link(username)),),
    )


def link_choice(t: Translator, overview: RoomOverview) -> Screen:
    """The screen that asks whether to post a municipality's announcements in a room."""
    room, municipality = overview.room, overview.municipality
    assert municipality is not None
    elsewhere = room.municipality_id not in (None, municipality.id)
    running = t.number(overview.running)
    text = stacked(
        b(t("Link “{title}”?", title=room_title(room))),
        _municipality_name(t, municipality),
        e(""),
        e(t("Each hearing announced, postponed or cancelled from now on is posted there.")),
        e(t("Hearings not published yet, to be announced there: {n}", n=t.number(overview.drafts))),
        e(t("Hearings running now: {n}. They are posted only if you ask for it.", n=running)),
        i(t("It is linked to another municipality now, which will be left.")) if elsewhere else None,
    )
    sure = tap(t, t.p("button", "🔗 Link"), presses.LinkRoom(room.id, municipality.id, sure=True))
    return Screen(text, ((sure,), (back(t, presses.ListRooms(municipality.id)),)))


def page(t: Translator, overview: RoomOverview, username: str) -> Screen:
    """The screen with one room: where it belongs, its languages and its topic."""
    room, municipality = overview.room, overview.municipality
    text = stacked(
        b(room_title(room)),
        e(names.room_kind(t, room.kind)),
        _linked_to(t, municipality),
        i(t("The bot was removed from it, or may not write there: nothing is posted.")) if room.left_at else None,
        e(""),
        e(t("Posts are written in one language or two:")) if municipality else None,
        e(t.list(OWN_NAMES[language] for language in room.languages)) if municipality else None,
        _topic(t, room, username),
    )
    if municipality is None:
        return Screen(text, ((tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDesk()),),))
    return Screen(text, _page_rows(t, overview, municipality))


def _linked_to(t: Translator, municipality: Place | None) -> Html:
    if municipality is None:
        return e(t("Not linked."))
    return e(t("Linked to: {place}", place=short(t.place(municipality.name), MUNICIPALITY_NAME_LETTERS)))


def _topic(t: Translator, room: Room, username: str) -> Html | None:
    if room.kind is not RoomKind.SUPERGROUP:
        return None
    if room.topic_id is None:
        return e(t("In a group with topics, write /desk@{bot} in the topic where posts belong.", bot=username))
    return e(t("Posts go to one topic. To change it, write /desk@{bot} in another.", bot=username))


def _page_rows(t: Translator, overview: RoomOverview, municipality: Place) -> tuple[ButtonRow, ...]:
    room = overview.room
    languages = (
        tap(
            t,
            f"{'✅ ' if code in room.languages else ''}{OWN_NAMES[code]}",
            presses.ToggleRoomLanguage(room.id, Language(code), code not in room.languages),
        )
        for code in LANGUAGES
    )
    post = tap(t, t.p("button", "📌 Post the current hearing"), presses.PostNow(room.id))
    ask = tap(t, t.p("button", "🗳 Ask a question"), presses.ListRoomQuestions(room.id))
    posting = bool(overview.current) and room.left_at is None
    return with_buttons(
        *in_rows(languages, width=3),
        (post,) if posting else (),
        (ask,) if posting else (),
        (tap(t, t.p("button", "✂️ Unlink"), presses.UnlinkRoom(room.id)),),
        (back(t, presses.ListRooms(municipality.id)),),
    )


def unlink_choice(t: Translator, overview: RoomOverview) -> Screen:
    """The screen that asks whether to post nothing in a room any more."""
    room = overview.room
    text = stacked(
        b(t("Unlink “{title}”?", title=room_title(room))),
        e(t("Nothing will be posted there any more. What stands there stays.")),
    )
    sure = tap(t, t.p("button", "✂️ Unlink"), presses.UnlinkRoom(room.id, sure=True))
    return Screen(text, ((sure,), (back(t, presses.OpenRoom(room.id)),)))


def post_choice(t: Translator, overview: RoomOverview) -> Screen:
    """The screen that asks whether to post the hearings that are announced or open."""
    room = overview.room
    titles = (t.text(hearing.dossier.title).words for hearing in overview.current)
    text = stacked(
        b(t("Post to “{title}” now?", title=room_title(room))),
        *(e(f"• {short(title, POSTED_TITLE_LETTERS)}") for title in titles),
        e(t("Other linked groups and channels that do not have it yet get it too.")),
    )
    sure = tap(t, t.p("button", "📌 Post"), presses.PostNow(room.id, sure=True))
    return Screen(text, ((sure,), (back(t, presses.OpenRoom(room.id)),)))


def room_title(room: Room) -> str:
    """The title of a room, without line breaks and cut to ``ROOM_TITLE_LETTERS``."""
    return short(room.title, ROOM_TITLE_LETTERS)


def _municipality_name(t: Translator, municipality: Place) -> Html:
    return e(short(t.place(municipality.name), MUNICIPALITY_NAME_LETTERS))


def _labelled(rooms: Sequence[Room], *, mark: str = "") -> Iterator[tuple[str, Room]]:
    """Each room with what stands on its button: what it is, and its title; rooms of one title are told apart."""
    signs = {RoomKind.CHANNEL: "📢"}
    return zip(told_apart([f"{mark}{signs.get(room.kind, '👥')} {room.title}" for room in rooms]), rooms, strict=True)
