"""Hearings beside one another: of one municipality for its staff, of all for an administrator; few people as few."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from bot.cli import COMMAND_LINE
from bot.domain.errors import Forbidden, NotFound
from bot.domain.figures import HearingCounts, HearingFigures
from bot.domain.hearings import Phase
from bot.domain.languages import LANGUAGES, Text
from bot.i18n import Catalogues
from bot.i18n import figures as words
from bot.reports.municipalities import workbook
from handlers.views import comparisons as views
from tests import samples
from tests.handlers.views.screens import ensure_fits
from tests.reports.samples import HEARING
from tests.services.writing import decide, published

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from tests.clocks import VirtualClock
    from tests.municipality import Municipality

T = Catalogues.load()["en"]


async def two_hearings(here: Municipality, clock: VirtualClock) -> tuple[Hearing, Hearing]:
    """A hearing of three people, and one of six that closes a day later; half of what was written is answered."""
    first = await here.hearing()
    later = replace(samples.dossier(), closes_at=first.closes_at + timedelta(days=1))
    second = await here.hearing(later)
    clock.forward(seconds=(first.dossier.opens_at - clock.now()).total_seconds() + 60)
    await here.services.timetable.tick()
    for hearing, people in ((first, 3), (second, 6)):
        authors = [await here.resident(600 + number) for number in range(people)]
        said = [await published(here, author, hearing, f"{hearing.id} {no}") for no, author in enumerate(authors)]
        for comment in said[: people // 2]:
            await decide(here, comment)
    clock.forward(seconds=(second.closes_at - clock.now()).total_seconds() + 60)
    await here.services.timetable.tick()
    return first, second


async def test_two_hearings_stand_beside_one_another_for_staff_and_all_for_an_administrator(
    municipality: Municipality, clock: VirtualClock
) -> None:
    comparisons, secretary = municipality.services.comparisons, await municipality.staff(9)
    stranger, here = await municipality.resident(8), municipality.id
    assert (await comparisons.compare(secretary, here)).figures == ()
    first, second = await two_hearings(municipality, clock)
    found = await comparisons.compare(secretary, here)
    assert [each.hearing.id for each in found.figures] == [first.id, second.id]
    assert [each.people for each in found.figures] == [None, 6]  # three people are few
    assert [each.answered_share for each in found.figures] == [pytest.approx(1 / 3), 0.5]
    screen = views.comparison(T, found)
    ensure_fits(screen)
    text = screen.text
    assert "People who took part through the bot: &lt;5 → 6" in text
    assert await comparisons.compare(secretary, here, other_id=first.id) == found
    with pytest.raises(NotFound):
        await comparisons.compare(secretary, here, other_id=999)
    with pytest.raises(Forbidden):
        await comparisons.compare(stranger, here)
    with pytest.raises(Forbidden):
        await comparisons.municipalities(secretary)
    (line,) = await comparisons.municipalities(COMMAND_LINE)
    assert (line.municipality.id, line.figures.hearing.id) == (here, second.id)
    assert "took part 6, answered 50" in views.municipalities(T, (line,), page=0).text
    assert await comparisons.municipalities(COMMAND_LINE, since=second.closes_at + timedelta(days=1)) == ()
    sheet = load_workbook(BytesIO(workbook(T, (line,)))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][3:] == [6, 0, 6, 0, 0.5, None]


async def test_another_hearing_is_chosen_by_a_button_that_fits(municipality: Municipality, clock: VirtualClock) -> None:
    await two_hearings(municipality, clock)
    found = await municipality.services.comparisons.compare(await municipality.staff(9), municipality.id)
    title = Text({"en": "A hearing with a very long title about nearly everything " * 3})
    others = [replace(HEARING, id=number, dossier=replace(HEARING.dossier, title=title)) for number in (71, 72)]
    for language in LANGUAGES:
        screen = views.comparison(Catalogues.load()[language], replace(found, others=tuple(others)))
        ensure_fits(screen)
        labels = [button.label for row in screen.rows for button in row]
        assert len(set(labels)) == len(labels) == 3


def test_days_to_answer_are_whole_days_after_closing_and_of_answered_hearings_alone() -> None:
    decided = HEARING.closes_at + timedelta(days=3, hours=23)
    closed = HearingFigures(HEARING, HearingCounts(comments=1, decided=1, last_decided=decided))
    answered = replace(closed, hearing=replace(HEARING, phase=Phase.ANSWERED))
    assert (closed.days_to_answer, answered.days_to_answer) == (None, 3)
    early = replace(answered, counts=replace(closed.counts, last_decided=HEARING.closes_at - timedelta(days=1)))
    assert early.days_to_answer == 0
    assert words.days(T, closed) == "–"
