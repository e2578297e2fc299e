"""Makes the seal of a record: what each of its sections says, as bytes, and their digests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial, singledispatch
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from bot.domain.languages import Text
from bot.reports.seal import Seal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.domain.comments import Comment
    from bot.domain.parts import Part
    from bot.reports.record import Minutes, Record


class SealMaker:
    """Makes the seal of a record whose comments come page by page. Not for the event loop."""

    def __init__(self, record: Record, salt: str) -> None:
        self._record = record
        self._sections = {name: _salted(salt, name) for name in (*SECTIONS, "comments", "decisions")}
        for name, said in SECTIONS.items():
            self._sections[name].update(canonical([getattr(record, field) for field in said]))
        self._sections["hearing"].update(canonical(_hearing(record)))

    def add(self, page: Iterable[Comment]) -> None:
        """Take one page of comments."""
        for comment in page:
            self._sections["comments"].update(canonical(_comment(self._record, comment)))
            decided = [comment.number, comment.decision, self._record.joined.get(comment.id)]
            self._sections["decisions"].update(canonical(decided if comment.withdrawn_at is None else []))

    def seal(self) -> Seal:
        """The seal of all that was taken."""
        digests = {name: section.hexdigest() for name, section in self._sections.items()}
        return Seal(self._record.hearing.code, self._record.as_of, digests)


SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "hearing": ("municipality", "villages", "zone", "outage", "consent"),
    "drafts": ("versions",),
    "notices": ("notices", "arrivals"),
    "present": ("present",),
    "people": ("people", "sizes", "languages", "voters", "changed"),
    "answers": ("tallies", "former"),
    "moderation": ("comments", "hidden", "appeals"),
    "council": ("resolution",),
    "documents": ("documents", "digests"),
    "journal": ("journal", "steps"),
}
"""The sections of a record and its fields in them; comments and decisions come besides."""
_UNSAID: Final = frozenset({"file_id", "done_at", "entered_by", "hearing_id", "publish_at", "id"})
"""Fields that no file says: what Telegram calls a file today, and our own numbers."""
_ATOMS: Final = frozenset({str, int, float, bool, type(None)})
"""What JSON has as it stands."""
_WAYS: Final[dict[type, Callable[[Any], Any]]] = {}
"""How values of a kind are taken apart: found once, since a record has hundreds of thousands of them."""
_written: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def _salted(salt: str, name: str) -> Any:
    return sha256(f"{salt}\0{name}\0".encode())


def _hearing(record: Record) -> list[Any]:
    hearing = record.hearing
    open_now, entered_yet = hearing.takes_answers(record.as_of), hearing.is_preliminary(record.as_of)
    return [hearing.code, hearing.phase, hearing.version, hearing.dossier, hearing.setback, open_now, entered_yet]


def _comment(record: Record, comment: Comment) -> list[Any]:
    """What a file may say of a comment; of a withdrawn one that it is."""
    if comment.withdrawn_at is not None:
        return [comment.number, comment.channel.value]
    spoken = comment.transcript
    return [
        *(comment.number, comment.kind.value, comment.about.kind.value, comment.about.no, comment.language),
        *(comment.channel.value, comment.visibility.value, comment.support, _plain(comment.hiding_rule)),
        *(_plain(comment.created_at), _plain(comment.amended_at), _plain(record.safe.said(comment.demographics))),
        [_part(record, part) for part in comment.parts],
        [spoken.words, spoken.machine] if spoken and spoken.words else None,
    ]


def _part(record: Record, part: Part) -> list[Any]:
    media = part.media
    return [part.text, media and [media.kind.value, media.seconds, record.digests.get(media.unique_id)]]


def canonical(value: Any) -> bytes:
    """A value as bytes that are the same for the same value, wherever and whenever they are made."""
    return _written(_plain(value)).encode() + b"\n"


def minutes_digest(minutes: Minutes) -> str:
    """The digest of what the protocol alone says: names that speakers gave, and the form it is made from."""
    return sha256(canonical([minutes.speakers, minutes.form.hex()])).hexdigest()


def _plain(value: Any) -> Any:
    """A value made of texts, whole and broken numbers, truth, nothing and lists."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if (way := _WAYS.get(kind)) is None:
        said = _said_fields(kind)
        way = _WAYS[kind] = _apart.dispatch(kind) if said is None else partial(_fields_of, said)
    return way(value)


def _said_fields(kind: type) -> tuple[str, ...] | None:
    if not is_dataclass(kind) or kind is Text:
        return None
    return tuple(field.name for field in fields(kind) if field.name not in _UNSAID)


def _fields_of(said: Iterable[str], value: Any) -> list[Any]:
    return [_plain(getattr(value, name)) for name in said]


@singledispatch
def _apart(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else [_plain(each) for each in value]


@_apart.register
def _(value: Enum) -> Any:
    return value.value


@_apart.register
def _(value: datetime) -> Any:
    return value.astimezone(UTC).isoformat()


@_apart.register
def _(value: date) -> Any:
    return value.isoformat()


@_apart.register
def _(value: ZoneInfo) -> Any:
    return value.key


@_apart.register
def _(value: Text) -> Any:
    return sorted(value.by_language.items())


@_apart.register
def _(value: frozenset) -> Any:  # type: ignore[type-arg]
    return sorted((_plain(each) for each in value), key=json.dumps)


@_apart.register(Mapping)
def _(value: Mapping[Any, Any]) -> Any:
    return sorted(([_plain(key), _plain(each)] for key, each in value.items()), key=json.dumps)
