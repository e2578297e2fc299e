"""A role is never given away: pasted links are no comments, who came is told, and what was given is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind
from bot.domain.people import Grant, Role
from bot.domain.questions import AboutKind
from bot.simulator.messages import Content
from bot.simulator.people import Person
from handlers import presses
from handlers.presses.links import deep_link
from handlers.presses.wire import pack
from tests.faults.stage import dump, said
from tests.handlers.test_desk import send

if TYPE_CHECKING:
    from tests.living import Town

FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "Катчы", "date": 1}}


def dressings(username: str, payload: str) -> dict[str, Content]:
    """An invitation as text, in every dress that people and programs give it."""
    link = f"https://t.me/{username}?start={payload}"
    offset, length = 0, 4
    behind = ({"type": "text_link", "offset": offset, "length": length, "url": link},)
    keyboard = {"inline_keyboard": [[{"text": "Кирүү", "url": link}]]}
    return {
        "a link": Content("text", link),
        "a link without https": Content("text", f"t.me/{username}?start={payload}"),
        "another address of Telegram": Content("text", f"https://telegram.me/{username}?start={payload}"),
        "the bot in other letters": Content("text", f"https://T.me/{username.upper()}?start={payload}"),
        "tg://resolve": Content("text", f"tg://resolve?domain={username}&start={payload}"),
        "within a sentence": Content("text", f"Салам, мына шилтеме: {link}. Рахмат!"),
        "before a comma": Content("text", f"{link}, окуп коюңуз"),
        "in brackets": Content("text", f"(шилтеме {link})"),
        "the payload alone": Content("text", payload),
        "the token alone": Content("text", f"коду: {payload[4:]}"),
        "start in text": Content("text", f"/start@{username} {payload}"),
        "start in a sentence": Content("text", f"мындай деп жаз: /start {payload}"),
        "another command": Content("text", f"/help {payload}"),
        "a press that waits in another": Content("text", f"/start 1kag_j-{payload[4:]}"),
        "percent signs": Content("text", link.replace("_", "%5F")),
        "split by nothing to be seen": Content("text", "\u200b".join(link)),
        "split by a soft hyphen and a joiner": Content("text", f"{link[:-9]}\u00ad{link[-9:-4]}\u2060{link[-4:]}"),
        "split by the end of the row": Content("text", f"{link[:-9]}\n{link[-9:]}"),
        "letters that are struck out": Content("text", "\u0336".join(link)),
        "wide letters": Content("text", "".join(chr(ord(letter) + 0xFEE0) for letter in link)),
        "under a photo": Content("photo", f"Көр: {link}", media=[photo()]),
        "under a voice message": Content("voice", link, media=voice()),
        "under a sticker, which is refused": Content("sticker", link, media=voice()),
        "under a video": Content("video", link, media={**voice(), "width": 640, "height": 480}),
        "behind words": Content("text", "окуу керек", behind),
        "behind words under a photo": Content("photo", "окуу керек", behind, media=[photo()]),
        "forwarded": Content(
            "text", f"Бул шилтемени кесиптешиңизге жөнөтүңүз:\n{link}", extras=tuple(FORWARDED.items())
        ),
        "on a button": Content("text", "Кириңиз", extras=(*FORWARDED.items(), ("reply_markup", keyboard))),
    }


def photo() -> dict[str, Any]:
    return {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}


def voice() -> dict[str, Any]:
    return {"file_id": "f", "file_unique_id": "u", "duration": 3}


async def invitation(town: Town) -> str:
    """The payload of a new invitation."""
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], Role.SECRETARY)
    return pack(presses.AcceptInvitation(token))


async def test_an_invitation_that_comes_as_text_is_opened_and_is_part_of_nothing(town: Town) -> None:
    hearing = await town.hearing()
    person = await town.resident("Бек")
    resident = (await town.actor(person)).resident
    grant = Grant(hearing.municipality_id, Role.SECRETARY)
    for name in dressings(town.telegram.username, await invitation(town)):
        payload = await invitation(town)
        await send(town, person, presses.WriteAbout(hearing.id, CommentKind.PROPOSAL, AboutKind.HEARING))
        person._send(dressings(town.telegram.username, payload)[name], None)
        await town.quiet()
        assert "Welcome! You are now: Secretary" in person.screen.text, name
        tables = await dump(town.url)
        assert not [row for rows in tables.values() for row in rows if payload[4:] in row], name
        await town.say(person, f"Көпүрө керек: {name}")  # what was being written is still waited for
        assert len((await dump(town.url))["comments"]) == len(tables["comments"]) + 1, name
        await town.app.services.staff.revoke(COMMAND_LINE, resident.id, grant)
        town.clock.forward(hours=2)
    async with town.store.reading() as repositories:
        comments = await repositories.comments.page(hearing.id, after=0, limit=99)
    assert {comment.text.partition(": ")[0] for comment in comments} == {"Көпүрө керек"}


async def test_a_used_invitation_in_a_comment_is_no_comment_either(town: Town) -> None:
    hearing = await town.hearing()
    payload, secretary, author = await invitation(town), await town.resident("Бек"), await town.resident()
    link = f"https://t.me/{town.telegram.username}?start={payload}"
    secretary.follow(link)
    await town.quiet()
    await send(town, author, presses.WriteAbout(hearing.id, CommentKind.PROPOSAL, AboutKind.HEARING))
    await town.say(author, f"Муну карагыла: {link}")
    assert "This invitation has been used" in author.screen.text
    assert (await dump(town.url))["comments"] == []


async def test_a_visitor_who_pastes_an_invitation_chooses_a_language_first(town: Town) -> None:
    new = town.person()
    await town.start(new)
    new.say(f"https://t.me/{town.telegram.username}?start={await invitation(town)}")
    await town.quiet()
    await town.press(new, "English", "✅")
    assert "Welcome! You are now: Secretary" in new.screen.text


@pytest.mark.parametrize(
    "words",
    ["Жол керек", "https://t.me/bagysh_bot?start=1eh_1", "taj-mahal is a very nice building in the south", "1" * 25],
)
async def test_other_links_and_long_words_are_comments_as_before(town: Town, words: str) -> None:
    hearing = await town.hearing()
    author = await town.resident()
    await send(town, author, presses.WriteAbout(hearing.id, CommentKind.PROPOSAL, AboutKind.HEARING))
    await town.say(author, words)
    assert len((await dump(town.url))["comments"]) == 1


async def invited(town: Town, secretary: Person, role: Role = Role.MEMBER) -> str:
    """A link that a secretary has made on the desk."""
    await send(town, secretary, presses.InviteStaff(town.places["bagysh"], role))
    return next(word for word in secretary.screen.text.split() if word.startswith("https://"))


async def test_who_invited_hears_who_came_by_which_name_and_takes_the_role_back_there(town: Town) -> None:
    await town.hearing()
    secretary = await town.secretary()
    link = await invited(town, secretary, Role.SECRETARY)
    assert "within 24 hours" in secretary.screen.text
    thief = Person(town.telegram, "Бек", last_name="<b>Тороев</b>", username="bek_a", language="en")
    thief.follow(link)
    await town.quiet()
    await town.press(thief, "English")
    assert "A colleague invites you" in thief.screen.text
    await town.press(thief, "✅")
    assert "Welcome! You are now: Secretary" in thief.screen.text
    assert "Your invitation was used." in secretary.screen.text
    assert "Бек <b>Тороев</b> (@bek_a)" in secretary.screen.text
    theirs = await invited(town, thief)
    await town.press(secretary, "↩️ Take the role back")
    await town.press(secretary, "↩️ Yes, take it back")
    for way in (link, theirs):  # neither the used link nor one that they made opens anything any more
        thief.follow(way)
        await town.quiet()
        assert "This invitation has been used" in thief.screen.text
    await send(town, thief, presses.OpenDeskMunicipality(town.places["bagysh"]))
    assert thief.toasts[-1].text == "This is only for the commission’s staff."
    await town.tick()
    town.clock.forward(days=3)
    await town.app.services.privacy.expire()  # the name is kept with the message alone
    assert [row for rows in (await dump(town.url)).values() for row in rows if "Тороев" in row] == []


async def test_who_opens_their_own_link_again_tells_nobody_twice(town: Town) -> None:
    await town.hearing()
    secretary, colleague = await town.secretary(), await town.resident("Бек")
    link = await invited(town, secretary)
    for _ in range(3):
        colleague.follow(link)
        await town.quiet()
        assert "Welcome! You are now: Commission member" in colleague.screen.text
    assert said(secretary).count("Your invitation was used.") == 1


async def test_only_secretaries_of_the_municipality_take_an_invitation_back(town: Town) -> None:
    await town.hearing()
    secretary, neighbour = await town.secretary(), await town.secretary("kok-art")
    moderator, resident = await town.secretary(role=Role.MODERATOR), await town.resident("Бек")
    link = await invited(town, secretary)
    async with town.store.reading() as repositories:
        (*_, made) = await repositories.people.list_invitations(town.places["bagysh"])
    for person in (neighbour, moderator, resident):
        for press in (
            presses.TakeBackInvitation(made.name),
            presses.TakeBackInvitation(made.name, sure=True),
        ):
            await send(town, person, press)
            assert person.toasts[-1].text == "This is only for the commission’s staff."
    for name in ("", made.name[:8], "0" * 12):
        await send(town, secretary, presses.TakeBackInvitation(name, sure=True))
        assert secretary.toasts[-1].text == "This is no longer here. Please choose again."
    resident.follow(link)
    await town.quiet()
    assert "Welcome!" in resident.screen.text


async def test_an_invitation_for_one_person_opens_for_nobody_else(town: Town) -> None:
    await town.hearing()
    bek, aigul = await town.resident("Бек"), await town.resident()
    token = await town.app.services.people.invite(
        COMMAND_LINE, town.places["bagysh"], Role.MEMBER, telegram_id=aigul.id
    )
    (row,) = (await dump(town.url))["invitations"]
    assert str(aigul.id) not in row.split("|")  # by cells: the letters of a digest may hold any four digits
    link = deep_link(town.telegram.username, presses.AcceptInvitation(token))
    for person, words in ((bek, "This invitation has been used"), (aigul, "Welcome! You are now: Commission member")):
        person.follow(link)
        await town.quiet()
        assert words in person.screen.text


async def test_numbers_for_staff_do_not_follow_who_is_staff_no_more(town: Town) -> None:
    hearing = await town.hearing()
    secretary, other = await town.secretary(role=Role.MEMBER), await town.secretary()
    person = (await town.actor(secretary)).resident
    assert person is not None
    town.clock.forward(hours=10)
    await town.tick()
    town.clock.forward(hours=9, minutes=30)
    grant = Grant(hearing.municipality_id, Role.MEMBER)
    await town.app.services.staff.revoke(COMMAND_LINE, person.id, grant)
    town.clock.forward(hours=2)
    await town.tick()
    assert "The hearing in numbers" not in said(secretary)
    assert "The hearing in numbers" in said(other)
