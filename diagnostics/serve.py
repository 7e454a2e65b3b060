"""Serving: starts the dashboard's server on a portfolio folder."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class ServeError(Exception):
    """The dashboard cannot be started; the message says what to do."""


def run(folder: Path, *, port: int, headless: bool) -> int:
    """Run the dashboard until it is stopped, and return the server's exit status.

    Raises:
        ServeError: the dashboard's script is not beside the package (it is run from its checkout).
    """
    script = ROOT / "app.py"
    if not script.is_file():
        raise ServeError(f"{script} is not there: run the dashboard from a checkout that `make setup` prepared.")
    # Streamlit looks for .streamlit/config.toml in the working directory.
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    if headless:
        command.append("--server.headless=true")
    environment = os.environ | {"UNSTUCK_PORTFOLIO": str(folder.resolve())}
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0
