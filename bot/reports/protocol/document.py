"""The protocol of a hearing on its way to a file."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.reports.digest import minutes_digest
from bot.reports.one_sitting import heard_alone
from bot.reports.protocol import gathering
from bot.reports.protocol.fields import as_data
from bot.reports.protocol.filling import FormRefused, filled
from bot.reports.protocol.forms import fill_known
from bot.reports.protocol.own_form import own_form
from bot.reports.protocol.properties import sealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bot.domain.comments import Comment
    from bot.i18n import Translator
    from bot.reports.protocol.fields import ProtocolFields
    from bot.reports.record import Minutes, Record


_own_form: Final = lru_cache(maxsize=16)(own_form)
"""The same bytes for the same languages."""


class ProtocolDocument:
    """A protocol that is written to ``path`` once all comments are known; ``translators`` are one or two."""

    def __init__(self, record: Record, minutes: Minutes, translators: Sequence[Translator], path: Path) -> None:
        self._record = record
        self._minutes = minutes
        self._translators = translators
        self._file = path.open("wb")
        self._comments: list[Comment] = []

    def add(self, page: Iterable[Comment]) -> None:
        """Take one page of comments."""
        self._comments += page

    def close(self) -> None:
        """Write the file."""
        record = self._record if not self._record.sitting else heard_alone(self._record, self._comments)
        said = gathering.fields(record, self._minutes, self._comments, self._translators)
        self._file.write(sealed(self._filled(said), self._line(), self._record.as_of))
        self._file.close()

    def _line(self) -> str:
        """The seal; what the protocol alone says has a digest of its own."""
        spoken = [t.language for t in self._translators]
        return self._record.seal_line("docx", spoken, minutes=minutes_digest(self._minutes))

    def _filled(self, said: ProtocolFields) -> bytes:
        """The municipality's form, filled in; ours with a remark where theirs cannot be."""
        if self._minutes.form:
            try:
                return filled(self._minutes.form, as_data(said))
            except FormRefused:
                said = gathering.with_remark(said, self._translators)
        return fill_known(_own_form(tuple(self._translators)), as_data(said))

    def abandon(self) -> None:
        """Close the file without finishing it."""
        with suppress(OSError):
            self._file.close()
