"""What the bot shows to a secretary: a bot of our own with sample hearings, and the screens of its own views."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bot import config
from bot.app import Requests
from bot.demo import municipality
from bot.demo.sample_data import (
    COMING_MUNICIPALITY,
    EMPTY_MUNICIPALITY,
    OPEN_MUNICIPALITY,
    SETUP_ACTOR,
    load_sample_data,
)
from bot.domain.comments import CommentKind
from bot.domain.people import Caller, Role
from bot.domain.questions import AboutKind
from bot.runtime import App
from bot.simulator import Person, Telegram
from bot.simulator.request import SimulatorRequest
from handlers import presses
from handlers.presses.wire import pack
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from bot.config import Settings
    from bot.demo.sample_data import SampleData
    from bot.simulator.messages import Message
    from handlers.presses import Press

DAY: Final = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
"""When the screens are shown: the same day in each guide, so that the same guide has the same bytes."""
FOLLOWERS: Final = 12
"""People of the municipality whose hearing is still a draft."""
WORDS: Final = {
    "ky": "Көпүрөнү жазга чейин оңдоп берсеңиздер. Балдар мектепке айланып барып жүрүшөт.",
    "ru": "Почините, пожалуйста, мост до весны. Дети ходят в школу в обход.",
    "uz_Cyrl": "Кўприкни баҳоргача тузатиб беринглар. Болалар мактабга айланиб боришяпти.",
    "uz": "Koʻprikni bahorgacha tuzatib beringlar. Bolalar maktabga aylanib borishyapti.",
    "en": "Please repair the bridge before spring. Children walk a long way round to school.",
}
"""What a resident of the sample writes."""


class Shot(StrEnum):
    """A screen of the guide."""

    DESK = "desk"
    NEW_HEARING = "new hearing"
    DRAFT = "draft"
    PUBLISHING = "publishing"
    REVIEW = "review"
    ENTRIES = "entries"
    DECISION = "decision"
    FILES = "files"


class StillClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        """The day of the guide."""
        return DAY


async def screens(language: str) -> Mapping[Shot, Message]:
    """Every screen in a language."""
    async with _bot() as (telegram, app, sample):
        secretary, resident = (Person(telegram, name, language=language) for name in ("Гүлнара", "Айгүл"))
        await _move_in(app, sample, secretary, resident, language)
        hearing, draft = (sample.hearings[sample.get_id(code)].id for code in (OPEN_MUNICIPALITY, COMING_MUNICIPALITY))
        writing = presses.WriteAbout(hearing, CommentKind.PROPOSAL, AboutKind.HEARING)
        await _shown(telegram, app, resident, writing, language)
        resident.say(WORDS[language])
        await _quiet(telegram, app)
        comment = await _comment(app, hearing)
        wanted: Mapping[Shot, Press] = {
            Shot.DESK: presses.OpenDeskMunicipality(sample.get_id(EMPTY_MUNICIPALITY)),
            Shot.NEW_HEARING: presses.NewHearing(sample.get_id(EMPTY_MUNICIPALITY)),
            Shot.DRAFT: presses.OpenDeskHearing(draft),
            Shot.PUBLISHING: presses.PublishHearing(draft),
            Shot.REVIEW: presses.ReviewComment(comment),
            Shot.ENTRIES: presses.OpenEntries(hearing),
            Shot.DECISION: presses.DecideComment(comment),
            Shot.FILES: presses.OpenReports(hearing),
        }
        return {shot: await _shown(telegram, app, secretary, press, language) for shot, press in wanted.items()}


@asynccontextmanager
async def _bot() -> AsyncIterator[tuple[Telegram, App, SampleData]]:
    """A bot over three of the sample's municipalities, that leaves nothing behind."""
    clock = StillClock()
    with TemporaryDirectory(prefix="hearing-bot-", ignore_cleanup_errors=True) as folder:
        async with Telegram(clock=clock) as telegram:
            settings = _settings(telegram, Path(folder))
            codes = (OPEN_MUNICIPALITY, COMING_MUNICIPALITY, EMPTY_MUNICIPALITY)
            sample = await load_sample_data(settings, clock, asyncio.Event(), codes=codes)
            store = await open_store(settings.database_url)
            ways = Requests(SimulatorRequest(telegram), SimulatorRequest(telegram))
            app = App(settings, store, clock, ways, pace=0.0, capped=False)
            try:
                await app.start(listen=False, ticking=False)
                yield telegram, app, sample
            finally:
                await app.stop()
                await store.close()


def _settings(telegram: Telegram, folder: Path) -> Settings:
    """Settings of which none is read from the environment."""
    return config.load(
        env_file="",
        bot_token=telegram.token,
        admin_ids=(),
        database_url=f"sqlite:///{folder / 'guide.db'}",
        telegram_api_url="http://127.0.0.1:1",
        webhook_url="",
        webhook_secret="",
        listen="127.0.0.1:0",
        timezone=municipality.TIMEZONE,
        default_language="ky",
        backup_folder="",
        media_folder="",
        transcribe_command="",
        log_level="WARNING",
    )


async def _move_in(app: App, sample: SampleData, secretary: Person, resident: Person, language: str) -> None:
    """A secretary of all municipalities, and a resident of the one whose hearing is open."""
    people = app.services.people
    for code in (OPEN_MUNICIPALITY, COMING_MUNICIPALITY, EMPTY_MUNICIPALITY):
        token = await people.invite(SETUP_ACTOR, sample.get_id(code), Role.SECRETARY)
        await people.join(Caller(secretary.id, language), token)
    for person in (secretary, resident):
        actor = await people.agree(Caller(person.id, language))
    await people.follow(actor, sample.get_id(OPEN_MUNICIPALITY))
    for number in range(1, FOLLOWERS + 1):
        await people.follow(await people.agree(Caller(number, language)), sample.get_id(COMING_MUNICIPALITY))
    for person in (secretary, resident):
        person.start()


async def _shown(telegram: Telegram, app: App, person: Person, press: Press, language: str) -> Message:
    """What a person is shown after a press, as a message of its own."""
    await _quiet(telegram, app)
    person.start()
    await _quiet(telegram, app)
    person.forge(pack(press, language))
    await _quiet(telegram, app)
    return person.screen


async def _quiet(telegram: Telegram, app: App) -> None:
    await telegram.settled()
    await app.idle()


async def _comment(app: App, hearing: int) -> int:
    """The comment that the resident has written."""
    async with app.services.store.reading() as repositories:
        (found,) = await repositories.comments.list_waiting(hearing, offset=0, limit=1)
    return found.id
