"""The page about forms says what the fields are today, and our own form can be made of what it says."""

from __future__ import annotations

from pathlib import Path

from bot.i18n import Catalogues
from bot.reports.protocol.fields import sample
from bot.reports.protocol.forms import fill
from bot.reports.protocol.manual import manual
from bot.reports.protocol.own_form import own_form

PAGE = Path(__file__).parents[3] / "docs" / "protocol-form.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == manual(), "python -m bot.reports.protocol.manual > docs/protocol-form.md"


def test_our_own_form_is_a_form_like_any_other_in_every_language() -> None:
    catalogues = Catalogues.load()
    for languages in (("ky",), ("ru",), ("uz_Cyrl",), ("uz",), ("en",), ("ky", "ru")):
        assert fill(own_form([catalogues[language] for language in languages]), sample())
