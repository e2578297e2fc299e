"""The guide for secretaries: four pages in each language, with the screens that the bot shows."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdf
import pytest

from bot.domain.languages import LANGUAGES
from bot.guide.pages import CLOSES, OPENS, PAGES, pages
from bot.guide.screens import WORDS
from bot.i18n import Catalogues
from tests.front.shell import Shell, settled, shell

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["settled", "shell"]

CATALOGUES = Catalogues.load()


def read(path: Path) -> list[str]:
    """The words of each page, with single spaces between."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages]


def said(step: str) -> str:
    return step.replace(OPENS, "").replace(CLOSES, "")


@pytest.mark.parametrize("listed", ["ky", pytest.param(",".join(LANGUAGES), marks=pytest.mark.full)])
def test_the_guide_has_four_pages_in_each_language_with_the_bots_own_screens(shell: Shell, listed: str) -> None:
    made = shell("guide", "-o", "guide.pdf", "--language", listed)
    assert made.code == 0, made.stderr
    found = read(shell.folder / "guide.pdf")
    languages = listed.split(",")
    assert len(found) == PAGES * len(languages)
    for number, language in enumerate(languages):
        written = found[number * PAGES : (number + 1) * PAGES]
        for words, page in zip(written, pages(CATALOGUES[language]), strict=True):
            assert page.heading in words
            assert [step for step in page.steps if said(step) not in words] == []
            assert all(caption in words for _, caption in page.shots)
        assert WORDS[language] in written[2]
        assert CATALOGUES[language]("Publish this hearing now?") in written[1]
    assert [each.name for each in shell.folder.iterdir() if each.is_file()] == ["guide.pdf"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_has_six_steps_that_name_buttons_as_the_screen_does(language: str) -> None:
    for page in pages(CATALOGUES[language]):
        assert len(page.steps) == 6
        assert len(page.shots) == 2
        assert any(OPENS in step for step in page.steps)
        assert "{" not in "".join(page.steps)
