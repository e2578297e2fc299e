"""What an earlier run has written: which state of each hearing, which files its pages name, which news it has."""

from __future__ import annotations

import hashlib
import json
from dataclasses import field
from datetime import datetime
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from bot.domain.languages import EN, LANGUAGES
from bot.domain.values import dataclass
from bot.pages.feeds import FeedEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

MANIFEST: Final = ".pages.json"


@dataclass(frozen=True, slots=True)
class WrittenHearing:
    """A hearing as it was written: ``kept`` are the places of the files its pages name, ``news`` are by language."""

    state: str
    kept: Mapping[str, str]
    news: Mapping[str, tuple[FeedEntry, ...]]

    @property
    def data(self) -> dict[str, Any]:
        """As JSON has it."""
        news = {language: [_packed(each) for each in found] for language, found in self.news.items()}
        return {"state": self.state, "kept": dict(self.kept), "news": news}

    @classmethod
    def of(cls, data: Mapping[str, Any], *, known: bool) -> WrittenHearing:
        """From JSON; not ``known``: of another program, so that its state is worth nothing."""
        news = {language: tuple(map(_unpacked, found)) for language, found in data["news"].items()}
        return cls(data["state"] if known else "", data["kept"], news)


@dataclass(slots=True)
class Manifest:
    """The hearings in the folder, by their codes; ``made_by`` is the digest of all that makes pages."""

    made_by: str
    hearings: dict[str, WrittenHearing] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """As it is stored."""
        hearings = {code: each.data for code, each in sorted(self.hearings.items())}
        return json.dumps({"made_by": self.made_by, "hearings": hearings}, ensure_ascii=False).encode()

    @classmethod
    def read(cls, path: Path, made_by: str) -> Manifest:
        """What stands at ``path``; nothing where there is none, or it is none."""
        try:
            found = json.loads(path.read_text("utf-8"))
            known = found["made_by"] == made_by
            hearings = {code: WrittenHearing.of(each, known=known) for code, each in found["hearings"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(made_by)
        return cls(made_by, hearings)

    @property
    def places(self) -> frozenset[str]:
        """The places of all files that pages name."""
        return frozenset(place for each in self.hearings.values() for place in each.kept.values())


def digest_of_program(*more: str) -> str:
    """A digest of everything that makes pages but the hearings: program, templates, words, and ``more``."""
    found = hashlib.sha256("\0".join((version("hearing-bot"), *more)).encode())
    for part in _read(files("bot.pages")):
        found.update(part)
    for language in LANGUAGES:
        if language != EN:
            found.update(files("locales").joinpath(language, "LC_MESSAGES", "messages.po").read_bytes())
    return found.hexdigest()


def _read(folder: Traversable) -> Iterator[bytes]:
    """Every module, template and asset, in the order of their names."""
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir() and each.name != "__pycache__":
            yield from _read(each)
        elif each.is_file():
            yield each.read_bytes()


def _packed(entry: FeedEntry) -> list[str]:
    return [entry.id, entry.at.isoformat(), entry.title, entry.summary, entry.address]


def _unpacked(packed: list[str]) -> FeedEntry:
    id_, at, title, summary, address = packed
    return FeedEntry(id_, datetime.fromisoformat(at), title, summary, address)
