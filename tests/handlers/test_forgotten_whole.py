"""Every table, file and line of the log, before a person came and after they were forgotten: what is left is explained.

``LEFT`` is the promise of ``/forget``, column by column. A column that is not there may hold nothing of a person: NULL,
nothing, "unsaid" or 0.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest
from structlog.testing import capture_logs

from bot.domain.comments import CommentKind
from bot.domain.inbox import WaitingUpdate
from bot.domain.people import AgeBand, Gender
from bot.domain.questions import AboutKind
from bot.simulator.people import Person
from handlers import presses
from handlers.presses.wire import pack
from storage.addresses import file_of, parse_address
from storage.demographics import DEMOGRAPHIC_COLUMNS
from storage.layout import metadata
from tests import samples
from tests.handlers.test_comments import comments_of
from tests.handlers.test_desk import send
from tests.municipality import Municipality
from tests.services.writing import decide, published

if TYPE_CHECKING:
    from tests.living import Town

TELEGRAM_ID: Final = 7_012_345_678
NAME: Final = "Айгүл-Ысым"
ANSWERED, TAKEN, FORMER, UNSENT, WAITING = (
    f"{word} деген сөздөр" for word in ("Жооп", "Кайтар", "Мурун", "Жөн", "Кезекте")
)
NOTHING: Final = frozenset({None, "", "-", 0})

NUMBER = "our own number: nothing leads from it to a person"
CLOCK = "what the clock does to a hearing, whoever takes part"
COUNTED = "one of those who answered a hearing that is closed, in no group: the result has been counted"
RECEIPT = "that a comment with this number came: the record has no gaps"
KEPT = "a comment that was answered, or left nameless, with the words it was about"
NOTED = "that a number was forgotten, amended or told of the closing, and when"
DIGEST = "keyed digest, for one day, or until the hearing closes: nobody counts twice or supports their own"

LEFT: Final = {
    "residents": {"id": NUMBER, "language": "everybody's who is forgotten: ky", "reminders": "everybody's: none"},
    "participants": {"resident_id": NUMBER, "hearing_id": COUNTED, "first_at": COUNTED, "digest": DIGEST},
    "votes": dict.fromkeys(("hearing_id", "question_no", "answer", "channel", "cast_at"), COUNTED)
    | {"resident_id": NUMBER},
    "rollup": dict.fromkeys(("hearing_id", "question_no", "option_no", "channel", "voters", "points"), COUNTED),
    "participant_counts": dict.fromkeys(("hearing_id", "people"), COUNTED),
    "participant_languages": dict.fromkeys(("hearing_id", "people"), COUNTED),
    "comment_counts": dict.fromkeys(
        ("hearing_id", "kind", "channel", "visibility", "withdrawn", "outcome", "about_kind", "comments"), RECEIPT
    ),
    "comments": dict.fromkeys(("id", "number", "hearing_id", "kind", "about_kind", "channel", "visibility"), RECEIPT)
    | dict.fromkeys(("created_at", "amended_at", "withdrawn_at"), RECEIPT)
    | dict.fromkeys(("text", "folded", "letters", "in_turn", "language", "outcome", "reason", "decided_at"), KEPT)
    | dict.fromkeys(("media_kind", "media_file_id", "media_unique_id", "media_seconds"), KEPT)
    | {"author_digest": DIGEST},
    "journal": dict.fromkeys(("id", "at", "act", "subject", "data"), NOTED)
    | dict.fromkeys(("actor_id", "municipality_id", "hearing_id"), NUMBER),
    "notices": dict.fromkeys(
        ("id", "broadcast_id", "hearing_id", "rank", "due_at", "claims", "state", "settled_at"), NOTED
    )
    | {"recipient_id": NUMBER},
    "hearings": dict.fromkeys(("phase", "phase_since"), CLOCK) | {"last_receipt": RECEIPT},
    "broadcasts": dict.fromkeys(
        ("id", "hearing_id", "kind", "edition", "due_at", "made_at", "course", "facts", "urgency"), CLOCK
    )
    | dict.fromkeys(("spread_to", "spread", "settled"), CLOCK),
    "parts": dict.fromkeys(("id", "comment_id", "position"), RECEIPT)
    | dict.fromkeys(("text", "media_kind", "media_file_id", "media_unique_id", "media_seconds"), KEPT),
    "heartbeat": {"at": CLOCK},
    "inbox_owners": dict.fromkeys(("owner", "renewals"), "the name of a process that runs, or ran"),
    "outages": dict.fromkeys(("id", "began", "ended"), CLOCK),
    "sqlite_sequence": {"name": NUMBER, "seq": NUMBER},
}
"""By table and column: what a forgotten person leaves there, and why it may stay."""
Row = dict[str, object]
Tables = dict[str, dict[tuple[object, ...], Row]]


def tables(url: str) -> Tables:
    """Every row of every table, by its primary key."""
    with closing(sqlite3.connect(file_of(parse_address(url)))) as file:
        file.row_factory = sqlite3.Row
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        keys = {name: _key(file, name) for name in names}
        rows = {name: [dict(row) for row in file.execute(f'SELECT * FROM "{name}"')] for name in names}
    return {name: {tuple(row[each] for each in keys[name]): row for row in rows[name]} for name in names}


def _key(file: sqlite3.Connection, table: str) -> list[str]:
    columns = list(file.execute(f'PRAGMA table_info("{table}")'))
    return [column["name"] for column in columns if column["pk"]] or [column["name"] for column in columns]


def files(url: str) -> bytes:
    """The database and everything that lies beside it."""
    return b"".join(path.read_bytes() for path in file_of(parse_address(url)).parent.iterdir() if path.is_file())


def new(before: Tables, after: Tables) -> list[tuple[str, str, object]]:
    """What stands in the tables that did not: table, column, value."""
    return [
        (table, column, value)
        for table, rows in after.items()
        for key, row in rows.items()
        for column, value in row.items()
        if value not in NOTHING and before.get(table, {}).get(key, {}).get(column) != value
    ]


async def take_part(town: Town, closing_id: int, running_id: int, neighbours: int) -> Person:
    """Do everything that can be done, and say everything that is asked."""
    person = Person(town.telegram, NAME, language="en", id=TELEGRAM_ID)
    await town.start(person, pack(presses.FollowPoster(running_id, town.places["bagysh-2"])))
    await town.press(person, "English", "✅")
    for press in (presses.SetGender(Gender.FEMALE), presses.SetAge(AgeBand.FROM_60)):
        await send(town, person, press)
    for hearing in (closing_id, running_id):
        await send(town, person, presses.ChooseOption(hearing, 1, 1))
        await send(town, person, presses.ChooseOption(hearing, 2, 2))
        await send(town, person, presses.WithdrawVote(hearing, 2))
    await write(town, person, closing_id, ANSWERED)
    await write(town, person, running_id, FORMER)
    await send(town, person, presses.AmendComment((await comments_of(town, person))[0].id))
    await town.say(person, TAKEN)
    await send(town, person, presses.WriteAbout(running_id, CommentKind.PROPOSAL, AboutKind.HEARING))
    person.send_voice(b"OggS", duration=5)
    person.send_photo()  # the same comment's second part
    await town.quiet()
    await send(town, person, presses.SupportComment(neighbours, on=True))
    await send(town, person, presses.ReadService(running_id, 1))
    await town.say(person, UNSENT)
    await wait(town, WAITING)
    return person


async def wait(town: Town, words: str) -> None:
    """A message of the person waits in the inbox, in another process."""
    content = json.dumps({"message": {"from": {"id": TELEGRAM_ID}, "text": words}}, ensure_ascii=False)
    async with town.store.writing() as repositories:
        await repositories.inbox.renew("another process")
        waiting = [WaitingUpdate(2**40, TELEGRAM_ID, content)]
        await repositories.inbox.add(waiting, owner="another process", at=town.clock.now())


async def write(town: Town, person: Person, hearing_id: int, words: str) -> None:
    await send(town, person, presses.WriteAbout(hearing_id, CommentKind.PROPOSAL, AboutKind.HEARING))
    await town.say(person, words)


@pytest.mark.parametrize("withdraw", [True, False])
async def test_what_is_left_of_a_forgotten_person_is_explained_to_the_last_byte(town: Town, withdraw: bool) -> None:
    here = Municipality(town.app.services, town.places)
    closing_one = await town.hearing(samples.dossier(closes=samples.NOW + samples.HOUR))
    running = await town.hearing()
    neighbours = await published(here, await town.actor(await town.resident("Бек")), running)
    before = tables(town.url)
    with capture_logs() as logged:
        person = await take_part(town, closing_one.id, running.id, neighbours.id)
        answered = (await comments_of(town, person))[-1]
        recordings = [media.file_id for each in await comments_of(town, person) for media in each.attachments]
        town.clock.forward(hours=2)
        await town.tick()
        await decide(here, answered)
        own = [ANSWERED, TAKEN, FORMER, UNSENT, WAITING, *recordings]
        marks = {mark: mark.encode() for mark in own} | {"id": TELEGRAM_ID.to_bytes(6)}
        assert not [mark for mark, there in marks.items() if there not in files(town.url)]
        await town.say(person, "/forget")
        await town.press(person, "🗑 Delete, take" if withdraw else "👤")
        await town.tick()
        await town.quiet()
        await town.app.services.privacy.scrub()  # as each minute: the press itself has left the inbox
    after = tables(town.url)
    found = new(before, after)
    assert sorted({(table, column) for table, column, _ in found if column not in LEFT.get(table, {})}) == []
    kept = {ANSWERED} if withdraw else {ANSWERED, TAKEN, *recordings}
    assert {value for _, _, value in found if str(value) in own} == kept
    assert {mark for mark, there in marks.items() if there in files(town.url)} == kept
    assert not [line for line in logged for word in (*own, NAME, str(TELEGRAM_ID)) if word in str(line)]
    assert not [value for _, _, value in found for word in (NAME, str(TELEGRAM_ID)) if word in str(value)]


OF_PEOPLE: Final = {
    "appeals": "without words and author",
    "arrivals": "deleted",
    "bundles": "deleted",
    "comments": "without author, group and digest; without words where taken back",
    "counted_votes": NUMBER,
    "entries": NUMBER,
    "floor_requests": NUMBER,
    "follower_counts": "one fewer",
    "former_votes": "deleted, or without group",
    "grants": "deleted",
    "hall_keys": NUMBER,
    "hall_people": "deleted",
    "inbox": "deleted",
    "heard_messages": "deleted",
    "invitations": NUMBER,
    "journal": NUMBER,
    "notices": NUMBER,
    "participant_counts": "counts in no group",
    "participants": "deleted, or without group",
    "parts": "without digest and moment; deleted where the comment is taken back, or was not sent",
    "pending_inputs": "deleted",
    "person_owners": "gone seconds after the last update",
    "presence": NUMBER,
    "proposals": NUMBER,
    "readings": "deleted",
    "received_files": "deleted",
    "residents": "emptied",
    "rollup": "counts in no group",
    "rooms": NUMBER,
    "supports": "deleted",
    "unsent": "deleted",
    "votes": "deleted, or without group",
    "waiting_tables": "deleted",
    "wrong_hall_codes": "deleted",
}
"""By table that knows residents, their groups, words or recordings: what being forgotten does there."""


def test_no_table_about_people_is_overlooked() -> None:
    about = {
        table.name
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "residents" for key in column.foreign_keys)
        or column.name in {*DEMOGRAPHIC_COLUMNS, "telegram_id", "media_file_id", "used_by"}
    }
    assert about == set(OF_PEOPLE)


async def test_the_digests_go_too(town: Town) -> None:
    """The next night, of what was taken back; once the hearing is closed, of what stays."""
    here = Municipality(town.app.services, town.places)
    closing_one = await town.hearing(samples.dossier(closes=samples.NOW + 30 * samples.HOUR))
    running = await town.hearing()
    neighbours = await published(here, await town.actor(await town.resident("Бек")), running)
    person = await take_part(town, closing_one.id, running.id, neighbours.id)
    await send(town, person, presses.ForgetNow(withdraw=False))
    digests = {("comments", "author_digest"), ("participants", "digest"), ("comments", "source"), ("parts", "source")}

    async def left() -> set[tuple[str, str, int]]:
        await town.app.services.privacy.expire()
        found = [(table, column) for table, column, _ in new({}, tables(town.url)) if (table, column) in digests]
        return {(*each, found.count(each)) for each in found}

    assert await left() == {("comments", "author_digest", 3), ("participants", "digest", 2), ("comments", "source", 1)}
    town.clock.forward(hours=31)
    await town.tick()
    assert await left() == {("comments", "author_digest", 2), ("participants", "digest", 1)}
    town.clock.forward(days=2)
    await town.tick()
    assert await left() == set()
