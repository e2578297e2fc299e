"""Files for other programs, read by those programs: frictionless, pabutools and red-dwarf, each apart from ours."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.reports.bundles import GIVEN, bundle, pabulib, polis
from tests.reports.hostile import HOSTILE_TEXTS
from tests.reports.samples import COMMENTS, comment

if TYPE_CHECKING:
    from pathlib import Path

VALID: Final = """
import json, sys
from frictionless import Package, system
with system.use_context(trusted=True):
    report = Package(sys.argv[1]).validate()
errors = report.flatten(["title", "note"])
rows = {task.name: task.stats.get("rows", 0) for task in report.tasks}
json.dump({"valid": report.valid, "errors": errors, "rows": rows}, sys.stdout)
"""
ELECTION: Final = """
import json, sys
from pabutools.election import parse_pabulib
instance, profile = parse_pabulib(sys.argv[1])
def said(ballot):
    if type(profile).__name__ == "CumulativeProfile":
        return {project.name: int(ballot[project]) for project in ballot}
    return [project.name for project in ballot]
votes = [said(ballot) for ballot in profile]
told = {"kind": type(profile).__name__, "projects": len(instance), "votes": votes, "budget": int(instance.budget_limit)}
json.dump(told, sys.stdout)
"""
READ: Final = """
import csv, json, sys
from reddwarf.models import Statement, Vote
from reddwarf.utils.matrix import generate_raw_matrix
def rows(name):
    with open(f"{sys.argv[1]}/{name}", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
statements = [Statement(**row).model_dump(mode="json") for row in rows("comments.csv")]
votes = [Vote(**row).model_dump(mode="json") for row in rows("votes.csv")]
matrix = generate_raw_matrix(votes=votes)
lines = [{str(name): int(value) for name, value in row.dropna().items()} for _, row in matrix.iterrows()]
json.dump({"texts": [each["txt"] for each in statements], "lines": lines}, sys.stdout)
"""


def told(python: str, program: str, path: Path) -> Any:
    """What another program says of a file."""
    done = subprocess.run([python, "-c", program, str(path)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def laid_out(folder: Path, archive: Path) -> Path:
    """The files of an archive in a folder."""
    with zipfile.ZipFile(archive) as found:
        found.extractall(folder)
    return folder


@pytest.mark.frictionless
@pytest.mark.parametrize("everybody", [False, True])
def test_frictionless_finds_every_table_valid(request: pytest.FixtureRequest, tmp_path: Path, everybody: bool) -> None:
    comments = (*COMMENTS, *(comment(number, words) for number, words in enumerate(HOSTILE_TEXTS, start=50)))
    storable = tuple(each for each in comments if each.text.isascii() or "\ud83d" not in each.text)
    bundle(tmp_path / "r.zip", everybody=everybody, comments=storable, language="ky")
    package = laid_out(tmp_path / "r", tmp_path / "r.zip") / "datapackage.json"
    found = told(request.config.getoption("--frictionless"), VALID, package)
    assert (found["valid"], found["errors"]) == (True, [])
    assert found["rows"]["comments"] == len(storable)
    assert found["rows"].get("votes") == (None if everybody else 102)


@pytest.mark.pabutools
@pytest.mark.parametrize(("number", "kind"), [(3, "OrdinalProfile"), (4, "CumulativeProfile")])
def test_pabutools_reads_every_answer(request: pytest.FixtureRequest, tmp_path: Path, number: int, kind: str) -> None:
    pabulib(tmp_path / "r.zip")
    file = laid_out(tmp_path / "r", tmp_path / "r.zip") / f"question-{number}.pb"
    found = told(request.config.getoption("--pabutools"), ELECTION, file)
    assert (found["kind"], found["projects"]) == (kind, found["budget"])
    expected: Counter[str] = Counter()
    for each in GIVEN[number]:
        placed = sorted(each.answer, key=each.answer.__getitem__)
        said = [str(option) for option in placed] if number == 3 else {str(o): each.answer[o] for o in each.options}
        expected[json.dumps(said)] += each.people
    assert Counter(map(json.dumps, found["votes"])) == expected


@pytest.mark.red_dwarf
def test_red_dwarf_reads_every_statement_and_every_reaction(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    polis(tmp_path / "r.zip")
    found = told(request.config.getoption("--red-dwarf"), READ, laid_out(tmp_path / "r", tmp_path / "r.zip"))
    assert COMMENTS[0].text in found["texts"]
    assert Counter(len(line) for line in found["lines"]) == {3: 5, 1: 1}
    assert sum(value == -1 for line in found["lines"] for value in line.values()) == 4
