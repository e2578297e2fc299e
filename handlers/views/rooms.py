"""Groups and channels: the desk's pages about them, and the few sentences the bot says in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.domain.rooms import RoomKind
from handlers import presses
from handlers.presses import Language
from handlers.presses.wire import pack
from handlers.views.pages import turns
from handlers.views.posts import links
from handlers.views.screen import Button, Html, Screen, b, e, i, in_rows, lines, short, tap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.domain.places import Place
    from bot.domain.rooms import Room
    from bot.i18n import Catalogues, Translator
    from bot.services.room_views import RoomGreeting, RoomList, RoomOverview

PAGE: Final = 10
DEFAULT_LANGUAGES: Final = ("ky", "ru")
"""Of what is said in a group that is not known."""


def kind_name(t: Translator, kind: RoomKind) -> str:
    """What Telegram calls it; other things have the same English names."""
    return t.p("room", "Channel") if kind is RoomKind.CHANNEL else t.p("room", "Group")


def listing(t: Translator, found: RoomList, username: str, *, page: int = 0) -> Screen:
    """A municipality's rooms, those to link, and how to add the bot to one."""
    last = max(0, len(found.linked) - 1) // PAGE
    page = min(page, last)
    shown = found.linked[page * PAGE : (page + 1) * PAGE]
    town = found.municipality
    text = lines(
        b(t("Groups and channels")),
        e(short(t.text(town.name).words, 200)),
        e(""),
        e(t("Announcements of hearings are posted here:")) if shown else e(t("None is linked yet.")),
        *(_line(t, room) for room in shown),
        _how_to_add(t, username),
    )
    paging = turns(
        t,
        presses.ListRooms(town.id, page - 1) if page else None,
        presses.ListRooms(town.id, page + 1) if page < last else None,
    )
    rows = (
        *in_rows(tap(t, _label(room), presses.OpenRoom(room.id)) for room in shown),
        *((paging,) if paging else ()),
        *in_rows(tap(t, f"🔗 {_label(room)}", presses.LinkRoom(room.id, town.id)) for room in found.offered[:PAGE]),
        *_ways_to_add(t, town, username),
        (tap(t, t.p("button", "⬅️ Back"), presses.OpenDeskMunicipality(town.id)),),
    )
    return Screen(text, rows)


def _line(t: Translator, room: Room) -> Html:
    facts = [kind_name(t, room.kind), *(OWN_NAMES[language] for language in room.languages)]
    if room.left_at is not None:
        facts.append(t("the bot was removed or may not write"))
    return e(f"• {_name(room)} ({t.list(facts)})")


def _how_to_add(t: Translator, username: str) -> Html:
    return lines(
        e(""),
        b(t("How to add one")),
        e(t("1. An administrator of the group or channel presses a button below and chooses it.")),
        e(t("2. The bot asks you here whether to link it. Press “Link”.")),
        e(t("3. In a group with topics, write /desk@{bot} in the topic where posts belong.", bot=username)),
    )


def _ways_to_add(t: Translator, town: Place, username: str) -> tuple[tuple[Button, ...], ...]:
    group = f"https://t.me/{username}?startgroup={pack(presses.ListRooms(town.id))}"
    channel = f"https://t.me/{username}?startchannel&admin=post_messages+edit_messages"
    return (
        (Button(t.p("button", "➕ Add to a group"), url=group),),
        (Button(t.p("button", "➕ Add to a channel"), url=channel),),
    )


def offer(t: Translator, room: Room, towns: Sequence[Place], *, called: bool = False) -> Screen:
    """To whoever has brought the bot into a room, or ``called`` it there: link it?"""
    title = _name(room)
    text = lines(
        b(
            t("You have called me in “{title}”.", title=title)
            if called
            else t("You have added me to “{title}”.", title=title)
        ),
        e(t("Link it to your municipality? Announcements of hearings will be posted there.")),
        e(t("Choose the municipality:")) if len(towns) > 1 else None,
        e(t("There are more of them on the desk: /desk")) if len(towns) > PAGE else None,
    )
    return Screen(
        text,
        in_rows(
            tap(t, f"🔗 {short(t.text(place.name).words)}", presses.LinkRoom(room.id, place.id))
            for place in towns[:PAGE]
        ),
    )


def link_choice(t: Translator, sheet: RoomOverview) -> Screen:
    """Post this municipality's announcements there: sure?"""
    room, town = sheet.room, sheet.municipality
    assert town is not None
    elsewhere = room.municipality_id not in (None, town.id)
    text = lines(
        b(t("Link “{title}”?", title=_name(room))),
        e(short(t.text(town.name).words, 200)),
        e(""),
        e(t("Each hearing announced, postponed or cancelled from now on is posted there.")),
        e(t("Hearings not published yet, to be announced there: {n}", n=t.number(sheet.drafts))),
        e(t("Hearings running now: {n}. They are posted only if you ask for it.", n=t.number(len(sheet.current)))),
        i(t("It is linked to another municipality now, which will be left.")) if elsewhere else None,
    )
    sure = tap(t, t.p("button", "🔗 Link"), presses.LinkRoom(room.id, town.id, sure=True))
    return Screen(text, ((sure,), (_to_list(t, town),)))


def page(t: Translator, sheet: RoomOverview, username: str) -> Screen:
    """One room: where it belongs, its languages and its topic."""
    room, town = sheet.room, sheet.municipality
    text = lines(
        b(_name(room)),
        e(kind_name(t, room.kind)),
        e(t("Linked to: {place}", place=short(t.text(town.name).words, 200))) if town else e(t("Not linked.")),
        i(t("The bot was removed from it, or may not write there: nothing is posted.")) if room.left_at else None,
        e(""),
        e(t("Posts are written in one language or two:")) if town else None,
        e(t.list(OWN_NAMES[language] for language in room.languages)) if town else None,
        _topic(t, room, username),
    )
    if town is None:
        return Screen(text, ((tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDesk()),),))
    return Screen(text, _page_rows(t, sheet, town))


def _topic(t: Translator, room: Room, username: str) -> Html | None:
    if room.kind is not RoomKind.SUPERGROUP:
        return None
    if room.topic_id is None:
        return e(t("In a group with topics, write /desk@{bot} in the topic where posts belong.", bot=username))
    return e(t("Posts go to one topic. To change it, write /desk@{bot} in another.", bot=username))


def _page_rows(t: Translator, sheet: RoomOverview, town: Place) -> tuple[tuple[Button, ...], ...]:
    room = sheet.room
    languages = (
        tap(
            t,
            f"{'✅ ' if code in room.languages else ''}{OWN_NAMES[code]}",
            presses.ToggleRoomLanguage(room.id, Language(code), code not in room.languages),
        )
        for code in LANGUAGES
    )
    post = tap(t, t.p("button", "📌 Post the current hearing"), presses.PostNow(room.id))
    return (
        *in_rows(languages, width=3),
        *(((post,),) if sheet.current and room.left_at is None else ()),
        (tap(t, t.p("button", "✂️ Unlink"), presses.UnlinkRoom(room.id)),),
        (_to_list(t, town),),
    )


def unlink_choice(t: Translator, sheet: RoomOverview) -> Screen:
    """Post nothing there any more: sure?"""
    room = sheet.room
    text = lines(
        b(t("Unlink “{title}”?", title=_name(room))),
        e(t("Nothing will be posted there any more. What stands there stays.")),
    )
    sure = tap(t, t.p("button", "✂️ Unlink"), presses.UnlinkRoom(room.id, sure=True))
    return Screen(text, ((sure,), (_to_page(t, room),)))


def post_choice(t: Translator, sheet: RoomOverview) -> Screen:
    """Post what is announced or open now: sure?"""
    room = sheet.room
    text = lines(
        b(t("Post to “{title}” now?", title=_name(room))),
        *(e(f"• {short(t.text(hearing.dossier.title).words, 120)}") for hearing in sheet.current[:PAGE]),
        e(t("Other linked groups and channels that do not have it yet get it too.")),
    )
    sure = tap(t, t.p("button", "📌 Post"), presses.PostNow(room.id, sure=True))
    return Screen(text, ((sure,), (_to_page(t, room),)))


def topic_choice(t: Translator, room: Room, topic: int | None) -> Screen:
    """To whoever has called the bot in another topic: post here from now on?"""
    text = lines(
        b(t("Post to this topic of “{title}” from now on?", title=_name(room))),
        e(t("You have called me in another topic than the one where posts go now.")),
    )
    move = tap(t, t.p("button", "🧵 Post to this topic"), presses.MoveTopic(room.id, topic or 0))
    return Screen(text, ((move,), (tap(t, t.p("button", "As it was"), presses.OpenRoom(room.id)),)))


def add_properly(t: Translator) -> str:
    """What the bot says in a group into which somebody else than an administrator has brought it."""
    return t("An administrator of this group has to add me.")


def call_staff(t: Translator, username: str) -> str:
    """What the bot says in a group when an administrator has added it who is not staff."""
    return t("To link this group, the commission’s secretary writes here: /desk@{bot}", bot=username)


def only_staff(t: Translator, room: Room) -> Screen:
    """To whoever has added the bot to a channel without being staff."""
    words = t("Only the commission’s secretary can link “{title}”: they have to add me to it.", title=_name(room))
    return Screen(e(words), ((tap(t, t.p("button", "🏠 Home"), presses.GoHome()),),))


def spoken(catalogues: Catalogues, languages: Sequence[str], sentence: Callable[[Translator], str]) -> Screen:
    """A sentence in each of the languages, one under the other."""
    return Screen(lines(*(e(sentence(catalogues[language])) for language in languages)))


def answer(catalogues: Catalogues, board: RoomGreeting, username: str) -> Screen:
    """What anybody hears who addresses the bot in a group: the way to the private chat, and to the hearing."""
    languages = board.room.languages if board.room else DEFAULT_LANGUAGES
    said = spoken(catalogues, languages, lambda t: t("I answer in private: what you say there counts."))
    rows = links(catalogues, languages, username, board.hearing) if board.hearing else ()
    start = f"?start={pack(presses.OpenPlace(board.municipality.id))}" if board.municipality else ""
    t = catalogues[languages[0]]
    private = Button(t.p("button", "💬 Write to the bot"), url=f"https://t.me/{username}{start}")
    return Screen(said.text, (*rows, (private,)))


def _name(room: Room) -> str:
    return short(room.title, 80)


def _label(room: Room) -> str:
    return f"{'📢' if room.kind is RoomKind.CHANNEL else '👥'} {short(room.title)}"


def _to_list(t: Translator, town: Place) -> Button:
    return tap(t, t.p("button", "⬅️ Back"), presses.ListRooms(town.id))


def _to_page(t: Translator, room: Room) -> Button:
    return tap(t, t.p("button", "⬅️ Back"), presses.OpenRoom(room.id))
