"""Every kind of press and link, on a hearing of every phase, by everybody, held against one table.

The walk is made from the registered presses, with arguments that name what there is. Nothing of a draft and of words
that were not let through is read by those who may not; nothing stored is changed by those who may not.
"""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, get_type_hints

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.appeals import words_mark
from bot.domain.attachments import Attachment
from bot.domain.comments import CommentKind, HidingRule
from bot.domain.hearings import Phase
from bot.domain.people import Caller, Grant, Role
from bot.domain.questions import About, AboutKind
from bot.domain.rooms import Room, RoomKind
from bot.domain.setbacks import SetbackReason
from bot.services.incoming_message import IncomingMessage
from handlers import presses
from handlers.incoming.updates import LINKED_PRESSES
from handlers.presses import PRESSES_BY_TAG
from handlers.presses.wire import nest, pack
from tests import samples
from tests.faults.access import LINKS, TABLE, When, Who
from tests.scale import rounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.languages import Text
    from bot.simulator.people import Person
    from handlers.presses import Press
    from tests.faults.stage import Stage

SECRET: Final = "Жашыруун"
"""In every text of the draft."""
UNPUBLISHED: Final = "Айтылбаган"
"""In every comment: none of them is let through."""
FOR_STAFF: Final = "This is only for the commission’s staff."
DESK_MODULES: Final = (
    *(".desk", ".entries", ".hand_counts", ".rooms"),
    *(".broadcasts", ".drafts", ".workbooks", ".preview"),
    *(".moderation", ".comment_list", ".duplicates"),
)
DESK: Final[tuple[type[Press], ...]] = (
    *(presses.AboutDates, presses.ListAppeals, presses.OpenAppeal, presses.JudgeAppeal),
    *(kind for kind in TABLE if kind.__module__.endswith(DESK_MODULES)),
)
"""Presses of staff: whoever may press them is never told that they are for staff."""
STAFF: Final = (Who.MEMBER, Who.MODERATOR, Who.SECRETARY)
NUMBERS: Final = "Numbers so far"


@pytest.fixture
def threads() -> bool:
    return False


def hidden(text: Text) -> Text:
    """The text with the secret in every language."""
    return type(text)({language: f"{SECRET} {words}" for language, words in text.by_language.items()})


def secret_dossier() -> Dossier:
    """A dossier whose every text is recognised."""
    content = samples.dossier()
    budget = content.budget
    assert budget is not None
    return replace(
        content,
        title=hidden(content.title),
        presenters=hidden(content.presenters),
        sittings=tuple(
            replace(each, place=hidden(each.place), address=hidden(each.address)) for each in content.sittings
        ),
        agenda=tuple(replace(each, item=hidden(each.item)) for each in content.agenda),
        services=tuple(
            replace(each, title=hidden(each.title), problem=hidden(each.problem), goal=hidden(each.goal))
            for each in content.services
        ),
        budget=replace(budget, lines=tuple(replace(each, title=hidden(each.title)) for each in budget.lines)),
        questions=tuple(
            replace(each, text=hidden(samples.words("Суроо")), options=tuple(map(hidden, each.options)))
            for each in content.questions
        ),
    )


PHASES = (When.DRAFT, When.OPEN, When.ANSWERED, When.ANNOUNCED, When.CLOSED, When.CANCELLED)[: rounds(6, few=2)]


@dataclasses.dataclass(frozen=True)
class Walk:
    """A town with a hearing of one phase, and everybody who may press."""

    stage: Stage
    when: When
    hearing: Hearing
    names: Mapping[str, Any]
    """What the fields of a press are given."""
    people: Mapping[Who, Person]


async def people_of(stage: Stage) -> Mapping[Who, Person]:
    """One person of each sort, each with a screen to press on."""
    visitor = stage.person("Чоочун")
    await stage.start(visitor)
    await stage.press(visitor, "English", "👀")
    former = await stage.secretary()
    resident = (await stage.actor(former)).resident
    assert resident is not None
    await stage.app.services.staff.revoke(COMMAND_LINE, resident.id, Grant(stage.places["bagysh"], Role.SECRETARY))
    return {
        Who.VISITOR: visitor,
        Who.RESIDENT: await stage.resident("Айгүл"),
        Who.NEIGHBOUR: await stage.secretary("kok-art"),
        Who.FORMER: former,
        Who.MEMBER: await stage.secretary(role=Role.MEMBER),
        Who.MODERATOR: await stage.secretary(role=Role.MODERATOR),
        Who.SECRETARY: await stage.secretary(),
    }


async def hearing_in(stage: Stage, when: When) -> Hearing:
    """A hearing that will be in this phase when the clock has gone on for an hour."""
    soon, later = samples.NOW + timedelta(minutes=30), samples.NOW + timedelta(hours=9)
    content = {
        When.DRAFT: secret_dossier(),
        When.ANNOUNCED: samples.dossier(opens=later),
        When.CLOSED: samples.dossier(closes=soon),
    }.get(when, samples.dossier())
    return await stage.hearing(content, publish=when is not When.DRAFT)


async def comment_on(stage: Stage, hearing: Hearing) -> tuple[int, int, int]:
    """Two comments that nobody has let through, and the appeal about the second; 0 where the hearing takes none."""
    services = stage.app.services
    if not hearing.takes_answers(stage.clock.now()):
        return 0, 0, 0
    author, written = await services.people.agree(Caller(424_242, "en")), []
    for number in (1, 2):
        await services.submissions.begin(author, hearing.id, CommentKind.COMMENT, About())
        incoming = IncomingMessage(f"{UNPUBLISHED} сөз {number}", f"message {number}", stage.clock.now())
        view = await services.submissions.receive(author, incoming)
        assert view is not None
        written.append(view.comment.id)
        stage.clock.forward(minutes=1)
    await services.moderation.hide(COMMAND_LINE, written[1], HidingRule.INSULT)
    await services.appeals.begin(author, written[1])
    words = (await services.appeals.keep(author, f"{UNPUBLISHED} деп ойлойм")).words
    appealed = await services.appeals.send(author, written[1], mark=words_mark(words))
    assert appealed.appeal is not None
    return written[0], written[1], appealed.appeal.id


async def bring_about(stage: Stage, hearing: Hearing, when: When) -> None:
    """Let the hearing reach its phase."""
    stage.clock.forward(hours=1)
    await stage.tick()
    if when is When.CANCELLED:
        await stage.app.services.announcements.cancel(COMMAND_LINE, hearing.id, why=SetbackReason.ROOM)
    if when is When.ANSWERED:
        async with stage.store.writing() as repositories:
            await repositories.hearings.set_phase(hearing.id, Phase.ANSWERED, at=stage.clock.now())
    await stage.tick()
    async with stage.store.reading() as repositories:
        assert (await repositories.hearings.get(hearing.id)).phase.value == when.value


async def begin(stage: Stage, when: When) -> Walk:
    """Set the town up."""
    people = await people_of(stage)
    hearing = await hearing_in(stage, when)
    comment, other, appeal = await comment_on(stage, hearing)
    await bring_about(stage, hearing, when)
    municipality, services = stage.places["bagysh"], stage.app.services
    await services.people.invite(COMMAND_LINE, municipality, Role.MEMBER)
    async with stage.store.writing() as repositories:
        room = await repositories.rooms.add(
            Room(0, -100_123, RoomKind.SUPERGROUP, "Айылдаштар", municipality_id=municipality)
        )
        invitation = (await repositories.people.list_invitations(municipality))[-1]
        broadcasts = await repositories.broadcasts.list_of(hearing.id)
        title = f"{SECRET} план" if when is When.DRAFT else "План"
        document = await repositories.attachments.add(
            Attachment(0, hearing.id, title, "plan.pdf", "file", "unique", photo=False, size=1, added_at=samples.NOW)
        )
    names = {
        "hearing": hearing.id,
        "document": document.id,
        "comment": comment,
        "other": other,
        "appeal": appeal,
        "question": 1,
        "option": 1,
        "no": 1,
        "place": municipality,
        "municipality": municipality,
        "village": stage.places["bagysh-1"],
        "room": room.id,
        "broadcast": broadcasts[0].id if broadcasts else 0,
        "invitation": invitation.name,
        "token": "0" * 25,
        "day": (samples.NOW + timedelta(days=2)).date().toordinal(),
        "minute": 840,
        "minutes": 60,
        "amount": 10,
    }
    return Walk(stage, when, hearing, names, people)


def arguments(kind: type[Press], names: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields of a press with plausible values; where there is a switch, with it on and off."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        if field.name in names:
            values[field.name] = names[field.name]
        elif isinstance(hint, type) and issubclass(hint, StrEnum):
            values[field.name] = {AboutKind: AboutKind.SERVICE, HidingRule: HidingRule.INSULT}.get(
                hint, next(iter(hint))
            )
        elif hint is str:
            values[field.name] = nest(presses.OpenHearing(names["hearing"]))
        elif hint is bool:
            values[field.name] = True
        elif field.default is dataclasses.MISSING:
            values[field.name] = 1
    switches = [name for name in ("sure", "listed", "on", "inert") if name in values]
    yield values
    if switches:
        yield {**values, **dict.fromkeys(switches, False)}


EXAMPLES: Final[Mapping[type[Press], dict[str, Any]]] = {
    presses.MarkOption: {"question": 5},
    presses.RankOption: {"question": 6, "place": 1},
    presses.GiveCoins: {"question": 7},
    presses.SetSpeakingMinutes: {"minutes": 5},
    presses.AddSitting: {"place": 1, "begins": (samples.NOW + timedelta(days=2)).date().toordinal() * 1_440 + 600},
}
"""Fields that need another value than the same field of other presses."""


OF_A_HEARING: Final = frozenset({"hearing", "comment", "appeal", "broadcast", "document", "then"})
"""Fields that lead to a hearing: a press without any of them is the same in every phase."""


def every_press(walk: Walk) -> Iterator[Press]:
    """Each kind of press, on this hearing; the others in one phase."""
    for kind in PRESSES_BY_TAG.values():
        if walk.when is not When.DRAFT and not OF_A_HEARING & {field.name for field in dataclasses.fields(kind)}:
            continue
        for given in arguments(kind, {**walk.names, **EXAMPLES.get(kind, {})}):
            yield kind(**given)


def every_link(walk: Walk) -> Iterator[Press]:
    """Each kind of press that a link carries, on this hearing."""
    for kind in LINKED_PRESSES:
        yield kind(**next(arguments(kind, walk.names)))


def received(person: Person) -> str:
    """Everything the bot has ever said to a person, also where a later screen took its place."""
    said = [toast.text for toast in person.toasts]
    for message in person.messages:
        said += [content.text for content, _ in message.history]
        said += [message.words, *_labels(message)]
        said += [str(message.content.media)]
        if (file := message.content.file) is not None:
            said += [file.name, file.content.decode("utf-8", "replace")]
    return "\n".join(said)


def _labels(message: Any) -> Iterator[str]:
    for markup in (message.markup, *(markup for _, markup in message.history)):
        for row in (markup or {}).get("inline_keyboard", ()):
            yield from (button["text"] for button in row)


def ensure_nothing_was_given_away(walk: Walk, who: Who) -> None:
    """Of the draft and of what was not let through, others than staff have read nothing."""
    if who in STAFF:
        return
    words = received(walk.people[who])
    assert SECRET not in words, who
    assert UNPUBLISHED not in words, who
    if who is not Who.NEIGHBOUR:
        assert NUMBERS not in words, who
    if walk.when is When.DRAFT:
        assert walk.hearing.code not in words, who


@pytest.mark.parametrize("when", PHASES)
async def test_nobody_sees_or_changes_by_any_press_what_the_table_does_not_give_them(
    sqlite_stage: Stage, when: When
) -> None:
    walk = await begin(sqlite_stage, when)
    walked = 0
    for who, person in [*walk.people.items()][: rounds(len(Who), few=3)]:
        before = await sqlite_stage.dump()
        for press in every_press(walk):
            allowed = TABLE[type(press)]
            if who in allowed.changes.get(when, frozenset()):
                continue
            query = person.forge(pack(press, "en"), person.screen)
            await sqlite_stage.quiet()
            walked += 1
            assert query.answered, (who, press)
            if who not in allowed.sees.get(when, frozenset()):
                assert query.alert or not query.toast, (who, press, query.toast)
            elif isinstance(press, DESK):
                assert query.toast != FOR_STAFF, (who, press)
            if isinstance(press, DESK) and who not in allowed.sees.get(when, frozenset()):
                assert query.alert, (who, press)
        assert await sqlite_stage.dump() == before, who
        ensure_nothing_was_given_away(walk, who)
    assert walked > 250


async def stored(stage: Stage) -> Mapping[str, list[str]]:
    """Every row but what says that a link was answered: the message in the outbox, and that it was heard."""
    return {table: rows for table, rows in (await stage.dump()).items() if table not in ("notices", "heard_messages")}


@pytest.mark.parametrize("when", PHASES)
async def test_nobody_sees_or_changes_by_any_link_what_the_table_does_not_give_them(
    sqlite_stage: Stage, when: When
) -> None:
    walk = await begin(sqlite_stage, when)
    for who, person in walk.people.items():
        before = await stored(sqlite_stage)
        for press in every_link(walk):
            if who in LINKS[type(press)].changes.get(when, frozenset()):
                continue
            await sqlite_stage.start(person, pack(press, "en"))
            if who is Who.VISITOR:
                person.forge(pack(presses.JustLook(nest(press)), "en"))
                await sqlite_stage.quiet()
        assert await stored(sqlite_stage) == before, who
        ensure_nothing_was_given_away(walk, who)


async def test_staff_read_the_draft_that_others_do_not(sqlite_stage: Stage) -> None:
    walk = await begin(sqlite_stage, When.DRAFT)
    for who in STAFF:
        person = walk.people[who]
        for press in (presses.OpenHearing(walk.hearing.id), presses.OpenQuestion(walk.hearing.id, 1)):
            person.forge(pack(press, "en"))
            await sqlite_stage.quiet()
            assert SECRET in person.screen.words


def test_every_press_and_every_link_stands_in_the_table() -> None:
    assert set(TABLE) == set(PRESSES_BY_TAG.values())
    assert set(LINKS) == set(LINKED_PRESSES)


WITHOUT_A_LINE: Final = frozenset({presses.ToggleNumbers})
"""Presses by which staff choose something for themselves."""
BESIDE: Final = frozenset(
    {
        *("journal", "notices", "heard_messages", "bundles", "readings", "settings", "heartbeat", "sqlite_sequence"),
        *("pending_inputs", "received_files", "waiting_tables"),
    }
)
"""What a press changes without being an act: what the machinery notes, and what is waited for."""


async def test_every_act_of_staff_leaves_a_line_in_the_journal(sqlite_stage: Stage) -> None:
    walk = await begin(sqlite_stage, When.OPEN)
    secretary, left = walk.people[Who.SECRETARY], set()
    for kind, allowed in TABLE.items():
        changes = allowed.changes.get(When.OPEN, frozenset())
        if Who.SECRETARY not in changes or Who.RESIDENT in changes:
            continue
        for given in arguments(kind, {**walk.names, **EXAMPLES.get(kind, {})}):
            before = await sqlite_stage.dump()
            secretary.forge(pack(kind(**given), "en"), secretary.screen)
            await sqlite_stage.quiet()
            after = await sqlite_stage.dump()
            changed = {table for table in after if after[table] != before.get(table)} - BESIDE
            noted = len(after["journal"]) - len(before["journal"])
            assert noted or not changed or kind in WITHOUT_A_LINE, (kind, changed)
            left |= {kind} if noted else set()
    assert len(left) > 10, left
