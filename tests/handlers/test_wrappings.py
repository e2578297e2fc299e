"""The same thing in another wrapping: what is meant as a voice or a photo is one, whatever a phone makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import structlog

from bot.cli import COMMAND_LINE
from bot.domain.media import MediaKind
from bot.simulator.people import words_content
from handlers import presses
from handlers.presses.wire import pack
from tests.handlers.test_comments import asked_for_words, comments_of, said

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.simulator.people import Person
    from tests.living import Town


def sent(kind: str, caption: str = "", **more: object) -> Callable[[Person], object]:
    """Somebody sends a file of that kind."""
    return lambda person: person.send_media(kind, caption=caption, **more)  # type: ignore[arg-type]


def filed(name: str, mime: str, caption: str = "") -> Callable[[Person], object]:
    """Somebody sends a file as it lies on their phone."""
    return lambda person: person.send_document(name.encode(), name, mime=mime, caption=caption)


RECORDINGS: dict[str, tuple[Callable[[Person], object], MediaKind, str, str]] = {
    "a recording": (sent("audio", "Үнүмдү угуңуз", duration=40), MediaKind.AUDIO, "audio", "Voice message, 40 s"),
    "a round video": (sent("video_note", duration=20), MediaKind.VIDEO_NOTE, "video_note", "Video message, 20 s"),
    "a video of a minute": (sent("video", "Көпүрө", duration=60), MediaKind.VIDEO, "video", "Video message, 60 s"),
    "a forwarded voice": (
        filed("PTT-20261128-WA0003.opus", "audio/ogg"),
        MediaKind.SOUND_FILE,
        "document",
        "Voice message",
    ),
    "a file of an old phone": (
        filed("Запись.amr", "application/octet-stream"),
        MediaKind.SOUND_FILE,
        "document",
        "Voice message",
    ),
}
PICTURES: dict[str, tuple[Callable[[Person], object], MediaKind, str, str]] = {
    "a photo as a file": (filed("IMG_1.jpg", "image/jpeg", "Дренаж"), MediaKind.PICTURE_FILE, "document", "Photo"),
    "a photo without a type": (filed("IMG_2.HEIC", ""), MediaKind.PICTURE_FILE, "document", "Photo"),
    "a moving picture": (sent("animation", "Чуңкур"), MediaKind.ANIMATION, "animation", "Photo"),
    "a live photo": (sent("live_photo", "Көчөдөгү чуңкур"), MediaKind.PHOTO, "photo", "Photo"),
}


async def test_whatever_a_recording_is_wrapped_in_is_kept_and_heard_by_others_when_its_author_lets_them(
    town: Town,
) -> None:
    await town.hearing()
    aigul, bek = await town.resident(), await town.resident("Бек")
    for send, kind, shown, words in RECORDINGS.values():
        await asked_for_words(town, aigul)
        send(aigul)
        await town.quiet()
        comment = (await comments_of(town, aigul))[0]
        assert [media.kind for media in comment.attachments] == [kind]
        assert words in said(aigul)
        await town.app.services.moderation.publish(COMMAND_LINE, comment.id)
        bek.forge(pack(presses.PlayComment(comment.id), "en"))
        await town.quiet()
        assert bek.toasts[-1].text == "Only the commission hears this voice message."
        receipt = next(each for each in aigul.messages if f"№ {comment.number}" in each.words and each.labels)
        aigul.press("🔊 Let others hear it", on=receipt)
        await town.quiet()
        bek.forge(pack(presses.PlayComment(comment.id), "en"))
        await town.quiet()
        assert bek.messages[-1].content.kind == shown


async def test_whatever_a_picture_is_wrapped_in_is_kept_and_seen_by_others(town: Town) -> None:
    await town.hearing()
    aigul, bek = await town.resident(), await town.resident("Бек")
    for send, kind, shown, words in PICTURES.values():
        await asked_for_words(town, aigul)
        send(aigul)
        await town.quiet()
        comment = (await comments_of(town, aigul))[0]
        assert [media.kind for media in comment.attachments] == [kind]
        assert words in said(aigul)
        await town.app.services.moderation.publish(COMMAND_LINE, comment.id)
        bek.forge(pack(presses.PlayComment(comment.id), "en"))
        await town.quiet()
        assert bek.messages[-1].content.kind == shown
    texts = [comment.text for comment in reversed(await comments_of(town, aigul))]
    assert texts == ["Дренаж", "", "Чуңкур", "Көчөдөгү чуңкур"]


async def test_who_lets_nobody_send_them_voices_gets_the_sound_as_a_file(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    aigul.send_voice(b"OggS-road", duration=35)
    await town.quiet()
    (comment,) = await comments_of(town, aigul)
    aigul.refuse_recordings()
    with structlog.testing.capture_logs() as logged:
        aigul.forge(pack(presses.PlayComment(comment.id), "en"))
        await town.quiet()
    assert (aigul.messages[-1].document, aigul.messages[-1].file_name) == (b"OggS-road", "voice.ogg")
    assert "№ 1" in aigul.messages[-1].words
    assert not [entry for entry in logged if entry["log_level"] in {"error", "critical"}]

    town.telegram.faults.next(method="getFile", status=400, description="Bad Request: file is too big")
    aigul.forge(pack(presses.PlayComment(comment.id), "en"))
    await town.quiet()
    assert "If your settings forbid voice messages" in aigul.messages[-1].words


async def test_in_a_chat_with_topics_the_answers_stand_where_the_question_was_asked(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    topic, seen = aigul.topic("Суу"), len(aigul.messages)
    aigul.say("/start", room=topic)
    await town.quiet()
    for label in ("💬 Ask or propose", "💡 A proposal", "🏛 The hearing as a whole"):
        aigul.press(label, on=topic.screen)
        await town.quiet()
    aigul.say("Суу жөнүндө айткым келет", room=topic)
    await town.quiet()
    assert "👩 Woman" in topic.screen.labels
    receipt = next(message for message in topic.messages if "Your number: № 1" in message.words)
    assert {message.thread for message in aigul.messages[seen:]} == {topic.thread}
    topic.delete()
    aigul.press("👤 Mine", on=receipt)
    aigul.write(words_content("Дагы сөз бар"), thread=topic.thread)
    await town.quiet()
    assert "Do you want to send this" in aigul.messages[-1].words
    assert aigul.messages[-1].thread is None


@pytest.mark.parametrize(
    "send",
    [sent("video", "Суу түтүгү", duration=61), filed("проект.pdf", "application/pdf", "Суу түтүгү")],
    ids=["a film", "a document"],
)
async def test_of_what_is_not_taken_the_words_are_kept_and_its_author_hears_what_to_send(
    town: Town, send: Callable[[Person], object]
) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    send(aigul)
    await town.quiet()
    (comment,) = await comments_of(town, aigul)
    assert (comment.text, comment.attachments) == ("Суу түтүгү", ())
    assert "Your words are kept, the file is not." in said(aigul)
    assert "№ 1" in said(aigul)


async def test_without_words_what_is_not_taken_is_answered_by_what_to_send(town: Town) -> None:
    await town.hearing()
    aigul = await town.resident()
    await asked_for_words(town, aigul)
    for send in (sent("video", duration=61), filed("проект.pdf", "application/pdf"), sticker):
        seen = len(aigul.messages)
        send(aigul)
        await town.quiet()
        assert [message.words for message in aigul.messages[seen:]] == [
            "Please send text, a voice message or a photo. This was not stored."
        ]
    assert await comments_of(town, aigul) == ()


def sticker(person: Person) -> object:
    """Somebody sends a sticker."""
    return person.send_sticker()
