"""What is shipped for running the service: it installs what was tested, and starts what there is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from sheetflow.entrypoints.cli.commands import sheetflow
from sheetflow.jobs.timetable import next_due
from sheetflow.wiring.settings import Settings

PROJECT = Path(__file__).parents[1]
DEPLOY = PROJECT / "sheetflow" / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
UNIT = (DEPLOY / "sheetflow.service").read_text("utf-8")
LOCK = PROJECT / ".requirements.lock"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file."""
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return read


def test_the_image_has_the_versions_that_were_tested(tmp_path: Path) -> None:
    """The line that makes constraints of the lock keeps each version with its condition, and names each once."""
    command = re.search(r"^RUN (sed .*?) \.requirements\.lock", DOCKERFILE, re.MULTILINE)
    assert command is not None
    shell = f"{command[1]} {LOCK} > {tmp_path / 'versions.txt'}"
    subprocess.run(["sh", "-c", shell], check=True)
    made = [Requirement(line) for line in (tmp_path / "versions.txt").read_text().splitlines()]
    assert len(made) == len(re.findall(r"^[A-Za-z0-9].*==", LOCK.read_text("utf-8"), re.MULTILINE))
    assert not any(each.extras for each in made)
    held = [each.name for each in made if each.marker is None or each.marker.evaluate()]
    assert len(held) == len(set(held))
    assert {"numba", "numpy", "sqlalchemy", "gunicorn", "apprise", "procrastinate"} <= set(held)


def test_the_image_compiles_what_it_runs() -> None:
    """The machine code is kept beside the installed engine, not beside sources that are left behind."""
    assert re.search(r"cd / && \S+python -m sheetflow\.engine\.warming", DOCKERFILE)


def test_the_image_starts_what_there_is() -> None:
    """The app that gunicorn is given exists, and its health is asked for where it listens."""
    from sheetflow.entrypoints.web import wsgi

    found = re.search(r"^CMD (\[.*\])$", DOCKERFILE.replace("\\\n", ""), re.MULTILINE)
    assert found is not None
    module, _, call = json.loads(found[1])[-1].partition(":")
    assert module == wsgi.__name__
    assert callable(getattr(wsgi, call.removesuffix("()")))
    assert "0.0.0.0:8000" in found[1]
    assert "http://127.0.0.1:8000/healthz" in DOCKERFILE


def test_compose_runs_commands_that_there_are(compose: dict[str, Any]) -> None:
    """Services are of the one image, read-only, and reach each other alone; secrets are files."""
    services = compose["services"]
    assert set(services) == {"service", "worker", "database"}
    assert services["worker"]["command"][1] in sheetflow.commands
    assert services["service"]["ports"] == ["127.0.0.1:8000:8000"]
    assert "ports" not in services["database"]
    for name in ("service", "worker"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert set(services[name]["secrets"]) <= set(compose["secrets"])
        for variable in services[name]["environment"]:
            bare = variable.removeprefix("SHEETFLOW_").removesuffix("_FILE").lower()
            assert bare in Settings.model_fields


def test_the_example_of_an_environment_is_read() -> None:
    """Every line of it is a setting that can be used, those in comments too."""
    lines = (DEPLOY / "environment.example").read_text("utf-8").splitlines()
    given = dict(
        line.lstrip("#").split("=", 1) for line in lines if re.match(r"#?SHEETFLOW_", line)
    )
    settings = Settings.from_environment(given)
    assert settings.base_url.startswith("https://")
    assert settings.keys_only


def test_cron_looks_for_what_is_due() -> None:
    """The line is a timetable and a command that there is."""
    lines = (DEPLOY / "sheetflow.cron").read_text("utf-8").splitlines()
    words = next(line.split() for line in lines if line.startswith("*"))
    now = datetime(2026, 11, 23, 12, 1, tzinfo=UTC)
    assert (next_due(" ".join(words[:5]), "UTC", now) - now).total_seconds() <= 300
    assert words[5:] == ["sheetflow", "sync"]
    assert words[6] in sheetflow.commands


def test_the_unit_is_one(tmp_path: Path) -> None:
    """No fault is found in it by systemd, once there is a program where it starts one."""
    command = re.search(r"^ExecStart=(\S+) (\w+)$", UNIT, re.MULTILINE)
    assert command is not None
    assert command[2] in sheetflow.commands
    examine = shutil.which("systemd-analyze")
    if examine is None:
        pytest.skip("systemd is not installed")
    unit = tmp_path / "sheetflow.service"
    unit.write_text(UNIT.replace(command[1], "/bin/true"), "utf-8")
    done = subprocess.run(
        [examine, "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
