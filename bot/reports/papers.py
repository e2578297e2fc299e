"""What the papers of a hearing share: data for a template in letters that paper has, tagged for readers' machines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.reports.typesetting import REPLACED, shown, typeset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.i18n import Translator
    from bot.reports.record import Record

DIGEST_LETTERS: Final = 12
"""Letters of the record's digest that are printed; the whole seal is among the keywords of the file."""
ACCESSIBLE: Final = ("ua-1",)
"""PDF/UA: tagged, so that it can be read aloud."""


def paper(template: str, data: Mapping[str, Any], t: Translator, **more: str) -> bytes:
    """The template filled with ``data`` as a PDF; ``more`` as it is. Raises as ``typeset``.

    Where a sign stands for letters that the fonts do not have, ``missing`` says so.
    """
    words = shown(dict(data))
    words["title"] = words["title"].strip() or t("Public hearing")  # PDF/UA has no paper without a title
    used = REPLACED in json.dumps(words, ensure_ascii=False)
    note = t("{sign} stands for signs that paper does not have, such as emoji.", sign=REPLACED) if used else ""
    said = json.dumps({**words, "missing": note}, ensure_ascii=False, sort_keys=True)
    return typeset(template, {"data": said, **more}, format="pdf", pdf_standards=list(ACCESSIBLE))


def stood(record: Record, t: Translator) -> str:
    """The moment of which the numbers are, and the beginning of the record's digest."""
    moment = t("As of {moment}", moment=t.moment(record.as_of, record.zone))
    return f"{moment} · SHA-256 {record.seal.digest[:DIGEST_LETTERS]}…" if record.seal else moment
