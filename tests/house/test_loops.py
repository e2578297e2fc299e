"""The loop in which tests run."""

from __future__ import annotations

import asyncio

import pytest

from tests.loops import own_event_loop


@pytest.mark.filterwarnings("error")
def test_a_test_that_leaves_something_open_fails_and_does_not_hang() -> None:
    loop = own_event_loop()
    server = loop.run_until_complete(asyncio.start_server(lambda *_: None, "127.0.0.1", 0))
    with pytest.raises(ResourceWarning, match="unclosed"):
        loop.close()
    assert loop.is_closed()
    del server
