"""The settings: all mistakes at once, and no secret shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.config import SettingsError, load, mistake_in

if TYPE_CHECKING:
    from pathlib import Path


def test_all_mistakes_in_the_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "ADMIN_IDS": "me",
        "LISTEN": "here",
        "TIMEZONE": "Mars/Base",
        "DATABASE_URL": "mysql://x",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as mistakes:
        load("")
    assert [line.split(":")[0] for line in str(mistakes.value).splitlines()] == [
        "ADMIN_IDS",
        "DATABASE_URL",
        "LISTEN",
        "TIMEZONE",
    ]


def test_settings_of_the_environment_stand_above_those_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings"
    written = "\ufefflisten=127.0.0.1:1\nexport ADMIN_IDS=12, 34 # ours\nTIMEZONE='Asia/Tashkent'\n"
    written += "CONTACT=\nLOG_LEVEL=debug\n"
    file.write_text(written, "utf-8")
    monkeypatch.setenv("TIMEZONE", "Asia/Almaty")
    monkeypatch.setenv("LOG_FORMAT", "")
    found = load(str(file), pages_proxies="2")
    assert (found.listen, found.admin_ids, found.timezone, found.pages_proxies) == (
        "127.0.0.1:1",
        (12, 34),
        "Asia/Almaty",
        2,
    )
    assert (found.contact, found.log_level, found.log_format) == ((), "DEBUG", "console")
    file.write_bytes("CONTACT=Айгүл".encode("cp1251", "replace"))
    with pytest.raises(SettingsError, match="is not text in UTF-8"):
        load(str(file))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("answers_per_second", "0", "write a number of answers a second from 1 on, e.g. 200"),
        ("pages_proxies", "10", "write a number of proxies from 0 to 9, e.g. 1"),
        ("backup_keep", "-1", "write a number of copies from 1 on, e.g. 7"),
        ("log_level", "LOUD", "write one of DEBUG, INFO, WARNING, ERROR"),
        ("default_language", "de", "write one of ky, ru, uz_Cyrl, uz, en"),
        ("transcribe_command", "listen '", "close the quotation marks of the command"),
        ("webhook_secret", "a b", "a webhook needs a secret of 1 to 256 letters, digits, _ or -"),
        ("bot_token", "mine", "write it as BotFather gave it, e.g. 123456:ABC-DEF"),
        ("bot_token", "", ""),
    ],
)
def test_a_mistake_says_what_to_write(name: str, value: str, words: str) -> None:
    assert mistake_in(name, value) == words


def test_a_webhook_without_a_secret_is_a_mistake() -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET: a webhook needs a secret"):
        load("", webhook_url="https://bot.example.kg/hook")


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = load("", bot_token="1:SECRET", database_url="postgresql://u:SECRET@h/d", webhook_secret="SECRET")
    assert "SECRET" not in repr(settings)


def test_the_bounds_of_a_budget_for_each_person_are_one_setting() -> None:
    assert load("").budget_per_head == (1_000, 300_000)
    assert load("", budget_per_head=" 500 - 20000 ").budget_per_head == (500, 20_000)


@pytest.mark.parametrize("written", ["1000", "300000-1000", "a-b", "1000-", "-1000-300000", "1-2-3"])
def test_bounds_that_are_no_bounds_are_a_mistake(written: str) -> None:
    with pytest.raises(SettingsError, match="BUDGET_PER_HEAD: write the least and the most som"):
        load("", budget_per_head=written)


def test_whom_residents_ask_is_a_name_a_number_and_hours() -> None:
    assert load("", contact="").contact == ()
    assert load("", contact=" Айгүл  Асанова;+996 555 000 111 ").contact == (
        "Айгүл Асанова",
        "+996 555 000 111",
    )
    for written in ("a;b;c;d", "a" * 101):
        with pytest.raises(SettingsError, match="CONTACT: write name; phone; hours"):
            load("", contact=written)


@pytest.mark.parametrize("written", ["0", "-1", "three", "2.5", "76"])
def test_people_are_kept_for_whole_years(written: str) -> None:
    assert load("", retention_years="5").retention_years == 5
    with pytest.raises(SettingsError, match="RETENTION_YEARS: write a number of years from 1 to 75"):
        load("", retention_years=written)


def test_a_secret_may_lie_in_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token, secret = tmp_path / "token", tmp_path / "WEBHOOK_SECRET"
    token.write_text("1:IN-A-FILE\n", "utf-8")
    secret.write_text("handed_over", "utf-8")
    assert load("", bot_token_file=str(token)).bot_token == "1:IN-A-FILE"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert load("").webhook_secret == "handed_over"
    assert load("", webhook_secret="given").webhook_secret == "given"
    with pytest.raises(SettingsError, match="BOT_TOKEN: is given twice"):
        load("", bot_token_file=str(token), bot_token="1:A")
    with pytest.raises(SettingsError, match=r"DATABASE_URL_FILE: .*nowhere cannot be read"):
        load("", database_url_file=str(tmp_path / "nowhere"))
    token.write_text(" \n", "utf-8")
    with pytest.raises(SettingsError, match=r"BOT_TOKEN_FILE: .*token is empty"):
        load("", bot_token_file=str(token))


@pytest.mark.parametrize("address", ["http://bot.example.kg/hook", "http://10.0.0.5/hook", "http://localhost.kg/"])
def test_a_webhook_that_everybody_on_the_way_could_read_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="WEBHOOK_URL: write https://"):
        load("", webhook_url=address, webhook_secret="s")


@pytest.mark.parametrize("address", ["https://bot.example.kg/hook", "http://127.0.0.1:8080/hook", "http://[::1]/hook"])
def test_a_webhook_behind_a_proxy_of_this_machine_needs_no_encryption(address: str) -> None:
    assert load("", webhook_url=address, webhook_secret="s").webhook_url == address


def test_the_operators_address_is_another_than_the_webhooks() -> None:
    apart = load(metrics_listen="[::]:9100")
    assert apart.operator_address.from_here == "[::1]:9100"
    assert load().operator_address.from_here == "127.0.0.1:8080"
    for wrong in ("127.0.0.1:8080", "9100", "127.0.0.1:99999"):
        with pytest.raises(SettingsError, match="METRICS_LISTEN: write"):
            load(metrics_listen=wrong)


def test_pages_are_served_at_an_address_of_their_own_whose_public_one_is_known() -> None:
    url = "https://hearings.example.org"
    assert load().pages_address is None
    assert load(pages_listen="127.0.0.1:8090", pages_url=url).pages_address == ("127.0.0.1", 8090)
    with pytest.raises(SettingsError, match="PAGES_LISTEN: set PAGES_URL too"):
        load(pages_listen="127.0.0.1:8090")
    with pytest.raises(SettingsError, match="PAGES_LISTEN: write another address than that of METRICS_LISTEN"):
        load(metrics_listen="127.0.0.1:8090", pages_listen="127.0.0.1:8090", pages_url=url)
