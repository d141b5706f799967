"""Settings: none is needed, each is checked, and a service that others reach does not start carelessly."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetflow.entrypoints.cli.mishaps import sentence
from sheetflow.errors import UserError
from sheetflow.wiring.settings import Settings

SECRET = "Zk3v9Qx7Lm2Tn8Rb5Wc1Yd6Hf4Gj0PsAeUiOq"  # noqa: S105  made for these tests alone
OPEN = {
    "SHEETFLOW_HOST": "0.0.0.0",  # noqa: S104  what the checks are about
    "SHEETFLOW_BASE_URL": "https://plan.example.org/",
    "SHEETFLOW_SECRET_KEY": SECRET,
    "SHEETFLOW_KEYS_ONLY": "true",
}


def test_nothing_is_needed(tmp_path: Path) -> None:
    """Without any setting the service is a laptop's: loopback, a database in the user's data folder, open planning."""
    settings = Settings.from_environment({"XDG_DATA_HOME": str(tmp_path), "PATH": "/bin"})
    assert settings.database_url == f"sqlite:///{tmp_path}/sheetflow/sheetflow.db"
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 2)
    assert settings.is_local
    assert settings.planning_is_open
    assert settings.unsafe() == []
    home = Settings.from_environment({}).database_url
    assert home.endswith("/.local/share/sheetflow/sheetflow.db")


def test_settings_are_read_from_the_environment() -> None:
    """Lists by commas, paths as the system parts them, JSON for machines; an empty one counts as none."""
    settings = Settings.from_environment(
        {
            "SHEETFLOW_PORT": "9000",
            "SHEETFLOW_GOOGLE_AUDIENCES": " one.apps.example, two.apps.example ,",
            "SHEETFLOW_MACHINES": '{"crm": "s1"}',
            "SHEETFLOW_GOOGLE_CREDENTIALS": "/keys/a.json:/keys/b.json",
            "SHEETFLOW_OPEN_PLANNING": "no",
            "SHEETFLOW_WORKBOOK_FOLDER": "/workbooks",
            "SHEETFLOW_TIME_ZONE": "",
            "SHEETFLOW_DEBUG": "1",
        }
    )
    assert settings.port == 9000
    assert settings.google_audiences == ("one.apps.example", "two.apps.example")
    assert settings.machines == {"crm": "s1"}
    assert settings.google_credentials == ("/keys/a.json", "/keys/b.json")
    assert not settings.planning_is_open
    assert settings.workbook_folder == Path("/workbooks")
    assert settings.time_zone == "UTC"


@pytest.mark.parametrize(
    ("name", "value", "example"),
    [
        ("PORT", "eighty", "8000"),
        ("PORT", "70000", "8000"),
        ("WORKERS", "0", "2"),
        ("TIME_ZONE", "Mars/Base", "Asia/Jakarta"),
        ("TIME_ZONE", "../../etc/passwd", "Asia/Jakarta"),
        ("BASE_URL", "plan.example.org", "https://"),
        ("KEYS_ONLY", "perhaps", "true"),
        ("MACHINES", "crm=canary", "{"),
        ("MACHINES", '["canary"]', "{"),
        ("LOG_LEVEL", "loud", "INFO"),
    ],
)
def test_a_setting_that_is_wrong_is_named(name: str, value: str, example: str) -> None:
    """With an example of a right one; what stands in it is not repeated, for it may be a secret."""
    with pytest.raises(UserError) as error:
        Settings.from_environment({f"SHEETFLOW_{name}": value})
    told = sentence(error.value)
    assert f"SHEETFLOW_{name}" in told
    assert example in told
    assert "canary" not in told


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    """SHEETFLOW_<NAME>_FILE names the file; one that cannot be read is told, and nothing shows what is inside."""
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", "utf-8")
    settings = Settings.from_environment({"SHEETFLOW_SECRET_KEY_FILE": str(file)})
    assert settings.secret_key == SECRET
    assert SECRET not in repr(settings)
    with pytest.raises(UserError) as error:
        Settings.from_environment({"SHEETFLOW_MACHINES_FILE": str(tmp_path / "missing")})
    assert "SHEETFLOW_MACHINES_FILE" in sentence(error.value)


def test_settings_made_by_hand_look_at_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a program gives is all that counts, and a name that is none is a mistake."""
    monkeypatch.setenv("SHEETFLOW_PORT", "9000")
    assert Settings(port=7000).port == 7000
    assert Settings(database_url="sqlite:///x.db").port == 8000
    with pytest.raises(ValueError, match="colour"):
        Settings(colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_a_service_on_loopback_is_safe(host: str) -> None:
    """Only this machine reaches it."""
    assert Settings(host=host).unsafe() == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "plan.example.org"])  # noqa: S104  what others reach
def test_a_service_that_others_reach_needs_more(host: str) -> None:
    """A secret, an https address, and a word about who signs in: each that is missing is told."""
    codes = [danger.code for danger in Settings(host=host).unsafe()]
    assert codes == ["secret_missing", "base_url_unsafe", "nobody_signs_in"]
    assert not Settings(host=host).planning_is_open


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"SHEETFLOW_KEYS_ONLY": "", "SHEETFLOW_GOOGLE_AUDIENCES": "x.apps.example"}, None),
        ({"SHEETFLOW_KEYS_ONLY": "", "SHEETFLOW_ENTRA_AUDIENCES": "api://x"}, None),
        ({"SHEETFLOW_KEYS_ONLY": ""}, "nobody_signs_in"),
        ({"SHEETFLOW_SECRET_KEY": SECRET[:31]}, "secret_short"),
        ({"SHEETFLOW_SECRET_KEY": "change-me-please-" * 3}, "secret_known"),
        ({"SHEETFLOW_SECRET_KEY": "a" * 64}, "secret_known"),
        ({"SHEETFLOW_SECRET_KEY": "your-secret-key-goes-right-here-12"}, "secret_known"),
        ({"SHEETFLOW_SECRET_KEY": ""}, "secret_missing"),
        ({"SHEETFLOW_BASE_URL": "http://plan.example.org"}, "base_url_unsafe"),
        ({"SHEETFLOW_BASE_URL": ""}, "base_url_unsafe"),
        ({"SHEETFLOW_MACHINES": '{"crm": "short"}'}, "machine_secret_short"),
    ],
)
def test_each_danger_is_told_in_a_sentence(changed: dict[str, str], code: str | None) -> None:
    """It names the setting that removes it, and never the secret."""
    dangers = Settings.from_environment({**OPEN, **changed}).unsafe()
    assert [danger.code for danger in dangers] == ([code] if code else [])
    for danger in dangers:
        told = sentence(danger)
        assert "SHEETFLOW_" in told
        assert changed.get("SHEETFLOW_SECRET_KEY") not in {value for value in told.split() if value}


def test_a_proxy_in_front_of_it_lets_others_in() -> None:
    """A service on loopback whose address is a public one is not local: nothing is open there by itself."""
    behind = Settings(host="127.0.0.1", base_url="https://plan.example.org")
    assert not behind.is_local
    assert not behind.planning_is_open
    assert [danger.code for danger in behind.unsafe()] == ["secret_missing", "nobody_signs_in"]
    assert Settings(host="127.0.0.1", base_url="http://localhost:8000").is_local
