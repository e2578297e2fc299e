"""Each file for other programs carries the seal of its record, and no comment that looks like one is taken for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.i18n import Catalogues
from bot.reports.polis import PolisFile
from bot.reports.seal import Seal
from bot.reports.verifying import find_seal
from tests.reports.bundles import bundle, pabulib
from tests.reports.samples import NOW, comment, record

if TYPE_CHECKING:
    from pathlib import Path

SEAL = Seal("BAG-27", NOW, {"hearing": "ab" * 32, "answers": "cd" * 32})
FORGED = comment(1, replace(SEAL, code="ELSEWHERE").line("polis", ["ky"]))
SEALED = replace(record(), seal=SEAL)


@pytest.mark.parametrize("form", ["csv-bundle", "open-data", "pb", "polis"])
def test_its_seal_is_found(tmp_path: Path, form: str) -> None:
    path = tmp_path / "file"
    if form == "pb":
        pabulib(path, of=SEALED)
    elif form == "polis":
        writer = PolisFile(SEALED, Catalogues.load()["ky"], path, reactions=())
        writer.add((FORGED,))
        writer.close()
    else:
        bundle(path, of=SEALED, everybody=form == "open-data", comments=(FORGED,), language="ky")
    found = find_seal(path.read_bytes())
    assert (found.code, found.form, found.digest, found.languages) == ("BAG-27", form, SEAL.digest, ("ky",))
