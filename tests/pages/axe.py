"""axe-core, which finds what keeps people with a screen reader or a keyboard out: fetched by npm once, then kept."""

from __future__ import annotations

import os
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Final

AXE: Final = "axe-core@4.14.1"
_SCRIPT: Final = "package/axe.min.js"
FIND: Final = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`.slice(0, 1000))"""
"""Gives what is wrong with the page, a line each."""


def axe_script() -> str:
    """The script, to be run in a page before ``FIND``."""
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hearing-bot-tests"
    kept = home / f"{AXE.replace('@', '-')}.js"
    if not kept.is_file():
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home) as folder:
            packing = ("npm", "pack", AXE, "--silent", "--pack-destination", folder)
            packed = subprocess.run(packing, check=True, capture_output=True, text=True, timeout=100)
            with tarfile.open(Path(folder, packed.stdout.split()[-1])) as archive:
                script = archive.extractfile(_SCRIPT)
                assert script is not None
                part = Path(folder, kept.name)
                part.write_bytes(script.read())
            part.replace(kept)
    return kept.read_text("utf-8")
