"""A screen as data for the template: lines of words, some of them bold, and rows of buttons."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from bot.reports.typesetting import REPLACED, shown

if TYPE_CHECKING:
    from bot.simulator.messages import Message

LINES_OF_A_SCREEN: Final = 17
"""Of a longer one the rest is left out, which an ellipsis says."""


def phone(message: Message) -> dict[str, Any]:
    """The screen of a message."""
    reader = _Runs()
    reader.feed(message.html)
    lines = reader.lines()
    if len(lines) > LINES_OF_A_SCREEN:
        lines = [*lines[: LINES_OF_A_SCREEN - 1], [{"words": "…", "bold": False}]]
    rows = (message.markup or {}).get("inline_keyboard", [])
    return {"lines": lines, "rows": [[label(button["text"]) for button in row] for row in rows]}


def label(words: str) -> str:
    """A label without the sign before it, which paper does not have."""
    return str(shown(words)).replace(REPLACED, "").strip()


class _Runs(HTMLParser):
    """What Telegram's HTML says, in runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._bold = 0
        self._runs: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._bold += tag == "b"

    def handle_endtag(self, tag: str) -> None:
        self._bold -= tag == "b"

    def handle_data(self, data: str) -> None:
        self._runs.append((data, self._bold > 0))

    def lines(self) -> list[list[dict[str, Any]]]:
        """The runs of each line; an empty line has none."""
        found: list[list[dict[str, Any]]] = [[]]
        for words, bold in self._runs:
            first, *others = words.split("\n")
            found[-1] += _run(first, bold=bold)
            found += [_run(each, bold=bold) for each in others]
        for line in filter(None, found):
            line[0]["words"] = line[0]["words"].lstrip()  # after a sign that is left out
        return found


def _run(words: str, *, bold: bool) -> list[dict[str, Any]]:
    clean = str(shown(words)).replace(REPLACED, "")
    return [{"words": clean, "bold": bold}] if clean.strip() else []
