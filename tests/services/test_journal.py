"""The journal of a municipality: who reads it, what its lines say, and what becomes of old years."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.comments import HidingRule
from bot.domain.journal import Act, about_municipality
from bot.domain.languages import LANGUAGES
from bot.domain.people import Role
from bot.i18n import Catalogues
from bot.i18n import journal as words
from bot.reports.journal import csv_file
from bot.services.journal import Journal
from tests.services.rights import SECRETARIES, allowed
from tests.services.writing import filed

if TYPE_CHECKING:
    from tests.municipality import Municipality


async def test_the_commission_reads_the_journal_of_its_municipality(municipality: Municipality) -> None:
    journal = municipality.services.journal
    commission = SECRETARIES | {"member"}
    assert await allowed(municipality, lambda who: journal.page(who, municipality.id)) == commission
    assert await allowed(municipality, lambda who: journal.everything(who, municipality.id)) == commission


async def test_lines_say_in_words_who_did_what_and_never_what_residents_wrote(municipality: Municipality) -> None:
    services = municipality.services
    secretary = await services.staff.set_name(await municipality.staff(7), "Гүлнара")
    await municipality.staff(8, Role.MEMBER)
    hearing = await municipality.hearing()
    author = await municipality.resident(9)
    comment = await filed(municipality, author, hearing, "Жашыруун сөз")
    await services.moderation.hide(secretary, comment.id, HidingRule.INSULT)
    await services.comments.withdraw(author, comment.id)
    page = await services.journal.page(secretary, municipality.id)
    assert [line.entry.act for line in page.lines][:3] == [Act.COMMENT_WITHDRAWN, Act.COMMENT_HIDDEN, Act.PUBLISHED]
    t = Catalogues.load()["en"]
    taken_back, hidden, *_ = page.lines
    assert words.who(t, page, taken_back.entry) == "A resident"
    assert (words.who(t, page, hidden.entry), hidden.comment_number) == ("Гүлнара", comment.number)
    assert words.details(t, page, hidden.entry) == ("Rule: Insult",)
    for language in LANGUAGES:
        content = csv_file(Catalogues.load()[language], await services.journal.everything(secretary, municipality.id))
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        assert len({len(row) for row in rows}) == 1
        assert "Жашыруун" not in content.decode()
        numbers = {row[3] for row in rows if row[8] == Act.COMMENT_WITHDRAWN.value}
        assert numbers == {""}  # by their number all that one person took back could be put together


async def test_pages_go_from_the_newest_line_to_the_oldest(municipality: Municipality) -> None:
    journal = municipality.services.journal
    for _ in range(9):
        await municipality.services.people.invite(COMMAND_LINE, municipality.id, Role.MEMBER)
    first = await journal.page(COMMAND_LINE, municipality.id)
    beyond = await journal.page(COMMAND_LINE, municipality.id, 99)
    assert (len(first.lines), first.last, len(beyond.lines), beyond.page) == (8, 1, 1, 1)
    assert first.lines[0].id > beyond.lines[0].id


async def test_whole_years_go_when_they_are_kept_no_more(municipality: Municipality) -> None:
    services = municipality.services
    now = services.clock.now()
    for years in (0, 2, 3, 4, 5):
        at = now - timedelta(days=366 * years)
        async with services.store.writing() as repositories:
            await repositories.journal.add(about_municipality(municipality.id, Act.INVITED, at=at))
    assert await services.journal.expire() == 2
    assert await services.journal.expire() == 0
    async with services.store.reading() as repositories:
        assert await repositories.journal.first_year() == (now - timedelta(days=366 * 3)).year
    shorter = Journal(services.store, services.clock, services.directory, years=2)
    assert await shorter.expire() == 1
