"""Filling a form in a process of its own: a form may loop for ever or swell, the bot may not.

The process has no secrets in its environment, ``SECONDS`` of time and ``MEMORY`` of address space where the system
knows such limits (not on Windows: there time alone).
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from bot.domain.errors import HearingBotError
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS: Final = 9.0
"""After so long a form is given up."""
MEMORY: Final = 1 << 30
LARGEST_FORM: Final = 5 << 20
"""Bytes of a form as it is sent."""
LARGEST_BODY: Final = 20 << 20
"""Bytes of the text of a form, unpacked."""
_BODY: Final = "word/document.xml"
_TAG: Final = re.compile(rb"<[^>]*>")
_INHERITED: Final = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH")


class FormFaultKind(StrEnum):
    """What can be wrong with a form."""

    NO_WORD = "no word"
    """It is no Word document (docx)."""
    TOO_LARGE = "too large"
    PROGRAM = "program"
    """It holds a macro or another file."""
    OUTSIDE = "outside"
    """It fetches something from elsewhere."""
    UNKNOWN = "unknown"
    """It names what is no field."""
    NO_LIST = "no list"
    """It goes through something that is no list."""
    NO_TEXT = "no text"
    """It writes something that is no text."""
    REFUSED = "refused"
    """It says more than fields, loops and conditions."""
    BROKEN = "broken"
    """Its braces do not go together."""
    TOO_SLOW = "too slow"
    """Filling it takes too long or too much memory."""


@dataclass(frozen=True, slots=True)
class FormFault:
    """Something wrong with a form; ``what`` is the place, as it stands there."""

    kind: FormFaultKind
    what: str = ""


class FormRefused(HearingBotError):
    """A form that cannot be used."""

    def __init__(self, *faults: FormFault) -> None:
        super().__init__(", ".join(fault.kind.value for fault in faults))
        self.faults = faults


def filled(form: bytes, fields: Mapping[str, Any], *, seconds: float = SECONDS, memory: int = MEMORY) -> bytes:
    """A form with its fields filled in, as a Word document. Blocks up to ``seconds``. Raises FormRefused, OSError."""
    if len(form) > LARGEST_FORM:
        raise FormRefused(FormFault(FormFaultKind.TOO_LARGE))
    request = json.dumps({"form": base64.b64encode(form).decode(), "fields": fields, "memory": memory})
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100
    try:
        answer = subprocess.run(
            [sys.executable, "-P", "-m", "bot.reports.protocol.child"],
            input=request.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise FormRefused(FormFault(FormFaultKind.TOO_SLOW)) from None
    said: dict[str, Any] = json.loads(answer.stdout)
    if said.get("faults"):
        raise FormRefused(*(FormFault(FormFaultKind(kind), what) for kind, what in said["faults"]))
    return base64.b64decode(said["document"])


def is_form(file: bytes) -> bool:
    """True where a file is a Word document with fields in braces; a document to be read has none."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            part = package.getinfo(_BODY)
            words = _TAG.sub(b"", package.read(part)) if part.file_size <= LARGEST_BODY else b""
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error, OSError, EOFError):
        return False
    return b"{{" in words or b"{%" in words
