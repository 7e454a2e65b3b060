"""The training texts: every mark names a question, every label is complete and quotes verbatim, none repeats."""

import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

TRAINING = Path(__file__).parent.parent / "data" / "training"


def load(name: str) -> object:
    spec = importlib.util.spec_from_file_location(f"training_{name}", TRAINING / "make" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


texts = load("texts")
DOCUMENTS = texts.own_documents(labelled=False)
PASSAGES = texts.own_passages()


def test_there_are_enough_and_every_question_has_both_kinds() -> None:
    assert len(DOCUMENTS) >= 240
    assert len(PASSAGES) >= 5_000
    said = Counter(
        (question, value) for text in (*DOCUMENTS, *PASSAGES) for says in text.says for question, value in says.items()
    )
    for question in texts.QUESTIONS:
        assert said[question, texts.ANSWERED] >= 150, question
        assert said[question, texts.VAGUE] >= 100, question


def test_hardly_a_sentence_repeats() -> None:
    long = [s.spoken for t in PASSAGES for s in t.sentences if len(s.spoken.split()) > 6]
    assert len(set(long)) > 0.99 * len(long)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda text: text.name)
def test_labels_are_complete_and_their_quotes_verbatim(document: object) -> None:
    path = TRAINING / "labels" / f"{Path(document.name).stem}.json"
    labels = json.loads(path.read_text(encoding="utf-8"))["labels"]
    assert set(labels) == set(texts.QUESTIONS)
    folded = " ".join(document.text.split())
    for question, label in labels.items():
        assert label["status"] in texts.VALUES
        assert bool(label["quotes"]) == (label["status"] != "missing"), question
        for quote in label["quotes"]:
            assert " ".join(quote.split()) in folded, (question, quote)


def test_a_mark_belongs_to_the_sentence_before_it() -> None:
    text = texts.marked(
        "Soup at noon. Recall of 0.9 by May. {{metric-target+ metric-named~}}\n\nNo. {{!problem}}", "a.md"
    )
    assert "{{" not in text.text
    says = {
        sentence.spoken: {q: v for q, v in own.items() if v}
        for sentence, own in zip(text.sentences, text.says, strict=True)
    }
    assert says["Recall of 0.9 by May."] == {"metric-target": 2, "metric-named": 1}
    assert says["Soup at noon."] == {}


def test_a_mark_that_names_no_question_is_named() -> None:
    with pytest.raises(texts.MarkError, match=re.escape("a.md:2: 'metric-goal+' is no mark")):
        texts.marked("one\ntwo {{metric-goal+}}", "a.md")


@pytest.mark.parametrize(
    ("label", "says", "weights"),
    [
        ({"status": "answered", "quotes": ["we aim at a recall of 0.9"]}, [2, 0], [(1, 1), (0.25, 0.25)]),
        ({"status": "vague", "quotes": ["we aim at a recall of 0.9"]}, [1, 0], [(1, 1), (1, 0.25)]),
        ({"status": "missing", "quotes": []}, [2, 0], [(0, 0), (1, 1)]),
    ],
)
def test_a_label_has_the_last_word(
    label: dict[str, object], says: list[int], weights: list[tuple[float, float]]
) -> None:
    text = texts.marked("We aim at a recall of 0.9. {{metric-target+}} Soup is served at noon.", "a.md")
    texts.apply_labels(text, {"metric-target": label}, marks_too=True)
    assert [own["metric-target"] for own in text.says] == says
    assert [own["metric-target"] for own in text.weights] == weights
