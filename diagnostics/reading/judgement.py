"""What reading says of a text: which sentences speak to which question, how concretely, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from diagnostics.findings import Status
from diagnostics.reading.decision import Signal


@dataclass(frozen=True, slots=True)
class Judgement:
    """One passage that speaks to one question.

    `span` is the quote's place in the canonical text (characters, 5 to 60 words wherever the text allows).
    `why` says in a manager's words what made it concrete or vague. `confidence` is between 0 and 1. `heading` is
    the path of titles above it.
    """

    question: str
    status: Literal[Status.ANSWERED, Status.VAGUE]
    confidence: float
    why: str
    span: tuple[int, int]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one text.

    `unreadable` says why the text could not be judged (empty, another language); every question is then
    unknown. `judgements` are in the order of the text. `signals` hold what the whole text says to each question
    that the encoder was trained for; of the `untrained` questions the judgements alone tell.
    """

    judgements: tuple[Judgement, ...]
    sentences: int
    unreadable: str | None = None
    signals: Mapping[str, Signal] = field(default_factory=dict)
    untrained: frozenset[str] = frozenset()
