"""Trains the encoder and prints how well it reads documents and passages that it was not trained on.

    make train [EVAL=../shared/eval] [OUT=build/encoder.pt]

The folds are cut by document; a fold's encoder has seen none of its documents and passages. The decision for a whole
document is fitted on the other folds' documents, each scored by an encoder that had not seen it.
"""

import argparse
import copy
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from encoder import Encoder, logits_of, train
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score
from texts import ANSWERED, QUESTIONS, VALUES, Text, labelled_documents, labelled_passages, own_documents, own_passages

from diagnostics.evaluate import quote_is_right

FOLDS, REHEARSED = 5, 400  # own texts that are rehearsed while learning from the labelled ones
LONGEST_QUOTE = 60  # words
BOOTSTRAPS = 2_000
Documents = Sequence[tuple[Text, object]]


def features(logits: np.ndarray) -> np.ndarray:
    """What a whole document says to each question: the two surest sentences of each kind; questions x 4."""
    answers, speaks = np.split(np.sort(logits, 0)[::-1], 2, 1)
    second = min(1, len(logits) - 1)
    return np.stack([answers[0], answers[second], speaks[0], speaks[second]], -1)


def design(all_features: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    """Rows of the decision's regression: standardised features, and which question it is."""
    scaled = ((all_features - mean) / deviation).reshape(-1, all_features.shape[-1])
    return np.concatenate([scaled, np.tile(np.eye(len(QUESTIONS)), (len(all_features), 1))], 1)


def decided(logits: Sequence[np.ndarray], labels: np.ndarray, folds: Sequence[Sequence[int]]) -> np.ndarray:
    """Each document's twenty statuses, by a regression and a threshold fitted on the other folds."""
    found = np.array([features(each) for each in logits])
    statuses = np.zeros(labels.shape, dtype=int)
    for fold in folds:
        rest = [n for n in range(len(labels)) if n not in set(fold)]
        mean, deviation = found[rest].mean((0, 1)), found[rest].std((0, 1))
        model = LogisticRegression(C=1.0, max_iter=2_000)
        model.fit(design(found[rest], mean, deviation), labels[rest].ravel())
        sure = model.predict_proba(design(found[rest], mean, deviation))[:, ANSWERED]
        truth = labels[rest].ravel() == ANSWERED
        threshold = max(
            np.arange(0.25, 0.7, 0.01), key=lambda t: 2 * (truth & (sure > t)).sum() / ((sure > t).sum() + truth.sum())
        )
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


def print_documents(documents: Documents, logits: Sequence[np.ndarray], folds: Sequence[Sequence[int]]) -> None:
    """Prints the figures of the documents, each decided without having been seen."""
    labels = np.array([[VALUES[label[q]["status"]] for q in QUESTIONS] for _, label in documents])  # type: ignore[index]
    statuses = decided(logits, labels, folds)
    said, truth = statuses == ANSWERED, labels == ANSWERED
    draws = np.random.default_rng(0).integers(0, len(labels), (BOOTSTRAPS, len(labels)))
    low = np.quantile([f1(said[draw], truth[draw])[2] for draw in draws], 0.05)
    right = [
        quote_is_right(quote(text, 1 / (1 + np.exp(-logits[n][:, k]))), label[question]["quotes"])  # type: ignore[index]
        for n, (text, label) in enumerate(documents)
        for k, question in enumerate(QUESTIONS)
        if said[n, k] and truth[n, k]
    ]
    precision, recall, score = f1(said, truth)
    kappa = cohen_kappa_score(labels.ravel(), statuses.ravel())
    print(f"documents {len(labels)}: P {precision:.3f} R {recall:.3f} F1 {score:.3f} (90 % from {low:.3f})")
    print(f"  kappa {kappa:.3f}, first quote right {np.mean(right):.3f} of {len(right)}")
    for k, question in enumerate(QUESTIONS):
        print(f"  {question:<22} F1 {f1(said[:, k], truth[:, k])[2]:.2f}, support {truth[:, k].sum()}")


def print_passages(passages: Sequence[tuple[Text, object]], sure: Sequence[np.ndarray]) -> None:
    """Prints the figures of the passages at a logit of -1.5, where an unclear sentence still counts."""
    cells, refused = [], []
    for (_, row), logits in zip(passages, sure, strict=True):
        best = dict(zip(QUESTIONS, logits[:, : len(QUESTIONS)].max(0) > -1.5, strict=True))
        cells.append((best[row["question"]], row["status"] == "answered"))  # type: ignore[index]
        cells += [(best[question], True) for question in row["also_answered"]]  # type: ignore[index]
        if row["status"] == "missing":  # type: ignore[index]
            refused.append(not best[row["question"]])  # type: ignore[index]
    said, truth = np.array(cells).T
    precision, recall, score = f1(said, truth)
    print(f"passages {len(passages)}: P {precision:.3f} R {recall:.3f} F1 {score:.3f}, refused {np.mean(refused):.3f}")


def main() -> None:
    """Trains on the project's own texts, cross-validates on the labelled ones, and saves what learnt from all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("labelled", type=Path, help="folder with kickoffs/docs, kickoffs/labels and passages.jsonl")
    asked.add_argument("out", type=Path)
    asked.add_argument("--epochs", type=int, default=5, help="over the project's own texts [5]")
    options = asked.parse_args()
    marked, passages = own_documents(labelled=False), own_passages()
    print(f"own texts: {len(marked)} documents, {len(passages)} passages")
    encoder = Encoder()
    train(encoder, [*marked, *passages], epochs=options.epochs, rate=2e-4)
    own = [*own_documents(), *random.Random(0).sample(passages, 3_000)]
    train(encoder, own, epochs=2, rate=1e-4)

    documents = labelled_documents(options.labelled / "kickoffs")
    rows = labelled_passages(options.labelled / "passages.jsonl")
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
        train(encoder, [*seen, *random.Random(k).sample(own, REHEARSED)], epochs=3, rate=1e-4)
        document_logits |= {n: logits_of(encoder, documents[n][0]) for n in apart}
        row_logits |= {n: logits_of(encoder, rows[n][0]) for n in rows_apart}
    print_documents(documents, [document_logits[n] for n in range(len(documents))], folds)
    print_passages(rows, [row_logits[n] for n in range(len(rows))])

    encoder.load_state_dict(start)
    everything = [text for text, _ in (*documents, *rows)]
    train(encoder, [*everything, *random.Random(9).sample(own, REHEARSED)], epochs=3, rate=1e-4)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(encoder.state_dict(), options.out)
    print(f"kept as {options.out}")


if __name__ == "__main__":
    main()
