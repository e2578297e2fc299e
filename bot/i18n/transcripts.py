"""The words about transcripts: what stands over one, and why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.exhaustive import exhaustive
from bot.domain.transcripts import TranscriptTrouble
from bot.i18n import later

if TYPE_CHECKING:
    from bot.domain.transcripts import Transcript
    from bot.i18n import Translator

TROUBLE_SENTENCES: Final = exhaustive(
    TranscriptTrouble,
    {
        TranscriptTrouble.NO_PROGRAM: later("The program that writes voice messages down cannot be started."),
        TranscriptTrouble.FAILED: later("The program could not write this voice message down."),
        TranscriptTrouble.TOO_SLOW: later("The program took too long with this voice message."),
        TranscriptTrouble.NOTHING: later("The program heard no words in this voice message."),
        TranscriptTrouble.NO_SOUND: later("The program could not get this voice message from Telegram."),
    },
)


def heading(t: Translator, transcript: Transcript) -> str:
    """What stands over a transcript: that it is one, and whether a program wrote it."""
    if transcript.machine:
        return t("Transcript by a program, not checked yet")
    return t("Transcript of the voice message")
