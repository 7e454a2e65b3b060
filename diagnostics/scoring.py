"""Scores: answers and symptoms become clarity, flow, health and a verdict (design, section 3).

Each sentence of the rules is a law that tests/test_scoring.py holds as a property.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.diagnosis import Diagnosis, Lane, Score, Verdict
from diagnostics.findings import Presence, Status, Symptom
from diagnostics.settings import Settings

VALUES: dict[Status, float] = {
    Status.ANSWERED: 1.0,
    Status.VAGUE: 0.4,
    Status.CONFLICTING: 0.2,
    Status.UNANSWERED: 0.1,
    Status.MISSING: 0.0,
}
_LADDER = tuple(VALUES)  # best first


@dataclass(frozen=True, slots=True)
class Graded:
    """What a score needs of one answer: its status, how sure the reading is, its weight in its pattern."""

    status: Status
    confidence: float
    weight: int

    @property
    def known(self) -> bool:
        """Whether the records could be searched at all."""
        return self.status is not Status.UNKNOWN

    def value(self, step: int, sure: float) -> float:
        """Its value from 0 to 1, moved one step worse (-1) or better (+1) where the reading is not sure.

        An unknown answer is worth 0 at worst and 1 at best.
        """
        if not self.known:
            return 1.0 if step > 0 else 0.0
        place = _LADDER.index(self.status)
        if self.confidence < sure:
            place = min(max(place - step, 0), len(_LADDER) - 1)
        return VALUES[_LADDER[place]]


def _mean(answers: Sequence[Graded], step: int, sure: float) -> float:
    """The weighted mean of the values, times 100."""
    weight = sum(answer.weight for answer in answers)
    return 100 * sum(answer.weight * answer.value(step, sure) for answer in answers) / weight


def _half_mean_half_worst(patterns: Sequence[float]) -> float:
    """Three good patterns do not hide a hopeless one."""
    return 0.5 * sum(patterns) / len(patterns) + 0.5 * min(patterns)


def _rounded(score: float | None, low: float, high: float) -> Score:
    """Whole points, half up. Rounding is monotonic, so that low <= score <= high stays true."""

    def whole(points: float) -> int:
        return math.floor(round(points, 6) + 0.5)

    return Score(score=None if score is None else whole(score), low=whole(low), high=whole(high))


def _mostly_unknown(answers: Sequence[Graded]) -> bool:
    unknown = sum(answer.weight for answer in answers if not answer.known)
    return 2 * unknown >= sum(answer.weight for answer in answers)


def exact_clarity(patterns: Sequence[Sequence[Graded]], sure: float) -> float | None:
    """Clarity in points, not rounded; None when half or more of all the weight is unknown.

    Unknown answers are left out; a pattern of which nothing is known is left out as a whole.
    """
    if not patterns or _mostly_unknown([answer for pattern in patterns for answer in pattern]):
        return None
    known = [[answer for answer in pattern if answer.known] for pattern in patterns]
    return _half_mean_half_worst([_mean(answers, 0, sure) for answers in known if answers])


def pattern_clarity(answers: Sequence[Graded], settings: Settings) -> Score:
    """Clarity of one pattern: 100 x the weighted mean over its questions."""
    return clarity([answers], settings)


def clarity(patterns: Sequence[Sequence[Graded]], settings: Settings) -> Score:
    """Clarity of a project: half the mean of its patterns plus half the worst of them.

    With one pattern, mean and worst are the same, and so it is that pattern's weighted mean.
    """
    sure = settings.sure_confidence
    low = _half_mean_half_worst([_mean(answers, -1, sure) for answers in patterns]) if patterns else 0.0
    high = _half_mean_half_worst([_mean(answers, 1, sure) for answers in patterns]) if patterns else 100.0
    return _rounded(exact_clarity(patterns, sure), low, high)


def flow(symptoms: Sequence[Symptom], *, tickets_read: bool) -> Score:
    """Flow: 100 less the penalty of each symptom that is present; an unknown one may cost up to its cap."""
    if not tickets_read:
        return Score(score=None, low=0, high=100)
    certain = max(0.0, 100 - sum(symptom.penalty for symptom in symptoms))
    possible = sum(symptom.cap for symptom in symptoms if symptom.status is Presence.UNKNOWN)
    return _rounded(certain, max(0.0, certain - possible), certain)


def health(of_clarity: Score, of_flow: Score) -> Score:
    """The lower of clarity and flow, since a project is as healthy as its worse side.

    The figure is that of the known side if only one is known; the range still allows for the other.
    """
    known = [side.score for side in (of_clarity, of_flow) if side.score is not None]
    return Score(
        score=min(known) if known else None,
        low=min(of_clarity.low, of_flow.low),
        high=max(min(of_clarity.high, of_flow.high), min(known, default=0)),
    )


def cannot_tell(side: Score, settings: Settings) -> bool:
    """Whether a side says too little for a verdict: no score, or a wide range across the line."""
    across = side.low <= settings.low_below <= side.high
    return side.score is None or (across and side.high - side.low > settings.widest_range)


def _is_low(side: Score, settings: Settings) -> bool:
    return side.score is not None and side.score < settings.low_below


def verdict(of_clarity: Score, of_flow: Score, settings: Settings) -> Verdict:
    """Stuck (both low), drifting (clarity low), stalled (flow low), moving, or unknown."""
    if cannot_tell(of_clarity, settings) or cannot_tell(of_flow, settings):
        return Verdict.UNKNOWN
    unclear, slow = _is_low(of_clarity, settings), _is_low(of_flow, settings)
    if unclear:
        return Verdict.STUCK if slow else Verdict.DRIFTING
    return Verdict.STALLED if slow else Verdict.MOVING


def worst_first(diagnosis: Diagnosis) -> tuple[int, int, int, str]:
    """Sort key of a list of projects: ranked ones by verdict, then by health; then new, unknown, inactive."""
    health_score = diagnosis.health.score
    return (
        list(Lane).index(diagnosis.lane),
        list(Verdict).index(diagnosis.verdict),
        101 if health_score is None else health_score,
        diagnosis.key,
    )
