"""Alarms: administrators are told what is wrong with the bot, whatever it is that does not work.

What was told stands in the database, where that can be written: a restart repeats nothing and forgets nothing, and of
several processes one tells. While the database is what is wrong, each process tells from memory.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.domain.alarms import STANDS_FOR, Alarm, AlarmState, after_look
from bot.domain.errors import StoreUnavailable
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.domain.digests import Digests
    from bot.ports import Clock, Repositories, Store
    from bot.ports.alarms import AlarmTeller

log = structlog.get_logger(__name__)

ALARMS: Final = "alarms"
"""Under this key of the settings in the database stands what was told."""
SYNC_EACH: Final = timedelta(seconds=30)
LEASE: Final = timedelta(seconds=90)
"""After so long without a word of the process that tells of an alarm, another one does."""


@dataclass(frozen=True, slots=True)
class StoredAlarm:
    """An alarm in the database: what was told of it, and which process tells, until when."""

    state: AlarmState
    teller: str
    until: datetime


class Alarms:
    """Tells ``administrators`` (Telegram ids). ``name`` is unique to the process."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        digests: Digests,
        *,
        administrators: Collection[int],
        language: str,
        name: str,
        teller: AlarmTeller,
    ) -> None:
        self._store, self._clock = store, clock
        self._people = {telegram_id: digests.of_person(telegram_id) for telegram_id in administrators}
        self._languages: dict[int, str] = {}
        self._language = language
        self._name = name
        self._teller = teller
        self._states: dict[Alarm, AlarmState] = {}
        self._claimed: set[Alarm] = set()
        self._changed = False
        self._synced_at: datetime | None = None
        self._syncing = self._telling = False
        self._can_store = False

    def stands(self, alarm: Alarm) -> bool:
        """Whether an alarm is known and not over."""
        state = self._states.get(alarm)
        return state is not None and not state.is_over(self._clock.now())

    async def look(self, wrong: Mapping[Alarm, str]) -> None:
        """Take note of what is wrong now, by what the log says of it, and tell whoever is still to be told."""
        if not self._people:
            return
        now = self._clock.now()
        for alarm in Alarm:
            self._note(alarm, after_look(self._states.get(alarm), alarm, wrong.get(alarm), now))
        self._can_store = Alarm.DATABASE not in wrong
        if self._can_store:
            await self._sync_if_due(now)
        await self._tell()

    async def release(self) -> None:
        """Leave the alarms to the next process."""
        if self._claimed and self._can_store:
            await self._sync(until=self._clock.now())

    def _note(self, alarm: Alarm, state: AlarmState | None) -> None:
        before = self._states.pop(alarm, None)
        if state is not None:
            self._states[alarm] = state
        was_due, is_due = before is not None and before.is_due, state is not None and state.is_due
        self._changed |= was_due != is_due

    async def _sync_if_due(self, now: datetime) -> None:
        late = self._synced_at is None or not timedelta() <= now - self._synced_at < SYNC_EACH
        if (late or self._changed) and not self._syncing:
            await self._sync(until=now + LEASE)

    async def _sync(self, *, until: datetime) -> None:
        """Learn what other processes and earlier ones have told, and store what this one has."""
        self._syncing, self._changed = True, False
        try:
            async with self._store.reading() as repositories:
                people = await repositories.people.find_many(self._people)
                stored = await _stored(repositories)
            self._languages = {telegram_id: person.language for telegram_id, person in people.items()}
            if stored or any(state.is_due for state in self._states.values()):
                async with self._store.writing() as repositories:
                    merged = self._merged(await _stored(repositories), until)
                    await repositories.housekeeping.keep_setting(ALARMS, _text(merged))
                self._take(merged)
            self._synced_at = self._clock.now()
        except StoreUnavailable as failure:
            self._changed = True
            log.info("what was told of alarms is not stored yet", reason=failure.reason)
        finally:
            self._syncing = False

    def _merged(self, stored: Mapping[Alarm, StoredAlarm], until: datetime) -> dict[Alarm, StoredAlarm]:
        """What is to be stored: others' alarms as they are, and those that are this process's, or nobody's any more."""
        now, merged = self._clock.now(), {}
        for alarm in Alarm:
            entry, own = stored.get(alarm), self._states.get(alarm)
            if entry is not None and entry.teller != self._name and entry.until > now:
                merged[alarm] = entry
            elif own is not None and own.is_due:
                known = own if entry is None else _joined(own, entry.state)
                merged[alarm] = StoredAlarm(known, self._name, until)
            elif entry is not None and entry.teller != self._name:  # its process is gone
                merged[alarm] = StoredAlarm(entry.state, self._name, until)
        return merged

    def _take(self, stored: Mapping[Alarm, StoredAlarm]) -> None:
        """Know what is stored; what another process tells of is not this one's."""
        self._claimed = {alarm for alarm, entry in stored.items() if entry.teller == self._name}
        for alarm, entry in stored.items():
            own = self._states.get(alarm)
            if alarm not in self._claimed:
                self._states.pop(alarm, None)
            elif own is None:
                self._states[alarm] = replace(entry.state, seen_at=self._clock.now(), fine_since=self._clock.now())
            else:
                self._states[alarm] = _joined(own, entry.state)

    async def _tell(self) -> None:
        if self._telling or self._teller.away:
            return
        self._telling = True
        try:
            for alarm in tuple(self._states):
                if alarm in self._claimed or not self._can_store:
                    await self._tell_of(alarm)
        finally:
            self._telling = False
        if self._changed and self._can_store:
            await self._sync_if_due(self._clock.now())

    async def _tell_of(self, alarm: Alarm) -> None:
        for telegram_id, person in self._people.items():
            state = self._states.get(alarm)
            news = state.news_for(person, self._clock.now()) if state else None
            if state is None or news is None:
                continue
            language = self._languages.get(telegram_id, self._language)
            if await self._teller.tell(telegram_id, language, state, news) and alarm in self._states:
                self._states[alarm] = self._states[alarm].after_telling(person, news)
                self._changed = True
        state = self._states.get(alarm)
        if state is not None and state.is_due and state.told_over.issuperset(self._people.values()):
            del self._states[alarm]


def _joined(own: AlarmState, other: AlarmState) -> AlarmState:
    """One alarm that two processes have seen, or one process before and after it was stored."""
    told, told_over = own.told | other.told, own.told_over | other.told_over
    since, stood = min(own.since, other.since), max(own.stood, other.stood)
    return replace(own, since=since, stood=stood, told=told, told_over=told_over)


async def _stored(repositories: Repositories) -> dict[Alarm, StoredAlarm]:
    content = await repositories.housekeeping.find_setting(ALARMS)
    return {Alarm(each["alarm"]): _read(each) for each in json.loads(content)} if content else {}


def _read(entry: Mapping[str, Any]) -> StoredAlarm:
    alarm, since = Alarm(entry["alarm"]), datetime.fromisoformat(entry["since"])
    told, told_over = frozenset(entry["told"]), frozenset(entry["told_over"])
    state = AlarmState(alarm, entry["cause"], since, since, STANDS_FOR[alarm], told=told, told_over=told_over)
    return StoredAlarm(state, entry["teller"], datetime.fromisoformat(entry["until"]))


def _text(stored: Mapping[Alarm, StoredAlarm]) -> str:
    entries = [
        {
            "alarm": alarm.value,
            "cause": entry.state.cause,
            "since": entry.state.since.isoformat(),
            "told": sorted(entry.state.told),
            "told_over": sorted(entry.state.told_over),
            "teller": entry.teller,
            "until": entry.until.isoformat(),
        }
        for alarm, entry in stored.items()
    ]
    return json.dumps(entries) if entries else ""
