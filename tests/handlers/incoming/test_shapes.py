"""The gate of types: Telegram's own types for all that is read, and nothing of a stranger's words in a shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.facts import TYPE_FACTS
from handlers.incoming import shapes
from handlers.incoming.shapes import MEMBERSHIP, MESSAGE, Kind, Shape, Unreadable, fitted, shape_of

SHAPES = [shape for shape in vars(shapes).values() if isinstance(shape, Shape)]
CHAT = {"id": 7, "type": "private"}
PERSON = {"id": 7, "is_bot": False, "first_name": "Айгүл", "language_code": "ky"}
PLAIN: dict[str, Any] = {"message_id": 1, "date": 1_700_000_000, "chat": CHAT, "from": PERSON}
FILE = {"file_id": "f", "file_unique_id": "u"}
WHOLE: dict[str, Any] = {
    **PLAIN,
    "text": "Жол",
    "entities": [{"type": "bot_command", "offset": 0, "length": 3}],
    "photo": [{**FILE, "width": 1, "height": 1}],
    "voice": {**FILE, "duration": 3},
    "migrate_to_chat_id": -100,
    "new_chat_title": "Айылдаштар",
    "reply_markup": {"inline_keyboard": [[{"text": "Кирүү", "url": "https://t.me/x"}]]},
    "reply_to_message": PLAIN,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def told(kind: Kind) -> str:
    """The kind as Telegram's list of types calls it."""
    if isinstance(kind, tuple):
        return f"Array of {told(kind[0])}"
    return kind.name if isinstance(kind, Shape) else kind


def facts_of(name: str) -> dict[str, Any]:
    """Telegram's fields of a type; of one that is several, the fields of all of them."""
    if "one_of" not in TYPE_FACTS[name]:
        return dict(TYPE_FACTS[name]["fields"])
    return {key: fact for each in TYPE_FACTS[name]["one_of"] for key, fact in TYPE_FACTS[each]["fields"].items()}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_type_is_telegrams(shape: Shape) -> None:
    facts = facts_of(shape.name)
    for name, kind in shape.fields.items():
        assert told(kind) in facts[name]["types"], name
    assert all(facts[name].get("required") for name in shape.required)


def test_a_whole_message_passes_as_it_is() -> None:
    assert fitted(WHOLE, MESSAGE, "message") == WHOLE


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to every field."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way for key, each in inner for way in ((*path, key), *places(each, (*path, key)))]


def with_value(whole: Any, way: tuple[str | int, ...], value: object) -> Any:
    """A copy with one field changed."""
    copy = json.loads(json.dumps(whole))
    inner = copy
    for key in way[:-1]:
        inner = inner[key]
    inner[way[-1]] = value
    return copy


@pytest.mark.parametrize("wrong", [True, 5, -1.5, "z", [], {}, [[]], {"a": 1}, 10**400], ids=repr)
def test_a_field_of_another_type_is_unreadable_or_read_right(wrong: object) -> None:
    for way in places(WHOLE):
        try:
            read = fitted(with_value(WHOLE, way, wrong), MESSAGE, "message")
        except Unreadable:
            continue
        assert fitted(read, MESSAGE, "message") == read


@given(JSON)
def test_whatever_comes_passes_the_gate_or_is_unreadable(value: object) -> None:
    for shape in (MESSAGE, MEMBERSHIP):
        try:
            fitted(value, shape, "message")
        except Unreadable:
            continue


@given(JSON)
def test_a_shape_holds_no_value(value: object) -> None:
    shape = json.dumps(shape_of({"secret": value, "Менин сөзүм, бул": value}), ensure_ascii=False)
    assert "Менин сөзүм" not in shape


def test_a_shape_names_keys_and_types() -> None:
    assert shape_of({**PLAIN, "voice": {"duration": "z"}}) == {
        "message_id": "int",
        "date": "int",
        "chat": {"id": "int", "type": "str"},
        "from": {"id": "int", "is_bot": "bool", "first_name": "str", "language_code": "str"},
        "voice": {"duration": "str"},
    }
