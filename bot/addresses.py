"""Addresses as the settings write them: of this machine's own servers, and of others'."""

from __future__ import annotations

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit


class ListeningAddress(NamedTuple):
    """Where a server of this process listens."""

    host: str
    port: int

    @classmethod
    def parse(cls, written: str) -> ListeningAddress:
        """``address:port`` as the settings have it. Raises ValueError with what to write."""
        host, colon, port = written.rpartition(":")
        if not colon or not port.isdecimal() or int(port) > 65535:
            raise ValueError("write address:port, e.g. 127.0.0.1:8080")
        return cls(host.strip("[]"), int(port))

    @property
    def from_here(self) -> str:
        """The address by which a program on this machine reaches it, for an URL."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104
        return f"{f'[{host}]' if ':' in host else host}:{self.port}"


def is_address(url: str) -> bool:
    """False where the port is no port or the brackets of an IPv6 address do not match."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """True for a name or number of this very machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
