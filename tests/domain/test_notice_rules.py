"""One row for each kind of notice: a table that misses one cannot be imported, and every kind goes somewhere."""

from __future__ import annotations

import pytest

from bot.domain.exhaustive import exhaustive
from bot.domain.notice_rules import NOTICE_RULES, TO_PEOPLE, TO_ROOMS, Milestone
from bot.domain.notices import NoticeKind


@pytest.mark.parametrize("missing", NoticeKind)
def test_a_table_that_misses_a_kind_is_refused_and_the_kind_is_named(missing: NoticeKind) -> None:
    table = {kind: rule for kind, rule in NOTICE_RULES.items() if kind is not missing}
    with pytest.raises(LookupError, match=rf"no entry for NoticeKind\.{missing.name}$"):
        exhaustive(NoticeKind, table)


def test_all_missing_kinds_are_named_at_once() -> None:
    with pytest.raises(LookupError, match=r"no entry for NoticeKind\.CLOSED, NoticeKind\.OPENED$"):
        exhaustive((NoticeKind.CLOSED, NoticeKind.POST, NoticeKind.OPENED), {NoticeKind.POST: 1})


def test_a_table_with_every_kind_is_the_table_itself() -> None:
    table = dict.fromkeys(NoticeKind, 0)
    assert exhaustive(NoticeKind, table) is table


def test_every_kind_has_its_rule_and_goes_to_people_or_rooms() -> None:
    assert set(NOTICE_RULES) == set(NoticeKind) == TO_PEOPLE | TO_ROOMS


def test_what_names_a_date_is_useful_until_that_date() -> None:
    naming = {kind: rule for kind, rule in NOTICE_RULES.items() if rule.edition_names is not None}
    assert set(naming) == {NoticeKind.REMINDER, NoticeKind.CLOSING}
    assert all(rule.useful is rule.edition_names for rule in naming.values())
    assert Milestone.END not in {rule.edition_names for rule in naming.values()}
