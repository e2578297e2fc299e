"""Why a request did not arrive, in words for an operator: no class names, and no address with the token in it."""

from __future__ import annotations

import os
import socket
from typing import Final

import aiohttp

TOO_LATE: Final = "it does not answer in time"
BROKEN: Final = "the connection broke"


def network_words(error: BaseException) -> str:
    """The cause of an error of the HTTP client.

    Not the error's own words: some of them carry the address, and the address carries the token.
    """
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return f"the proxy {error.host}:{error.port} does not answer{_system(error)}"
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"the proxy refuses it (status {error.status})"
    if isinstance(error, aiohttp.InvalidURL):
        return "that is no address"
    if isinstance(error, aiohttp.ClientConnectorError):
        return _unconnected(error)
    if isinstance(error, TimeoutError):
        return TOO_LATE
    return f"{BROKEN}{_system(error)}"


def _unconnected(error: aiohttp.ClientConnectorError) -> str:
    where = f"{error.host}:{error.port}"
    if isinstance(error, aiohttp.ClientConnectorDNSError) or isinstance(error.os_error, socket.gaierror):
        return f"the name {error.host} is not found"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"the certificate of {error.host} is not accepted; look at the machine's clock"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"{where} speaks no TLS"
    return f"{where} does not answer{_system(error)}"


def _system(error: BaseException) -> str:
    """What the system says, in brackets."""
    number = getattr(error, "errno", None)
    return f" ({os.strerror(number).lower()})" if isinstance(number, int) and number > 0 else ""
