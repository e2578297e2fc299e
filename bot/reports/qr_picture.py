"""A QR code as a picture for a chat: it is shown from a phone, or printed."""

from __future__ import annotations

import io
from typing import Final

from bot.reports.poster import code

PIXELS_OF_A_MODULE: Final = 10
QUIET_ZONE: Final = 4
"""Modules of white around the code, as its standard asks."""


def qr_picture(link: str) -> bytes:
    """The code of a link, as PNG."""
    picture = io.BytesIO()
    code(link).save(picture, kind="png", scale=PIXELS_OF_A_MODULE, border=QUIET_ZONE)
    return picture.getvalue()
