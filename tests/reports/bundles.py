"""Bundles of the sample hearing, read back without the code that wrote them."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bot.domain.cast_answers import CastAnswer, Reactions
from bot.domain.comments import Channel
from bot.i18n import Catalogues
from bot.reports.bundle.writer import BundleFile, OpenBundleFile
from bot.reports.pabulib import PabulibFile
from bot.reports.polis import PolisFile
from tests.reports.hostile import separated
from tests.reports.samples import COMMENTS, record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from bot.domain.comments import Comment
    from bot.reports.record import Record

DAY, NEXT = date(2026, 12, 3), date(2026, 12, 4)
STANCES: Final = (
    CastAnswer(Channel.TELEGRAM, DAY, {1: 1}, 44),
    CastAnswer(Channel.TELEGRAM, NEXT, {2: 1}, 3),
    CastAnswer(Channel.TELEGRAM, NEXT, {3: 1}, 5),
)
RANKINGS: Final = (
    CastAnswer(Channel.TELEGRAM, DAY, {1: 1, 2: 2, 3: 3}, 20),
    CastAnswer(Channel.TELEGRAM, DAY, {2: 1, 1: 2}, 8),
    CastAnswer(Channel.TELEGRAM, NEXT, {1: 1}, 2),
)
SHARED: Final = (
    CastAnswer(Channel.TELEGRAM, DAY, {1: 50, 2: 50}, 14),
    CastAnswer(Channel.TELEGRAM, DAY, {1: 100}, 6),
)
GIVEN: Final = {1: STANCES, 2: (), 3: RANKINGS, 4: SHARED}
"""What the tallies of the sample hearing count of Telegram; but for question 2."""
REACTIONS: Final = (
    *(Reactions(((1, 1), (2, 2)), (1,)),) * 4,
    Reactions(((1, 3),), (1, 4)),
    Reactions((), (4,)),
    Reactions((), (6,)),
)
"""The last supports a comment that was withdrawn."""


def files(path: Path) -> dict[str, bytes]:
    """The files of an archive by their names."""
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def table(content: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    """The rows of a separated file by the names of its columns."""
    head, *rows = separated(content.decode("utf-8-sig"), delimiter)
    return [dict(zip(head, row, strict=True)) for row in rows]


def bundle(
    path: Path,
    *,
    everybody: bool = False,
    of: Record | None = None,
    comments: Sequence[Comment] = COMMENTS,
    given: Mapping[int, Collection[CastAnswer]] = GIVEN,
    language: str = "en",
) -> dict[str, bytes]:
    """The files of a bundle."""
    writer = (OpenBundleFile if everybody else BundleFile)(
        of or record(comments=comments), Catalogues.load()[language], path
    )
    for question in writer.questions():
        writer.add_answers(question, given[question.no])
    writer.add(comments)
    writer.close()
    return files(path)


def pabulib(path: Path, *, of: Record | None = None) -> bytes:
    """The file, or ZIP, of Pabulib."""
    writer = PabulibFile(of or record(), Catalogues.load()["ky"], path)
    for question in writer.questions():
        writer.add_answers(question, GIVEN[question.no])
    writer.close()
    return path.read_bytes()


def polis(path: Path, reactions: Sequence[Reactions] = REACTIONS) -> dict[str, bytes]:
    """The files of a Polis export."""
    writer = PolisFile(record(comments=COMMENTS), Catalogues.load()["ky"], path, reactions=reactions)
    writer.add(COMMENTS)
    writer.close()
    return files(path)


def package(found: Mapping[str, bytes]) -> dict[str, Any]:
    """What a bundle says of itself."""
    read: dict[str, Any] = json.load(io.BytesIO(found["datapackage.json"]))
    return read
