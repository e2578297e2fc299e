"""What was read is what is published and supported; what was answered is what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import HidingRule, Visibility
from handlers import presses
from handlers.presses.wire import pack
from tests import samples
from tests.handlers.test_desk import comment, send

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.simulator.people import Person
    from tests.living import Town

READ = "Мектептин чатырын оңдоо керек"
OTHER = "Мэр ууру"


async def stored(town: Town, number: int = 1) -> Comment:
    async with town.store.reading() as repositories:
        return next(each for each in await repositories.comments.page(1, after=0, limit=99) if each.number == number)


async def amend(town: Town, author: Person, words: str, *, number: int = 1) -> None:
    """The author gives a comment other words, a minute later."""
    town.clock.forward(minutes=1)
    await send(town, author, presses.AmendComment((await stored(town, number)).id))
    await town.say(author, words)


async def test_what_the_moderator_did_not_read_is_not_published_and_the_new_words_are_shown(town: Town) -> None:
    hearing = await town.hearing()
    secretary, author = await town.secretary(), await town.resident()
    await comment(town, author, READ)
    await send(town, secretary, presses.OpenQueue(hearing.id))
    assert READ in secretary.screen.text
    await amend(town, author, OTHER)
    await town.press(secretary, "✅ Publish")
    assert (await stored(town)).visibility is Visibility.WAITING
    assert "The author has changed these words meanwhile." in secretary.toasts[-1].text
    assert secretary.toasts[-1].alert
    assert OTHER in secretary.screen.text
    await town.press(secretary, "✅ Publish")
    assert (await stored(town)).visibility is Visibility.PUBLISHED


@pytest.mark.parametrize("words", [OTHER, READ + "!"])
async def test_every_act_on_a_comment_is_of_the_words_it_showed(town: Town, words: str) -> None:
    hearing = await town.hearing()
    secretary, author = await town.secretary(), await town.resident()
    await comment(town, author, READ)
    await send(town, secretary, presses.OpenQueue(hearing.id))
    await town.press(secretary, "🚫 Hide")
    await amend(town, author, words)
    await town.press(secretary, "Insult")
    assert (await stored(town)).visibility is Visibility.WAITING
    assert words in secretary.screen.text
    old = (
        presses.PublishComment(1),
        presses.ChooseHidingRule(1),
        presses.HideComment(1, HidingRule.INSULT),
        presses.PublishComment(1, (await stored(town)).edition - 1),
    )
    for press in old:  # of buttons made before there were editions, and of every other edition
        await send(town, secretary, press)
        assert "changed these words" in secretary.toasts[-1].text
        assert (await stored(town)).visibility is Visibility.WAITING


async def test_a_button_from_before_publishes_what_was_never_changed(town: Town) -> None:
    await town.hearing()
    secretary, author = await town.secretary(), await town.resident()
    await comment(town, author, READ)
    secretary.forge("1edp_1")
    await town.quiet()
    assert (await stored(town)).visibility is Visibility.PUBLISHED


async def test_a_comment_longer_than_a_screen_is_read_to_its_end_before_it_is_published(town: Town) -> None:
    hearing = await town.hearing()
    secretary, author = await town.secretary(), await town.resident()
    await comment(town, author, "Жол керек. " * 340 + OTHER)
    await send(town, secretary, presses.OpenQueue(hearing.id))
    assert OTHER not in secretary.screen.text
    assert "✅ Publish" not in secretary.labels
    await town.press(secretary, "▶️")
    assert OTHER in secretary.screen.text
    await town.press(secretary, "✅ Publish")
    assert (await stored(town)).visibility is Visibility.PUBLISHED


async def supported(town: Town, *supporters: Person) -> Person:
    """The author of a published comment that these people support."""
    author = await town.resident()
    await comment(town, author, READ)
    await town.app.services.moderation.publish(COMMAND_LINE, 1)
    for person in supporters:
        await send(town, person, presses.SeeWall(1))
        await town.press(person, "👍 № 1")
    assert (await stored(town)).support == len(supporters)
    return author


async def test_support_is_not_kept_by_other_words_and_who_gave_it_is_told_once(town: Town) -> None:
    await town.hearing()
    people = [await town.resident(f"Сосед {number}") for number in range(3)]
    author = await supported(town, *people)
    await amend(town, author, OTHER)
    changed = await stored(town)
    assert changed.support == 0
    for _ in range(2):
        await town.app.services.moderation.publish(COMMAND_LINE, 1, edition=changed.edition)
        await town.tick()
    for person in people:
        told = [message for message in person.messages if "A comment you supported was changed" in message.text]
        assert len(told) == 1
        await town.press(person, "💬 Read the comment")
        assert OTHER in person.screen.text
        assert "Changed: 23 November" in person.screen.text
    assert not [message for message in author.messages if "you supported" in message.text]
    await town.press(people[0], "👍 Support this")
    assert (await stored(town)).support == 1


async def test_who_supported_a_comment_that_is_hidden_after_a_change_is_told_too(town: Town) -> None:
    await town.hearing()
    neighbour = await town.resident("Сосед")
    author = await supported(town, neighbour)
    await amend(town, author, OTHER)
    await town.app.services.moderation.hide(COMMAND_LINE, 1, HidingRule.INSULT, edition=(await stored(town)).edition)
    await town.tick()
    (told,) = [message for message in neighbour.messages if "A comment you supported was changed" in message.text]
    assert "It is not shown at present" in told.text
    assert OTHER not in told.text


async def test_a_change_nobody_had_supported_is_told_to_nobody(town: Town) -> None:
    await town.hearing()
    author = await supported(town)
    await amend(town, author, OTHER)
    await town.app.services.moderation.publish(COMMAND_LINE, 1, edition=(await stored(town)).edition)
    await town.tick()
    async with town.store.reading() as repositories:
        kinds = {each.kind.value for each in await repositories.broadcasts.list_of(1)}
    assert kinds == {"announced", "opened"}


async def test_support_pressed_under_the_old_words_does_not_count_for_the_new(town: Town) -> None:
    await town.hearing()
    neighbour = await town.resident("Сосед")
    author = await supported(town)
    await send(town, neighbour, presses.SeeWall(1))
    await amend(town, author, OTHER)
    await town.app.services.moderation.publish(COMMAND_LINE, 1, edition=(await stored(town)).edition)
    await town.press(neighbour, "👍 № 1")
    assert (await stored(town)).support == 0
    assert "changed these words" in neighbour.toasts[-1].text
    assert OTHER in neighbour.screen.text


async def test_who_is_forgotten_after_a_change_takes_no_support_from_others(town: Town) -> None:
    await town.hearing()
    first, second = await town.resident("Биринчи"), await town.resident("Экинчи")
    author = await supported(town, first)
    await amend(town, author, OTHER)
    await town.app.services.moderation.publish(COMMAND_LINE, 1, edition=(await stored(town)).edition)
    await send(town, second, presses.SeeWall(1))
    await town.press(second, "👍 № 1")
    await town.app.services.privacy.forget(await town.actor(first), withdraw_comments=False)
    assert (await stored(town)).support == 1
    await town.app.services.privacy.forget(await town.actor(second), withdraw_comments=False)
    assert (await stored(town)).support == 0


async def test_the_wall_says_when_words_were_changed(town: Town) -> None:
    await town.hearing()
    author = await supported(town)
    await send(town, author, presses.SeeWall(1))
    assert "changed on" not in author.screen.text
    await amend(town, author, OTHER)
    await town.app.services.moderation.publish(COMMAND_LINE, 1, edition=(await stored(town)).edition)
    await send(town, author, presses.SeeWall(1))
    assert "changed on 23 November" in author.screen.text


async def test_an_answer_pressed_under_the_old_question_does_not_count_for_the_new(town: Town) -> None:
    hearing = await town.hearing()
    person = await town.resident()
    await send(town, person, presses.OpenQuestion(hearing.id, 1))
    monument = replace(hearing.dossier.services[0], title=samples.words("Мэрге эстелик"))
    dossier = replace(hearing.dossier, services=(monument, hearing.dossier.services[1]))
    await town.app.services.announcements.revise(COMMAND_LINE, hearing.id, dossier)
    await town.press(person, "👍")
    assert person.toasts[-1].text == "The question has changed. Please answer on the fresh screen."
    assert "Мэрге эстелик" in person.screen.text
    await send(town, person, presses.ChooseOption(hearing.id, 1, 1))
    async with town.store.reading() as repositories:
        assert await repositories.votes.tallies(hearing.id) == {}
    await send(town, person, presses.OpenQuestion(hearing.id, 1))
    await town.press(person, "👍")
    async with town.store.reading() as repositories:
        assert (await repositories.votes.tallies(hearing.id))[1].voters == 1


async def test_whose_answer_was_put_aside_is_asked_again_once(town: Town) -> None:
    hearing = await town.hearing()
    voter, other = await town.resident("Сосед"), await town.resident("Башка")
    await send(town, voter, presses.ChooseOption(hearing.id, 1, 1))
    await send(town, other, presses.ChooseOption(hearing.id, 2, 1))
    monument = replace(hearing.dossier.services[0], title=samples.words("Мэрге эстелик"))
    dossier = replace(hearing.dossier, services=(monument, hearing.dossier.services[1]))
    await town.app.services.announcements.revise(COMMAND_LINE, hearing.id, dossier, as_new_version=True)
    for _ in range(2):
        await town.tick()
    (told,) = [message for message in voter.messages if "What you answered has changed" in message.text]
    assert "Мэрге эстелик" in told.text
    assert not [message for message in other.messages if "What you answered" in message.text]
    await town.press(voter, "🗳 Have my say")
    assert "Мэрге эстелик" in voter.screen.text
    assert voter.screen.button("👍")["callback_data"] == pack(presses.ChooseOption(hearing.id, 1, 1, edition=2), "en")


async def test_a_draft_that_was_changed_is_not_published_by_who_saw_the_one_before(town: Town) -> None:
    draft = await town.hearing(publish=False)
    secretary = await town.secretary()
    await send(town, secretary, presses.PublishHearing(draft.id))
    other = replace(draft.dossier, title=samples.words("Мэрге эстелик"))
    await town.app.services.announcements.revise(COMMAND_LINE, draft.id, other)
    await town.press(secretary, "📣 Publish now")
    assert "The draft has been changed meanwhile." in secretary.toasts[-1].text
    assert "Мэрге эстелик" in secretary.screen.text
    tuesday = (samples.NOW + timedelta(days=1)).date().toordinal()
    await send(town, secretary, presses.PublishAt(draft.id, tuesday, 840, sure=True))
    assert "The draft has been changed meanwhile." in secretary.toasts[-1].text
    async with town.store.reading() as repositories:
        found = await repositories.hearings.get(draft.id)
    assert (found.phase.value, found.publish_at) == ("draft", None)
    await send(town, secretary, presses.PublishHearing(draft.id))
    await town.press(secretary, "📣 Publish now")
    async with town.store.reading() as repositories:
        assert (await repositories.hearings.get(draft.id)).is_public
