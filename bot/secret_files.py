"""Secrets that lie in files of their own: those named by a setting, and the credentials that systemd hands over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

IN_FILES: Final = ("bot_token", "database_url", "webhook_secret")
"""Settings that may be given as the path of a file: ``BOT_TOKEN_FILE`` and so on."""
LONGEST_SECRET: Final = 4096


def with_secrets(given: Mapping[str, object]) -> dict[str, object]:
    """The settings with what their files say. Raises ValueError where one cannot be read, or is given twice.

    What systemd hands over (``LoadCredential=BOT_TOKEN:...``) counts where nothing else is given.
    """
    found = dict(given)
    for name in IN_FILES:
        path = str(found.get(f"{name}_file") or "")
        if path and found.get(name):
            raise ValueError(f"{name.upper()}: is given twice, as {name.upper()}_FILE too; leave one of them out")
        credential = _credential(name)
        if path:
            found[name] = _content(Path(path), f"{name.upper()}_FILE")
        elif credential is not None and not found.get(name):
            found[name] = _content(credential, name.upper())
    return found


def _credential(name: str) -> Path | None:
    """The file in which systemd has handed it over."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    found = (Path(folder) / each for each in (name.upper(), name)) if folder else ()
    return next((path for path in found if path.is_file()), None)


def _content(path: Path, setting: str) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            content = file.read(LONGEST_SECRET).strip()
    except UnicodeDecodeError:
        raise ValueError(f"{setting}: {path} is not text in UTF-8") from None
    except OSError as trouble:
        raise ValueError(f"{setting}: {path} cannot be read ({trouble.strerror})") from None
    if not content:
        raise ValueError(f"{setting}: {path} is empty")
    return content
