"""The encoder's card: what it was trained on, and how well it reads what it was not trained on."""

import json
from functools import lru_cache
from typing import Any

from diagnostics.reading.encoder import MODEL


@lru_cache(maxsize=1)
def card() -> dict[str, Any]:
    """The card as written with the model: figures, limits, and the sha256 of every text in training."""
    found: dict[str, Any] = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def trained_texts() -> frozenset[str]:
    """The sha256 of the canonical text of every document and passage that the encoder was trained on."""
    return frozenset(sha for some in card()["trained_on"].values() for sha in some)
