from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.errors import StoreUnavailable
from storage.addresses import file_of, is_sqlite, parse_address


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("sqlite:///hearings.db", "sqlite+pysqlite:///hearings.db"),
        ("sqlite:////var/lib/hearings.db?timeout=1", "sqlite+pysqlite:////var/lib/hearings.db?timeout=1"),
        ("postgresql://user:pw@host/db", "postgresql+asyncpg://user:pw@host/db"),
        ("postgres://user:pw@host:5433/db", "postgresql+asyncpg://user:pw@host:5433/db"),
        ("postgresql+asyncpg://host/db", "postgresql+asyncpg://host/db"),
        ("postgresql://host/db?sslmode=require", "postgresql+asyncpg://host/db?ssl=require"),
    ],
)
def test_addresses_get_their_driver(written: str, meant: str) -> None:
    assert parse_address(written).render_as_string(hide_password=False) == meant


def test_a_file_is_found_where_the_address_says() -> None:
    assert file_of(parse_address("sqlite:///hearings.db")) == Path("hearings.db")
    assert file_of(parse_address("sqlite:////var/lib/hearings.db")) == Path("/var/lib/hearings.db")
    assert is_sqlite(parse_address("sqlite:///hearings.db"))
    assert not is_sqlite(parse_address("postgresql://host/db"))


@pytest.mark.parametrize(
    "written", ["", "hearings.db", "mysql://user:secret@host/db", "sqlite://", "sqlite:///:memory:"]
)
def test_other_addresses_are_refused_without_telling_the_password(written: str) -> None:
    with pytest.raises(StoreUnavailable) as refusal:
        parse_address(written)
    assert "secret" not in str(refusal.value)
