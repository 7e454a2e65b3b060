"""What all tests share: the folder of real records that lies beside the repository, where there is one."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real records that no one here wrote; they are not part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is not there: it holds real records that the project does not ship")
    return SHARED
