"""Measures the reading against labelled documents or passages, as design.md section 6 defines it."""

import random
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from diagnostics.answers import answer_questions
from diagnostics.findings import Answer, Evidence, Status
from diagnostics.patterns import known_patterns
from diagnostics.patterns._contract import Question
from diagnostics.reading import read
from diagnostics.reading.card import FEW, answered_apart, trained_texts
from diagnostics.records import KickoffRecord, canonical_text, field_path, text_sha256
from diagnostics.settings import Settings
from diagnostics.sources import Unreadable
from diagnostics.sources.documents import read_document

LONGEST_QUOTE, SHARED_RUN = 60, 5  # words
LARGEST = Settings().largest_document_bytes
BOOTSTRAPS, WORST = 1_000, 12
CONFIDENCES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
LABELS = ("answered", "vague", "missing")

# What the labels lack, as one of the three statuses that they know.
_AS_LABELLED = {
    Status.ANSWERED: "answered",
    Status.CONFLICTING: "answered",
    Status.VAGUE: "vague",
    Status.UNANSWERED: "vague",
    Status.MISSING: "missing",
    Status.UNKNOWN: "missing",
}


class LabelError(ValueError):
    """A label that cannot be used; the message names the file, the line and what is wrong."""


class _Label(BaseModel):
    """One question's label of a document (labelling rules: the evaluation's own)."""

    status: Literal["answered", "vague", "missing"]
    quotes: tuple[str, ...] = ()


class _LabelFile(BaseModel):
    labels: dict[str, _Label]


class _Passage(BaseModel):
    """One row of passages: what a careful reader makes of a text for one question."""

    text: str
    question: str
    status: Literal["answered", "vague", "missing"]
    also_answered: tuple[str, ...] = ()


# (text, name, questions) -> the answer to each question
AnswersOf = Callable[[str, str, Sequence[Question]], dict[str, Answer]]


def _first_error(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return f"{field_path(first['loc'])}: {first['msg']}".removeprefix(": ")


@dataclass(frozen=True, slots=True)
class _Cell:
    """One question of one document or passage: what it was labelled, what was read, is the quote right."""

    question: str
    label: str
    read: str
    quote_right: bool = False
    confidence: float = 0.0
    name: str = ""
    quote: str = ""
    labelled: str = ""


def read_by_the_shipped_reader(text: str, name: str, questions: Sequence[Question]) -> dict[str, Answer]:
    """The answers that the product gives to a text standing alone."""
    record = KickoffRecord(ref=name, kind="text", text=canonical_text(text))
    reading = read(record.text, tuple(questions))
    answers = answer_questions([(record, reading)], questions, no_kickoff_held=False)
    return {answer.id: answer for answer in answers}


def read_by_one_kept_from_it(text: str, name: str, questions: Sequence[Question]) -> dict[str, Answer]:
    """The answers to a labelled text that a reader trained without it gave, when the shipped one was cross-validated.

    What the shipped reader was not trained on, a text or a question, it reads itself.
    """
    text = canonical_text(text)
    kept = answered_apart().get(text_sha256(text), {})
    others = [question for question in questions if question.id not in kept]
    answers = read_by_the_shipped_reader(text, name, others) if others else {}
    answers |= {q.id: _kept_answer(text, name, q.id, kept[q.id]) for q in questions if q.id in kept}
    return answers


def _kept_answer(text: str, name: str, question: str, kept: tuple[str, float, int, int]) -> Answer:
    status, confidence, begin, end = kept
    places = [(begin, end)] if begin < end else []  # a gap has none
    sha = text_sha256(text)
    return Answer(
        id=question,
        status=Status(status),
        confidence=confidence,
        why="so read by a reader that was not trained on it",
        evidence=tuple(
            Evidence(source="kickoff", ref=name, quote=text[slice(*place)], span=place, text_sha256=sha)
            for place in places
        ),
        searched=(name,),
    )


def evaluate_documents(
    folder: Path, questions: Sequence[Question], answers_of: AnswersOf = read_by_the_shipped_reader
) -> dict[str, Any]:
    """Reads every document of `folder/docs` and compares with `folder/labels`.

    `answers_of` reads a text by its name: another reader, while one is cross-validated.

    Raises:
        LabelError: a folder or label file that is missing, incomplete or no JSON.
    """
    begun = time.perf_counter()
    documents = _documents(folder, questions)
    cells = [cell for text, name, labels in documents for cell in _cells(text, name, labels, questions, answers_of)]
    scores = _pooled(cells)
    per_question = {
        question.id: _question_scores([c for c in cells if c.question == question.id]) for question in questions
    }
    with_support = [s["answered"] for s in per_question.values() if s["answered"]["support"]]
    return {
        "micro": scores,
        "micro_f1_from": _lower_end([cells[at : at + len(questions)] for at in range(0, len(cells), len(questions))]),
        "macro_f1": _mean([s["f1"] for s in with_support]),
        "macro_f1_left_out": [id for id, s in per_question.items() if not s["answered"]["support"]],
        "kappa": _kappa([(cell.label, cell.read) for cell in cells]),
        "first_quote_right": _quotes_right(c for c in cells if c.label == c.read == "answered"),
        "questions": per_question,
        "patterns": {
            pattern: _question_scores([c for c in cells if c.question in ids])
            for pattern, ids in _patterns(questions).items()
        },
        "calibration": _calibration(cells),
        "worst": _worst(cells),
        "documents": len(documents),
        "trained_on": _seen((text for text, _, _ in documents), answers_of),
        "seconds": round(time.perf_counter() - begun, 3),
    }


def _seen(texts: Iterable[str], answers_of: AnswersOf) -> int:
    """How many of some texts were read by a reader that was trained on them: what it says of these flatters it."""
    apart = answered_apart() if answers_of is read_by_one_kept_from_it else {}
    return sum(sha in trained_texts() and sha not in apart for sha in (text_sha256(canonical_text(t)) for t in texts))


def evaluate_passages(
    path: Path, questions: Sequence[Question], answers_of: AnswersOf = read_by_the_shipped_reader
) -> dict[str, Any]:
    """Reads every row of a JSON-lines file as a record of its own.

    Raises:
        LabelError: a file that is missing, or a line that is no row.
    """
    begun = time.perf_counter()
    known = {question.id for question in questions}
    cells: list[_Cell] = []
    asked: list[_Cell] = []
    near_misses: list[_Cell] = []
    rows = 0
    texts: list[str] = []
    for number, row in _rows(path, known):
        name = f"{path.name}#{number}"
        answers = answers_of(row.text, name, questions)
        rows += 1
        texts.append(row.text)
        answer = answers[row.question]
        own = _Cell(
            row.question, row.status, as_labelled(answer), confidence=answer.confidence, name=name, quote=row.text
        )
        cells.append(own)
        asked.append(own)
        if own.label == "missing":
            near_misses.append(own)
        cells.extend(_Cell(id, "answered", as_labelled(answers[id])) for id in row.also_answered)
    patterns = _patterns(questions)
    return {
        "passages": {
            "micro": _pooled(cells),
            "per_pattern": {id: _passage_scores(cells, near_misses, members) for id, members in patterns.items()},
            "per_question": {question.id: _passage_scores(cells, near_misses, {question.id}) for question in questions},
            "refused": _refused(near_misses),
        },
        "calibration": _calibration(asked),
        "worst": _worst(asked),
        "rows": rows,
        "trained_on": _seen(texts, answers_of),
        "seconds": round(time.perf_counter() - begun, 3),
    }


def quote_is_right(quote: str, labelled: Iterable[str]) -> bool:
    """At most 60 words, of which five in a row stand in a labelled quote (design.md section 5)."""
    words = _words(quote)
    if len(words) > LONGEST_QUOTE:
        return False
    runs = {tuple(words[at : at + SHARED_RUN]) for at in range(len(words) - SHARED_RUN + 1)}
    return any(
        tuple(other[at : at + SHARED_RUN]) in runs
        for other in map(_words, labelled)
        for at in range(len(other) - SHARED_RUN + 1)
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"\w+", text)]


def as_labelled(answer: Answer) -> str:
    """The answer's status as one of the three that labels know."""
    return _AS_LABELLED[answer.status]


def _cells(
    text: str, name: str, labels: Mapping[str, _Label], questions: Sequence[Question], answers_of: AnswersOf
) -> Iterable[_Cell]:
    answers = answers_of(text, name, questions)
    for question in questions:
        answer, label = answers[question.id], labels[question.id]
        first = answer.evidence[0].quote if answer.evidence else ""
        yield _Cell(
            question.id,
            label.status,
            as_labelled(answer),
            quote_is_right(first, label.quotes),
            answer.confidence,
            name,
            first,
            label.quotes[0] if label.quotes else "",
        )


def _documents(folder: Path, questions: Sequence[Question]) -> list[tuple[str, str, Mapping[str, _Label]]]:
    for part in ("docs", "labels"):
        if not (folder / part).is_dir():
            raise LabelError(f"{folder / part}: there is no such folder; a labelled folder holds docs/ and labels/")
    found: list[tuple[str, str, Mapping[str, _Label]]] = []
    for path in sorted((folder / "docs").iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        label_file = folder / "labels" / f"{path.stem}.json"
        try:
            labels = _LabelFile.model_validate_json(label_file.read_bytes()).labels
        except FileNotFoundError:
            raise LabelError(f"{label_file}: {path.name} has no label file") from None
        except ValidationError as error:
            raise LabelError(f"{label_file}: {_first_error(error)}") from error
        missing = [question.id for question in questions if question.id not in labels]
        if missing:
            raise LabelError(f"{label_file}: has no label for {', '.join(missing)}")
        try:
            text = read_document(path, path.name, largest_bytes=LARGEST).text
        except Unreadable as unreadable:
            raise LabelError(f"{folder / 'docs'}: {unreadable.problem}") from None
        found.append((text, path.name, labels))
    if not found:
        raise LabelError(f"{folder / 'docs'}: there is no document to measure on")
    return found


def _rows(path: Path, known: set[str]) -> Iterable[tuple[int, _Passage]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: cannot be read: {error}") from error
    if not any(line.strip() for line in lines):
        raise LabelError(f"{path}: holds no row; each line is one passage with its question and status, as JSON")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _Passage.model_validate_json(line)
        except ValidationError as error:
            raise LabelError(f"{path}:{number}: {_first_error(error)}") from error
        strange = {row.question, *row.also_answered} - known
        if strange:
            raise LabelError(f"{path}:{number}: there is no question {', '.join(sorted(strange))}")
        yield number, row


def _patterns(questions: Sequence[Question]) -> dict[str, set[str]]:
    """The asked questions' ids by pattern; a question that no pattern of the registry holds is left out."""
    asked = {question.id for question in questions}
    grouped = {pattern.id: asked & {q.id for q in pattern.questions} for pattern in known_patterns()}
    return {id: members for id, members in grouped.items() if members}


def _pooled(cells: Iterable[_Cell]) -> dict[str, float]:
    """Precision, recall and F1 of `answered` over all cells."""
    counted = list(cells)
    both = sum(c.label == c.read == "answered" for c in counted)
    said, true = (sum(getattr(c, side) == "answered" for c in counted) for side in ("read", "label"))
    precision, recall = both / said if said else 0.0, both / true if true else 0.0
    f1 = 2 * both / (said + true) if said + true else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _lower_end(documents: Sequence[Sequence[_Cell]]) -> float:
    """The lower end of a 90 % bootstrap of micro-F1 over documents: 1,000 draws, always the same."""
    draw = random.Random(0)
    scores = sorted(
        _pooled(cell for document in draw.choices(documents, k=len(documents)) for cell in document)["f1"]
        for _ in range(BOOTSTRAPS)
    )
    return scores[len(scores) // 20]


def _calibration(cells: Iterable[_Cell]) -> dict[str, dict[str, Any]]:
    """A reliability table: of what was said with a confidence in a range, how much was right."""
    counted = list(cells)
    table: dict[str, dict[str, Any]] = {}
    for low, high in pairwise(CONFIDENCES):
        some = [cell for cell in counted if low <= cell.confidence < high]
        right = _mean([float(cell.read == cell.label) for cell in some]) if len(some) >= FEW else "too few to say"
        table[f"{low:.1f} to {min(high, 1.0):.1f}"] = {"right": right, "said": len(some)}
    return table


def _worst(cells: Iterable[_Cell]) -> list[dict[str, Any]]:
    """The surest mistakes with their sentences: what to mend next."""
    wrong = sorted((cell for cell in cells if cell.read != cell.label), key=lambda cell: -cell.confidence)
    return [
        {
            "document": cell.name,
            "question": cell.question,
            "read": cell.read,
            "label": cell.label,
            "confidence": cell.confidence,
            "quote": cell.quote,
            "labelled": cell.labelled,
        }
        for cell in wrong[:WORST]
    ]


def _question_scores(cells: list[_Cell]) -> dict[str, Any]:
    support = sum(cell.label == "answered" for cell in cells)
    return {
        "answered": {**_pooled(cells), "support": support},
        "evidence_precision": _quotes_right(cell for cell in cells if cell.read == "answered"),
    }


def _passage_scores(cells: list[_Cell], near_misses: list[_Cell], members: set[str]) -> dict[str, Any]:
    own = [cell for cell in cells if cell.question in members]
    support = sum(cell.label == "answered" for cell in own)
    refused = _refused([cell for cell in near_misses if cell.question in members])
    return {**_pooled(own), "support": support, "refused": refused}


def _refused(near_misses: list[_Cell]) -> float | None:
    return _mean([float(cell.read != "answered") for cell in near_misses])


def _quotes_right(cells: Iterable[_Cell]) -> float | None:
    return _mean([float(cell.quote_right) for cell in cells])


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa, unweighted; None when chance alone would agree always."""
    total = len(pairs)
    agreed = sum(one == other for one, other in pairs) / total
    chance = sum(
        sum(one == label for one, _ in pairs) * sum(other == label for _, other in pairs) for label in LABELS
    ) / (total * total)
    return None if chance == 1 else round((agreed - chance) / (1 - chance), 4)
