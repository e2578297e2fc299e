"""The guide as a PDF."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from bot.guide.pages import CLOSES, OPENS, PAGES, pages
from bot.guide.phone import phone
from bot.guide.screens import screens
from bot.i18n import Catalogues
from bot.reports.papers import ACCESSIBLE
from bot.reports.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.guide.pages import GuidePage
    from bot.guide.screens import Shot
    from bot.i18n import Translator
    from bot.simulator.messages import Message


async def make_guide(languages: Sequence[str]) -> bytes:
    """Four pages in each language, one after the other."""
    catalogues = Catalogues.load()
    parts = [_part(catalogues[language], await screens(language)) for language in languages]
    data = json.dumps({"title": parts[0]["title"], "parts": parts}, ensure_ascii=False, sort_keys=True)
    return await asyncio.to_thread(typeset, "guide.typ", {"data": data}, format="pdf", pdf_standards=list(ACCESSIBLE))


def _part(t: Translator, shots: Mapping[Shot, Message]) -> dict[str, Any]:
    return {
        "language": t.language,
        "title": t("Public hearings: a guide for secretaries"),
        "foot": t("Something does not work? Tell the administrator of the bot what you pressed, and when."),
        "signs": t("Small pictures on the buttons are left out here. The figures are made up."),
        "pages": [_page(t, number, page, shots) for number, page in enumerate(pages(t), start=1)],
    }


def _page(t: Translator, number: int, page: GuidePage, shots: Mapping[Shot, Message]) -> dict[str, Any]:
    return {
        "heading": page.heading,
        "number": t("Page {page} of {pages}", page=number, pages=PAGES),
        "steps": [_runs(step) for step in page.steps],
        "shots": [{"words": words} | phone(shots[shot]) for shot, words in page.shots],
    }


def _runs(step: str) -> list[dict[str, Any]]:
    """A step in runs, the names of buttons in bold."""
    found: list[dict[str, Any]] = []
    for part in step.split(OPENS):
        name, closes, rest = part.partition(CLOSES)
        found += [{"words": name, "bold": True}, {"words": rest, "bold": False}] if closes else [_plain(part)]
    return [run for run in found if run["words"]]


def _plain(words: str) -> dict[str, Any]:
    return {"words": words, "bold": False}
