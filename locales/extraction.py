"""What bot/ and handlers/ say to people: every ``t("...")``, ``t.n(...)``, ``t.p(...)`` and ``later("...")``.

Read from the syntax tree, so that a call spread over lines or a sentence in two literals is found, and a call that
no catalogue can follow (an f-string, a value that is missing) is reported instead of passed over.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from locales.pofiles import PLACEHOLDER, ROOT, PoEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOMS: Final = ("bot", "handlers")
NOTE: Final = "# Translators:"
A_SPEAKER: Final = re.compile(r"\b(?:t|later)\b")
"""A file that names neither says nothing to people, and need not be parsed: three of five."""


@dataclass(frozen=True, slots=True)
class ExtractedMessages:
    """Everything found: the messages in the order of the files, and the calls that cannot be translated."""

    entries: tuple[PoEntry, ...]
    faults: tuple[str, ...]


def extract(root: Path = ROOT.parent) -> ExtractedMessages:
    """Read the rooms below ``root``; raises ``SyntaxError`` for one that speaks and is not Python."""
    entries: dict[tuple[str | None, str], PoEntry] = {}
    faults: list[str] = []
    for path in sorted(path for room in ROOMS for path in (root / room).rglob("*.py")):
        place = path.relative_to(root).as_posix()
        for found in _messages(path.read_text(encoding="utf-8"), place):
            if isinstance(found, str):
                faults.append(found)
            elif known := entries.get(found.key):
                if len(known.ids) == len(found.ids) == 2 and known.ids != found.ids:
                    faults.append(f"{place}: {found.ids[0]!r} has another plural elsewhere")
                entries[found.key] = _merged(known, found)
            else:
                entries[found.key] = found
    return ExtractedMessages(tuple(entries.values()), tuple(faults))


def _merged(known: PoEntry, found: PoEntry) -> PoEntry:
    """One entry for a sentence said in several places; with a plural if it has one anywhere."""
    return replace(
        known,
        ids=max(known.ids, found.ids, key=len),
        places=tuple(dict.fromkeys((*known.places, *found.places))),
        notes=tuple(dict.fromkeys((*known.notes, *found.notes))),
    )


def _messages(source: str, place: str) -> Iterator[PoEntry | str]:
    if not A_SPEAKER.search(source):
        return
    lines = source.splitlines()
    calls = [node for node in ast.walk(ast.parse(source, place)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        kind = _kind(call.func)
        if kind is None:
            continue
        ids, fault = _words(kind, call)
        if fault:
            yield f"{place}:{call.lineno}: {fault}"
        elif ids:
            context = ids[0] if kind == "p" else None
            entry = PoEntry(ids[1:] if kind == "p" else ids, context, places=(place,), notes=_notes(lines, call))
            yield entry
            if unfilled := _unfilled(entry, kind, call):
                yield f"{place}:{call.lineno}: no value for {', '.join(unfilled)}"


def _kind(func: ast.expr) -> str | None:
    """``t`` for ``t(...)`` and ``anything.t(...)``; ``n`` and ``p`` for their methods; ``later`` for itself."""
    if isinstance(func, ast.Attribute) and func.attr in {"n", "p"}:
        return func.attr if _is_translator(func.value) else None
    if isinstance(func, ast.Name) and func.id == "later":
        return "later"
    return "t" if _is_translator(func) else None


def _is_translator(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "t") or (isinstance(node, ast.Attribute) and node.attr == "t")


def _words(kind: str, call: ast.Call) -> tuple[tuple[str, ...], str]:
    """The literals of a call; none for one that looks a sentence up in a table; a fault for one made on the spot."""
    wanted = call.args[: 1 if kind in {"t", "later"} else 2]
    if any(isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Starred) for argument in wanted) or not wanted:
        return (), "a sentence must be one literal"
    words = tuple(argument.value for argument in wanted if isinstance(argument, ast.Constant))
    if kind == "p" and len(words) == 1 and isinstance(wanted[0], ast.Constant) and len(wanted) == 2:
        return (), ""
    if not words and kind != "later":
        return (), ""
    if len(words) < len(wanted) or not all(isinstance(word, str) and word.strip() for word in words):
        return (), "a sentence must be one literal"
    return tuple(str(word) for word in words), ""


def _unfilled(entry: PoEntry, kind: str, call: ast.Call) -> list[str]:
    given = {keyword.arg for keyword in call.keywords}
    if kind == "later" or None in given:
        return []
    named = {name.strip("{}") for words in entry.ids for name in PLACEHOLDER.findall(words)}
    return sorted(named - given - ({"n"} if kind == "n" else set()))


def _notes(lines: list[str], call: ast.Call) -> tuple[str, ...]:
    """The comment block right above the call (or above its first line of words) that begins with ``# Translators:``."""
    for first in dict.fromkeys((call.lineno, call.args[0].lineno)):
        block: list[str] = []
        for line in reversed(lines[: first - 1]):
            if not line.lstrip().startswith("#"):
                break
            block.insert(0, line.strip())
        starts = [at for at, line in enumerate(block) if line.startswith(NOTE)]
        if starts:
            note = " ".join(line.lstrip("# ") for line in block[starts[-1] :])
            return (note.removeprefix("Translators:").strip(),)
    return ()
