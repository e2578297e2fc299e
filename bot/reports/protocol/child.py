"""The process in which a form is filled: a request on standard input, its document or its faults on standard output."""

from __future__ import annotations

import base64
import json
import sys
from contextlib import suppress


def main() -> None:
    """Answer one request."""
    request = json.load(sys.stdin)
    _limit(request["memory"])
    from bot.reports.protocol.filling import FormRefused  # noqa: PLC0415 within the limits
    from bot.reports.protocol.forms import fill  # noqa: PLC0415 within the limits

    try:
        document = fill(base64.b64decode(request["form"]), request["fields"])
    except FormRefused as refused:
        json.dump({"faults": [(fault.kind.value, fault.what) for fault in refused.faults]}, sys.stdout)
    else:
        json.dump({"document": base64.b64encode(document).decode()}, sys.stdout)


def _limit(memory: int) -> None:
    """Give the process little memory and no files to write, where the system can."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
