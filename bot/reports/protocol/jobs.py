"""Jobs about forms of the protocol: our own to begin with, and what a municipality has made of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.domain.values import dataclass
from bot.reports.protocol.fields import sample
from bot.reports.protocol.filling import FormRefused, filled, is_form

if TYPE_CHECKING:
    from bot.reports.jobs import Bench
    from bot.reports.protocol.filling import FormFault


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """What a file is as a form: ``faults``, or the ``document`` that it makes of a sample. Neither: it is no form."""

    faults: tuple[FormFault, ...] = ()
    document: bytes = b""


@dataclass(frozen=True, slots=True)
class OwnFormJob:
    """Writes our own form, with headings in one language or two."""

    languages: tuple[str, ...]

    async def run(self, bench: Bench) -> bytes:
        """The Word document."""
        from bot.reports.protocol.own_form import own_form  # noqa: PLC0415 libraries for this alone

        return await asyncio.to_thread(own_form, [bench.catalogues[language] for language in self.languages])


@dataclass(frozen=True, slots=True)
class CheckFormJob:
    """Looks a file over that may be a form of the protocol, by filling it with a sample."""

    content: bytes

    async def run(self, _bench: Bench) -> CheckedForm:
        """What it is; never raises for its bytes."""
        if not is_form(self.content):
            return CheckedForm()
        try:
            return CheckedForm(document=await asyncio.to_thread(filled, self.content, sample()))
        except FormRefused as refused:
            return CheckedForm(refused.faults)
