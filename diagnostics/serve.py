"""Serving: starts the dashboard's server on a portfolio folder."""

import os
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent


class ServeError(Exception):
    """The dashboard cannot be started; the message says what to do."""


def run(folder: Path, *, port: int, headless: bool) -> NoReturn:
    """Become the dashboard's server: one process, so that what stops it stops all of it.

    Raises:
        ServeError: the dashboard's script is not beside the package (it is run from its checkout).
    """
    script = ROOT / "app.py"
    if not script.is_file():
        raise ServeError(f"{script} is not there: run the dashboard from a checkout that `make setup` prepared.")
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    if headless:
        command.append("--server.headless=true")
    environment = os.environ | {"UNSTUCK_PORTFOLIO": str(folder.resolve())}
    os.chdir(ROOT)  # where Streamlit looks for .streamlit/config.toml
    os.execve(sys.executable, command, environment)
