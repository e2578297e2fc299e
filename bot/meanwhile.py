"""Says every few seconds that something still goes on, until it is done: nobody shall think that it hangs."""

from __future__ import annotations

import threading
import time
from typing import Final

import click

SECONDS_BETWEEN: Final = 3.0
_done: Final = threading.Event()


def begin(what: str) -> None:
    """Say on stderr what begins, and every few seconds how long it has taken, until ``end``."""
    click.echo(what, err=True)
    threading.Thread(target=_go_on, args=(time.monotonic(),), name="meanwhile", daemon=True).start()


def end() -> None:
    """Say nothing more; before anything has begun that does nothing."""
    _done.set()


def _go_on(began: float) -> None:
    while not _done.wait(SECONDS_BETWEEN):
        click.echo(f"... {time.monotonic() - began:.0f} seconds so far", err=True)
