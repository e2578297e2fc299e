"""The settings: all mistakes at once, and no secret shown."""

from __future__ import annotations

import pytest

from bot.config import SettingsError, load


def test_all_mistakes_in_the_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "ADMIN_IDS": "me",
        "LISTEN": "here",
        "TIMEZONE": "Mars/Base",
        "DATABASE_URL": "mysql://x",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as mistakes:
        load(_env_file=None)
    assert [line.split(":")[0] for line in str(mistakes.value).splitlines()] == [
        "ADMIN_IDS",
        "DATABASE_URL",
        "LISTEN",
        "TIMEZONE",
    ]


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = load(
        _env_file=None, bot_token="1:SECRET", database_url="postgresql://u:SECRET@h/d", webhook_secret="SECRET"
    )
    assert "SECRET" not in repr(settings)


def test_the_bounds_of_a_budget_for_each_person_are_one_setting() -> None:
    assert load(_env_file=None).budget_per_head == (1_000, 300_000)
    assert load(_env_file=None, budget_per_head=" 500 - 20000 ").budget_per_head == (500, 20_000)


@pytest.mark.parametrize("written", ["1000", "300000-1000", "a-b", "1000-", "-1000-300000", "1-2-3"])
def test_bounds_that_are_no_bounds_are_a_mistake(written: str) -> None:
    with pytest.raises(SettingsError, match="BUDGET_PER_HEAD: write the least and the most som"):
        load(_env_file=None, budget_per_head=written)
