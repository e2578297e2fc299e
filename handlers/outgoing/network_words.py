"""Why a request did not arrive, in words for an operator: no class names, and no address with the token in it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from pyreqwest.exceptions import BuilderError, DetailedPyreqwestError, PoolTimeoutError, RequestTimeoutError

if TYPE_CHECKING:
    from urllib.parse import SplitResult

TOO_LATE: Final = "it does not answer in time"
BROKEN: Final = "the connection broke"
NO_ADDRESS: Final = "that is no address"
UNCONNECTED: Final = "client error (Connect)"
"""What hyper says beneath an error that came before there was a connection, so that nothing was sent.

Not the class: ``ConnectError`` and ``ConnectTimeoutError`` are also raised of a connection that breaks or is silent
later (pyreqwest 0.15).
"""
SYSTEM_ERROR: Final = re.compile(r"\(os error (\d+)\)")


def is_unsent(error: BaseException) -> bool:
    """True where nothing of the request has left: no such host, no listener, no handshake, no time, no address."""
    return isinstance(error, BuilderError | PoolTimeoutError) or UNCONNECTED in _causes(error)


def network_words(error: BaseException, url: str) -> str:
    """The cause of an error of the HTTP client with the address ``url``.

    Not the error's own words: some of them carry the address, and the address carries the token.
    """
    causes = _causes(error)
    if isinstance(error, BuilderError):
        return NO_ADDRESS
    if UNCONNECTED in causes:
        return _unconnected(causes, urlsplit(url))
    if isinstance(error, RequestTimeoutError):
        return TOO_LATE
    return f"{BROKEN}{_system(causes)}"


def _unconnected(causes: list[str], address: SplitResult) -> str:
    host, proxy = address.hostname or "", _proxy(address)
    where = f"the proxy {proxy}" if proxy else f"{host}:{address.port or (443 if address.scheme == 'https' else 80)}"
    if "tunnel error: unsuccessful" in causes:
        return f"{where} refuses it"
    if "tunnel error: proxy authorization required" in causes:
        return f"{where} wants another password"
    if "dns error" in causes:
        return f"the name of {where} is not found" if proxy else f"the name {host} is not found"
    if any(cause.startswith("invalid peer certificate") for cause in causes):
        return f"the certificate of {host} is not accepted; look at the machine's clock"
    if "received corrupt message of type InvalidContentType" in causes or "tls handshake eof" in causes:
        return f"{where} speaks no TLS"
    return f"{where} does not answer{_system(causes)}"


def _proxy(address: SplitResult) -> str | None:
    """Host and port of the proxy that the machine has for an address."""
    if proxy_bypass(address.hostname or ""):
        return None
    proxies = getproxies()
    proxy = proxies.get(address.scheme) or proxies.get("all")
    return proxy.rpartition("@")[2].rpartition("//")[2].rstrip("/") if proxy else None


def _causes(error: BaseException) -> list[str]:
    """What it says of itself, the deepest last."""
    details: Any = error.details if isinstance(error, DetailedPyreqwestError) else {}
    return [cause["message"] for cause in details.get("causes") or ()]


def _system(causes: list[str]) -> str:
    """What the system says, in brackets."""
    number = SYSTEM_ERROR.search(" ".join(causes))
    return f" ({os.strerror(int(number[1])).lower()})" if number else ""
