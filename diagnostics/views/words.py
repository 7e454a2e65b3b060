"""Words of the pages: a project's standing, an answer's status and a reading's sureness, each with a symbol."""

from datetime import date
from typing import Literal, NamedTuple

from diagnostics.diagnosis import Diagnosis, Lane, Score, Verdict
from diagnostics.findings import Presence, Status
from diagnostics.records import ProjectState
from diagnostics.reports import wording

Colour = Literal["red", "orange", "blue", "gray"]


class Label(NamedTuple):
    """A word with the symbol and the colour that go with it; the colour never stands alone."""

    symbol: str
    word: str
    colour: Colour
    means: str

    def __str__(self) -> str:
        return f"{self.symbol} {self.word}"


STUCK = Label("■", "Stuck", "red", "unclear and slow")
DRIFTING = Label("◆", "Drifting", "orange", "unclear, still moving")
STALLED = Label("▲", "Stalled", "orange", "clear, but slow")
MOVING = Label("●", "Moving", "blue", "clear and moving")
CANNOT_TELL = Label("?", "Cannot tell", "gray", "too little could be read")
NEW = Label("+", "New", "gray", "younger than three weeks")
PAUSED = Label("–", "Paused", "gray", "not worked on")
DONE = Label("✓", "Done", "gray", "finished")

VERDICTS = {
    Verdict.STUCK: STUCK,
    Verdict.DRIFTING: DRIFTING,
    Verdict.STALLED: STALLED,
    Verdict.MOVING: MOVING,
    Verdict.UNKNOWN: CANNOT_TELL,
}
STANDINGS = (*VERDICTS.values(), NEW, PAUSED, DONE)

_STATUS_COLOURS: dict[Status, tuple[Colour, str]] = {
    Status.ANSWERED: ("blue", "settled"),
    Status.VAGUE: ("orange", "spoken about, not settled"),
    Status.CONFLICTING: ("orange", "two places disagree"),
    Status.UNANSWERED: ("red", "nobody replied"),
    Status.MISSING: ("red", "nowhere mentioned"),
    Status.UNKNOWN: ("gray", "could not be read"),
}
# The symbols and words are those of the reports.
STATUSES = {
    status: Label(symbol, word.capitalize(), *_STATUS_COLOURS[status])
    for status, (symbol, word) in wording.STATUSES.items()
}

count = wording.count

PRESENCES = {
    Presence.PRESENT: Label("!", "Present", "red", "it shows"),
    Presence.ABSENT: Label("✓", "Not present", "blue", "it does not show"),
    Presence.UNKNOWN: Label("?", "Cannot be seen", "gray", "the tickets do not show it"),
}


def standing(diagnosis: Diagnosis) -> Label:
    """Where a project stands: its verdict if it is ranked, else why it is not."""
    match diagnosis.lane:
        case Lane.RANKED:
            return VERDICTS[diagnosis.verdict]
        case Lane.NEW:
            return NEW
        case Lane.UNKNOWN:
            return CANNOT_TELL
        case Lane.INACTIVE:
            return DONE if diagnosis.state is ProjectState.DONE else PAUSED


def figure(score: Score) -> str:
    """The score alone, "?" where too little is known."""
    return "?" if score.score is None else str(score.score)


def range_of(score: Score) -> str:
    """The range alone: "14–37", or the one figure that it comes to."""
    return str(score.low) if score.low == score.high else f"{score.low}–{score.high}"


def with_range(score: Score) -> str:
    """A score as a table shows it: "22 (14–37)"; "22" when the range is that figure alone."""
    return figure(score) if score.low == score.high == score.score else f"{figure(score)} ({range_of(score)})"


def sureness(confidence: float, sure: float = 0.8) -> str:
    """How sure a reading is, in words and as a figure: below `sure` the score counts it as it may also be."""
    word = "sure" if confidence >= sure else "fairly sure" if confidence >= 0.6 else "not sure"
    return f"{word} ({confidence:.0%})"


def sentence(text: str) -> str:
    """A text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…", "”")) else ".")


def day(of: date) -> str:
    """A day as people write it: 30 September 2026."""
    return f"{of.day} {of:%B %Y}"
