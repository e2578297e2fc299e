"""What people install: the wheel, in an empty environment, from another folder; and the README's two commands."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import venv
import zipfile
from collections import deque
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.front.shell import HOUSE, SETTINGS, TOKEN, silent_port

README = (HOUSE / "README.md").read_text("utf-8")
CARRIED = {
    *(f"locales/{language}/LC_MESSAGES/messages.po" for language in ("ky", "ru", "uz", "uz_Cyrl")),
    *("bot/reports/fonts/OFL.txt", "storage/migrations/env.py", "bot/workbook/spellings.csv"),
    "bot/simulator/botapi.json",
    *(f"bot/demo/{name}.json" for name in ("pilot", "sample")),
    "bot/demo/page/index.html",
}
PACKAGES = {"bot", "handlers", "locales", "storage"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(HOUSE))
    subprocess.run(build, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_carries_all_that_the_program_reads_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert CARRIED - names == set()
    for place, ending in (
        ("bot/reports/", ".typ"),
        ("bot/reports/fonts/", ".ttf"),
        ("storage/migrations/versions/", ".py"),
    ):
        kept = {str(path.relative_to(HOUSE)) for path in (HOUSE / place).rglob(f"*{ending}")}
        assert kept, place
        assert kept - names == set()
    page = {str(path.relative_to(HOUSE)) for path in (HOUSE / "bot/demo/page").rglob("*") if path.is_file()}
    assert page - names == set()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == PACKAGES
    licences = {name.split("/", 1)[1] for name in names if "/licenses/" in name}
    assert licences == {"licenses/LICENSE", "licenses/bot/reports/fonts/OFL.txt"}


@pytest.mark.full
@pytest.mark.timeout(300)
def test_it_runs_from_an_empty_environment_and_another_folder(wheel: Path, tmp_path: Path) -> None:
    program = installed(wheel, tmp_path / "environment")
    folder, temporary = tmp_path / "elsewhere", tmp_path / "temporary"
    folder.mkdir()
    temporary.mkdir()
    around = {name: value for name, value in os.environ.items() if name not in {*SETTINGS, "PYTHONPATH"}}
    around |= {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": ""}

    check = subprocess.run([program, "check"], cwd=folder, env=around, capture_output=True, text=True, check=False)
    assert (check.returncode, check.stderr) == (1, "")
    said = [line[0] for line in check.stdout.splitlines()]
    assert (set(said[:-1]), said[-1]) == ({"✓", "○"}, "✗"), check.stdout
    assert "BOT_TOKEN is missing: ask BotFather for one" in check.stdout
    assert list(folder.iterdir()) == []

    words = (program, "demo", "--no-browser", "--port", "0")
    with subprocess.Popen(
        words, cwd=folder, env=around, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as demo:
        assert demo.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", demo.stdout.readline())
        if found is not None:
            with urllib.request.urlopen(found.group(), timeout=30) as page:
                assert b"hearing-bot demo" in page.read()
        demo.send_signal(signal.SIGTERM)
        _, complaints = demo.communicate(timeout=60)
    assert found is not None, complaints
    said = [line for line in complaints.splitlines() if not line.endswith("seconds so far")]
    assert (demo.returncode, said) == (0, ["Starting hearing-bot ...", "Building the sample town ..."])
    assert list(temporary.iterdir()) == []


@pytest.mark.full
@pytest.mark.timeout(300)
def test_on_a_fresh_machine_without_telegram_each_command_says_what_is_next(wheel: Path, tmp_path: Path) -> None:
    program, folder, port = installed(wheel, tmp_path / "environment"), tmp_path / "elsewhere", silent_port()
    folder.mkdir()
    around = {name: value for name, value in os.environ.items() if name not in {*SETTINGS, "PYTHONPATH"}}
    around |= {"TELEGRAM_API_URL": f"http://127.0.0.1:{silent_port()}", "LISTEN": f"127.0.0.1:{port}"}

    def said(*words: str, given: str = "") -> str:
        done = subprocess.run(
            (program, *words), cwd=folder, env=around, input=given, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    assert "hearing-bot check`, which says what is still missing" in said("init", given=f"{TOKEN}\n12\n\n\n\n")
    assert "there is none yet; the first command that stores makes it" in said("check")
    assert "There is no database yet" in said("status")
    assert "The bot does not answer on LISTEN" in said("health")
    with subprocess.Popen((program, "run"), cwd=folder, env=around, stderr=subprocess.PIPE, text=True) as bot:
        assert bot.stderr is not None
        assert "Telegram cannot be reached, trying again" in bot.stderr.readline()
        assert "none yet" in said("status")
        assert "connection refused" in said("health", "--ready")
        bot.send_signal(signal.SIGTERM)
        bot.communicate(timeout=60)
    assert bot.returncode == 0
    assert "✓ database: " in said("check")


def installed(wheel: Path, environment: Path) -> Path:
    """The command, once the wheel, and nothing but what it asks for, stand in an empty environment.

    pip puts the wheel there; what it asks for is linked from around this test, where the README's command has just
    put it, so that nothing is fetched again; pip then says whether every version is one that was asked for.
    """
    venv.create(environment, with_pip=False)
    pip = (sys._base_executable, "-m", "pip", "--python", environment / "bin" / "python")  # type: ignore[attr-defined]
    install = (*pip, "install", "-q", "--no-compile", "--no-deps", "--no-index", wheel)
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (packages,) = environment.glob("lib/python*/site-packages")
    for name in asked_for(distribution(packages)):
        link(metadata.distribution(name), packages)
    done = subprocess.run((*pip, "check"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return environment / "bin" / "hearing-bot"


def distribution(packages: Path) -> metadata.Distribution:
    """The wheel as it was installed among ``packages``."""
    (found,) = metadata.distributions(name="hearing-bot", path=[str(packages)])
    return found


def asked_for(asking: metadata.Distribution) -> set[str]:
    """Names of all that it needs, and that these need in turn, on this machine."""
    found: set[str] = set()
    ahead = deque([(asking, "")])
    seen = set()
    while ahead:
        asks, extra = ahead.popleft()
        for requirement in map(Requirement, asks.requires or ()):
            if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
                continue
            found.add(canonicalize_name(requirement.name))
            for wanted in ("", *sorted(requirement.extras)):
                if (canonicalize_name(requirement.name), wanted) not in seen:
                    seen.add((canonicalize_name(requirement.name), wanted))
                    ahead.append((metadata.distribution(requirement.name), wanted))
    return found


def link(installed: metadata.Distribution, packages: Path) -> None:
    """Put its files among ``packages`` too, compiled ones and all."""
    for part in installed.files or ():
        origin = Path(str(installed.locate_file(part)))
        if ".." in part.parts or not origin.exists():
            continue
        (packages / part).parent.mkdir(parents=True, exist_ok=True)
        try:
            (packages / part).hardlink_to(origin)
        except OSError:  # another disk
            shutil.copy2(origin, packages / part)


def command(name: str) -> str:
    """The README's command under this mark."""
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```", README, re.DOTALL)
    assert found is not None, name
    return found[1]


def test_the_readmes_two_commands_are_one_line_each() -> None:
    for name, end in (("demo", r".venv/bin/hearing-bot demo"), ("tests", r".venv/bin/python -m pytest( -n auto)?")):
        assert command(name).count("\n") == 1
        assert re.search(rf" && {end}\n$", command(name))
        assert command(name).startswith(
            "python3 -m venv --without-pip .venv && python3 -m pip --python .venv/bin/python "
        )


def test_ci_runs_the_readmes_lines_for_uvx_and_pipx_with_the_wheel() -> None:
    """Both with the versions of constraints.txt, from this folder; ``.ci/run`` has them take the wheel."""
    assert command("uvx") == "uvx -c constraints.txt --from . hearing-bot demo\n"
    assert command("pipx") == 'pipx install --pip-args="-c constraints.txt" .\n'
    script = (HOUSE / ".ci/run").read_text("utf-8")
    _, _, step = script.partition("step \"the README's lines for uvx and pipx")
    step = step.partition("\nstep ")[0]
    assert [line.strip() for line in step.splitlines() if "readme" in line] == [
        "line=$(readme uvx)",
        "line=$(readme pipx)",
    ]
    assert step.count("eval ") == 2
    assert step.count("wheel") > 3


RUN = {"demo": 'eval "$command --no-browser --port 0"', "tests": 'eval "$command"'}


@pytest.mark.parametrize("name", RUN)
def test_what_ci_runs_is_the_readmes_command(name: str) -> None:
    script = (HOUSE / ".ci/run").read_text("utf-8")
    (extraction,) = re.findall(r"^readme\(\) .*$", script, re.MULTILINE)
    (taken,) = re.findall(rf"^command=\$\(readme {name}\)$", script, re.MULTILINE)
    said = ("bash", "-c", f'{extraction}\n{taken}\nprintf "%s\\n" "$command"')
    found = subprocess.run(said, cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    assert found == command(name)
    after = script[script.index(taken) + len(taken) :].partition("\nstep ")[0]
    assert [line.strip() for line in after.splitlines() if "eval" in line] == [RUN[name]]
