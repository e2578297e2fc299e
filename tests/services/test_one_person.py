"""One person is one person, whatever they do, and however often they are forgotten and come back."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import storage
from bot.cli import COMMAND_LINE
from bot.domain.comments import COMMENTS_A_DAY, Order
from bot.domain.errors import ConsentNeeded, DailyLimit, HearingOver, NotFound, OwnComment, Refusal
from bot.domain.numbers import Residence
from bot.domain.people import Caller, Demographics, Gender
from bot.domain.questions import Choose, Withdraw
from bot.reports.records import gather
from storage.addresses import file_of, parse_address
from tests import samples
from tests.clocks import VirtualClock
from tests.municipality import Municipality
from tests.same_thread import opened
from tests.scale import rounds
from tests.services.writing import decide, filed, published, stored

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from bot.domain.numbers import Participation
    from bot.domain.people import Actor
    from bot.domain.questions import Change

ACCOUNTS = 2


async def took_part(here: Municipality, hearing: Hearing) -> Participation:
    """Who took part, by the record."""
    async with here.services.store.reading() as repositories:
        return await repositories.participants.participation(hearing.id)


@dataclass
class Life:
    """A hearing to which ``ACCOUNTS`` people do things; ``wrote`` says whose each comment is: nothing else knows."""

    here: Municipality
    hearing: Hearing
    clock: VirtualClock
    wrote: dict[int, int] = field(default_factory=dict)
    order: int = 0

    async def act(self, name: str, account: int) -> None:
        """Do it, or be refused."""
        self.order += 1
        actor = await self.here.services.people.identify(Caller(account, "ky"))
        with suppress(Refusal):
            await ACTS[name](self, actor)

    async def agree(self, actor: Actor) -> None:
        await self.here.resident(actor.telegram_id)

    async def vote(self, actor: Actor) -> None:
        await self._cast(actor, Choose(1 + self.order % 3))

    async def withdraw_vote(self, actor: Actor) -> None:
        await self._cast(actor, Withdraw())

    async def _cast(self, actor: Actor, change: Change) -> None:
        caller = Caller(actor.telegram_id, "ky")
        await self.here.services.voting.cast(caller, self.hearing.id, 1, change, order=self.order)

    async def support(self, actor: Actor) -> None:
        await self._support(actor, on=True)

    async def stop_supporting(self, actor: Actor) -> None:
        await self._support(actor, on=False)

    async def _support(self, actor: Actor, *, on: bool) -> None:
        for comment_id, author in self.wrote.items():
            try:
                await self.here.services.comments.support(actor, comment_id, on=on)
            except OwnComment:
                assert author == actor.telegram_id
            except NotFound:
                pass  # it is taken back
            else:
                assert author != actor.telegram_id

    async def comment(self, actor: Actor) -> None:
        written = await published(self.here, actor, self.hearing, f"Сөз {self.order}")
        self.wrote[written.id] = actor.telegram_id

    async def take_back(self, actor: Actor) -> None:
        for comment_id in self.wrote:
            with suppress(NotFound):
                await self.here.services.comments.withdraw(actor, comment_id)

    async def forget(self, actor: Actor) -> None:
        await self.here.services.privacy.forget(actor, withdraw_comments=True)

    async def forget_but_leave_comments(self, actor: Actor) -> None:
        await self.here.services.privacy.forget(actor, withdraw_comments=False)

    async def move_to_a_village(self, actor: Actor) -> None:
        await self.here.services.people.set_village(actor, self.here.places[f"bagysh-{1 + self.order % 3}"])

    async def move_away(self, actor: Actor) -> None:
        await self.here.services.people.follow(actor, self.here.places["kok-art"])

    async def be_answered(self, actor: Actor) -> None:
        data = await self.here.services.privacy.stored(actor)
        for comment in data.comments[:1]:
            await decide(self.here, comment)

    async def wait(self, _: Actor) -> None:
        self.clock.forward(hours=7)
        await self.here.services.privacy.expire()

    async def ensure_counted_once(self) -> None:
        """Never more people than there are, never more than one vote or one support of each, none of one's own."""
        async with self.here.services.store.reading() as repositories:
            tallies = await repositories.votes.tallies(self.hearing.id)
            assert await repositories.votes.rollup(self.hearing.id) == await repositories.votes.recount(self.hearing.id)
            record = await gather(repositories, self.hearing.id, now=self.clock.now(), timezone="Asia/Bishkek")
            comments = [await repositories.comments.get(each) for each in self.wrote]
        assert record.participation.people <= ACCOUNTS
        assert sum(record.participation.municipalities.values()) == record.participation.people
        assert sum(tally.voters for tally in tallies.values()) <= ACCOUNTS
        assert all(0 <= comment.support < ACCOUNTS for comment in comments)


ACTS = {
    each.__name__: each
    for each in (
        *(Life.agree, Life.vote, Life.withdraw_vote, Life.support, Life.stop_supporting, Life.comment, Life.take_back),
        *(
            Life.forget,
            Life.forget_but_leave_comments,
            Life.move_to_a_village,
            Life.move_away,
            Life.be_answered,
            Life.wait,
        ),
    )
}
steps = st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(1, ACCOUNTS)), min_size=1, max_size=12)


@asynccontextmanager
async def life(path: Path) -> AsyncIterator[Life]:
    founded = path.parent / "one_person.db"
    if not founded.exists():  # the schema is made once for all lives
        await (await storage.open_store(f"sqlite:///{founded}")).close()
    shutil.copy(founded, path / "life.db")
    store, clock = opened(f"sqlite:///{path}/life.db"), VirtualClock()
    try:
        here = await Municipality.over(store, clock)
        yield Life(here, await here.hearing(), clock)
    finally:
        await store.close()


@settings(max_examples=rounds(80, few=8), suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps)
def test_however_people_act_nobody_counts_twice_or_supports_their_own(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    asyncio.run(_live(tmp_path_factory.mktemp("life"), steps))


async def _live(path: Path, steps: list[tuple[str, int]]) -> None:
    """Everybody takes part, things happen, and everybody takes part again: who was forgotten has to come back."""
    everybody = [(name, account) for name in ("agree", "vote", "comment") for account in range(1, ACCOUNTS + 1)]
    at_last = [(name, account) for name in ("agree", "support", "vote") for account in range(1, ACCOUNTS + 1)]
    async with life(path) as here:
        for name, account in (*everybody, *steps, *at_last):
            await here.act(name, account)
            await here.ensure_counted_once()


async def test_ten_times_forgotten_is_one_person_once_they_are_back(municipality: Municipality) -> None:
    hearing = await municipality.hearing()
    for account in (2, 3, 4):
        await municipality.resident(account)
        await municipality.services.voting.cast(Caller(account, "ky"), hearing.id, 1, Choose(1), order=1)
    for number in range(10):
        actor = await municipality.resident(1)
        await municipality.services.voting.cast(Caller(1, "ky"), hearing.id, 1, Choose(1), order=number)
        assert (await took_part(municipality, hearing)).people == 4
        await municipality.services.privacy.forget(actor, withdraw_comments=True)
        assert (await took_part(municipality, hearing)).people == 3


async def test_whose_nameless_comment_stays_counts_as_one_also_when_they_come_back(municipality: Municipality) -> None:
    hearing = await municipality.hearing()
    for _ in range(3):
        actor = await municipality.resident(1)
        await filed(municipality, actor, hearing, f"Сөз {_}")
        await municipality.services.privacy.forget(actor, withdraw_comments=False)
        assert (await took_part(municipality, hearing)).people == 1
    back = await municipality.resident(1)
    assert (await took_part(municipality, hearing)).people == 1
    await municipality.services.privacy.forget(back, withdraw_comments=True)
    assert (await took_part(municipality, hearing)).people == 1


async def test_the_daily_limit_outlives_being_forgotten_by_a_day(
    municipality: Municipality, clock: VirtualClock
) -> None:
    hearing = await municipality.hearing()
    for number in range(COMMENTS_A_DAY):
        actor = await municipality.resident(1)
        await filed(municipality, actor, hearing, f"Сөз {number}")
        await municipality.services.privacy.forget(actor, withdraw_comments=bool(number % 2))
    with pytest.raises(DailyLimit):
        await filed(municipality, await municipality.resident(1), hearing, "Дагы")
    await filed(municipality, await municipality.resident(2), hearing, "Башка адам")
    clock.forward(days=1, seconds=1)
    await municipality.services.privacy.expire()
    await filed(municipality, await municipality.resident(1), hearing, "Эртеси")


@pytest.mark.parametrize("nights", [0, 2])
async def test_nobody_supports_what_they_wrote_before_they_were_forgotten(
    municipality: Municipality, clock: VirtualClock, nights: int
) -> None:
    hearing = await municipality.hearing()
    comment = await published(municipality, await municipality.resident(1), hearing)
    await municipality.services.privacy.forget(await municipality.resident(1), withdraw_comments=False)
    clock.forward(days=nights)
    await municipality.services.privacy.expire()
    with pytest.raises(OwnComment):
        await municipality.services.comments.support(await municipality.resident(1), comment.id, on=True)
    await municipality.services.comments.support(await municipality.resident(2), comment.id, on=True)
    assert (await stored(municipality, comment)).support == 1


async def test_what_knows_the_forgotten_goes_when_it_is_needed_no_more(
    municipality: Municipality, clock: VirtualClock
) -> None:
    hearing = await municipality.hearing()
    actor = await municipality.resident(1)
    kept, taken = await filed(municipality, actor, hearing, "Калсын"), await filed(municipality, actor, hearing, "Ж")
    await municipality.services.comments.withdraw(actor, taken.id)
    await municipality.services.privacy.forget(actor, withdraw_comments=False)

    async def known() -> list[bool]:
        await municipality.services.privacy.expire()
        return [(await stored(municipality, comment)).author_digest is not None for comment in (kept, taken)]

    assert await known() == [True, True]
    clock.forward(days=1, seconds=1)
    assert await known() == [True, False]
    clock.forward(days=10)
    await municipality.services.timetable.tick()
    assert await known() == [False, False]


async def test_people_of_this_municipality_of_others_and_who_did_not_say_are_told_apart(
    municipality: Municipality,
) -> None:
    hearing = await municipality.hearing()
    await municipality.resident(1)
    await municipality.services.people.set_village(await municipality.resident(2), municipality.places["bagysh-1"])
    await municipality.resident(3, place="kok-art")
    await municipality.services.people.agree(Caller(4, "ky"))
    for account in (1, 2, 3, 4):
        await municipality.services.voting.cast(Caller(account, "ky"), hearing.id, 1, Choose(1), order=1)
    async with municipality.services.store.reading() as repositories:
        now = municipality.services.clock.now()
        record = await gather(repositories, hearing.id, now=now, timezone="Asia/Bishkek")
        voters = await repositories.participants.voters_by_municipality(hearing.id)
    expected = {Residence.HERE: 2, Residence.ELSEWHERE: 1, Residence.UNSAID: 1}
    assert record.participation.by_residence(municipality.id) == expected
    assert voters == {1: {municipality.id: 2, municipality.places["kok-art"]: 1, 0: 1}}
    assert set(record.voters[1].values()) == {None}  # too few of each to be told
    await municipality.services.people.follow(await municipality.resident(3, place="kok-art"), municipality.id)
    assert (await took_part(municipality, hearing)).by_residence(municipality.id) == {
        Residence.HERE: 3,
        Residence.UNSAID: 1,
    }


async def test_who_was_forgotten_does_nothing_by_an_old_button(municipality: Municipality) -> None:
    hearing = await municipality.hearing()
    await municipality.services.privacy.forget(await municipality.resident(1), withdraw_comments=True)
    with pytest.raises(ConsentNeeded):
        await municipality.services.voting.cast(Caller(1, "ky"), hearing.id, 1, Choose(1), order=1)
    assert (await took_part(municipality, hearing)).people == 0
    page = await municipality.services.comments.wall(COMMAND_LINE, hearing.id, order=Order.NEWEST)
    assert page.total == 0


async def test_what_is_closed_is_not_opened_again_by_a_later_end(
    municipality: Municipality, clock: VirtualClock
) -> None:
    """Whose answers stay as numbers would come back and answer once more."""
    hearing = await municipality.hearing(samples.dossier(closes=samples.NOW + samples.HOUR))
    clock.forward(hours=2)
    later = replace(hearing.dossier, closes_at=clock.now() + samples.HOUR)
    for _ in ("before the tick", "after it"):
        with pytest.raises(HearingOver):
            await municipality.services.announcements.revise(COMMAND_LINE, hearing.id, later)
        await municipality.services.timetable.tick()


async def test_who_was_half_forgotten_by_an_earlier_program_is_forgotten_by_night(
    municipality: Municipality, clock: VirtualClock
) -> None:
    ended = await municipality.hearing(samples.dossier(closes=samples.NOW + samples.HOUR))
    running = await municipality.hearing()
    actor = await municipality.services.people.set_gender(await municipality.resident(1), Gender.FEMALE)
    assert actor.resident is not None
    for hearing in (ended, running):
        await municipality.services.voting.cast(Caller(1, "ky"), hearing.id, 1, Choose(1), order=1)
    clock.forward(hours=2)
    async with municipality.services.store.writing() as repositories:
        await repositories.people.save(replace(actor.resident, telegram_id=None))
    await municipality.services.timetable.tick()
    await municipality.services.privacy.expire()
    assert (await took_part(municipality, ended)).groups == {Demographics(): 1}
    assert (await took_part(municipality, running)).people == 0
    async with municipality.services.store.reading() as repositories:
        assert {cell.demographics for cell in await repositories.votes.rollup(ended.id)} == {Demographics()}
        assert await repositories.votes.rollup(running.id) == {}
        assert await repositories.people.list_half_forgotten(limit=9) == ()


async def test_answers_of_a_hearing_that_is_put_off_are_withdrawn_too(
    municipality: Municipality, clock: VirtualClock
) -> None:
    """It takes answers again: who comes back would count twice."""
    hearing = await municipality.hearing()
    actor = await municipality.resident(1)
    await municipality.services.voting.cast(Caller(1, "ky"), hearing.id, 1, Choose(1), order=1)
    clock.time = hearing.dossier.opens_at - timedelta(hours=1)
    await municipality.services.privacy.forget(actor, withdraw_comments=True)
    assert (await took_part(municipality, hearing)).people == 0
    async with municipality.services.store.reading() as repositories:
        assert await repositories.votes.rollup(hearing.id) == {}


async def test_answers_that_were_put_aside_lose_their_group_too(
    municipality: Municipality, clock: VirtualClock, sqlite_url: str
) -> None:
    ended = await municipality.hearing(samples.dossier(closes=samples.NOW + samples.HOUR))
    running = await municipality.hearing()
    actor = await municipality.services.people.set_gender(await municipality.resident(1), Gender.FEMALE)
    for hearing in (ended, running):
        await municipality.services.voting.cast(Caller(1, "ky"), hearing.id, 1, Choose(1), order=1)
        async with municipality.services.store.writing() as repositories:
            await repositories.votes.put_aside(hearing.id, [1], version=1)
    clock.forward(hours=2)
    await municipality.services.privacy.forget(actor, withdraw_comments=True)
    with closing(sqlite3.connect(file_of(parse_address(sqlite_url)))) as file:
        left = file.execute("SELECT hearing_id, village_id, gender, age_band FROM former_votes").fetchall()
    assert left == [(ended.id, 0, "-", "-")]
