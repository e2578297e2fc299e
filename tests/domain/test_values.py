"""The decorator of our values does what the standard library's does."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

from bot.domain import values
from bot.domain.questions import About, AboutKind


def shapes(dataclass: Any) -> tuple[Any, ...]:
    """Classes of every shape, made by that decorator."""

    @dataclass(frozen=True, slots=True)
    class Empty:
        pass

    @dataclass(frozen=True, slots=True)
    class Plain(Empty):
        one: int
        two: str = "2"

        @property
        def both(self) -> str:
            return f"{self.one}{self.two}"

    @dataclass(frozen=True, slots=True)
    class Inherited(Plain):
        two: str = "other"
        made: list[int] = field(default_factory=list)
        hidden: str = field(default="", repr=False, compare=False)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        three: int
        four: int = 4

    @dataclass(frozen=True, slots=True)
    class OwnWays:
        one: int

        def __post_init__(self) -> None:
            object.__setattr__(self, "one", self.one + 1)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, OwnWays)

        def __hash__(self) -> int:
            return 1

        def __repr__(self) -> str:
            return "own"

    return Empty, Plain, Inherited, Named, OwnWays


OURS, THEIRS = shapes(values.dataclass), shapes(dataclasses.dataclass)
GIVEN: tuple[tuple[int, tuple[Any, ...], dict[str, Any]], ...] = (
    (0, (), {}),
    (1, (1,), {}),
    (1, (1,), {"two": "b"}),
    (2, (1, "b", [3]), {}),
    (2, (1,), {"hidden": "h"}),
    (3, (), {"three": 3}),
    (4, (1,), {}),
)


def made(kinds: tuple[Any, ...]) -> list[Any]:
    return [kinds[kind](*some, **named) for kind, some, named in GIVEN]


def test_values_of_ours_are_as_the_standard_librarys() -> None:
    for one, other in zip(made(OURS), made(THEIRS), strict=True):
        assert repr(one) == repr(other)
        assert dataclasses.astuple(one) == dataclasses.astuple(other)
        assert one.__match_args__ == other.__match_args__
        assert not hasattr(one, "__dict__")
        assert list(inspect.signature(type(one)).parameters) == list(inspect.signature(type(other)).parameters)
    same = [[[a == b for a in made(kinds)] for b in made(kinds)] for kinds in (OURS, THEIRS)]
    assert same[0] == same[1]
    with pytest.raises(TypeError, match="unhashable"):
        hash(OURS[2](1))
    for kinds in (OURS, THEIRS):
        with pytest.raises(TypeError, match=r"Plain.__init__\(\) missing 1 required positional argument: 'one'"):
            kinds[1]()


def test_a_value_of_ours_is_never_changed_and_can_be_copied() -> None:
    for one in made(OURS):
        for each in fields(one):
            with pytest.raises(FrozenInstanceError):
                setattr(one, each.name, 1)
            with pytest.raises(FrozenInstanceError):
                delattr(one, each.name)
        assert copy.deepcopy(one) == one
    assert replace(OURS[1](1), two="b") == OURS[1](1, "b")
    assert OURS[2](1).made is not OURS[2](1).made
    sent = About(AboutKind.SERVICE, 3)
    assert pickle.loads(pickle.dumps(sent)) == sent
    assert hash(sent) == hash(About(AboutKind.SERVICE, 3))
