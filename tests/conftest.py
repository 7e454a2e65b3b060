"""What all tests share: the folder of real records that lies beside the repository, where there is one."""

import os
from pathlib import Path

import pytest

# Continuous integration has all that a test may need, so a test that is skipped there is one that is not run.
NO_SKIPS = bool(os.environ.get("NO_SKIPS"))
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real records that no one here wrote; they are not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there: it holds real records that the project does not ship")
    return SHARED


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that skipped a test, where none may be skipped; the summary lists them with their reasons."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if NO_SKIPS and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
