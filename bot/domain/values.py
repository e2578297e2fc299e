"""The decorator of our values: the standard library's ``dataclass``, with less to compile at each start.

The standard library writes and compiles six functions for every frozen class, a quarter of a start
(docs/decisions/0062-*). Of ours each has an ``__init__``, compiled once for all that have the same fields; all else is
done by the same few functions.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, FrozenInstanceError, fields
from functools import cache, partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
    from types import CodeType
else:

    def dataclass(
        kind: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        kw_only: bool = False,
        **others: bool,
    ) -> Any:
        """As the standard library's: with ``frozen=True, slots=True`` it behaves alike, with all else it is that one.

        A field of a frozen class is a parameter always: ``init=False`` is not known here.
        """
        if frozen and slots and not others:
            decorate = partial(_value, kw_only=kw_only)
        else:
            decorate = dataclasses.dataclass(frozen=frozen, slots=slots, kw_only=kw_only, **others)
        return decorate if kind is None else decorate(kind)


__all__ = ["dataclass"]


def _value(kind: type, *, kw_only: bool) -> type:
    made: type = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(kind)
    equal, hashed = _comparing(tuple(each.name for each in fields(made) if each.compare))
    methods = {
        "__init__": _init(made),
        "__repr__": _repr,
        "__eq__": equal,
        "__hash__": hashed,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__setstate__": _restore,
    }
    for name, method in methods.items():
        if made.__dict__.get(name) is None:  # the class has none of its own
            setattr(made, name, method)
    return made


def _init(kind: type) -> Callable[..., None]:
    """``__init__`` of a class, with its defaults."""
    given: list[str] = ["self"]
    named: list[str] = []
    body = [" pass"]
    around: dict[str, Any] = {"_put": object.__setattr__, "_MISSING": MISSING}
    for each in fields(kind):
        parameter = value = name = each.name
        if each.default_factory is not MISSING:
            around[f"_make_{name}"] = each.default_factory
            parameter = f"{name}=_MISSING"
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        elif each.default is not MISSING:
            around[f"_default_{name}"] = each.default
            parameter = f"{name}=_default_{name}"
        (named if each.kw_only else given).append(parameter)
        body.append(f" _put(self, {name!r}, {value})")
    if hasattr(kind, "__post_init__"):
        body.append(" self.__post_init__()")
    parameters = [*given, "*", *named] if named else given
    exec(_compiled("\n".join([f"def __init__({', '.join(parameters)}):", *body])), around)  # noqa: S102 - names of ours
    around["__init__"].__qualname__ = f"{kind.__qualname__}.__init__"
    return around["__init__"]  # type: ignore[no-any-return]


@cache
def _compiled(source: str) -> CodeType:
    return compile(source, "<fields>", "exec")


def _comparing(names: tuple[str, ...]) -> tuple[Callable[[Any, object], bool], Callable[[Any], int]]:
    """``__eq__`` and ``__hash__`` by these fields."""
    compared: Callable[[Any], object] = attrgetter(*names) if names else type

    def equal(one: Any, other: object) -> bool:
        return compared(one) == compared(other) if other.__class__ is one.__class__ else NotImplemented

    def hashed(one: Any) -> int:
        return hash(compared(one))

    return equal, hashed


def _repr(one: Any) -> str:
    shown = (f"{each.name}={getattr(one, each.name)!r}" for each in fields(one) if each.repr)
    return f"{type(one).__qualname__}({', '.join(shown)})"


def _refuse(_one: object, name: str, _value: object = None) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _restore(one: object, state: Any) -> None:
    """Set what ``pickle`` and ``copy`` have kept: the names of fields with their values, second."""
    for name, value in state[1].items():
        object.__setattr__(one, name, value)
