"""What is said of an entry sheet that came back fits one message, in every language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.comments import Channel
from bot.domain.counted_votes import BallotBox
from bot.domain.entry_sheet import SheetCount, SheetPaper, SheetPresence
from bot.domain.languages import LANGUAGES
from bot.domain.received_files import LONGEST_FILE_NAME, ReceivedFile
from bot.domain.sheet_comparison import (
    CONFLICTS,
    CountLine,
    LineState,
    PaperLine,
    PresenceLine,
    SheetComparison,
)
from bot.services.entry_sheets import HEARINGS_OFFERED, SheetView
from handlers.views import entry_sheet as views
from tests.handlers.views import largest
from tests.handlers.views.screens import CATALOGUES, ensure_fits, labels_of, text_of


def everything(count: int) -> SheetComparison:
    """So many rows of each sheet in every state, with the longest words."""
    words = largest.filled("Ө")
    papers, counts, present = [], [], []
    for state in LineState:
        for no in range(count):
            paper = SheetPaper(f"{state.value.upper()[:9]}-{no}", words, digest="0a")
            papers.append(PaperLine(paper, state, no, no, twin="A" * 20, before=words[::-1]))
            box = SheetCount(BallotBox(Channel.PAPER, 1, 99), no, (99_999,) * 25)
            counts.append(CountLine(box, state, (99_999,) * 25))
            present.append(PresenceLine(SheetPresence(no, (9, 9, 9)), state, (8, 8, 8)))
    return SheetComparison(tuple(papers), tuple(counts), tuple(present))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_of_any_size_fits_a_message(language: str) -> None:
    t = CATALOGUES[language]
    hearing = largest.hearing()
    for count in (0, 1, 25):
        view = SheetView(hearing, everything(count), applied=True, numbers=(("A" * 20, 99_999),) * count)
        file = ReceivedFile(2**50, 1, largest.NOW, "id", "Ө" * LONGEST_FILE_NAME)
        for screen in (
            views.preview(t, view, 2**50, ("ы" * 500,) * 30, again=True, named=True),
            views.applied(t, view),
            views.which_hearing(t, file, [replace(hearing, id=no + 1) for no in range(min(count, HEARINGS_OFFERED))]),
        ):
            ensure_fits(screen)
            assert len(set(labels_of(screen))) == len(labels_of(screen))
            assert all(len(label) <= 34 for label in labels_of(screen))


def test_every_reason_to_leave_a_row_is_said() -> None:
    t = CATALOGUES["en"]
    view = SheetView(largest.hearing(), everything(1))
    said = text_of(views.preview(t, view, 1))
    assert set(views.CONFLICT_SENTENCES) == CONFLICTS
    assert all(t(sentence) in said for sentence in views.CONFLICT_SENTENCES.values())
