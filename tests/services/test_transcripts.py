"""What is said in voice messages: written by staff, or by a program until staff confirm it, read by who may hear it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind
from bot.domain.errors import AlreadyWithdrawn, CommentChanged, Forbidden, NotFound, NothingExpected
from bot.domain.journal import Act
from bot.domain.media import Media, MediaKind
from bot.domain.people import Role
from bot.domain.questions import About
from bot.domain.transcripts import TRANSCRIBING_LASTS, TRIES_AT_A_TRANSCRIPT, Transcript, TranscriptTrouble
from bot.ports.transcripts import NotTranscribed
from bot.services.transcripts import words_mark
from tests.services.writing import filed, message, received, stored

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.people import Actor
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

SAID = "Биздин көчөгө жарык керек, телефонум 0555 123 456"


def voice(name: str = "v1") -> Media:
    """A voice message."""
    return Media(MediaKind.VOICE, f"file-{name}", name, 9)


async def spoken(municipality: Municipality, author: Actor, hearing: Hearing, text: str = "") -> Comment:
    """A comment by voice."""
    await municipality.services.submissions.begin(author, hearing.id, CommentKind.PROPOSAL, About())
    return (await received(municipality, author, message(municipality, text, media=voice()))).comment


@pytest.fixture
async def comment(municipality: Municipality, hearing: Hearing, aigul: Actor) -> Comment:
    """A voice message that is published."""
    made = await spoken(municipality, aigul, hearing)
    return (await municipality.services.moderation.publish(COMMAND_LINE, made.id)).comment


@pytest.fixture
async def member(municipality: Municipality) -> Actor:
    """Of the commission of Bagysh."""
    return await municipality.staff(8, Role.MEMBER)


class Program:
    """A program that says ``words``, or fails."""

    def __init__(self, words: str = SAID) -> None:
        self.words = words
        self.trouble: TranscriptTrouble | None = None
        self.heard: list[tuple[bytes, str]] = []

    async def words_of(self, sound: bytes, *, language: str) -> str:
        """What is said."""
        self.heard.append((sound, language))
        if self.trouble is not None:
            raise NotTranscribed(self.trouble)
        return self.words


class Files:
    """A Telegram that has every file."""

    async def fetch_whole(self, file_id: str) -> bytes:
        """The name of a file for its bytes."""
        return file_id.encode()


@pytest.fixture
def program(municipality: Municipality) -> Program:
    """It listens in this municipality."""
    listening = Program()
    municipality.services.transcribing.transcriber = listening
    municipality.services.kept_files.source = Files()
    return listening


async def test_what_staff_write_is_read_by_who_may_hear_the_voice(
    municipality: Municipality, comment: Comment, aigul: Actor, member: Actor
) -> None:
    services, bek = municipality.services, await municipality.resident(2)
    await services.transcripts.begin(member, comment.id)
    assert (await services.privacy.stored(member)).typed == ""
    written = await services.transcripts.write(member, SAID)
    assert written.transcript == Transcript(SAID)
    for reader, words in ((member, SAID), (aigul, SAID), (bek, None)):
        read = (await services.comments.get(reader, comment.id)).transcript
        assert (read.words if read else None) == words
    await services.comments.share_recording(aigul, comment.id, on=True)
    public = (await services.comments.get(bek, comment.id)).transcript
    assert public is not None
    assert public.words.startswith("Биздин көчөгө жарык керек")
    assert "0555" not in public.words
    (data,) = (await services.privacy.stored(aigul)).comments
    assert data.transcript == Transcript(SAID)
    async with services.store.reading() as repositories:
        lines = await repositories.journal.list_about(f"comment:{comment.id}")
    (line,) = [each for each in lines if each.act is Act.TRANSCRIBED]
    assert line.actor_id == member.resident_id
    assert set(line.data) == {"digest"}


async def test_only_staff_of_the_municipality_write_confirm_and_remove(
    municipality: Municipality, hearing: Hearing, comment: Comment, aigul: Actor, member: Actor
) -> None:
    transcripts, bek = municipality.services.transcripts, await municipality.resident(2)
    neighbour = await municipality.staff(9, place="kok-art")
    text = await filed(municipality, bek, hearing)
    for stranger in (aigul, bek, neighbour):
        for refused in (
            transcripts.begin(stranger, comment.id),
            transcripts.confirm(stranger, comment.id, seen=0),
            transcripts.find(stranger, comment.id),
            transcripts.remove(stranger, comment.id),
        ):
            with pytest.raises(Forbidden):
                await refused
        with pytest.raises(NothingExpected):
            await transcripts.write(stranger, SAID)
    with pytest.raises(NotFound):
        await transcripts.begin(member, text.id)
    await municipality.services.comments.withdraw(aigul, comment.id)
    with pytest.raises(AlreadyWithdrawn):
        await transcripts.begin(member, comment.id)


async def test_words_are_of_the_voices_that_were_heard_and_go_with_them(
    municipality: Municipality, comment: Comment, aigul: Actor, member: Actor, clock: VirtualClock
) -> None:
    services = municipality.services
    await services.transcripts.begin(member, comment.id)
    await services.submissions.begin_amendment(aigul, comment.id)
    await received(municipality, aigul, message(municipality, "Дагы", media=voice("v2"), sent_at=clock.now()))
    with pytest.raises(CommentChanged):
        await services.transcripts.write(member, SAID)
    await services.transcripts.begin(member, comment.id)
    await services.transcripts.write(member, SAID)
    await services.submissions.begin_amendment(aigul, comment.id)
    await received(municipality, aigul, message(municipality, "Жарык керек"))
    assert (await stored(municipality, comment)).transcript == Transcript(SAID)
    await services.transcripts.begin(member, comment.id)
    clock.time += TRANSCRIBING_LASTS + timedelta(seconds=1)
    with pytest.raises(NothingExpected):
        await services.transcripts.write(member, "Кеч")
    await services.privacy.forget(aigul, withdraw_comments=True)
    async with services.store.reading() as repositories:
        assert await repositories.transcripts.find(comment.id) is None


async def test_a_programs_words_are_marked_and_not_public_until_staff_confirm_them(
    municipality: Municipality, comment: Comment, aigul: Actor, member: Actor, program: Program
) -> None:
    services, bek = municipality.services, await municipality.resident(2)
    await services.comments.share_recording(aigul, comment.id, on=True)
    await services.transcribing.work()
    await services.transcribing.work()
    assert program.heard == [(b"file-v1", "ky")]
    made = (await services.comments.get(member, comment.id)).transcript
    assert made == Transcript(SAID, machine=True)
    assert (await services.comments.get(bek, comment.id)).transcript is None
    with pytest.raises(CommentChanged):
        await services.transcripts.confirm(member, comment.id, seen=1)
    confirmed = await services.transcripts.confirm(member, comment.id, seen=words_mark(made))
    assert confirmed.transcript == Transcript(SAID)
    assert (await services.comments.get(bek, comment.id)).transcript is not None
    removed = await services.transcripts.remove(member, comment.id)
    assert removed.transcript is None
    await services.transcribing.work()
    assert len(program.heard) == 1


async def test_a_program_that_fails_is_said_and_tries_three_times(
    municipality: Municipality, comment: Comment, member: Actor, program: Program, clock: VirtualClock
) -> None:
    services, program.trouble = municipality.services, TranscriptTrouble.TOO_SLOW
    for _ in range(TRIES_AT_A_TRANSCRIPT + 2):
        await services.transcribing.work()
        clock.time += timedelta(hours=1)
    assert len(program.heard) == TRIES_AT_A_TRANSCRIPT
    assert (await stored(municipality, comment)).transcript == Transcript(trouble=TranscriptTrouble.TOO_SLOW)
    await services.transcripts.begin(member, comment.id)
    await services.transcripts.write(member, SAID)
    assert (await stored(municipality, comment)).transcript == Transcript(SAID)


async def test_what_staff_write_while_the_program_listens_stays(
    municipality: Municipality, comment: Comment, member: Actor
) -> None:
    services = municipality.services

    class Slow:
        async def words_of(self, sound: bytes, *, language: str) -> str:
            await services.transcripts.begin(member, comment.id)
            await services.transcripts.write(member, f"Кол менен, {language}, {sound.decode()}")
            return SAID

    services.kept_files.source, services.transcribing.transcriber = Files(), Slow()
    await services.transcribing.work()
    assert (await stored(municipality, comment)).transcript == Transcript("Кол менен, ky, file-v1")


async def test_without_a_program_nothing_listens(municipality: Municipality, comment: Comment) -> None:
    await municipality.services.transcribing.work()
    assert (await stored(municipality, comment)).transcript is None
