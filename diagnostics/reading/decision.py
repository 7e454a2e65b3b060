"""The whole document decides: from its surest sentences to how probable each status of a question is."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from diagnostics.findings import Status
from diagnostics.reading.encoder import MODEL

BRIEF = 4  # sentences; a shorter text is judged as the note that it is
SILENT = -9.0  # the logit of a text without a sentence
STATUSES = (Status.MISSING, Status.VAGUE, Status.ANSWERED)


@dataclass(frozen=True, slots=True)
class Signal:
    """What a text says to one question: the logits of its two surest sentences, that they answer, that they speak."""

    answers: tuple[float, ...]
    speaks: tuple[float, ...]
    sentences: int

    @classmethod
    def of(cls, answers: Sequence[float], speaks: Sequence[float]) -> Self:
        """The signal of a text's sentences; one without any is silent."""
        best, nearest = (tuple(sorted(side, reverse=True)[:2]) or (SILENT,) for side in (answers, speaks))
        return cls(best, nearest, len(answers))

    @property
    def features(self) -> tuple[float, float, float, float]:
        """What the regression sees: the two surest sentences of each kind; the only one stands for both."""
        return (self.answers[0], self.answers[-1], self.speaks[0], self.speaks[-1])


def pooled(signals: Iterable[Signal]) -> Signal:
    """Several records' signals to one question, as if they were one text."""
    some = tuple(signals)
    answers, speaks = (
        tuple(sorted((logit for one in some for logit in getattr(one, side)), reverse=True)[:2])
        for side in ("answers", "speaks")
    )
    return Signal(answers, speaks, sum(one.sentences for one in some))


def decide(question: str, signal: Signal, fitted: Mapping[str, Any] | None = None) -> tuple[Status, float]:
    """The status, and how often it is right on documents that neither encoder nor decision had seen.

    A multinomial logistic regression on the two surest sentences of each kind and on which question it is; for
    a brief note a logistic regression on its surest sentence. `fitted` is what model/decision.json holds, unless
    another fit is being measured.
    """
    fitted = fitted or _fitted()
    threshold = fitted["threshold"]
    if signal.sentences <= BRIEF:
        threshold = fitted["brief"]["threshold"]
        answered = _sigmoid(fitted["brief"]["answers"][0] * signal.answers[0] + fitted["brief"]["answers"][1])
        speaks = _sigmoid(fitted["brief"]["speaks"][0] * signal.speaks[0] + fitted["brief"]["speaks"][1])
        vague = (1 - answered) * speaks
        shares = [1 - answered - vague, vague, answered]
    else:
        scaled = [(x - m) / d for x, m, d in zip(signal.features, fitted["mean"], fitted["deviation"], strict=True)]
        scores = [
            fitted["bias"][question][k] + sum(w * x for w, x in zip(fitted["weights"][k], scaled, strict=True))
            for k in range(len(STATUSES))
        ]
        powers = [math.exp(score - max(scores)) for score in scores]
        shares = [power / sum(powers) for power in powers]
    if shares[2] >= threshold:
        return Status.ANSWERED, round(shares[2], 3)
    best = max((0, 1), key=lambda k: shares[k])
    return STATUSES[best], round(shares[best], 3)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


@lru_cache(maxsize=1)
def _fitted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MODEL / "decision.json").read_text(encoding="utf-8"))
    return found
