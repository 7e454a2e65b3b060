"""Trains the encoder, and measures by the reader's own path how well it reads what it was not trained on.

    make train [EVAL=../shared/eval]

The folds are cut by document. A fold's encoder has seen none of its documents and passages, and its decision is fitted
on the other folds' texts alone, each judged by an encoder that had not seen that text (but had seen the fold's: a
wholly nested run would train five times as many encoders). Chosen with the figures in sight: the decision's features,
how its threshold is set, and how strongly it leans on its prior (by the verdicts on the sample portfolio as well).
"""

import argparse
import copy
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from encoder import Encoder, logits_of, train, train_averaged
from export import write_card, write_model
from sklearn.linear_model import LogisticRegression
from texts import QUESTIONS, VALUES, Text, labelled_documents, labelled_passages, own_documents, own_passages

from diagnostics.answers import answer_questions
from diagnostics.evaluate import as_labelled, evaluate_documents, evaluate_passages
from diagnostics.findings import Answer
from diagnostics.patterns import Question, all_questions
from diagnostics.reading import read
from diagnostics.reading.context import Sentence
from diagnostics.reading.decision import Signal, decide
from diagnostics.reading.encoder import Logits
from diagnostics.records import KickoffRecord, canonical_text, text_sha256

FOLDS = 5
WHICH, STRENGTH = 0.5, 1.0  # the decision leans little on which question it is: documents are few
BRIEF_STRENGTH = 10
PRECISION = 0.77  # at least this much of what is called answered should be
ANSWERED = VALUES["answered"]

Signals = Mapping[str, Signal]
Labelled = Sequence[tuple[Text, Any]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One text's logits, made before, in the place of the encoder that made them."""

    made: Logits
    questions: tuple[str, ...] = QUESTIONS

    def logits(self, sentences: Sequence[Sentence]) -> Logits:
        """The logits of the one text."""
        if len(sentences) != len(self.made):
            raise ValueError(f"{len(self.made)} sentences were judged, {len(sentences)} are asked about")
        return self.made


def fitted(documents: Sequence[tuple[Signals, Any]], passages: Sequence[tuple[Signals, Any]]) -> dict[str, Any]:
    """A decision as diagnostics/reading/decision.py loads it, from signals and labels."""
    cells = [(each[q], number, label[q]["status"]) for each, label in documents for number, q in enumerate(QUESTIONS)]
    seen = np.array([signal.features for signal, _, _ in cells])
    mean, deviation = seen.mean(0), seen.std(0)
    which = WHICH * np.eye(len(QUESTIONS))[[number for _, number, _ in cells]]
    rows = np.concatenate([(seen - mean) / deviation, which], 1)
    truth = np.array([VALUES[status] for _, _, status in cells])
    model = LogisticRegression(C=STRENGTH, max_iter=2_000).fit(rows, truth)
    threshold = _threshold(model.predict_proba(rows)[:, ANSWERED], truth == ANSWERED)
    answers: list[tuple[float, bool]] = []
    speaks: list[tuple[float, bool]] = []
    for each, row in passages:
        own = each[row["question"]]
        answers.append((own.answers[0], row["status"] == "answered"))
        answers += [(each[question].answers[0], True) for question in row["also_answered"]]
        if row["status"] != "answered":
            speaks.append((own.speaks[0], row["status"] == "vague"))
    slope, intercept = _line(answers)
    brief_sure = 1 / (1 + np.exp(-(slope * np.array([x for x, _ in answers]) + intercept)))
    weights, own_bias = model.coef_[:, : seen.shape[1]], WHICH * model.coef_[:, seen.shape[1] :]
    return {
        "mean": mean.round(4).tolist(),
        "deviation": deviation.round(4).tolist(),
        "weights": weights.round(4).tolist(),
        "bias": {q: (own_bias[:, k] + model.intercept_).round(4).tolist() for k, q in enumerate(QUESTIONS)},
        "threshold": threshold,
        "brief": {
            "answers": [slope, intercept],
            "speaks": _line(speaks),
            "threshold": _threshold(brief_sure, np.array([answered for _, answered in answers])),
        },
    }


def _threshold(sure: np.ndarray, answered: np.ndarray) -> float:
    """The share above which F1 is best while precision holds: a false "answered" hides what gets a project stuck."""

    def scores(threshold: float) -> tuple[bool, float]:
        said = sure >= threshold
        both = (said & answered).sum()
        return bool(both >= PRECISION * said.sum()), 2 * both / (said.sum() + answered.sum())

    return round(float(max(np.arange(0.25, 0.75, 0.01), key=scores)), 2)


def _line(points: Sequence[tuple[float, bool]]) -> list[float]:
    """Slope and intercept of a logistic regression on one logit."""
    on = LogisticRegression(C=BRIEF_STRENGTH).fit(np.array([[x] for x, _ in points]), [y for _, y in points])
    return [round(float(on.coef_[0, 0]), 4), round(float(on.intercept_[0]), 4)]


class Apart:
    """Every labelled text judged by an encoder that had not seen it, and decided by a fit that had not either."""

    def __init__(self, encoder: Encoder, documents: Labelled, passages: Labelled, own: Sequence[Text]) -> None:
        start = copy.deepcopy(encoder.state_dict())
        self._judged: dict[str, Judged] = {}
        self._fold: dict[str, int] = {}
        self._documents, self._passages = documents, passages
        for some in (documents, passages):
            names = [text.name for text, _ in some]
            random.Random(7).shuffle(names)
            self._fold |= {name: number % FOLDS for number, name in enumerate(names)}
        labelled = [text for text, _ in (*documents, *passages)]
        for fold in range(FOLDS):
            print(f"fold {fold + 1} of {FOLDS}", flush=True)
            encoder.load_state_dict(start)
            seen = [text for text in labelled if self._fold[text.name] != fold]
            train_averaged(encoder, seen, own, draw=fold, epochs=3, rate=1e-4)
            self._judged |= {
                text.name: Judged(logits_of(encoder, text.sentences))
                for text in labelled
                if self._fold[text.name] == fold
            }
        encoder.load_state_dict(start)
        self._signals = {
            text.name: read(text.text, all_questions(), self._judged[text.name]).signals for text in labelled
        }
        self._decisions = [self.decision(without=fold) for fold in range(FOLDS)]

    def decision(self, without: int | None = None) -> dict[str, Any]:
        """The decision fitted on all folds but one; on all, to be shipped."""
        documents, passages = (
            [(self._signals[text.name], label) for text, label in some if self._fold[text.name] != without]
            for some in (self._documents, self._passages)
        )
        return fitted(documents, passages)

    def answers_of(self, text: str, name: str, questions: Sequence[Question]) -> dict[str, Answer]:
        """Reads a labelled text as the product does, by the fold's encoder and decision."""
        record = KickoffRecord(ref=name, kind="text", text=canonical_text(text))
        reading = read(record.text, tuple(questions), self._judged[name])
        decided = partial(decide, fitted=self._decisions[self._fold[name]])
        answers = answer_questions([(record, reading)], questions, no_kickoff_held=False, decide=decided)
        return {answer.id: answer for answer in answers}

    def kept(self) -> dict[str, dict[str, tuple[str, float, int, int]]]:
        """Every labelled text's answers, as diagnostics/reading/card.py loads them; labels know no conflict."""
        found = {}
        for text, _ in (*self._documents, *self._passages):
            answers = self.answers_of(text.text, text.name, all_questions())
            found[text_sha256(canonical_text(text.text))] = {
                id: (
                    as_labelled(answer),
                    answer.confidence,
                    *(answer.evidence[0].span if answer.evidence else (0, 0)),
                )
                for id, answer in answers.items()
            }
        return found


def main() -> None:
    """Trains on the project's own texts, cross-validates on the labelled ones, and keeps what learnt from all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("labelled", type=Path, help="folder with kickoffs/docs, kickoffs/labels and passages.jsonl")
    asked.add_argument("out", type=Path)
    asked.add_argument("--epochs", type=int, default=4, help="over the project's own texts [4]")
    asked.add_argument("--own", type=int, help="only so many own texts of each kind: to try the script")
    asked.add_argument("--start", type=Path, help="what the own texts alone left: gone on from, or kept there")
    options = asked.parse_args()
    marked, carefully = own_documents(labelled=False)[: options.own], own_documents()[: options.own]
    passages = own_passages()[: options.own]
    print(f"own texts: {len(marked)} documents, {len(passages)} passages")
    encoder = Encoder()
    own = [*carefully, *random.Random(0).sample(passages, min(len(passages), 3_000))]
    if options.start and options.start.exists():
        encoder.load_state_dict(torch.load(options.start, weights_only=True))
    else:
        train(encoder, [*marked, *passages], epochs=options.epochs, rate=2e-4)
        train(encoder, own, epochs=2, rate=1e-4)
        if options.start:
            torch.save(encoder.state_dict(), options.start)

    documents = labelled_documents(options.labelled / "kickoffs")
    rows = labelled_passages(options.labelled / "passages.jsonl")
    apart = Apart(encoder, documents, rows, own)
    figures = {
        "documents": evaluate_documents(options.labelled / "kickoffs", all_questions(), apart.answers_of),
        "passages": evaluate_passages(options.labelled / "passages.jsonl", all_questions(), apart.answers_of)[
            "passages"
        ],
    }
    for figure in ("trained_on", "seconds"):
        figures["documents"].pop(figure)
    worst = figures["documents"].pop("worst")  # quotes somebody's text: printed, never kept
    print(json.dumps({**figures, "worst": worst}, indent=1, ensure_ascii=False))

    labelled = [text for text, _ in (*documents, *rows)]
    train_averaged(encoder, labelled, own, draw=9, epochs=3, rate=1e-4)
    write_model(encoder, options.out)
    settled = json.dumps(apart.decision(), indent=1) + "\n"
    (options.out / "decision.json").write_text(settled, encoding="utf-8")
    (options.out / "apart.json").write_text(json.dumps(apart.kept(), separators=(",", ":")) + "\n", encoding="utf-8")
    trained_on = {
        "labelled_documents": [text for text, _ in documents],
        "labelled_passages": [text for text, _ in rows],
        "own_documents": marked,
        "own_passages": passages,
    }
    write_card(options.out, {"how": (__doc__ or "").split("\n\n")[-1].strip(), **figures}, trained_on)
    print(f"kept in {options.out}")


if __name__ == "__main__":
    main()
