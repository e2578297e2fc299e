"""The catalogues as they ship."""

import pytest

from bot.i18n import Catalogues


@pytest.fixture(scope="session")
def catalogues() -> Catalogues:
    return Catalogues.load()
