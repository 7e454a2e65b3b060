"""The whole document decides: from its surest sentences to how probable each status of a question is."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self

from diagnostics.findings import Status
from diagnostics.reading.encoder import MODEL

BRIEF, DOCUMENT = 4, 20  # sentences; up to the first a text is judged as a note, from the other on as a document
SILENT = -9.0  # the logit of a text without a sentence
PLACES = 3  # the surest sentences that are looked at one by one
STATUSES = (Status.MISSING, Status.VAGUE, Status.ANSWERED)


@dataclass(frozen=True, slots=True)
class Side:
    """What a text's sentences say of one thing: the surest logits, and the logarithm of all their odds summed."""

    surest: tuple[float, ...]
    total: float

    @classmethod
    def of(cls, logits: Iterable[float]) -> Self:
        """The side of some sentences' logits; of no sentence it is silent."""
        given = tuple(logits) or (SILENT,)
        return cls(tuple(sorted(given, reverse=True)[:PLACES]), math.log(sum(math.exp(logit) for logit in given)))

    def __add__(self, other: Self) -> Self:
        """Two texts' side, as if they were one text."""
        surest = tuple(sorted((*self.surest, *other.surest), reverse=True)[:PLACES])
        return replace(self, surest=surest, total=math.log(math.exp(self.total) + math.exp(other.total)))

    def __getitem__(self, place: int) -> float:
        """The logit at a place, the surest first; where a text has fewer, the last stands for the rest."""
        return self.surest[min(place, len(self.surest) - 1)]


@dataclass(frozen=True, slots=True)
class Signal:
    """What a text says to one question: that its sentences answer it, that they speak to it, and how many they are."""

    answers: Side
    speaks: Side
    sentences: int

    @classmethod
    def of(cls, answers: Sequence[float], speaks: Sequence[float]) -> Self:
        """The signal of a text's sentences."""
        return cls(Side.of(answers), Side.of(speaks), len(answers))

    def __add__(self, other: Self) -> Self:
        """Two records' signal to one question, as if they were one text."""
        return replace(
            self,
            answers=self.answers + other.answers,
            speaks=self.speaks + other.speaks,
            sentences=self.sentences + other.sentences,
        )

    @property
    def features(self) -> tuple[float, ...]:
        """What the regression sees: the three surest sentences of each side, each side's total, the text's length."""
        sides = (self.answers, self.speaks)
        surest = (side[place] for place in range(PLACES) for side in sides)
        return (*surest, *(side.total for side in sides), math.log(max(self.sentences, 1)))


def decide(question: str, signal: Signal, fitted: Mapping[str, Any] | None = None) -> tuple[Status, float]:
    """The status, and how often it is right on documents that neither encoder nor decision had seen.

    A document's by a multinomial logistic regression on the signal's features and on which question it is, a brief
    note's by logistic regressions on its surest sentences, what lies between by both. `fitted` is what
    model/decision.json holds, unless another fit is being measured.
    """
    fitted = fitted or _fitted()
    whole = _wholeness(signal.sentences)
    threshold = whole * fitted["threshold"] + (1 - whole) * fitted["brief"]["threshold"]
    shares = [
        whole * of_document + (1 - whole) * of_note
        for of_document, of_note in zip(
            _of_a_document(question, signal, fitted), _of_a_note(signal, fitted["brief"]), strict=True
        )
    ]
    if shares[2] >= threshold:
        return Status.ANSWERED, round(shares[2], 3)
    best = max((0, 1), key=lambda k: shares[k])
    return STATUSES[best], round(shares[best], 3)


def _wholeness(sentences: int) -> float:
    """From 0 for a brief note to 1 for a document of twenty sentences; between them both judgements count."""
    return min(1.0, math.log(max(sentences, BRIEF) / BRIEF) / math.log(DOCUMENT / BRIEF))


def _of_a_note(signal: Signal, fitted: Mapping[str, Any]) -> list[float]:
    answered, speaks = (
        _sigmoid(fitted[name][0] * side[0] + fitted[name][1])
        for name, side in (("answers", signal.answers), ("speaks", signal.speaks))
    )
    vague = (1 - answered) * speaks
    return [1 - answered - vague, vague, answered]


def _of_a_document(question: str, signal: Signal, fitted: Mapping[str, Any]) -> list[float]:
    scaled = [(x - m) / d for x, m, d in zip(signal.features, fitted["mean"], fitted["deviation"], strict=True)]
    scores = [
        fitted["bias"][question][k] + sum(w * x for w, x in zip(fitted["weights"][k], scaled, strict=True))
        for k in range(len(STATUSES))
    ]
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


@lru_cache(maxsize=1)
def _fitted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MODEL / "decision.json").read_text(encoding="utf-8"))
    return found
