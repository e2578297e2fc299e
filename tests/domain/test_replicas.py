"""How the budget is shared out among processes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.replicas import PARTS, shared_out


@given(st.dictionaries(st.text(max_size=4), st.booleans(), min_size=1, max_size=PARTS // 4))
def test_all_parts_are_given_and_no_more_and_who_waits_has_more(hungry: dict[str, bool]) -> None:
    parts = shared_out(hungry)
    assert sum(parts.values()) <= PARTS
    assert sum(parts.values()) >= PARTS - len(hungry)
    assert min(parts.values()) >= 1
    if {True, False} <= set(hungry.values()):
        assert min(parts[name] for name in hungry if hungry[name]) >= max(
            parts[name] for name in hungry if not hungry[name]
        )


def test_two_that_both_wait_have_half_each_and_one_alone_has_all() -> None:
    assert shared_out({"a": True, "b": True}) == {"a": 15, "b": 15}
    assert shared_out({"a": True, "b": False}) == {"a": 24, "b": 6}
    assert shared_out({"a": False}) == {"a": 30}
