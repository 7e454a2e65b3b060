"""The server's settings are the safe ones, and its files are its own."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CONFIG: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("server", "address", "127.0.0.1"),
        ("server", "fileWatcherType", "none"),
        ("browser", "gatherUsageStats", False),
        ("client", "toolbarMode", "viewer"),
        ("client", "showErrorDetails", "none"),
        ("client", "showErrorLinks", False),
        ("client", "disableDataExport", True),
        ("runner", "magicEnabled", False),
        ("runner", "postScriptGC", False),
    ],
)
def test_a_setting_is_as_it_must_be(section: str, name: str, value: object) -> None:
    assert CONFIG[section][name] == value


def test_only_names_of_this_machine_are_answered() -> None:
    assert set(CONFIG["server"]["allowedHosts"]) == {"localhost", "127.0.0.1", "[::1]"}


def test_fonts_come_from_this_server() -> None:
    for face in CONFIG["theme"]["fontFaces"]:
        assert face["url"].startswith("app/static/")
        assert (ROOT / face["url"].removeprefix("app/")).is_file()
    assert "://" not in CONFIG["theme"]["font"]
    assert (ROOT / "static" / "LICENSE-inter.txt").read_text().startswith("Copyright")


def test_light_and_dark_set_the_same_colours() -> None:
    assert CONFIG["theme"]["light"].keys() == CONFIG["theme"]["dark"].keys()
