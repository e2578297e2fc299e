"""Every format tells every hostile text, whole and inert: those of residents, of the commission, and of the dossier."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.domain.comments import Channel, CommentKind, Decision, Outcome, Submission, Visibility
from bot.domain.hearings import Phase
from bot.domain.languages import Text
from bot.domain.questions import About, Question, QuestionKind
from bot.i18n import Catalogues
from bot.reports.report import ReportFormat, write
from storage import open_store
from tests.reports.hostile import HOSTILE_TEXTS, READERS, SHORTENED, stored
from tests.storage import town
from tests.storage.town import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from bot.domain.hearings import Hearing
    from storage import Store

NOW = NOON + timedelta(days=11)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[ReportFormat, Path]:
    """A hearing of hostile texts alone, in every format."""
    return asyncio.run(_made(tmp_path_factory.mktemp("hostile")))


async def _made(folder: Path) -> dict[ReportFormat, Path]:
    store = await open_store(f"sqlite:///{folder / 'hostile.db'}")
    try:
        hearing = await _filled(store)
        files = {form: folder / f"record.{form}" for form in ReportFormat}
        for form, path in files.items():
            t = Catalogues.load()["en"]
            await write(store, hearing.id, form=form, t=t, now=NOW, timezone="Asia/Bishkek", path=path)
        return files
    finally:
        await store.close()


async def _filled(store: Store) -> Hearing:
    """Every text as a comment, as a reason, as who is responsible; some in the dossier and in the name of a place."""
    questions = tuple(
        Question(number, About(), QuestionKind.SEVERAL, Text({"en": words}), tuple(map(_english, _options(number))))
        for number, words in enumerate(HOSTILE_TEXTS, start=1)
        if _english(words)
    )
    async with store.writing() as now:
        ids = await town.load_places(now)
        dossier = replace(town.dossier(), title=_english(HOSTILE_TEXTS[0]), questions=questions)
        hearing = await now.hearings.add(ids["M"], "M-26", dossier, at=NOON)
        for phase in (Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED):
            await now.hearings.set_phase(hearing.id, phase, at=NOON)
        here = town.Town(ids["M"], (ids["V1"], ids["V2"]), await now.hearings.get(hearing.id))
        people = await town.move_in(now, here, 6)
        answers = [town.vote(here, person, 1, {1: 1, 2: 1}) for person in people]
        await town.cast(now, here, answers)
        await now.participants.note([each.as_participant(hearing.id, NOON) for each in people])
        for number, words in enumerate(HOSTILE_TEXTS):
            told = Submission(CommentKind.PROPOSAL, About(), words, "ky", source=f"message {number}")
            author = people[number % 6]
            written = await now.comments.add(hearing.id, told, author=author, channel=Channel.TELEGRAM, at=NOON)
            decision = Decision(Outcome.ACCEPTED, words, words, decided_at=NOON)
            published = replace(written, decision=decision, visibility=Visibility.PUBLISHED)
            await now.comments.save(published)
        await now.hearings.set_all_entered(hearing.id, NOW)
        return here.hearing


def _english(words: str) -> Text:
    return Text({"en": words})


def _options(number: int) -> tuple[str, ...]:
    """Two texts of the table, other ones for each question."""
    return tuple(HOSTILE_TEXTS[(number + step) % len(HOSTILE_TEXTS)] for step in (1, 2))


def test_every_format_is_read_back() -> None:
    assert set(READERS) | SHORTENED == set(ReportFormat)


@pytest.mark.parametrize("form", READERS)
def test_every_text_is_there_whole_and_inert(files: dict[ReportFormat, Path], form: ReportFormat) -> None:
    read, shown = READERS[form]
    said = list(read(files[form]))
    everything = "\0".join(said)
    for words in HOSTILE_TEXTS:
        # a dossier keeps NUL, a comment does not
        assert shown(stored(words)) in everything or shown(words) in everything
