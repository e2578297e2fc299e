"""Facts of the Bot API: methods, fields, types and lengths, read once from ``botapi.json`` and compiled to readers.

A reader takes a value as it came over the wire (JSON, or text from a query or a form) and returns it typed, or raises
``RefusedError``. Telegram ignores a field that it does not know; the model refuses it: it is always a typing mistake.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.simulator.refusals import RefusedError, bad_request, unmodelled
from bot.simulator.values import SCALAR_READERS, Reader, as_list, decoded

BOT_API: dict[str, Any] = json.loads(files("bot.simulator").joinpath("botapi.json").read_text("utf-8"))
METHOD_FACTS: dict[str, Any] = BOT_API["methods"]
TYPE_FACTS: dict[str, Any] = BOT_API["types"]
UNMODELLED_METHODS: frozenset[str] = frozenset(name.lower() for name in BOT_API["unmodelled"])
METHOD_NAMES: dict[str, str] = {name.lower(): name for name in METHOD_FACTS}

TYPE_TAGS = ("type", "source", "status")
IRREGULAR_TAGS = {"ChatMemberOwner": "creator", "ChatMemberBanned": "kicked"}
"""Types whose tag does not follow from their name."""

UNMODELLED_FIELDS = frozenset(
    {
        "business_connection_id",
        "inline_message_id",
        "rich_message",
        "direct_messages_topic_id",
        "suggested_post_parameters",
        "message_effect_id",
        "allow_paid_broadcast",
    }
)
"""Fields that Telegram has and the simulator does not model: refused with 501, never ignored."""

LENGTH_REFUSALS = {"callback_data": "BUTTON_DATA_INVALID", "text": "MESSAGE_TOO_LONG"}


def tag_of(parent: str, name: str) -> str:
    """The tag by which an alternative is known: ``InputMediaLivePhoto`` of ``InputMedia`` is ``live_photo``."""
    if name in IRREGULAR_TAGS:
        return IRREGULAR_TAGS[name]
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name.removeprefix(parent)).lower()


def _limited(reader: Reader, limit: list[Any] | None, name: str) -> Reader:
    """``reader`` with its limit of length; ``text`` and ``caption`` are measured after parsing, in ``sending``."""
    if limit is None or limit[1] in {4096, 1024}:
        return reader
    low, high, unit = limit

    def read(value: Any, path: str) -> Any:
        typed = reader(value, path)
        size = len(typed.encode("utf-8", "surrogatepass")) if unit == "bytes" else len(typed)
        if not low <= size <= high:
            raise bad_request(LENGTH_REFUSALS.get(name, f'field "{path}" must have {low}-{high} {unit}, it has {size}'))
        return typed

    return read


def _remembering(reader: Reader) -> Reader:
    """``reader`` with a cache of JSON texts: a keyboard that comes again is read once. No code changes a value read."""
    known = lru_cache(maxsize=512)(reader)
    return lambda value, path: known(value, path) if isinstance(value, str) else reader(value, path)


class Readers:
    """Compiled readers of every type and method of the facts."""

    def __init__(self) -> None:
        self._types: dict[str, Reader] = {}
        self._methods: dict[str, dict[str, Reader]] = {}
        self._required: dict[str, tuple[str, ...]] = {}
        for name, fact in METHOD_FACTS.items():
            fields = fact["fields"]
            self._methods[name] = {field: self._field(field, about) for field, about in fields.items()}
            self._required[name] = tuple(field for field, about in fields.items() if about.get("required"))

    def call(self, method: str, fields: dict[str, Any], uploads: Any = ()) -> dict[str, Any]:
        """The typed fields of a call; a field that is among ``uploads`` needs no value."""
        readers = self._methods[method]
        typed = {}
        for name, value in fields.items():
            reader = readers.get(name)
            if reader is None:
                raise bad_request(f'method {method} has no field "{name}"')
            if value is None or (value == "" and name in {"chat_id", "reply_markup", "parse_mode"}):
                continue
            if name in UNMODELLED_FIELDS:
                raise unmodelled(f'the field "{name}" of {method}')
            typed[name] = reader(value, name)
        for name in self._required[method]:
            if name not in typed and name not in uploads:
                raise _missing(name, METHOD_FACTS[method]["fields"][name]["types"])
        return typed

    def value(self, kind: str, value: Any) -> Any:
        """``value`` read as the type ``kind``; tests also check answers of the model with it."""
        return self._type(kind)(value, kind)

    def _field(self, name: str, about: dict[str, Any]) -> Reader:
        if not any(kind in SCALAR_READERS for kind in about["types"]):
            return _remembering(self._union(about["types"]))
        return _limited(self._union(about["types"]), about.get("limit"), name)

    def _type(self, kind: str) -> Reader:
        if kind in SCALAR_READERS:
            return SCALAR_READERS[kind]
        if kind not in self._types:
            self._types[kind] = self._array(kind) if kind.startswith("Array of ") else self._lazy(kind)
        return self._types[kind]

    def _array(self, kind: str) -> Reader:
        item = self._type(kind.removeprefix("Array of "))

        def read(value: Any, path: str) -> Any:
            return [item(one, f"{path}[{place}]") for place, one in enumerate(as_list(value, path))]

        return read

    def _lazy(self, kind: str) -> Reader:
        """The reader of an object, compiled on first use, because types refer to each other in circles."""
        compiled: list[Reader] = []

        def read(value: Any, path: str) -> Any:
            if not compiled:
                fact = TYPE_FACTS.get(kind)
                if fact is None:
                    compiled.append(decoded)
                else:
                    compiled.append(self._choice(kind, fact["one_of"]) if "one_of" in fact else self._object(kind))
            return compiled[0](value, path)

        return read

    def _object(self, kind: str) -> Reader:
        facts = TYPE_FACTS[kind]["fields"]
        readers = {name: self._field(name, about) for name, about in facts.items()}
        required = [name for name, about in facts.items() if about.get("required")]

        def read(value: Any, path: str) -> Any:
            given = decoded(value, path)
            if not isinstance(given, dict):
                raise bad_request(f'field "{path}" must be an Object of type {kind}')
            for name in required:
                if given.get(name) is None:
                    raise bad_request(f'can\'t find field "{name}" in {path}')
            typed = {}
            for name, inner in given.items():
                if name not in readers:
                    raise bad_request(f'type {kind} has no field "{name}" ({path})')
                if inner is not None:
                    typed[name] = readers[name](inner, f"{path}.{name}")
            return typed

        return read

    def _choice(self, parent: str, names: list[str]) -> Reader:
        """The reader of one of several types, told apart by the tag, else by the fields."""
        tagged = {tag_of(parent, name): name for name in names}

        def read(value: Any, path: str) -> Any:
            given = decoded(value, path)
            if not isinstance(given, dict):
                raise bad_request(f'field "{path}" must be an Object of type {parent}')
            tag = next((given[tag] for tag in TYPE_TAGS if tag in given), None)
            if tag in tagged:
                return self._type(tagged[tag])(given, path)
            fields_of_each = [TYPE_FACTS[name].get("fields", {}) for name in names if name in TYPE_FACTS]
            if any(tag in fields for fields in fields_of_each for tag in TYPE_TAGS):
                raise bad_request(f'can\'t parse {parent} in "{path}": unknown type {tag!r}')
            return self._fitting(names, given, path)

        return read

    def _union(self, kinds: list[str]) -> Reader:
        if len(kinds) == 1:
            return self._type(kinds[0])
        if all(kind in SCALAR_READERS for kind in kinds):
            return self._plain(kinds)
        if all(kind.startswith("Array of ") for kind in kinds):
            inner = [kind.removeprefix("Array of ") for kind in kinds]
            parent = "InputMedia" if inner[0].startswith("InputMedia") else inner[0]
            choice = self._choice(parent, inner)
            return lambda value, path: [choice(one, path) for one in as_list(value, path)]
        return lambda value, path: self._fitting(kinds, decoded(value, path), path)

    def _plain(self, kinds: list[str]) -> Reader:
        readers = [SCALAR_READERS[kind] for kind in kinds]

        def read(value: Any, path: str) -> Any:
            for reader in readers:
                try:
                    return reader(value, path)
                except RefusedError:
                    continue
            raise bad_request(f'field "{path}" must be of type {" or ".join(kinds)}')

        return read

    def _fitting(self, kinds: list[str], value: Any, path: str) -> Any:
        if isinstance(value, dict):
            for kind in kinds:
                fields = TYPE_FACTS.get(kind, {}).get("fields", {})
                if all(name in value for name, about in fields.items() if about.get("required")):
                    return self._type(kind)(value, path)
        raise bad_request(f'object expected as "{path}": one of {", ".join(kinds)}')


def _missing(name: str, kinds: list[str]) -> RefusedError:
    if "InputFile" in kinds:
        return bad_request(f"there is no {name} in the request")
    empty = {"chat_id": "chat_id is empty", "text": "message text is empty", "file_id": "file_id not specified"}
    return bad_request(empty.get(name, f'parameter "{name}" is required'))


API_READERS = Readers()
