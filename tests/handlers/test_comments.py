"""Residents ask and propose, follow what they wrote, and support others: conversations through the simulator."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.comments import COMMENTS_A_DAY, CommentKind, HidingRule, Submission, Visibility
from bot.domain.media import MediaKind
from bot.domain.questions import About, AboutKind
from handlers import presses
from handlers.presses.wire import pack
from tests import samples
from tests.municipality import Municipality
from tests.services.writing import decide, filed

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from tests.living import Town


async def asked_for_words(town: Town, person: Person) -> None:
    """Go from home to the moment at which a proposal about the hearing as a whole is typed."""
    await town.start(person)
    if "Skip" in person.labels:  # the three questions about oneself, after a first answer
        await town.press(person, "Skip", "Skip", "Skip")
        await town.start(person)
    await town.press(person, "💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole")


async def propose(town: Town, person: Person, words: str) -> Comment:
    """A proposal about the hearing as a whole, as it is stored."""
    await asked_for_words(town, person)
    await town.say(person, words)
    return (await comments_of(town, person))[0]


async def comments_of(town: Town, person: Person) -> tuple[Comment, ...]:
    """Everything a person wrote, newest first."""
    async with town.store.reading() as repositories:
        resident = await repositories.people.find(person.id)
        return await repositories.comments.list_of(resident.id) if resident else ()


async def published(town: Town, hearing: Hearing, *words: str) -> tuple[Person, list[Comment]]:
    """An author and their comments, let through by staff."""
    author = await town.resident("Бакыт")
    written = [await propose(town, author, text) for text in words]
    for comment in written:
        await town.app.services.moderation.publish(COMMAND_LINE, comment.id)
    return author, written


async def unasked(town: Town, person: Person, words: str) -> None:
    """Type while nothing is waited for."""
    await town.app.services.pending_inputs.cancel(await town.actor(person))
    await town.say(person, words)


def said(person: Person) -> str:
    """All words the bot has in a person's chat now."""
    return "\n".join(message.words for message in person.messages)


async def test_a_proposal_about_a_service_gets_a_number_and_three_questions_follow_once(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await town.press(aigul, "💬 Ask or propose", "💡 A proposal", "🔧 One of the services", "1. Ички жолдорду")
    await town.say(aigul, "Мектептин жанындагы <b>жолду</b> & көпүрөнү оңдогула")

    (comment,) = await comments_of(town, aigul)
    assert comment.about == About(AboutKind.SERVICE, 1)
    assert comment.kind is CommentKind.PROPOSAL
    assert comment.text == "Мектептин жанындагы <b>жолду</b> & көпүрөнү оңдогула"
    assert "Your number: № 1" in said(aigul)
    await town.press(aigul, "👩 Woman", "29–44", "Safarovka")
    person = (await town.actor(aigul)).resident
    assert person is not None
    assert (person.gender.value, person.age_band.value) == ("f", "29-44")
    assert person.village_id == town.places["bagysh-2"]
    await propose(town, aigul, "Дагы бир сунуш")
    assert "Your number: № 2" in aigul.screen.text


async def test_who_hears_a_voice_is_said_before_and_after_and_chosen_by_its_author(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    assert "Only the commission hears a voice message, unless you let others hear it." in aigul.screen.text
    aigul.send_voice(b"OggS-road", duration=35)
    await town.quiet()
    (comment,) = await comments_of(town, aigul)
    await town.app.services.moderation.publish(COMMAND_LINE, comment.id)
    (receipt,) = [message for message in aigul.messages if "Your number: № 1" in message.words]
    assert "Only the commission hears it." in receipt.words

    bek = await town.resident("Бек")
    bek.forge(pack(presses.ReadComment(comment.id), "en"))
    await town.quiet()
    assert "Voice message, 35 s" in bek.screen.text
    assert "Only the commission hears it." in bek.screen.text
    assert not any("▶️" in label for label in bek.labels)
    bek.forge(pack(presses.PlayComment(comment.id), "en"))
    await town.quiet()
    assert bek.toasts[-1].text == "Only the commission hears this voice message."
    assert not any(message.content.kind == "voice" for message in bek.messages)

    aigul.press("🔊 Let others hear it", on=receipt)
    await town.quiet()
    assert aigul.toasts[-1].text == "Others can hear it now."
    bek.forge(pack(presses.SeeWall(hearing.id), "en"))
    await town.quiet()
    assert "Only the commission hears it." not in bek.screen.text
    await town.press(bek, "📖 № 1", "▶️ Listen")
    assert bek.messages[-1].content.kind == "voice"


async def test_a_voice_message_is_kept_and_can_be_heard_again(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    aigul.send_voice(b"OggS-road", duration=35)
    await town.quiet()

    (comment,) = await comments_of(town, aigul)
    assert comment.text == ""
    (voice,) = comment.attachments
    assert (voice.kind, voice.seconds) == (MediaKind.VOICE, 35)
    await town.say(aigul, "/mine")
    await town.press(aigul, "№ 1 🎤", "▶️ Listen")
    heard = aigul.messages[-1].content
    assert heard.kind == "voice"
    assert heard.file is not None
    assert heard.file.content == b"OggS-road"


async def test_others_read_no_telephone_number_on_any_screen_and_its_author_does(town: Town) -> None:
    hearing = await town.hearing()
    author, (comment,) = await published(town, hearing, "Чалыңыз: 0555 123 456")
    await decide(Municipality(town.app.services, town.places), comment)
    bek = await town.resident("Бек")
    for press in (presses.SeeWall(hearing.id), presses.ReadComment(comment.id), presses.ReadAnswers(hearing.id)):
        bek.forge(pack(press, "en"))
        await town.quiet()
        assert "Чалыңыз: •••" in bek.screen.text
        assert "555" not in bek.screen.text
    for press in (presses.SeeWall(hearing.id), presses.ReadComment(comment.id)):
        author.forge(pack(press, "en"))
        await town.quiet()
        assert "Чалыңыз: 0555 123 456" in author.screen.text


async def test_a_photo_is_kept_with_its_caption(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    aigul.send_photo("Мына ушул көпүрө")
    await town.quiet()

    (comment,) = await comments_of(town, aigul)
    (photo,) = comment.attachments
    assert (comment.text, photo.kind) == ("Мына ушул көпүрө", MediaKind.PHOTO)
    await town.say(aigul, "/mine")
    await town.press(aigul, "№ 1 🖼 Мына", "🖼 Show the photo")
    assert aigul.messages[-1].photo is not None


async def test_an_author_changes_and_takes_back_a_comment(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await propose(town, aigul, "Биринчи сөз")
    await town.say(aigul, "/mine")
    await town.press(aigul, "№ 1", "✏️ Change")
    assert "Биринчи сөз" in aigul.screen.text
    await town.say(aigul, "Экинчи сөз")
    assert "Your change is received." in aigul.screen.text
    assert "№ 1" in aigul.screen.text
    (comment,) = await comments_of(town, aigul)
    assert (comment.number, comment.text) == (1, "Экинчи сөз")

    await town.press(aigul, "↩️ Take back", "⬅️ No")
    assert (await comments_of(town, aigul))[0].withdrawn_at is None
    await town.press(aigul, "↩️ Take back", "↩️ Yes")
    assert (await comments_of(town, aigul))[0].withdrawn_at is not None
    assert aigul.toasts[-1].text == "Taken back."
    assert not [label for label in aigul.labels if label.startswith(("✏️", "↩️"))]


async def test_a_comment_of_somebody_else_can_be_neither_changed_nor_taken_back(town: Town) -> None:
    hearing = await town.hearing()
    author, (comment,) = await published(town, hearing, "Меники")
    stranger = await town.resident("Марат")
    for press in (presses.AmendComment(comment.id), presses.WithdrawComment(comment.id, sure=True)):
        stranger.forge(pack(press, "en"))
        await town.quiet()
        assert stranger.toasts[-1].alert
        await town.say(stranger, "Башка сөз")

    assert [(found.text, found.withdrawn_at) for found in await comments_of(town, author)] == [("Меники", None)]
    assert await comments_of(town, stranger) == ()


async def test_words_that_came_unasked_are_sent_only_when_their_author_says_so(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await unasked(town, aigul, "Суу жок")
    assert await comments_of(town, aigul) == ()
    assert "Do you want to send this to the hearing?" in aigul.screen.text
    asking = aigul.screen
    await town.press(aigul, "❓ A question")

    (comment,) = await comments_of(town, aigul)
    assert (comment.text, comment.kind) == ("Суу жок", CommentKind.QUESTION)
    assert "Your number: № 1" in asking.text
    aigul.forge(pack(presses.SendUnsent(comment.hearing_id, CommentKind.QUESTION), "en"), asking)
    await town.quiet()
    assert len(await comments_of(town, aigul)) == 1
    assert "Your number: № 1" in asking.text


async def test_an_old_button_to_send_what_is_gone_says_so(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await unasked(town, aigul, "Суу жок")
    town.clock.forward(hours=25)
    await town.press(aigul, "❓ A question")

    assert "This was sent already, or it is too long ago." in aigul.screen.text
    assert await comments_of(town, aigul) == ()
    assert hearing.takes_answers(town.clock.now())


async def test_words_when_no_hearing_takes_any_are_sent_to_nobody(town: Town) -> None:
    await town.hearing(samples.dossier(opens=samples.NOW.replace(day=24)))
    aigul = await town.resident()
    await unasked(town, aigul, "Суу жок")

    assert "The next one takes them from 24 November, 12:00." in aigul.screen.text
    assert await comments_of(town, aigul) == ()


async def test_who_cancels_has_sent_nothing(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    await town.press(aigul, "✖️ Cancel")
    assert aigul.toasts[-1].text == "Nothing was sent."
    await town.say(aigul, "Кийинки сөз")

    assert await comments_of(town, aigul) == ()


async def test_others_read_without_a_name_and_support_and_stop(town: Town) -> None:
    hearing = await town.hearing()
    author, (first, second) = await published(town, hearing, "Жол керек", "Суу керек")
    aigul = await town.resident()
    await town.press(aigul, "👥 Comments: 2")
    assert "Бакыт" not in aigul.screen.text
    wall = aigul.screen
    aigul.press("👍 № 1", on=wall)
    await town.quiet()
    assert aigul.toasts[-1].text == "✅ You support this."
    assert wall.text.index("Суу керек") < wall.text.index("Жол керек")  # as before: none moves under the finger
    assert "№ 1 · Proposal · 👍 1" in wall.text
    aigul.press("Newest", on=wall)
    await town.quiet()
    assert wall.text.index("Суу керек") < wall.text.index("Жол керек")
    aigul.press("✅ № 1", on=wall)
    await town.quiet()
    assert "👍 1" not in wall.text
    author.forge(pack(presses.SupportComment(first.id, on=True), "en"))
    await town.quiet()
    assert author.toasts[-1].alert
    async with town.store.reading() as repositories:
        assert [(await repositories.comments.get(comment.id)).support for comment in (first, second)] == [0, 0]


async def test_who_only_looks_reads_the_wall_and_agrees_before_supporting(town: Town) -> None:
    hearing = await town.hearing()
    _, (comment,) = await published(town, hearing, "Жол керек")
    visitor = town.person("Улан")
    await town.start(visitor, pack(presses.SeeWall(hearing.id)))
    await town.press(visitor, "English", "👀")
    assert "Жол керек" in visitor.screen.text
    await town.press(visitor, "👍 № 1")
    assert (await town.actor(visitor)).resident is None
    await town.press(visitor, "✅ I agree")
    assert "№ 1 · Proposal · 👍 1" in said(visitor)
    async with town.store.reading() as repositories:
        assert (await repositories.comments.get(comment.id)).support == 1


async def test_a_waiting_comment_is_on_nobodys_wall(town: Town) -> None:
    await town.hearing()
    author = await town.resident("Бакыт")
    comment = await propose(town, author, "Али окула элек")
    stranger = await town.resident("Марат")
    for press in (presses.ReadComment(comment.id), presses.SupportComment(comment.id, on=True)):
        stranger.forge(pack(press, "en"))
        await town.quiet()
        assert "Али окула элек" not in said(stranger)
    assert comment.visibility is Visibility.WAITING


async def test_a_comment_sent_after_closing_is_refused_kindly(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    town.clock.forward(days=2, hours=23)
    await asked_for_words(town, aigul)
    town.clock.forward(hours=1)
    await town.say(aigul, "Кеч калган сөз")

    assert "Answers were taken until 26 November 2026, 12:00." in said(aigul)
    assert await comments_of(town, aigul) == ()


async def test_the_limit_of_a_day_is_said_and_nothing_more_is_stored(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await propose(town, aigul, "Биринчи")
    (first,) = await comments_of(town, aigul)
    async with town.store.writing() as repositories:
        resident = await repositories.people.find(aigul.id)
        assert resident is not None
        for number in range(COMMENTS_A_DAY - 1):
            await repositories.comments.add(
                hearing.id,
                Submission(first.kind, first.about, "Дагы", "ky", f"more {number}"),
                author=resident,
                channel=first.channel,
                at=town.clock.now(),
            )
    await asked_for_words(town, aigul)
    await town.say(aigul, "Дагы бир")

    assert "You have sent 20 comments within a day." in said(aigul)
    assert len(await comments_of(town, aigul)) == COMMENTS_A_DAY


async def test_a_hearing_with_nothing_but_itself_asks_for_words_at_once(town: Town) -> None:
    await town.hearing(replace(samples.dossier(), services=(), budget=None, agenda=(), questions=()))
    aigul = await town.resident()
    await town.press(aigul, "💬 Ask or propose", "💬 A comment")

    assert "✍️ Your comment" in aigul.screen.text


async def test_the_receipt_says_that_others_do_not_see_it_yet_and_until_when_the_commission_answers(
    town: Town,
) -> None:
    await town.hearing(replace(samples.dossier(), answers_promised=samples.NOW.date() + timedelta(days=9)))
    aigul = await town.resident()
    await propose(town, aigul, "Көпүрө керек")
    assert "It waits to be shown to others; the commission has it already." in said(aigul)
    day = town.app.catalogues["en"].in_words(samples.NOW.date() + timedelta(days=9), now=samples.NOW)
    assert f"The commission answers every comment by {day}." in said(aigul)


async def test_the_author_of_a_hidden_comment_is_told_the_rule_and_what_can_be_done(town: Town) -> None:
    hearing, bagysh = await town.hearing(), Municipality(town.app.services, town.places)
    aigul, bek = await town.resident(), await town.resident("Бек", tongue="Русский")
    hidden, shown = [
        await filed(bagysh, await town.actor(person), hearing, words)
        for person, words in ((aigul, "Асан эже 0555 123456"), (bek, "Мост нужен"))
    ]
    await town.tick()
    seen = len(bek.messages)
    secretary = await town.secretary()
    secretary.forge(pack(presses.HideComment(hidden.id, HidingRule.PERSONAL_DATA), "en"))
    await town.quiet()
    told = aigul.messages[-1]
    assert "Others do not see your comment № 1" in told.words
    assert "It names a phone number, an address or a document of somebody." in told.words
    assert "the commission considers it" in told.words
    assert "• at the sitting:" in told.words
    assert "Маданият үйү" in told.words
    assert told.labels[:3] == ["🙋 Appeal", "✏️ Change", "↩️ Take back"]
    await town.app.services.moderation.publish(COMMAND_LINE, shown.id)
    await town.tick()
    assert len(bek.messages) == seen
    secretary.forge(pack(presses.HideComment(shown.id, HidingRule.OFF_TOPIC), "en"))
    await town.quiet()
    assert "Ваш комментарий № 2 другие не видят" in bek.messages[-1].words
    town.clock.forward(days=4)
    await town.tick()
    await town.app.services.moderation.hide(COMMAND_LINE, hidden.id, HidingRule.INSULT)
    await town.tick()
    assert "• at the ayil okmotu, where the commission works" in aigul.messages[-1].words
    assert "🙋 Appeal" in aigul.messages[-1].labels
