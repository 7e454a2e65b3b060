"""Reading once: the same text is read again only for another reader or other questions."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from diagnostics import read_once
from diagnostics.patterns import all_questions
from diagnostics.read_once import ReadOnce
from diagnostics.reading import Reading, read
from diagnostics.store import Store, default_url

TEXT = "# Alpha\n\nWe want a recall of at least 0.8 by the end of May.\n\n## Owner\n\nTBD\n"


@pytest.fixture
def times(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were really read."""
    really: list[str] = []

    def counting(text: str, questions: tuple[object, ...]) -> Reading:
        really.append(text)
        return read(text, all_questions())

    monkeypatch.setattr(read_once, "read", counting)
    return really


def test_a_text_is_read_once_and_the_same_comes_back(tmp_path: Path, times: list[str]) -> None:
    reader = ReadOnce(default_url(tmp_path))
    first = reader(TEXT, all_questions())
    assert first == reader(TEXT, all_questions()) == read(TEXT, all_questions())
    assert times == [TEXT]
    reader(TEXT + "More.", all_questions())
    assert len(times) == 2


def test_another_reader_or_other_questions_read_again(
    tmp_path: Path, times: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = ReadOnce(default_url(tmp_path))
    reader(TEXT, all_questions())
    reader(TEXT, all_questions()[:3])
    assert len(times) == 2
    monkeypatch.setattr(read_once, "READER_VERSION", "another")
    reader(TEXT, all_questions()[:3])
    assert len(times) == 3


def test_what_cannot_be_understood_is_read_anew(tmp_path: Path, times: list[str]) -> None:
    reader = ReadOnce(default_url(tmp_path))
    reader(TEXT, all_questions())
    store = read_once._opened(reader.url)
    with store._session() as session:
        session.connection().exec_driver_sql("update readings set body = '{\"judgements\": 3}'")
    assert reader(TEXT, all_questions()) == read(TEXT, all_questions())
    assert len(times) == 2


def test_a_lone_surrogate_is_no_obstacle(tmp_path: Path) -> None:
    text = "We want a recall of at least 0.8 \ud800 by the end of May."
    assert ReadOnce(default_url(tmp_path))(text, all_questions()) == read(text, all_questions())


def test_two_that_keep_the_same_at_once_do_not_fail(tmp_path: Path) -> None:
    stores = [Store(default_url(tmp_path)) for _ in range(3)]
    start = threading.Barrier(len(stores))

    def keep(store: Store) -> list[str]:
        start.wait()
        for number in range(60):
            store.keep_readings({f"{number:064d}": "{}"}, "x")
        return [store.readings([f"{number:064d}"], "x").get(f"{number:064d}", "") for number in range(60)]

    with ThreadPoolExecutor(len(stores)) as executor:
        assert set(map(tuple, executor.map(keep, stores))) == {("{}",) * 60}


def test_a_store_that_fails_stands_in_nobodys_way(tmp_path: Path, times: list[str]) -> None:
    (tmp_path / "file").write_text("no folder")
    reader = ReadOnce(f"sqlite:///{tmp_path}/file/store.db")
    assert reader(TEXT, all_questions()) == reader(TEXT, all_questions())
    assert times == [TEXT, TEXT]
