"""Evaluation: figures that were computed by hand, and labels that cannot be used."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from diagnostics.evaluate import (
    LabelError,
    _kappa,
    evaluate_documents,
    evaluate_passages,
    quote_is_right,
    read_by_one_kept_from_it,
)
from diagnostics.findings import Answer, Evidence, Status
from diagnostics.patterns import Question, all_questions
from diagnostics.reading.card import card
from diagnostics.records import canonical_text, text_sha256

QUESTIONS = all_questions()
TARGET = "Our target is a recall of at least 0.9 by the end of May."
RISK = "Risk: the only supplier of the lenses may close its plant in autumn."


def labels(**answered: str) -> dict[str, object]:
    missing = {question.id: {"status": "missing", "quotes": []} for question in QUESTIONS}
    given = {id.replace("_", "-"): {"status": "answered", "quotes": [quote]} for id, quote in answered.items()}
    return {"labels": missing | given}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "labels").mkdir()
    (tmp_path / "docs/a.md").write_text(f"{TARGET}\n\n{RISK}\n\nThe canteen serves soup at noon on most days.\n")
    (tmp_path / "labels/a.json").write_text(json.dumps(labels(metric_target=TARGET, roles_assigned="x")))
    return tmp_path


def test_documents(folder: Path) -> None:
    asked = [q for q in QUESTIONS if q.id in ("metric-target", "assumptions", "roles-assigned", "legal-constraints")]
    result = evaluate_documents(folder, asked)
    # read: target and risk; labelled: target and roles -> one of two right, one of two found
    assert result["micro"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert result["questions"]["metric-target"]["answered"] == {"precision": 1, "recall": 1, "f1": 1, "support": 1}
    assert result["questions"]["metric-target"]["evidence_precision"] == 1
    assert result["questions"]["assumptions"]["evidence_precision"] == 0
    assert result["questions"]["legal-constraints"]["evidence_precision"] is None
    assert result["macro_f1"] == 0.5  # target 1, roles 0
    assert sorted(result["macro_f1_left_out"]) == ["assumptions", "legal-constraints"]
    assert result["first_quote_right"] == 1
    assert result["patterns"]["roles"]["answered"]["support"] == 1
    assert (result["documents"], result["trained_on"]) == (1, 0)
    # labelled a m a m, read a a m m: 0.5 agree, and chance 0.5 * 0.5 + 0.5 * 0.5 would too
    assert result["kappa"] == 0


def test_calibration_and_worst_by_hand(folder: Path) -> None:
    def answers_of(text: str, name: str, questions: Sequence[Question]) -> dict[str, Answer]:
        quote = Evidence(source="kickoff", ref=name, quote=RISK, span=(0, len(RISK)), text_sha256="0" * 64)
        right = {"metric-target", *(q.id for q in QUESTIONS[:11])}
        return {
            q.id: Answer(id=q.id, status=Status.ANSWERED, confidence=0.93, why="it says so", evidence=(quote,))
            if q.id in right
            else Answer(id=q.id, status=Status.MISSING, confidence=0.55, why="nothing says so", searched=(name,))
            for q in questions
        }

    asked = [q for q in QUESTIONS if q.id != "roles-assigned"]
    result = evaluate_documents(folder, asked, answers_of)
    said = sum(1 for q in asked if answers_of("", "a", asked)[q.id].status is Status.ANSWERED)
    assert result["calibration"]["0.9 to 1.0"] == {
        "right": round(1 / said, 4),
        "said": said,
    }  # the target alone is right
    assert result["calibration"]["0.5 to 0.6"]["right"] == "too few to say"
    assert {worst["confidence"] for worst in result["worst"]} == {0.93}
    assert result["worst"][0]["quote"] == RISK
    assert result["micro_f1_from"] == result["micro"]["f1"]  # one document: every draw is the same


def test_passages(tmp_path: Path) -> None:
    rows = [
        {"text": TARGET, "question": "metric-target", "status": "answered", "also_answered": ["metric-named"]},
        {"text": "Targets are tbd.", "question": "metric-target", "status": "vague", "also_answered": []},
        {"text": "Soup is served at noon.", "question": "error-rate", "status": "missing"},
        {"text": "Soup is served at noon.", "question": "ml-fit", "status": "answered"},
    ]
    path = tmp_path / "passages.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    result = evaluate_passages(path, QUESTIONS)
    passages = result["passages"]
    # labelled: target, named, fit; read: target and named
    assert passages["micro"] == {"precision": 1, "recall": 0.6667, "f1": 0.8}
    assert passages["refused"] == 1
    assert passages["per_question"]["ml-fit"]["recall"] == 0
    assert passages["per_pattern"]["success-metric"]["f1"] == 1
    assert passages["per_pattern"]["roles"]["refused"] is None
    assert result["rows"] == 4


def test_texts_that_the_encoder_was_trained_on_are_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = text_sha256(canonical_text((folder / "docs/a.md").read_text()))
    monkeypatch.setattr("diagnostics.evaluate.trained_texts", lambda: frozenset({seen}))
    assert evaluate_documents(folder, QUESTIONS)["trained_on"] == 1


def test_kappa_by_hand() -> None:
    pairs = [("answered", "answered")] * 4 + [("vague", "missing")] * 2 + [("missing", "missing")] * 4
    # agreed 0.8; chance 0.4 * 0.4 + 0 + 0.4 * 0.6 = 0.4
    assert _kappa(pairs) == pytest.approx(0.6667)
    assert _kappa([("missing", "missing")]) is None


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        ("OUR target: is, a recall", True),
        ("target is a recall", False),
        ("is a recall of at", True),
        ("a recall is of at least nought", False),
        (TARGET + " word" * 60, False),
    ],
)
def test_a_quote_is_right_by_five_words_in_a_row(quote: str, right: bool) -> None:
    assert quote_is_right(quote, [TARGET]) is right


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda f: (f / "labels/a.json").unlink(), "a.md has no label file"),
        (lambda f: (f / "labels/a.json").write_text("{"), "Invalid JSON"),
        (lambda f: (f / "labels/a.json").write_text('{"labels": {}}'), "has no label for"),
        (lambda f: (f / "docs/a.md").unlink(), "no document to measure on"),
        (lambda f: (f / "docs").rename(f / "texts"), "there is no such folder"),
    ],
)
def test_labels_that_cannot_be_used(folder: Path, break_it: object, message: str) -> None:
    break_it(folder)  # type: ignore[operator]
    with pytest.raises(LabelError, match=message):
        evaluate_documents(folder, QUESTIONS)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"text": "x"}', '{"text": "x", "question": "nope", "status": "vague"}',
             '{"text": 1, "question": "problem", "status": "vague"}']
)  # fmt: skip
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps({"text": "x", "question": "problem", "status": "vague"}) + f"\n{line}\n")
    with pytest.raises(LabelError, match=r"p\.jsonl:2: "):
        evaluate_passages(path, QUESTIONS)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="cannot be read"):
        evaluate_passages(tmp_path / "none.jsonl", QUESTIONS)


def test_cross_validated_documents_are_answered_by_a_reader_kept_from_them(shared: Path) -> None:
    result = evaluate_documents(shared / "eval/kickoffs", QUESTIONS, read_by_one_kept_from_it)
    figures = card()["cross_validated"]["documents"]
    assert result["trained_on"] == 0
    for name in ("micro", "micro_f1_from", "kappa", "first_quote_right", "questions"):
        assert result[name] == figures[name]


def test_cross_validated_passages_too(shared: Path) -> None:
    result = evaluate_passages(shared / "eval/passages.jsonl", QUESTIONS, read_by_one_kept_from_it)
    assert result["trained_on"] == 0
    assert result["passages"] == card()["cross_validated"]["passages"]
