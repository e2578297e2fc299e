"""What administrators read of alarms, in every language."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.alarms import Alarm, AlarmNews, AlarmState
from bot.domain.languages import LANGUAGES
from bot.i18n import Catalogues
from handlers.views import alarms
from tests.samples import NOW

CATALOGUES = Catalogues.load()
BISHKEK = ZoneInfo("Asia/Bishkek")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_alarm_says_what_is_wrong_what_to_do_and_when_it_was(language: str) -> None:
    t = CATALOGUES[language]
    for alarm in Alarm:
        state = AlarmState(alarm, "<disk> & all", NOW, NOW, fine_since=NOW + timedelta(hours=1))
        begun, over, past = (alarms.render(t, state, news, BISHKEK).text for news in AlarmNews)
        assert t(alarms.WRONG[alarm]) in begun.replace("&amp;", "&")
        assert t(alarms.TO_DO[alarm]) in begun
        assert "&lt;disk&gt; &amp; all" in begun
        assert t.moment(NOW, BISHKEK) in begun
        assert t.moment(NOW + timedelta(hours=1), BISHKEK) in over
        assert past.startswith(over)
        assert len(over) < len(past) < 1_000
