"""Files of which the bot keeps the bytes: fetched once, tried again, removed with what they are of."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from bot.domain.attachments import AttachedFile
from bot.domain.comments import CommentKind
from bot.domain.kept_files import CLAIM_LASTS, LARGEST_KEPT, TRIES_AT_A_LOST_FILE, KeptCounts, KeptFile, Trouble
from bot.domain.media import Media, MediaKind
from bot.domain.questions import About
from bot.ports.kept_files import FileNotFetched
from bot.services.media_folder import MediaFolder, digest_of
from tests.municipality import Municipality
from tests.services.writing import message, received

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.people import Actor
    from storage import Store
    from tests.clocks import VirtualClock

PLAN: Final = b"%PDF-1.7 strategy"
VOICE: Final = b"OggS road"
MINUTE: Final = timedelta(minutes=1)


class Telegram:
    """The files of a Telegram, by id; ``refuses`` says how it fails."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.refuses: Trouble | None = None
        self.asked: list[str] = []

    async def fetch_whole(self, file_id: str) -> bytes:
        """The bytes of a file."""
        self.asked.append(file_id)
        if self.refuses is not None:
            raise FileNotFetched(self.refuses)
        if file_id not in self.files:
            raise FileNotFetched(Trouble.LOST)
        return self.files[file_id]


class House:
    """A municipality whose bot keeps files in ``folder``."""

    def __init__(self, municipality: Municipality, folder: Path, clock: VirtualClock) -> None:
        self.municipality, self.folder, self.clock = municipality, folder, clock
        self.services, self.telegram = municipality.services, Telegram()
        self.services.kept_files.source = self.telegram

    async def attach(self, content: bytes, name: str = "план.pdf", *, size: int = 0) -> None:
        """A secretary sends a document for a new hearing."""
        hearing = await self.municipality.hearing()
        secretary = await self.municipality.staff(7)
        key = digest_of(content)[:8]
        self.telegram.files[f"file-{key}"] = content
        sent = AttachedFile(f"file-{key}", f"unique-{key}", name, size=size or len(content))
        await self.services.attachments.add(secretary, hearing.id, sent, otherwise="Документ")

    async def speak(self, author: Actor, content: bytes, unique_id: str) -> None:
        """A resident sends a voice message about a new hearing."""
        hearing = await self.municipality.hearing()
        self.telegram.files[f"voice-{unique_id}"] = content
        media = Media(MediaKind.VOICE, f"voice-{unique_id}", unique_id, 5)
        await self.services.submissions.begin(author, hearing.id, CommentKind.PROPOSAL, About())
        await received(self.municipality, author, message(self.municipality, f"Жол {unique_id}", media=media))

    async def work(self, *, after: timedelta = MINUTE) -> None:
        """A minute later, or when it is said, the bot looks after its files."""
        self.clock.time += after
        await self.services.kept_files.work()

    def names(self) -> set[str]:
        """What lies in the folder."""
        return {path.name for path in self.folder.iterdir()}

    async def find(self, content: bytes) -> KeptFile:
        """What is known of a document."""
        async with self.services.store.reading() as repositories:
            found = await repositories.kept_files.find(f"unique-{digest_of(content)[:8]}")
        assert found is not None
        return found

    async def counts(self) -> KeptCounts:
        """How many files are kept and how many are not."""
        async with self.services.store.reading() as repositories:
            return await repositories.kept_files.counts()


@pytest.fixture
async def house(sqlite_store: Store, clock: VirtualClock, tmp_path: Path) -> House:
    folder = tmp_path / "media"
    folder.mkdir()
    municipality = await Municipality.over(sqlite_store, clock, media_folder=str(folder))
    return House(municipality, folder, clock)


async def test_a_document_and_a_voice_are_fetched_once_and_only_their_owner_may_read_them(house: House) -> None:
    aigul = await house.municipality.resident(1)
    await house.attach(PLAN, "../../.ssh/authorized_keys.pdf")
    await house.speak(aigul, VOICE, "v1")
    await house.work()
    await house.work()
    assert house.names() == {digest_of(PLAN), digest_of(VOICE)}
    assert sorted(house.telegram.asked) == ["file-" + digest_of(PLAN)[:8], "voice-v1"]
    for path in house.folder.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    assert await house.services.kept_files.content("v1") == VOICE
    assert await house.counts() == KeptCounts(kept=2)
    secretary = await house.municipality.staff(7)
    await house.services.attachments.remove(secretary, 1)
    await house.work()
    assert house.names() == {digest_of(VOICE)}


async def test_what_telegram_does_not_give_now_is_tried_again_after_growing_waits(house: House) -> None:
    house.telegram.refuses = Trouble.UNREACHABLE
    await house.attach(PLAN)
    await house.work()
    for minutes in (0.9, 0.2, 1.9, 0.2, 3.9, 0.2):
        await house.work(after=minutes * MINUTE)
    assert len(house.telegram.asked) == 4
    assert (await house.find(PLAN)).trouble == Trouble.UNREACHABLE
    house.telegram.refuses = None
    await house.work(after=8 * MINUTE)
    assert house.names() == {digest_of(PLAN)}


async def test_a_file_over_20_mb_is_said_and_not_tried_and_a_lost_one_not_for_ever(house: House) -> None:
    await house.attach(b"video", size=LARGEST_KEPT + 1)
    await house.work()
    assert house.telegram.asked == []
    await house.attach(PLAN)
    house.telegram.refuses = Trouble.LOST
    for _ in range(TRIES_AT_A_LOST_FILE + 3):
        await house.work(after=timedelta(days=1))
    assert len(house.telegram.asked) == TRIES_AT_A_LOST_FILE
    assert await house.counts() == KeptCounts(too_large=1, lost=1)


async def test_a_crash_between_any_two_steps_loses_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.attach(PLAN)
    for step in ("prepare", "publish"):
        with monkeypatch.context() as crash:

            def die(*_: object) -> None:
                raise KeyboardInterrupt

            crash.setattr(MediaFolder, step, die)
            with pytest.raises(KeyboardInterrupt):
                await house.work(after=CLAIM_LASTS + MINUTE)
    (house.folder / f".{digest_of(PLAN)}.0badc0de.partial").write_bytes(b"half")
    await house.work()
    assert digest_of(PLAN) not in house.names()
    await house.work(after=CLAIM_LASTS)
    assert house.names() == {digest_of(PLAN)}


async def test_a_folder_that_is_gone_or_full_is_said_and_everything_is_fetched_once_it_is_back(house: House) -> None:
    kept_files = house.services.kept_files
    house.folder.rmdir()
    await house.attach(PLAN)
    await house.work()
    assert kept_files.trouble == "there is no folder"
    assert house.telegram.asked == []
    house.folder.mkdir()
    full = MediaFolder(house.folder, spared=1 << 60)
    with pytest.raises(OSError, match="almost full"):
        full.ensure_usable()
    await house.work()
    assert kept_files.trouble is None
    assert house.names() == {digest_of(PLAN)}
    (house.folder / digest_of(PLAN)).unlink()
    await kept_files.look()
    await house.work()
    assert house.names() == {digest_of(PLAN)}


async def test_a_link_or_other_bytes_under_the_name_of_a_file_are_not_read_and_give_way(
    house: House, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"of the machine")
    name, folder = digest_of(PLAN), MediaFolder(house.folder)
    (house.folder / name).symlink_to(secret)
    assert folder.read(name) is None
    await house.attach(PLAN)
    await house.work()
    assert not (house.folder / name).is_symlink()
    assert secret.read_bytes() == b"of the machine"
    (house.folder / name).write_bytes(b"other bytes")
    assert folder.read(name) is None
    os.mkfifo(house.folder / digest_of(VOICE))
    for strange in (digest_of(VOICE), "../secret", "", ".", name.upper()):
        assert folder.read(strange) is None
    folder.remove(["../../secret"])
    assert secret.exists()


async def test_what_a_person_gave_leaves_the_folder_with_them_unless_somebody_else_gave_the_same(house: House) -> None:
    aigul, bek = await house.municipality.resident(1), await house.municipality.resident(2)
    await house.speak(aigul, VOICE, "v1")
    await house.speak(aigul, b"OggS bridge", "v2")
    await house.speak(bek, VOICE, "v3")
    await house.attach(PLAN)
    await house.work()
    assert len(house.names()) == 3
    await house.services.privacy.forget(aigul, withdraw_comments=True)
    assert house.names() == {digest_of(VOICE), digest_of(PLAN)}
    assert await house.services.kept_files.content("v1") is None
    await house.services.privacy.forget(bek, withdraw_comments=True)
    assert house.names() == {digest_of(PLAN)}


async def test_retention_empties_the_folder_of_what_nobody_needs(house: House) -> None:
    await house.attach(PLAN)
    await house.work()
    secretary = await house.municipality.staff(7)
    await house.services.attachments.remove(secretary, 1)
    await house.services.privacy.expire()
    assert house.names() == set()


async def test_while_the_folder_is_gone_a_person_is_forgotten_all_the_same_and_their_files_later(house: House) -> None:
    aigul = await house.municipality.resident(1)
    await house.speak(aigul, VOICE, "v1")
    await house.work()
    house.folder.rename(house.folder.with_name("away"))
    await house.services.privacy.forget(aigul, withdraw_comments=True)
    house.folder.with_name("away").rename(house.folder)
    assert house.names() == {digest_of(VOICE)}
    await house.work()
    assert house.names() == set()


async def test_without_a_folder_nothing_is_fetched(municipality: Municipality) -> None:
    telegram, kept_files = Telegram(), municipality.services.kept_files
    kept_files.source = telegram
    await kept_files.work()
    await kept_files.look()
    await kept_files.release()
    assert await kept_files.content("v1") is None
    assert telegram.asked == []
