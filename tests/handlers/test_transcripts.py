"""Voice messages at the desk: heard, written down, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from tests.living import Town


async def test_the_secretary_writes_down_what_is_said_and_checks_what_a_program_wrote(town: Town) -> None:
    await town.hearing()
    secretary, aigul = await town.secretary(), await town.resident()
    await town.press(aigul, "💬 Ask or propose", "💡", "🏛 The hearing as a whole")
    aigul.send_voice(b"OggS-road", duration=35)
    await town.quiet()
    secretary.forge(pack(presses.ReviewComment(1)))
    await town.quiet()
    await town.press(secretary, "⌨️ Write down what is said", "▶️ Listen")
    assert secretary.messages[-1].content.kind == "voice"
    await town.say(secretary, "Көчөгө жарык керек")
    assert "Transcript of the voice message\nКөчөгө жарык керек" in secretary.screen.text
    assert "Voice message written down · by you" in secretary.screen.text
    bek = await town.resident("Бек")
    secretary.forge(pack(presses.PublishComment(1)))
    for screen, shared in ((presses.ReadComment(1), False), (presses.ReadComment(1), True), (presses.SeeWall(1), True)):
        aigul.forge(pack(presses.ShareRecording(1, shared)))
        await town.quiet()
        bek.forge(pack(screen))
        await town.quiet()
        assert ("Transcript of the voice message\nКөчөгө жарык керек" in bek.screen.text) is shared
    secretary.forge(pack(presses.ReviewComment(1)))
    await town.quiet()
    await town.press(secretary, "🗑 Remove the transcript", "🗑 Remove the transcript")
    assert secretary.toasts[-1].text == "The transcript is removed."
    await town.press(secretary, "⌨️ Write down what is said", "⬅️ Back")
    await town.say(secretary, "Бул үндүн тексти эмес")
    secretary.forge(pack(presses.ReviewComment(1)))
    await town.quiet()
    assert "эмес" not in secretary.screen.text


async def test_the_programs_words_are_marked_until_they_are_confirmed(town: Town) -> None:
    class Program:
        async def words_of(self, sound: bytes, *, language: str) -> str:
            return f"Угулду: {len(sound)} {language}"

    await town.hearing()
    secretary, aigul = await town.secretary(), await town.resident()
    town.app.services.transcribing.transcriber = Program()
    await town.press(aigul, "💬 Ask or propose", "💡", "🏛 The hearing as a whole")
    aigul.send_voice(b"OggS-road", duration=35)
    await town.quiet()
    await town.app.services.transcribing.work()
    secretary.forge(pack(presses.ReviewComment(1)))
    await town.quiet()
    assert "Transcript by a program, not checked yet\nУгулду: 9 en" in secretary.screen.text
    await town.press(secretary, "✅ The transcript is right")
    assert secretary.toasts[-1].text == "The transcript is confirmed."
    assert "Transcript of the voice message\nУгулду: 9 en" in secretary.screen.text
    assert "✅ The transcript is right" not in secretary.screen.labels
