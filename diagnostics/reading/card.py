"""The encoder's card: what it was trained on, and how well it reads what it was not trained on."""

import json
from functools import lru_cache
from typing import Any

from diagnostics.reading.encoder import MODEL

FEW = 10  # labelled answers; fewer are too few to say


@lru_cache(maxsize=1)
def card() -> dict[str, Any]:
    """The card as written with the model: figures, limits, and the sha256 of every text in training."""
    found: dict[str, Any] = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def trained_texts() -> frozenset[str]:
    """The sha256 of the canonical text of every document and passage that the encoder was trained on."""
    return frozenset(sha for some in card()["trained_on"].values() for sha in some)


@lru_cache(maxsize=1)
def answered_apart() -> dict[str, dict[str, tuple[str, float, int, int]]]:
    """What was answered to each labelled text by a reader that training had kept it from.

    By the text's sha256 and the question: status, confidence, and the quote's place (0, 0 where there is none).
    """
    found: dict[str, dict[str, tuple[str, float, int, int]]] = json.loads(
        (MODEL / "apart.json").read_text(encoding="utf-8")
    )
    return found


def cross_validated() -> str:
    """In one line, how well the encoder read labelled texts that it was not trained on."""
    figures = card()["cross_validated"]
    documents, passages = figures["documents"], figures["passages"]
    micro = documents["micro"]
    return (
        f"{documents['documents']} documents: precision {micro['precision']:.2f}, recall {micro['recall']:.2f}, "
        f"F1 {micro['f1']:.2f} (90 % sure of {documents['micro_f1_from']:.2f}), kappa {documents['kappa']:.2f}, "
        f"first quote right {documents['first_quote_right']:.2f}; passages: F1 {passages['micro']['f1']:.2f}, "
        f"near-misses refused {passages['refused']:.2f}"
    )


def how_well(question: str) -> str:
    """In one line, how well answers to one question were read in labelled texts that training had not seen."""
    figures = card()["cross_validated"]
    kinds = (
        ("real documents", figures["documents"]["questions"].get(question, {}).get("answered")),
        ("passages", figures["passages"]["per_question"].get(question)),
    )
    return "; ".join(f"{kind}: {_said(answered)}" for kind, answered in kinds if answered) or "never measured"


def _said(answered: dict[str, Any]) -> str:
    support = answered["support"]
    if support < FEW:
        return f"too few to say ({support} answered)"
    return f"precision {answered['precision']:.2f}, recall {answered['recall']:.2f} ({support} answered)"
