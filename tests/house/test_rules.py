"""The rules of the house that a machine can hold."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings, SettingsError, load
from bot.domain import errors
from bot.domain.errors import Refusal, StaleButton
from handlers.errors import SENTENCES
from handlers.presses import (
    PRESSES_BY_TAG,
    AcceptInvitation,
    Agree,
    GiveCoins,
    Language,
    OpenHearing,
    Press,
    ReadPurpose,
)
from handlers.presses.wire import LONGEST_CALLBACK_DATA, nest, pack, unnest, unpack
from handlers.routes import ROUTES

HOUSE = Path(__file__).parents[2]
README = (HOUSE / "README.md").read_text("utf-8")


def test_every_press_has_one_route() -> None:
    assert set(ROUTES) == set(PRESSES_BY_TAG.values())


def test_a_handler_is_named_after_its_press_and_stands_in_the_module_of_that_name() -> None:
    for press, handler in ROUTES.items():
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", press.__name__).lower()
        module = press.__module__.replace("handlers.presses.", "handlers.")
        assert (handler.__module__, handler.__name__) == (module, name)


def test_every_refusal_of_the_domain_has_a_sentence() -> None:
    kinds = {kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Refusal)}
    families = {base for kind in kinds for base in kind.__bases__}
    assert kinds - families == set(SENTENCES)


def test_every_setting_stands_in_the_readme() -> None:
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\| `{name.upper()}` \|.*$", README, re.MULTILINE)
        assert row, name
        assert (field.description or "") in row[0], name
        default = field.default
        assert isinstance(default, tuple) or not default or f"`{default}`" in row[0], name


def test_every_command_stands_in_the_readme() -> None:
    from bot.cli import main

    assert all(f"hearing-bot {name}" in README for name in main.commands)


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


PRESSES = [
    GiveCoins(2**40, 999, 99, 10**9),
    AcceptInvitation("z" * 25),
    Agree(nest(GiveCoins(2**30, 99, 9, 100_000))),
    ReadPurpose(nest(AcceptInvitation("z" * 25))),
]


@pytest.mark.parametrize("press", PRESSES)
def test_the_largest_presses_fit_into_a_button_and_a_link(press: Press) -> None:
    wire = pack(press, "uz_Cyrl")
    assert len(wire) <= LONGEST_CALLBACK_DATA
    assert re.fullmatch(r"[A-Za-z0-9_-]+", wire)
    assert unpack(wire) == (press, "uz_Cyrl")


def test_a_link_that_names_its_origin_as_older_ones_did_still_opens() -> None:
    assert unpack("1kh_c_3") == (OpenHearing(12), "ky")
    assert unnest("h-c-3") == OpenHearing(12)
    for wire in ("1kh_c_3_0", "1kh_c_x-y", "1kh_c_"):
        with pytest.raises(StaleButton):
            unpack(wire)


def test_a_press_travels_inside_another() -> None:
    inner = GiveCoins(12, 3, 4, 50)
    assert unnest(nest(inner)) == inner
    assert unnest("") is None


@given(st.text(max_size=80))
def test_whatever_a_stranger_sends_is_a_press_or_a_stale_button(wire: str) -> None:
    try:
        press, _ = unpack(wire)
    except StaleButton:
        return
    assert unpack(pack(press))[0] == press


@given(st.from_regex(r"1[kruce0][a-z]{1,2}(_[0-9a-z]{0,12}){0,5}", fullmatch=True))
def test_what_looks_like_a_press_is_one_or_a_stale_button(wire: str) -> None:
    try:
        press, _ = unpack(wire)
    except StaleButton:
        return
    assert unpack(pack(press))[0] == press


def test_languages_travel_as_letters() -> None:
    from bot.domain.languages import LANGUAGES

    assert {language.value for language in Language} == set(LANGUAGES)
    assert all(unpack(pack(ReadPurpose(), language))[1] == language for language in LANGUAGES)


def test_no_file_is_longer_than_the_house_allows() -> None:
    rooms = [path for room in ("bot", "handlers", "storage", "locales") for path in (HOUSE / room).rglob("*.py")]
    long = [str(path.relative_to(HOUSE)) for path in rooms if len(path.read_text("utf-8").splitlines()) > 400]
    assert not long


def test_broad_excepts_stand_where_the_house_allows() -> None:
    rooms = [path for room in ("bot", "handlers", "storage", "locales") for path in (HOUSE / room).rglob("*.py")]
    broad = {
        str(path.relative_to(HOUSE)) for path in rooms if re.search(r"except Exception\b", path.read_text("utf-8"))
    }
    assert broad <= {"bot/tick.py"}
