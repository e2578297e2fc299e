"""Nobody who has open data, and every sum and difference of it, finds a group of fewer than five voters."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cast_answers import CastAnswer
from bot.domain.comments import Channel
from bot.domain.tallies import SMALLEST_GROUP, Count, Tally
from tests.reports.bundles import DAY, bundle, table
from tests.reports.samples import QUESTIONS, record
from tests.scale import examples

VOTERS = st.dictionaries(
    st.tuples(st.sampled_from([1, 3]), st.sampled_from(list(Channel))), st.integers(0, 12), max_size=8
)


@settings(max_examples=examples(120))
@given(VOTERS)
def test_no_channel_of_few_can_be_computed(voters: dict[tuple[int, Channel], int]) -> None:
    tallies = {key: Tally(count, {1: Count(count, count)}) for key, count in voters.items()}
    given_answers = {
        question.no: (CastAnswer(Channel.TELEGRAM, DAY, {1: 1}, voters.get((question.no, Channel.TELEGRAM), 0)),)
        for question in QUESTIONS
    }
    with tempfile.TemporaryDirectory() as folder:
        found = bundle(
            Path(folder, "r.zip"),
            everybody=True,
            of=replace(record(), tallies=tallies),
            given=given_answers,
            comments=(),
        )
    totals: dict[int, list[int]] = {}
    for row in table(found["tallies.csv"]):
        if row["option"] == "0" and row["people"]:
            totals.setdefault(int(row["question"]), []).append(int(row["people"]))
    for question, told in totals.items():
        exact = [count for (number, _), count in voters.items() if number == question]
        assert sum(told) == sum(exact)
        assert not [count for count in told if 0 < count < SMALLEST_GROUP]
        single = found.get(f"pabulib/question-{question}.pb", b"").decode()
        if single:
            rows = single.split("VOTES\n")[1].count("\n") - 1
            assert rows in told  # a channel that stands apart, not a part of what is told together
            assert sum(told) - rows == 0 or sum(told) - rows >= SMALLEST_GROUP
    for statement, row in zip((1, 2), table(found["polis/comments.csv"], ","), strict=True):
        assert row["agrees"] in ("", "0", str(sum(totals.get(statement, [0]))))
