"""Under which key Telegram's id of a report is stored, so that the same file is sent again and not made again."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot.domain.files import REPORTS
from bot.reports.digest import canonical, minutes_digest
from bot.reports.seal import heard_digest, of_sitting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reports.record import Minutes, Record


def report_key(record: Record, minutes: Minutes, form: str, languages: Sequence[str], *, link: str) -> str:
    """The key of a file: of which hearing, in which form and languages, and a digest of all that is written of it."""
    assert record.seal is not None
    said = [record.seal.digest, record.as_of, minutes_digest(minutes), link, version("hearing-bot")]
    if record.sitting:
        form, said = of_sitting(form, record.sitting), [*said, heard_digest(record.heard)]
    return f"{REPORTS}{record.hearing.id} {form} {'+'.join(languages)} {sha256(canonical(said)).hexdigest()}"
