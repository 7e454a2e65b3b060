"""The store: what was kept is found again, the newest first, and a broken place is named."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from diagnostics.diagnosis import Versions
from diagnostics.store import Fingerprint, Store, StoreError, default_url
from tests import sample_diagnosis

VERSIONS = Versions(reader="r", patterns="p", thresholds="t")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(default_url(tmp_path))


def made_from(
    project: str = "CHURN", inputs: str = "1", portfolio: str = "P", versions: Versions = VERSIONS
) -> Fingerprint:
    return Fingerprint(portfolio, project, date(2026, 9, 30), versions, inputs)


def test_a_kept_diagnosis_is_found_again_whole(store: Store) -> None:
    kept = sample_diagnosis.stuck()
    store.save(kept, made_from())
    assert store.latest("P") == [kept]
    assert store.renew(made_from())


@pytest.mark.parametrize(
    "other",
    [
        made_from(inputs="2"),
        made_from(project="FRAUD"),
        made_from(portfolio="Q"),
        made_from(versions=VERSIONS.model_copy(update={"reader": "r2"})),
        made_from(versions=VERSIONS.model_copy(update={"thresholds": "t2"})),
    ],
)
def test_a_diagnosis_of_something_else_is_stale(store: Store, other: Fingerprint) -> None:
    store.save(sample_diagnosis.stuck(), made_from())
    assert not store.renew(other)


def test_the_newest_of_each_project_counts_and_history_stays(store: Store) -> None:
    old, new = sample_diagnosis.stuck(), sample_diagnosis.stuck().model_copy(update={"name": "Renamed"})
    store.save(old, made_from(inputs="1"))
    store.save(new, made_from(inputs="2"))
    store.save(sample_diagnosis.moving(), made_from("FRAUD"))
    assert {diagnosis.name for diagnosis in store.latest("P")} == {"Renamed", sample_diagnosis.moving().name}
    assert store.renew(made_from(inputs="1"))  # the files went back to what they were
    assert old in store.latest("P")


def test_the_revision_grows_with_each_diagnosis_kept(store: Store) -> None:
    before = store.revision("P")
    store.save(sample_diagnosis.stuck(), made_from())
    once = store.revision("P")
    store.save(sample_diagnosis.stuck(), made_from())
    assert before < once < store.revision("P")
    assert store.revision("Q") == 0


def test_many_threads_may_read_while_one_writes(store: Store) -> None:
    with ThreadPoolExecutor(4) as threads:
        reads = [threads.submit(store.latest, "P") for _ in range(40)]
        for number in range(10):
            store.save(sample_diagnosis.stuck(), made_from(inputs=str(number)))
        assert all(len(read.result()) <= 1 for read in reads)
    assert len(store.latest("P")) == 1


def test_another_process_finds_what_was_kept(tmp_path: Path) -> None:
    Store(default_url(tmp_path)).save(sample_diagnosis.stuck(), made_from())
    assert Store(default_url(tmp_path)).renew(made_from())


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("not a url", "no database URL"),
        ("nosuchdb://x", "no database URL"),
        ("sqlite:////proc/no/such/folder/store.db", "cannot be opened"),
    ],
)
def test_a_place_that_cannot_be_used_is_named_with_the_way_out(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as error:
        Store(url)
    assert "UNSTUCK_STORE" in str(error.value)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("no database " * 100)
    with pytest.raises(StoreError, match="not a database"):
        Store(f"sqlite:///{tmp_path / 'store.db'}")


def test_a_diagnosis_that_another_version_wrote_otherwise_hides_no_other(store: Store) -> None:
    store.save(sample_diagnosis.stuck(), made_from())
    store.save(sample_diagnosis.moving(), made_from("FRAUD"))
    with store._session() as session:
        session.execute(text("UPDATE diagnoses SET body = '{}' WHERE project = 'CHURN'"))
    assert [diagnosis.key for diagnosis in store.latest("P")] == ["FRAUD"]
