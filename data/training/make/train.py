"""Trains the encoder and prints how well it reads documents and passages that it was not trained on.

    make train [EVAL=../shared/eval]

The folds are cut by document; a fold's encoder has seen none of its documents and passages. The decision for a whole
document is fitted on the other folds' documents, each scored by an encoder that had not seen it.
"""

import argparse
import copy
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from encoder import Encoder, logits_of, train
from export import write_card, write_model
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score
from texts import ANSWERED, QUESTIONS, VALUES, Text, labelled_documents, labelled_passages, own_documents, own_passages

from diagnostics.evaluate import quote_is_right

FOLDS, REHEARSED = 5, 400  # own texts that are rehearsed while learning from the labelled ones
LONGEST_QUOTE = 60  # words
BOOTSTRAPS = 2_000
FEW = 10  # answered labels of a question; fewer are too few to say
WHICH = 0.5  # how much the decision leans on which question it is: little, for there are few documents
Documents = Sequence[tuple[Text, Any]]
Rows = Sequence[tuple[Text, Any]]


def features(logits: np.ndarray) -> np.ndarray:
    """What a whole document says to each question: the two surest sentences of each kind; questions x 4."""
    answers, speaks = np.split(np.sort(logits, 0)[::-1], 2, 1)
    second = min(1, len(logits) - 1)
    return np.stack([answers[0], answers[second], speaks[0], speaks[second]], -1)


def design(all_features: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """Rows of the decision's regression: standardised features, and which question it is."""
    scaled = ((all_features - mean) / deviation).reshape(-1, all_features.shape[-1])
    return np.concatenate([scaled, np.tile(WHICH * np.eye(len(QUESTIONS)), (len(all_features), 1))], 1)


def fitted(
    found: np.ndarray, labels: np.ndarray, mean: np.ndarray, deviation: np.ndarray
) -> tuple[LogisticRegression, float]:
    """The decision's regression, and the share of `answered` above which F1 is best on what it was fitted on."""
    model = LogisticRegression(C=0.1, max_iter=2_000)
    model.fit(design(found, mean, deviation), labels.ravel())
    sure = model.predict_proba(design(found, mean, deviation))[:, ANSWERED]
    truth = labels.ravel() == ANSWERED
    threshold = max(
        np.arange(0.25, 0.7, 0.01), key=lambda t: 2 * (truth & (sure > t)).sum() / ((sure > t).sum() + truth.sum())
    )
    return model, float(threshold)


def decision(logits: Sequence[np.ndarray], labels: np.ndarray, rows: Rows, row_logits: Sequence[np.ndarray]) -> object:
    """What diagnostics/reading/decision.py loads, fitted on logits of texts that their encoder had not seen."""
    found = np.array([features(each) for each in logits])
    mean, deviation = found.mean((0, 1)), found.std((0, 1))
    model, threshold = fitted(found, labels, mean, deviation)
    answers, speaks = [], []
    for (_, row), each in zip(rows, row_logits, strict=True):
        asked = QUESTIONS.index(row["question"])
        best = each.max(0)
        answers.append((best[asked], row["status"] == "answered"))
        answers += [(best[QUESTIONS.index(question)], True) for question in row["also_answered"]]
        if row["status"] != "answered":
            speaks.append((best[len(QUESTIONS) + asked], row["status"] == "vague"))

    def line(points: list[tuple[float, bool]]) -> list[float]:
        on = LogisticRegression(C=10).fit(np.array([[x] for x, _ in points]), [y for _, y in points])
        return [round(float(on.coef_[0, 0]), 4), round(float(on.intercept_[0]), 4)]

    weights, own = model.coef_[:, : found.shape[-1]], model.coef_[:, found.shape[-1] :]
    return {
        "mean": mean.round(4).tolist(),
        "deviation": deviation.round(4).tolist(),
        "weights": weights.round(4).tolist(),
        "bias": {
            question: (WHICH * own[:, k] + model.intercept_).round(4).tolist() for k, question in enumerate(QUESTIONS)
        },
        "threshold": round(threshold, 3),
        "brief": {"answers": line(answers), "speaks": line(speaks)},
    }


def decided(logits: Sequence[np.ndarray], labels: np.ndarray, folds: Sequence[Sequence[int]]) -> np.ndarray:
    """Each document's twenty statuses, by a regression and a threshold fitted on the other folds."""
    found = np.array([features(each) for each in logits])
    statuses = np.zeros(labels.shape, dtype=int)
    for fold in folds:
        rest = [n for n in range(len(labels)) if n not in set(fold)]
        mean, deviation = found[rest].mean((0, 1)), found[rest].std((0, 1))
        model, threshold = fitted(found[rest], labels[rest], mean, deviation)
        shares = model.predict_proba(design(found[fold], mean, deviation))
        status = np.where(shares[:, ANSWERED] > threshold, ANSWERED, shares[:, :ANSWERED].argmax(1))
        statuses[fold] = status.reshape(len(fold), -1)
    return statuses


def quote(text: Text, sure: np.ndarray) -> str:
    """The surest sentence, with those neighbours that are a twentieth as sure and fit into 60 words with it."""
    best = int(sure.argmax())
    found, most = text.text[slice(*text.sentences[best].span)], 0.0
    for first in range(max(0, best - 8), best + 1):
        for last in range(best, min(len(text.sentences), best + 9)):
            piece = text.text[text.sentences[first].span[0] : text.sentences[last].span[1]]
            if len(piece.split()) > LONGEST_QUOTE:
                break
            gain = (sure[first : last + 1] / sure[best]).sum() - 0.05 * (last - first)
            if gain > most:
                found, most = piece, gain
    return found


def f1(said: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    both = (said & truth).sum()
    return both / max(1, said.sum()), both / max(1, truth.sum()), 2 * both / max(1, said.sum() + truth.sum())


def print_documents(
    documents: Documents, logits: Sequence[np.ndarray], folds: Sequence[Sequence[int]]
) -> dict[str, Any]:
    """Prints and returns the figures of the documents, each decided without having been seen."""
    labels = np.array([[VALUES[label[q]["status"]] for q in QUESTIONS] for _, label in documents])
    statuses = decided(logits, labels, folds)
    said, truth = statuses == ANSWERED, labels == ANSWERED
    draws = np.random.default_rng(0).integers(0, len(labels), (BOOTSTRAPS, len(labels)))
    low = np.quantile([f1(said[draw], truth[draw])[2] for draw in draws], 0.05)
    right = [
        quote_is_right(quote(text, 1 / (1 + np.exp(-logits[n][:, k]))), label[question]["quotes"])
        for n, (text, label) in enumerate(documents)
        for k, question in enumerate(QUESTIONS)
        if said[n, k] and truth[n, k]
    ]
    precision, recall, score = f1(said, truth)
    kappa = cohen_kappa_score(labels.ravel(), statuses.ravel())
    print(f"documents {len(labels)}: P {precision:.3f} R {recall:.3f} F1 {score:.3f} (90 % from {low:.3f})")
    print(f"  kappa {kappa:.3f}, first quote right {np.mean(right):.3f} of {len(right)}")
    support = truth.sum(0)
    each = {q: round(float(f1(said[:, k], truth[:, k])[2]), 2) for k, q in enumerate(QUESTIONS) if support[k] >= FEW}
    for k, question in enumerate(QUESTIONS):
        print(f"  {question:<22} F1 {each.get(question, 'too few to say')}, support {support[k]}")
    return {
        "documents": len(labels),
        "precision": round(float(precision), 3),
        "recall": round(float(recall), 3),
        "f1": round(float(score), 3),
        "f1_90_percent_from": round(float(low), 3),
        "kappa": round(float(kappa), 3),
        "first_quote_right": round(float(np.mean(right)), 3) if right else None,
        "f1_by_question": each,
        "support": dict(zip(QUESTIONS, support.tolist(), strict=True)),
    }


def print_passages(passages: Rows, sure: Sequence[np.ndarray]) -> dict[str, Any]:
    """Prints and returns the figures of the passages at a logit of -3, about what the brief decision takes for even."""
    cells, refused = [], []
    for (_, row), logits in zip(passages, sure, strict=True):
        best = dict(zip(QUESTIONS, logits[:, : len(QUESTIONS)].max(0) > -3, strict=True))
        cells.append((best[row["question"]], row["status"] == "answered"))
        cells += [(best[question], True) for question in row["also_answered"]]
        if row["status"] == "missing":
            refused.append(not best[row["question"]])
    said, truth = np.array(cells).T
    precision, recall, score = f1(said, truth)
    print(f"passages {len(passages)}: P {precision:.3f} R {recall:.3f} F1 {score:.3f}, refused {np.mean(refused):.3f}")
    return {"rows": len(passages), "f1": round(float(score), 3), "refused": round(float(np.mean(refused)), 3)}


def main() -> None:
    """Trains on the project's own texts, cross-validates on the labelled ones, and saves what learnt from all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("labelled", type=Path, help="folder with kickoffs/docs, kickoffs/labels and passages.jsonl")
    asked.add_argument("out", type=Path)
    asked.add_argument("--epochs", type=int, default=5, help="over the project's own texts [5]")
    asked.add_argument("--sample", type=int, default=0, help="only so many texts of each kind: to try the script")
    options = asked.parse_args()
    marked, passages = own_documents(labelled=False), own_passages()
    carefully = own_documents()
    if options.sample:
        marked, passages, carefully = marked[: options.sample], passages[: options.sample], carefully[: options.sample]
    print(f"own texts: {len(marked)} documents, {len(passages)} passages")
    encoder = Encoder()
    train(encoder, [*marked, *passages], epochs=options.epochs, rate=2e-4)
    own = [*carefully, *random.Random(0).sample(passages, min(len(passages), 3_000))]
    train(encoder, own, epochs=2, rate=1e-4)

    documents = labelled_documents(options.labelled / "kickoffs")
    rows = labelled_passages(options.labelled / "passages.jsonl")
    if options.sample:
        documents, rows = documents[: options.sample], random.Random(1).sample(rows, 5 * options.sample)
    start = copy.deepcopy(encoder.state_dict())
    spread, order = random.Random(7), [list(range(len(documents))), list(range(len(rows)))]
    for numbers in order:
        spread.shuffle(numbers)
    folds = [order[0][k::FOLDS] for k in range(FOLDS)]
    document_logits: dict[int, np.ndarray] = {}
    row_logits: dict[int, np.ndarray] = {}
    for k, fold in enumerate(folds):
        print(f"fold {k + 1} of {FOLDS}")
        apart, rows_apart = set(fold), set(order[1][k::FOLDS])
        seen = [text for n, (text, _) in enumerate(documents) if n not in apart]
        seen += [text for n, (text, _) in enumerate(rows) if n not in rows_apart]
        encoder.load_state_dict(start)
        train(encoder, [*seen, *random.Random(k).sample(own, min(len(own), REHEARSED))], epochs=3, rate=1e-4)
        document_logits |= {n: logits_of(encoder, documents[n][0]) for n in apart}
        row_logits |= {n: logits_of(encoder, rows[n][0]) for n in rows_apart}
    unseen = [document_logits[n] for n in range(len(documents))]
    rows_unseen = [row_logits[n] for n in range(len(rows))]
    read, taken = print_documents(documents, unseen, folds), print_passages(rows, rows_unseen)

    encoder.load_state_dict(start)
    everything = [text for text, _ in (*documents, *rows)]
    train(encoder, [*everything, *random.Random(9).sample(own, min(len(own), REHEARSED))], epochs=3, rate=1e-4)
    write_model(encoder, options.out)
    labels = np.array([[VALUES[label[q]["status"]] for q in QUESTIONS] for _, label in documents])
    settled = decision(unseen, labels, rows, rows_unseen)
    (options.out / "decision.json").write_text(json.dumps(settled, indent=1) + "\n", encoding="utf-8")
    summary = (
        f"{read['documents']} documents: P {read['precision']}, R {read['recall']}, F1 {read['f1']}, "
        f"kappa {read['kappa']}, first quote right {read['first_quote_right']}; "
        f"{taken['rows']} passages: F1 {taken['f1']}, near-misses refused {taken['refused']}"
    )
    figures = {"how": __doc__.split("\n\n")[-1].strip(), "summary": summary, "documents": read, "passages": taken}
    trained_on = {
        "labelled_documents": [text for text, _ in documents],
        "labelled_passages": [text for text, _ in rows],
        "own_documents": marked,
        "own_passages": passages,
    }
    write_card(options.out, figures, trained_on)
    print(f"kept in {options.out}")


if __name__ == "__main__":
    main()
