"""The copy of the last month, put in the place of the database: what a stopped run goes on from."""

from __future__ import annotations

import asyncio
import subprocess
import time
from typing import TYPE_CHECKING

import storage

if TYPE_CHECKING:
    from pathlib import Path


async def bring_back(url: str, copy: Path) -> None:
    """The database as it was when the copy was made; what was there since goes."""
    if url.startswith("sqlite"):
        restored = await storage.restore(url, copy, stamp=str(time.time_ns()))
        for left in restored.file.parent.glob(f"{restored.file.name}.before-restore-*"):
            left.unlink()
        return
    command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "-d", url, str(copy)]
    await asyncio.to_thread(subprocess.run, command, check=True)
