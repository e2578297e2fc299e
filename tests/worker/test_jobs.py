"""Jobs go to another process: nothing is lost on the way."""

from __future__ import annotations

import pickle
from zoneinfo import ZoneInfo

from bot.reports.jobs import PosterJob, RecordJob
from bot.reports.picture_jobs import ChartJob
from bot.reports.poster import PosterText
from tests.handlers.views import largest


def test_jobs_can_be_handed_to_another_process() -> None:
    hearing, (village, *_) = largest.hearing(id_=1), largest.villages(3)
    text = PosterText(hearing, largest.place(), village, "https://t.me/bot?start=1", ZoneInfo("Asia/Bishkek"))
    for job in (PosterJob((text,), ("ky", "ru")), ChartJob(hearing.dossier, "uz_Cyrl"), RecordJob(1, "csv", "ky")):
        assert pickle.loads(pickle.dumps(job)) == job
