"""The same people in ours and in red-dwarf, another program for the groups of Polis: equal groups, equal comments."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest

from bot.domain.opinion_groups import MOST_COMMENTS
from bot.reports import opinions
from tests.reports.crowds import crowd

if TYPE_CHECKING:
    from collections.abc import Sequence

ASKED: Final = """
import json, sys
from reddwarf.implementations.base import run_pipeline
given = json.load(sys.stdin)
votes = [
    {"participant_id": person, "statement_id": comment, "vote": int(comment in supported), "modified": 0}
    for person, supported in enumerate(given["people"]) for comment in given["comments"]
]
found = run_pipeline(votes, random_state=0)
labels = [int(label) for label in found.clusterer.labels_]
typical = {
    int(group): [each["tid"] for each in rows if "best-agree" not in each] for group, rows in found.repness.items()
}
json.dump({"labels": labels, "typical": typical}, sys.stdout)
"""


def asked(python: str, people: Sequence[frozenset[int]]) -> Any:
    """What red-dwarf finds."""
    comments = sorted(frozenset().union(*people))
    given = json.dumps({"people": [sorted(each) for each in people], "comments": comments})
    done = subprocess.run([python, "-c", ASKED], input=given, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.red_dwarf
@pytest.mark.parametrize("sizes", [(14, 9), (15, 13, 9), (30, 20, 12), (60, 45)])
@pytest.mark.parametrize("seed", range(3))
def test_red_dwarf_finds_the_same_groups(request: pytest.FixtureRequest, sizes: tuple[int, ...], seed: int) -> None:
    people = [supported for _, supported in crowd(sizes, seed=seed)]
    theirs = asked(request.config.getoption("--red-dwarf"), people)
    matrix, comments = opinions.matrix_of(people), opinions.compared(people)
    labels = opinions.divide(opinions.project(matrix))
    assert labels is not None
    pairs = set(zip(map(int, labels), theirs["labels"], strict=True))
    assert len(pairs) == len(set(theirs["labels"])) == len(sizes)
    for our_number, their_number in pairs:
        measures = opinions.typical(matrix, labels == our_number, comments)
        told = theirs["typical"][str(their_number)]
        assert len(told) >= min(MOST_COMMENTS - 1, len(measures))  # one of its five places goes by another rule
        ranked = sorted(measures.values(), reverse=True)[: len(told) + 1]
        without_one = [ranked[:place] + ranked[place + 1 :] for place in range(len(ranked))]
        assert [measures[comment] for comment in told] in [ranked[: len(told)], *without_one]
