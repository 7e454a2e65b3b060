"""The whole document decides: from its surest sentences to how probable each status of a question is."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from diagnostics.findings import Status
from diagnostics.reading.encoder import MODEL

BRIEF = 4  # sentences; a shorter text is judged as the note that it is
STATUSES = (Status.MISSING, Status.VAGUE, Status.ANSWERED)


@dataclass(frozen=True, slots=True)
class Signal:
    """What a text says to one question: the logits of its two surest sentences, that they answer, that they speak."""

    answers: tuple[float, ...]
    speaks: tuple[float, ...]
    sentences: int


def pooled(signals: Iterable[Signal]) -> Signal:
    """Several records' signals to one question, as if they were one text."""
    some = tuple(signals)
    answers, speaks = (
        tuple(sorted((logit for one in some for logit in getattr(one, side)), reverse=True)[:2])
        for side in ("answers", "speaks")
    )
    return Signal(answers, speaks, sum(one.sentences for one in some))


def decide(question: str, signal: Signal) -> tuple[Status, float]:
    """The status, and how often it is right on documents that neither encoder nor decision had seen.

    A multinomial logistic regression on the two surest sentences of each kind and on which question it is; for
    a brief note a logistic regression on its surest sentence. model/decision.json holds what was fitted.
    """
    fitted = _fitted()
    if signal.sentences <= BRIEF:
        answered = _sigmoid(fitted["brief"]["answers"][0] * signal.answers[0] + fitted["brief"]["answers"][1])
        speaks = _sigmoid(fitted["brief"]["speaks"][0] * signal.speaks[0] + fitted["brief"]["speaks"][1])
        vague = (1 - answered) * speaks
        shares = [1 - answered - vague, vague, answered]
    else:
        raw = [signal.answers[0], signal.answers[-1], signal.speaks[0], signal.speaks[-1]]
        scaled = [(x - m) / d for x, m, d in zip(raw, fitted["mean"], fitted["deviation"], strict=True)]
        scores = [
            fitted["bias"][question][k] + sum(w * x for w, x in zip(fitted["weights"][k], scaled, strict=True))
            for k in range(len(STATUSES))
        ]
        powers = [math.exp(score - max(scores)) for score in scores]
        shares = [power / sum(powers) for power in powers]
    if shares[2] >= fitted["threshold"]:
        return Status.ANSWERED, round(shares[2], 3)
    best = max((0, 1), key=lambda k: shares[k])
    return STATUSES[best], round(shares[best], 3)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


@lru_cache(maxsize=1)
def _fitted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MODEL / "decision.json").read_text(encoding="utf-8"))
    return found
