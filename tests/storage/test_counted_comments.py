"""Whatever becomes of comments, the counts that triggers keep are those of a recount."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.domain.comments import Channel, Decision, HidingRule, Outcome, Submission, Visibility
from bot.domain.numbers import CommentCounts
from bot.domain.promises import DoneWork, PromiseCounts
from bot.domain.questions import About, AboutKind
from storage import tables
from storage.count_tables import comment_counts
from tests.storage.town import NOON, move_in, settle, write

if TYPE_CHECKING:
    from bot.ports import Repositories
    from storage import Store
    from storage.database import Transaction

_t = tables.comments.c


async def ensure_counted(now: Repositories) -> None:
    """Every count is that of the comments; counts of none may stand, never fewer."""
    transaction: Transaction = now._transaction  # type: ignore[attr-defined]
    stored = await transaction.rows(select(comment_counts))
    columns = (_t.hearing_id, _t.kind, _t.channel, _t.visibility, _t.withdrawn_at, _t.outcome, _t.merged_into)
    rows = await transaction.rows(select(*columns, _t.done_at, _t.about_kind, _t.about_no, _t.support))
    counted: Counter[object] = Counter()
    support: Counter[object] = Counter()
    for *same, withdrawn_at, outcome, merged_into, done_at, about_kind, about_no, supported in rows:
        flags = (merged_into is not None, done_at is not None)
        group = (*same, withdrawn_at is not None, outcome.value if outcome else "", *flags, about_kind, about_no)
        counted[group] += 1
        support[group] += supported
    assert {tuple(row[:-2]): row.comments for row in stored if row.comments} == counted
    assert Counter({tuple(row[:-2]): row.support for row in stored}) == support


async def test_counts_follow_everything_that_becomes_of_comments(store: Store) -> None:
    town = await settle(store)
    here = town.hearing.id
    async with store.writing() as now:
        author, *others = await move_in(now, town, 3)
        service = About(AboutKind.SERVICE, 1)
        written = [await write(now, town, author, f"Сунуш {number}", about=service) for number in range(6)]
        paper = Submission(written[0].kind, About(), "Кагаз", "ru", source="")
        await now.comments.add(here, paper, author=None, channel=Channel.PAPER, at=NOON, support=7)
        for comment in written[:4]:
            await now.comments.save(replace(comment, visibility=Visibility.PUBLISHED))
        await now.comments.save(replace(written[4], visibility=Visibility.HIDDEN, hiding_rule=HidingRule.INSULT))
        await now.comments.save(replace(written[5], withdrawn_at=NOON))
        for person in others:
            await now.comments.set_support(written[0].id, person.id, on=True, at=NOON)
        await now.duplicates.join(written[1].id, written[0].id)
        await now.comments.decide(written[0].id, Decision(Outcome.ACCEPTED, "ооба", due=NOON.date(), decided_at=NOON))
        await now.comments.decide(written[2].id, Decision(Outcome.PARTLY, "", due=NOON.date(), decided_at=NOON))
        await now.answers.set_done(written[2].id, DoneWork(NOON.date(), NOON))
        await ensure_counted(now)
        counts = await now.comments.counts(here)
        assert counts == CommentCounts(
            by_kind={written[0].kind: 6},
            by_channel={Channel.TELEGRAM: 5, Channel.PAPER: 1},
            waiting=1,
            published=4,
            hidden=1,
            undecided=3,
            withdrawn=1,
        )
        assert "Decimal" not in repr(counts)  # as PostgreSQL has sums: no file could be made of them
        assert await now.comments.total_support(here) == 9
        assert await now.comments.subjects(here) == {service: 6, About(): 1}
        assert await now.comments.subjects(here, standing=True) == {service: 5, About(): 1}
        assert (await now.comments.count_published(here), await now.comments.count_published(here, About())) == (4, 0)
        assert await now.answers.promises_public(here, NOON.date()) == PromiseCounts(2, 1, 0)
        await now.duplicates.part(written[1].id)
        await now.comments.renumber(here, AboutKind.SERVICE, {1: 2})
        await now.comments.take_back(written[2].id, at=NOON)
        await ensure_counted(now)
        assert await now.comments.subjects(here) == {About(AboutKind.SERVICE, 2): 6, About(): 1}
    async with store.writing() as now:
        transaction: Transaction = now._transaction
        await transaction.run(tables.comments.delete().where(_t.id == written[5].id))
        await ensure_counted(now)
