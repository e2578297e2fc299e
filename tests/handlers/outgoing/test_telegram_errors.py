"""What Telegram says and what it means: the sentences it is known to use, each with its verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from handlers.outgoing.telegram_errors import TELEGRAM_PHRASES, UNNAMED_WAIT, Judgement, Verdict, judge
from handlers.outgoing.transport import NotSent

ROOT = Path(__file__).parents[3]

GONE = {
    "Forbidden: bot was blocked by the user": "blocked",
    "Forbidden: user is deactivated": "deactivated",
    "Forbidden: the group chat was deleted": "deactivated",
    "Forbidden: bot was kicked from the group chat": "thrown out",
    "Forbidden: bot was kicked from the supergroup chat": "thrown out",
    "Forbidden: bot was kicked from the channel chat": "thrown out",
    "Forbidden: bot is not a member of the supergroup chat": "thrown out",
    "Forbidden: bot is not a member of the channel chat": "thrown out",
    "Forbidden: bot can't initiate conversation with a user": "never started",
    "Forbidden: something new": "forbidden",
    "Bad Request: chat not found": "chat not found",
    "Bad Request: user not found": "chat not found",
    "Bad Request: PEER_ID_INVALID": "chat not found",
    "Bad Request: INPUT_USER_DEACTIVATED": "deactivated",
    "Bad Request: group chat was deactivated": "deactivated",
    "Bad Request: CHANNEL_PRIVATE": "thrown out",
}
MUTED = (
    "Bad Request: not enough rights to send text messages to the chat",
    "Bad Request: not enough rights to send photos to the chat",
    "Forbidden: not enough rights to send text messages to the chat",
    "Bad Request: have no rights to send a message",
    "Bad Request: need administrator rights in the channel chat",
    "Bad Request: CHAT_WRITE_FORBIDDEN",
    "Forbidden: CHAT_WRITE_FORBIDDEN",
    "Bad Request: CHAT_ADMIN_REQUIRED",
    "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN",
    "Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN",
)
OTHERS = {
    "Bad Request: message thread not found": Verdict.NO_TOPIC,
    "Bad Request: TOPIC_CLOSED": Verdict.NO_TOPIC,
    "Bad Request: TOPIC_DELETED": Verdict.NO_TOPIC,
    "Bad Request: message is not modified: specified new message content is the same": Verdict.SAME,
    "Bad Request: message to edit not found": Verdict.MISSING,
    "Bad Request: message can't be edited": Verdict.MISSING,
    "Bad Request: MESSAGE_ID_INVALID": Verdict.MISSING,
    "Bad Request: there is no text in the message to edit": Verdict.NO_TEXT,
    "Bad Request: wrong file identifier/HTTP URL specified": Verdict.BAD_FILE,
    "Bad Request: query is too old and response timeout expired or query ID is invalid": Verdict.LATE,
    "Bad Request: the chat is not a forum": Verdict.NO_TOPIC,
    "Bad Request: CHAT_RESTRICTED": Verdict.MUTED,
    "Bad Request: ALLOW_PAYMENT_REQUIRED_50": Verdict.MUTED,
    "Bad Request: VOICE_MESSAGES_FORBIDDEN": Verdict.NO_RECORDINGS,
    "Bad Request: user restricted receiving of voice messages": Verdict.NO_RECORDINGS,
    "Bad Request: user restricted receiving of video messages": Verdict.NO_RECORDINGS,
    "Bad Request: Canceled by new editMessageMedia request": Verdict.SAME,
    "Bad Request: MESSAGE_EDIT_TIME_EXPIRED": Verdict.MISSING,
    "Bad Request: can't use file of type VoiceNote as Document": Verdict.BAD_FILE,
    "Bad Request: PHOTO_INVALID_DIMENSIONS": Verdict.BAD_FILE,
    "Bad Request: IMAGE_PROCESS_FAILED": Verdict.BAD_FILE,
    "Bad Request: MSG_WAIT_FAILED": Verdict.AGAIN,
    "Bad Request: BUTTON_DATA_INVALID": Verdict.WRONG,
    "Bad Request: ENTITY_BOUNDS_INVALID": Verdict.WRONG,
    "Bad Request: message text is empty": Verdict.WRONG,
    "Bad Request: something that Telegram has thought of since": Verdict.WRONG,
    "Bad Request: can't parse entities: unsupported start tag": Verdict.WRONG,
    "Bad Request: message is too long": Verdict.WRONG,
}


def as_raised(words: str) -> TelegramError:
    """As the library raises it: 400 and 403 by their classes."""
    return (Forbidden if words.startswith("Forbidden") else BadRequest)(words)


@pytest.mark.parametrize(("words", "reason"), GONE.items())
def test_nobody_is_there(words: str, reason: str) -> None:
    assert judge(as_raised(words)) == Judgement(Verdict.GONE, reason=reason)


@pytest.mark.parametrize("words", MUTED)
def test_who_may_not_write_is_still_there(words: str) -> None:
    assert judge(as_raised(words)) == Judgement(Verdict.MUTED, reason="no rights")


@pytest.mark.parametrize(("words", "verdict"), OTHERS.items())
def test_each_refusal_has_its_meaning(words: str, verdict: Verdict) -> None:
    assert judge(as_raised(words)).verdict is verdict


def rows(paper: str, columns: int) -> list[list[str]]:
    """The rows of a page's tables with so many columns, without their headings."""
    lines = [line.removeprefix("|").removesuffix("|").split("|") for line in paper.splitlines() if line[:1] == "|"]
    cells = [[cell.strip() for cell in line] for line in lines if len(line) == columns]
    return [each for each in cells if each[0] not in {"meaning", "phrase", "---"}]


def test_the_page_of_faults_and_the_table_say_the_same() -> None:
    meanings, _, phrases = (ROOT / "docs/telegram-faults.md").read_text("utf-8").partition("## The phrases")
    told = [tuple(each) for each in rows(phrases, 3)]
    assert told == [(phrase, verdict.name, reason) for phrase, verdict, reason in TELEGRAM_PHRASES]
    assert [each[0] for each in rows(meanings, 3)] == [verdict.name for verdict in Verdict]
    assert all(all(each) for each in rows(meanings, 3))


def test_no_phrase_hides_a_later_one() -> None:
    phrases = [phrase for phrase, _, _ in TELEGRAM_PHRASES]
    for place, phrase in enumerate(phrases):
        assert phrase == phrase.lower()
        assert not any(earlier in phrase for earlier in phrases[:place]), phrase


@pytest.mark.parametrize(
    ("error", "judgement"),
    [
        (RetryAfter(10_072), Judgement(Verdict.WAIT, seconds=10_072.0)),
        (NetworkError("Too Many Requests"), Judgement(Verdict.WAIT, seconds=UNNAMED_WAIT)),
        (NetworkError("Too Many Requests: retry after 7"), Judgement(Verdict.WAIT, seconds=7.0)),
        (ChatMigrated(-1001), Judgement(Verdict.MOVED, chat_id=-1001)),
        (NetworkError("Bad Gateway"), Judgement(Verdict.AGAIN)),
        (TimedOut(), Judgement(Verdict.AGAIN)),
        (NetworkError("Request Entity Too Large"), Judgement(Verdict.BAD_FILE, reason="bad file")),
        (NotSent("ClientConnectorError 111"), Judgement(Verdict.AGAIN, unsent=True)),
        (InvalidToken(), Judgement(Verdict.WRONG, reason="refused")),
        (Conflict("other getUpdates request"), Judgement(Verdict.WRONG, reason="refused")),
    ],
)
def test_what_is_nobodys_fault_is_told_from_what_is(error: TelegramError, judgement: Judgement) -> None:
    assert judge(error) == judgement
