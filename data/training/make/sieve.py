"""Fits the sieve: which words and pairs of words tell an answer from what people write in tickets all day.

    make train

Answered sentences of the project's own texts stand against the comments of a real tracker (`../shared/real`), which say
next to nothing about a kickoff's questions. The threshold lets 98 of 100 own answers pass, each judged
by weights that had not seen it. The labelled passages of ../shared/eval play no part: they measure it (tests/bench.py).
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from texts import ANSWERED, own_documents, own_passages

from diagnostics.reading.sieve import BITS, Sieve, hashed

LOST = 0.02  # share of the own answers, harder than most, that may stay behind
STRENGTH = 1.0
LONGEST = 60_000  # bytes

_SENTENCE = re.compile(r"\n|(?<=[.!?])(?=\s)")


def comments(export: Path) -> list[str]:
    """Every comment and description of an export of Jira's, cut where the sieve cuts them."""
    found: list[str] = []
    with gzip.open(export, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)["fields"]
            written = [
                fields.get("description"),
                *(c.get("body") for c in (fields.get("comment") or {}).get("comments", ())),
            ]
            found += [
                part for text in written if isinstance(text, str) for part in _SENTENCE.split(text) if part.strip()
            ]
    return found


def answers() -> list[str]:
    """Every sentence of the own texts that answers some question."""
    return [
        sentence.spoken
        for text in (*own_passages(), *own_documents(labelled=False))
        for sentence, says in zip(text.sentences, text.says, strict=True)
        if ANSWERED in says.values()
    ]


def counted(sentences: Iterable[str]) -> csr_matrix:
    """Sentences x (words..., pairs...), how often each occurs."""
    rows, columns = [], []
    many = 0
    for many, sentence in enumerate(sentences, 1):
        block = hashed(sentence.replace("\n", " ").encode()[:LONGEST])
        here = [*block.words, *(block.pairs + (1 << BITS))]
        rows += [many - 1] * len(here)
        columns += here
    return csr_matrix((np.ones(len(rows), "f4"), (rows, columns)), shape=(many, 2 << BITS))


def fit(positive: Sequence[str], negative: Sequence[str]) -> Sieve:
    """The weights, and the sum that all but `LOST` of the positive ones reach."""
    rows = counted([*positive, *negative])
    truth = np.repeat([True, False], [len(positive), len(negative)])
    model = LogisticRegression(C=STRENGTH, max_iter=500, class_weight="balanced")
    unseen = cross_val_predict(model, rows, truth, cv=5, method="decision_function")
    model.fit(rows, truth)
    words, pairs = model.coef_.reshape(2, -1).astype("f2").astype("f4")
    # A sum holds no constant of its own: it moves into the threshold.
    threshold = float(np.quantile(unseen[truth], LOST) - model.intercept_[0])
    return Sieve(words, pairs, threshold)


def main() -> None:
    """Fits, and keeps the weights beside the encoder."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("export", type=Path, help="a Jira export whose comments stand for tickets (.jsonl.gz)")
    asked.add_argument("out", type=Path)
    options = asked.parse_args()
    positive, negative = answers(), comments(options.export)
    made = fit(positive, negative)
    np.savez_compressed(
        options.out / "sieve.npz",
        words=made.words.astype("f2"),
        pairs=made.pairs.astype("f2"),
        threshold=np.float32(made.threshold),
    )
    passed = len(made.passed(negative))
    print(f"sieve: {len(positive)} answers, {passed} of {len(negative)} lines of the export pass")


if __name__ == "__main__":
    main()
