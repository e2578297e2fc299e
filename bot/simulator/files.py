"""Files as Telegram stores them: an id to send again, a unique id per content, a path to download."""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.refusals import RefusedError, bad_request

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024

FILE_FOLDERS = {
    "photo": ("photos", "jpg"),
    "voice": ("voice", "oga"),
    "document": ("documents", "bin"),
    "sticker": ("stickers", "webp"),
    "audio": ("music", "mp3"),
    "video": ("videos", "mp4"),
    "video_note": ("video_notes", "mp4"),
    "animation": ("animations", "mp4"),
    "live_photo": ("live_photos", "mp4"),
}
TYPE_NAMES = {"voice": "VoiceNote", "video_note": "VideoNote", "live_photo": "LivePhoto"}
"""Kinds of files that Telegram's refusals call by another name than the kind's own."""

FRAME = {"width": 640, "height": 480}
STICKER = {
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "emoji": "\N{THUMBS UP SIGN}",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that arrives with a call: its name, bytes and declared type."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that Telegram has stored; ``kind`` is one of ``FILE_FOLDERS``."""

    kind: str
    file_id: str
    unique_id: str
    name: str
    mime: str
    path: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0
    duration: int = 0

    def as_json(self) -> dict[str, Any]:
        """The object under ``kind`` in a message (one size of it, for a photo)."""
        common = {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.content)}
        own: dict[str, dict[str, Any]] = {
            "photo": {"width": self.width, "height": self.height},
            "voice": {"duration": self.duration, "mime_type": self.mime},
            "video_note": {"duration": self.duration, "length": 384},
            "live_photo": {"duration": self.duration, "mime_type": self.mime, **FRAME},
            "sticker": STICKER,
        }
        named = {"file_name": self.name, "mime_type": self.mime}
        moving = {"duration": self.duration, **FRAME} if self.kind in {"video", "animation"} else {}
        timed = {"duration": self.duration} if self.kind == "audio" else moving
        return {**common, **own.get(self.kind, {**named, **timed})}


class FileStore:
    """Every file of this Telegram; equal contents share their bytes."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._contents: dict[bytes, bytes] = {}

    def __len__(self) -> int:
        """How many uploads there were."""
        return len(self._by_id)

    def keep(self, kind: str, upload: Upload, *, duration: int = 0) -> StoredFile:
        """Store an upload; raises ``RefusedError`` where Telegram does not accept it as ``kind``."""
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > UPLOAD_LIMIT:
            raise RefusedError(413)
        width, height = _photo_size(upload.content) if kind == "photo" else (0, 0)
        digest = hashlib.sha256(upload.content).digest()
        content = self._contents.setdefault(digest, upload.content)
        number = len(self._by_id)
        folder, ending = FILE_FOLDERS[kind]
        ending = upload.name.rpartition(".")[2] if kind == "document" and "." in upload.name else ending
        stored = StoredFile(
            kind=kind,
            file_id=_code(f"{kind}:{number}:".encode() + digest[:18]),
            unique_id=_code(kind[:1].encode() + digest[:10]),
            name=upload.name,
            mime="audio/ogg" if kind == "voice" else upload.mime,
            path=f"{folder}/file_{number}.{ending}",
            content=content,
            width=width,
            height=height,
            duration=duration,
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def get_known(self, file_id: str, kind: str | None = None) -> StoredFile:
        """The file of an id; raises ``RefusedError`` for an unknown id and for an id of another kind."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        if kind and stored.kind != kind:
            raise bad_request(f"can't use file of type {_type_name(stored.kind)} as {_type_name(kind)}")
        return stored

    def describe(self, file_id: str) -> dict[str, Any]:
        """The File that getFile answers with; raises ``RefusedError`` for an unknown id and a file over 20 MB."""
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(stored.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        size = len(stored.content)
        return {"file_id": file_id, "file_unique_id": stored.unique_id, "file_size": size, "file_path": stored.path}

    def find_path(self, path: str) -> bytes | None:
        """The bytes behind a path to download; None where there is no file."""
        stored = self._by_path.get(path)
        return stored.content if stored else None


def blank_png(width: int = 64, height: int = 64, grey: int = 200) -> bytes:
    """A valid picture of one grey."""
    rows = (b"\x00" + bytes([grey]) * width) * height

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _type_name(kind: str) -> str:
    return TYPE_NAMES.get(kind, kind.capitalize())


def _code(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _photo_size(content: bytes) -> tuple[int, int]:
    """Width and height; raises ``RefusedError`` where Telegram cannot make a photo of the bytes."""
    if len(content) > PHOTO_LIMIT:
        size = f"file of size {len(content)} bytes is too big for a photo"
        raise bad_request(f"{size}; the maximum size is {PHOTO_LIMIT} bytes")
    width, height = _png(content) or _jpeg(content) or (0, 0)
    if not width or not height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _png(content: bytes) -> tuple[int, int] | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Width and height from the frame header, which lies behind any number of other segments."""
    if not content.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None
