"""How well threads are read, on those that people wrote and labelled who had seen the definitions and no code."""

import importlib.util
import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from diagnostics.talk.reading import read_threads

TRAINING = Path(__file__).parents[2] / "data" / "training"
# Floors a little under what was measured when the model was made (data/training/threads/README.md): so that a change
# that makes the reading worse is seen. Precision, recall.
FLOORS = {
    "question": (0.88, 0.93),
    "open question": (0.6, 0.45),
    "decision": (0.8, 0.7),
    "assumption": (0.8, 0.8),
}


@cache
def labelled() -> Any:
    spec = importlib.util.spec_from_file_location("labelled_threads", TRAINING / "make" / "labelled_threads.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def figures() -> dict[str, tuple[float, float]]:
    rows = labelled().load(sorted((TRAINING / "threads").glob("apart*.jsonl")))
    threads = [labelled().example(row).thread for row in rows]
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for row, thread, reading in zip(rows, threads, read_threads(threads), strict=True):
        found = {
            "question": {one.sentence for one in reading.asked},
            "open question": {one.sentence for one in reading.asked if one.open_now},
            "decision": {one.sentence for one in reading.settled},
            "assumption": {one.sentence for one in reading.assumed},
        }
        wanted = {
            "question": [*row["open"], *row["answered"]],
            "open question": row["open"],
            "decision": row["decisions"],
            "assumption": row["assumptions"],
        }
        for name, said in found.items():
            items = [set(labelled().places(thread, item["quote"], item["in"])) for item in wanted[name]]
            right[name] += sum(bool(item & said) for item in items)
            missed[name] += sum(not item & said for item in items)
            wrong[name] += len(said - set().union(*items))
    return {
        name: (right[name] / (right[name] + wrong[name]), right[name] / (right[name] + missed[name])) for name in FLOORS
    }


@pytest.mark.parametrize("name", FLOORS)
def test_reading_is_as_good_as_it_was(name: str) -> None:
    precision, recall = figures()[name]
    assert precision >= FLOORS[name][0], f"precision {precision:.3f}, recall {recall:.3f}"
    assert recall >= FLOORS[name][1], f"precision {precision:.3f}, recall {recall:.3f}"


def test_no_thread_that_measures_was_in_training() -> None:
    def texts(pattern: str) -> set[str]:
        rows = labelled().load(sorted((TRAINING / "threads").glob(pattern)))
        return {comment["text"] for row in rows for comment in row["comments"] if len(comment["text"].split()) > 5}

    assert not texts("apart*.jsonl") & texts("seen*.jsonl")


@pytest.mark.parametrize("path", sorted((TRAINING / "threads").glob("*.jsonl")), ids=lambda path: path.stem)
def test_labels_quote_what_is_there(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        places: dict[Any, str] = {"summary": row["ticket"]["summary"], "description": row["ticket"]["description"]}
        places |= dict(enumerate(comment["text"] for comment in row["comments"]))
        for kind in ("open", "answered", "decisions", "assumptions"):
            for item in row[kind]:
                assert item["quote"] in places[item["in"]], (row["id"], item["quote"])
                if "answer" in item:
                    assert item["answer"] in places[item["answer_in"]], (row["id"], item["answer"])
