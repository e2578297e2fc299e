"""How much a test does of what it does again and again: a few rounds by default, all of them with ``--full``.

What is tested is the same; how often a process is killed, how large a crowd is and how many examples are made up
is not. ``.ci/run`` runs everything in full. ``--kills N`` kills N times on each database, and as often one of several
processes, instead of ``KILLS``; other tests that kill kill as much more often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.faults.disks import can_mount

if TYPE_CHECKING:
    from collections.abc import Collection

    import pytest

KILLS: Final = 20
"""How often the bot that people vote with is killed on each database."""

_full = False
_hostile_updates: int | None = None
_kills: int | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the option."""
    words = "kill as often, gather as large crowds and make up as many examples as promised, not only a few"
    parser.addoption("--full", action="store_true", help=words)
    words = f"how often the bot is killed on each database instead of {KILLS} times; other programs in proportion"
    parser.addoption("--kills", type=int, metavar="N", help=words)
    words = "how many updates of any shape are brought in each way of receiving"
    parser.addoption("--hostile-updates", type=int, metavar="N", help=words)


def pytest_configure(config: pytest.Config) -> None:
    """Decide before any test module is read."""
    global _full, _hostile_updates, _kills  # noqa: PLW0603 - decorators ask while modules are read, without a config
    _full = config.getoption("--full")
    _hostile_updates = config.getoption("--hostile-updates")
    _kills = config.getoption("--kills")
    config.addinivalue_line("markers", "disks: mounts a disk of its own, which takes root; --full runs it")
    meaning = "takes long, and what it holds is held by a step of .ci/run too; --full runs it"
    config.addinivalue_line("markers", f"full: {meaning}")
    # How long a made-up example takes says how busy the machine is: benchmarks measure, tests do not.
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    settings.register_profile("ours", deadline=None, max_examples=examples(100), suppress_health_check=slow)
    settings.load_profile("ours")
    if not _full:
        _read_no_sources()


def _read_no_sources() -> None:
    """Let Hypothesis make up its numbers and words without those in our sources.

    Each process of a run would parse them all before its first example, two to four seconds in a fresh clone. There is
    no public way to say so; where the private one is gone, they are read.
    """
    if hasattr(providers, "is_local_module_file"):
        providers.is_local_module_file = _is_no_source


def _is_no_source(path: str) -> bool:
    return False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only ``--full`` runs."""
    known = {item.nodeid for item in items}
    left_out = [item for item in items if (not _full and _is_left_out(item, known)) or _lacks_disks(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _lacks_disks(item: pytest.Item) -> bool:
    """Whether it needs a disk of its own on a machine that gives none: ``.ci/run`` says so."""
    return item.get_closest_marker("disks") is not None and not (_full and can_mount())


def _is_left_out(item: pytest.Item, known: Collection[str]) -> bool:
    """Whether only ``--full`` runs it: what says so, and on the second kind of database all but the storage's own.

    ``--kills`` runs what kills, too. What is tried on one kind of database alone, or asked for by its name, is tried.
    """
    kills_some = item.get_closest_marker("kills") is not None
    if _kills is not None and kills_some:
        return False
    if item.get_closest_marker("full"):
        return True
    on_a_file = item.nodeid.replace("[postgresql", "[sqlite")
    if not item.nodeid.startswith("tests/storage/") and on_a_file != item.nodeid and on_a_file in known:
        return True
    chosen = getattr(item, "callspec", None)
    if not kills_some:
        return False
    return bool(chosen and "postgresql" in chosen.params.values())


def rounds(full: int, few: int) -> int:
    """``full`` with ``--full``, else ``few``."""
    return full if _full else few


def kills(full: int, *, few: int) -> int:
    """How often a process is killed, or how much is done between: as ``rounds``, or ``full`` as ``--kills`` says."""
    return rounds(full, few) if _kills is None else max(1, full * _kills // KILLS)


def hostile_updates(*, few: int) -> int:
    """How many updates of any shape: what ``--hostile-updates`` says, else 10,000 with ``--full``, else ``few``."""
    return rounds(10_000, few) if _hostile_updates is None else _hostile_updates


def examples(full: int) -> int:
    """How many made-up examples: a quarter of ``full`` unless ``--full`` is given."""
    return rounds(full, full // 4)
