"""What the server of the pages says beside each page: what browsers may do with it, and how long it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.pages import layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.pages.asked import Asked

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
)
CLOSED: Final = f"{_POLICY}; frame-ancestors 'none'"
OPEN_FRAME: Final = f"{_POLICY}; frame-ancestors *"
"""For what other pages may show within theirs."""
SECURITY: Final[Mapping[str, str]] = {
    "Content-Security-Policy": CLOSED,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What stands with every answer that says nothing else of it."""
ASK_ALWAYS: Final = "no-cache"
"""It may be kept, and is asked for each time whether it is still the same: hidden words are gone at once."""
FOR_GOOD: Final = "public, max-age=31536000, immutable"
"""For what has another address when it is another."""
A_WHILE: Final = "public, max-age=300"
"""For photos and documents: they never change, but may be taken back."""
UNKNOWN: Final = "application/octet-stream"
_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "csv": "text/csv; charset=utf-8",
}
_INERT: Final = frozenset({"jpg", "jpeg", "png", "webp", "ogg", "mp3", "mp4", "pdf", "csv"})
"""Of the files that people sent those that browsers show; the others are saved."""


def content_type(asked: Asked) -> str:
    """What a place is, by the ending of its name; a file that somebody sent is nothing that could run."""
    ending = asked.place.rpartition(".")[2]
    if asked.what == "feed":
        return "application/atom+xml; charset=utf-8"
    return _TYPES[ending] if ending in (_INERT if asked.what == "kept" else _TYPES) else UNKNOWN


def of_page(asked: Asked) -> dict[str, str]:
    """What is said of that page in particular."""
    match asked.what:
        case "asset":
            return {"Cache-Control": FOR_GOOD}
        case "kept":
            return {"Cache-Control": A_WHILE, "Content-Security-Policy": f"{CLOSED}; sandbox"}
        case "results":
            return {"Cache-Control": ASK_ALWAYS, "Content-Security-Policy": OPEN_FRAME}
        case what if what.startswith("api"):
            described = f'<{layout.relative(asked.place, layout.API_DESCRIPTION)}>; rel="service-desc"'  # RFC 8631
            return {"Cache-Control": ASK_ALWAYS, "Access-Control-Allow-Origin": "*", "Link": described}
        case _:
            return {"Cache-Control": ASK_ALWAYS}


def in_folder(place: str) -> str:
    """The place of a folder's page, for who left out the slash behind it."""
    return f"{place}/{layout.PAGE}"
