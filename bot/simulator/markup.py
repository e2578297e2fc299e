"""Telegram's HTML: text and entities from markup, and Telegram's refusals in its words.

Offsets in refusals count bytes of UTF-8, offsets of entities count UTF-16 units, as Telegram does. What Telegram
takes literally (a lone ``&``, an unknown ``&name;``) is taken literally here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.simulator.refusals import RefusedError, bad_request, unmodelled

TAG_ENTITIES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
NAMED_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
TAG_ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)\s*(?:=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]+))?""")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
TAG_NAME = re.compile(r"[^\s>]*")
END_TAG = re.compile(r"</([^\s>]*)\s*(>?)")
LINK_ADDRESS = re.compile(r"(?:https?|tg|tel|mailto):|[\w.-]+\.\w+")
AUTOMATIC_ENTITIES = (
    ("bot_command", "/", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("url", "://", re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)»]")),
    ("mention", "@", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}\b")),
    ("hashtag", "#", re.compile(r"(?<!\w)#\w{1,256}")),
)
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f]")
SPECIAL_CHARACTER = re.compile("[<&]")

Entity = dict[str, Any]
Formatted = tuple[str, tuple[Entity, ...]]


def width(text: str) -> int:
    """Length in UTF-16 units, in which entities are counted."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class _Open:
    tag: str
    argument: str
    begin: int
    place: int
    entity: Entity


class _Html:
    """A parser that passes over the markup once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []  # in the order of their start tags

    def parse(self) -> Formatted:
        """The text and its entities; raises ``RefusedError`` where Telegram would."""
        source = self.source
        while self.at < len(source):
            if source[self.at] == "<":
                if source.startswith("</", self.at):
                    self._end()
                else:
                    self._start()
                continue
            special = SPECIAL_CHARACTER.search(source, self.at + 1)
            self._letters(source[self.at : special.start() if special else len(source)])
        if self.open:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.out), tuple(entity for entity in self.entities if entity)

    def _letters(self, run: str) -> None:
        self.at += len(run)
        if run.startswith("&") and (escape := CHARACTER_REFERENCE.match(run)):
            run = _unescaped(escape) + run[escape.end() :]
        self.out.append(run)
        self.units += width(run)

    def _offset(self, place: int) -> int:
        return len(self.source[:place].encode("utf-8", "surrogatepass"))

    def _start(self) -> None:
        begin = self.at
        name = TAG_NAME.match(self.source, begin + 1)
        assert name
        if name.end() >= len(self.source):
            raise _wrong(f"Unclosed start tag at byte offset {self._offset(begin)}")
        tag = name.group().lower()
        if tag not in TAG_ENTITIES:
            raise _wrong(f'Unsupported start tag "{tag}" at byte offset {self._offset(begin)}')
        self.at = name.end()
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset(begin)}')
        entity: Entity = {}
        self.entities.append(entity)
        self.open.append(_Open(tag, _argument(tag, attributes), self.units, len(self.out), entity))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            while self.at < len(self.source) and self.source[self.at].isspace():
                self.at += 1
            if self.at >= len(self.source):
                raise _wrong(f"Unclosed start tag at byte offset {self._offset(begin)}")
            if self.source[self.at] == ">":
                self.at += 1
                return found
            match = TAG_ATTRIBUTE.match(self.source, self.at)
            if match is None or not match.group(1):
                raise _wrong(f'Empty attribute name in the tag "{tag}" at byte offset {self._offset(begin)}')
            found[match.group(1).lower()] = CHARACTER_REFERENCE.sub(_unescaped, (match.group(2) or "").strip("\"'"))
            self.at = match.end()

    def _end(self) -> None:
        begin = self.at
        if not self.open:
            raise _wrong(f"Unexpected end tag at byte offset {self._offset(begin)}")
        match = END_TAG.match(self.source, begin)
        assert match
        if not match.group(2):
            raise _wrong(f"Unclosed end tag at byte offset {self._offset(begin)}")
        opened, found = self.open.pop(), match.group(1).lower()
        if found and found != opened.tag:
            raise _wrong(
                f"Unmatched end tag at byte offset {self._offset(begin)},"
                f' expected "</{opened.tag}>", found "</{found}>"'
            )
        self.at = match.end()
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self.units - opened.begin
        kind, argument = TAG_ENTITIES[opened.tag], opened.argument
        if not length:
            return
        extra: Entity = {}
        if opened.tag == "blockquote" and argument:
            kind = "expandable_blockquote"
        elif kind == "text_link":
            extra["url"] = argument or "".join(self.out[opened.place :])
            if not LINK_ADDRESS.match(extra["url"]):
                return
        elif kind == "custom_emoji":
            extra["custom_emoji_id"] = argument
        elif kind == "pre" and argument:
            extra["language"] = argument
        opened.entity.update(type=kind, offset=opened.begin, length=length, **extra)


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    if tag == "blockquote":
        return "expandable" if "expandable" in attributes else ""
    return attributes.get("class", "").removeprefix("language-") if tag in {"code", "pre"} else ""


def _unescaped(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED_CHARACTERS[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()


def _wrong(what: str) -> RefusedError:
    return bad_request(f"can't parse entities: {what}")


def found_in(text: str) -> list[Entity]:
    """Entities of commands, links, mentions and hashtags, which Telegram finds without markup."""
    entities: list[Entity] = []
    for kind, sign, pattern in AUTOMATIC_ENTITIES:
        if sign in text:
            entities += [
                {"type": kind, "offset": width(text[: match.start()]), "length": width(match.group())}
                for match in pattern.finditer(text)
            ]
    return sorted(entities, key=lambda entity: int(entity["offset"]))


def formatted(source: str, parse_mode: str | None, entities: list[Entity] | None = None) -> Formatted:
    """The visible text and its entities; raises ``RefusedError`` where Telegram cannot parse the source."""
    if LONE_SURROGATE.search(source):
        raise bad_request("strings must be encoded in UTF-8")
    if parse_mode and parse_mode.lower() != "html":
        known = parse_mode.lower() in {"markdown", "markdownv2"}
        raise unmodelled(f"parse_mode {parse_mode}") if known else bad_request("unsupported parse_mode")
    source = source.replace("\r", "")
    text, marks = _Html(source).parse() if parse_mode else (source, tuple(entities or ()))
    return _trimmed(CONTROL_CHARACTER.sub(" ", text), marks)


def _trimmed(text: str, marks: tuple[Entity, ...]) -> Formatted:
    """The text without white space around it, and its entities with their offsets adjusted."""
    cut = width(text) - width(text.lstrip())
    text = text.strip()
    size = width(text)
    kept = []
    for mark in marks:
        begin, end = max(mark["offset"] - cut, 0), min(mark["offset"] - cut + mark["length"], size)
        if end > begin:
            kept.append({**mark, "offset": begin, "length": end - begin})
    taken = [(mark["offset"], mark["offset"] + mark["length"]) for mark in kept if mark["type"] != "blockquote"]
    for mark in found_in(text):
        begin, end = mark["offset"], mark["offset"] + mark["length"]
        if not any(begin < stop and start < end for start, stop in taken):
            kept.append(mark)
    return text, tuple(sorted(kept, key=lambda mark: (mark["offset"], -mark["length"])))
