"""Claims: which value a passage sets for which measure, so that two places can be held against each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MEASURE = re.compile(
    r"\b(accuracy|precision|recall|sensitivity|specificity|f-?1|f-?score|auc|auroc|auprc|rmse|mae|mape|smape|wape|wer|"
    r"(?:error|false[- ](?:positive|negative|alarm)|miss|churn|conversion|retention|complaint|return|escalation|"
    r"rejection|override|automation) rate)\b",
    re.IGNORECASE,
)
_UNBOUNDED = frozenset({"rmse", "mae", "mape", "smape", "wape", "wer"})  # all others are shares of one
_VALUE = re.compile(
    r"(?<![\w.,-])(\d+(?:\.\d+)?|\.\d+)\s?(%|per ?cent\b|percent\b|pct\b)?(?![\w-]|[.,]\d)", re.IGNORECASE
)
_PIECE = re.compile(r"[^.!?;\n]+(?:[.!?](?=\d)[^.!?;\n]+)*")
# A value of another time, stage or part is no second opinion on the same one.
_ELSEWHERE = re.compile(
    r"\b(?:baselines?|current(?:ly)?|today|now|present|so far|was|were|had|has|achieve[sd]|reached|got|gets|stretch|"
    r"minimum|ideal\w*|nice|pilot|phase|stage|first|initial\w*|then|later|after|before|until|year|quarter|month|week|train\w*|"
    r"validation|paper|published|literature|each|every|class(?:es)?|per|for|on|among|top|v\d|version|if|unless|when|"
    r"either|or|other|rest|drops?|falls?|rises?|by)\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:agreed?|decided?|signed|approved|confirmed|lowered|raised|changed|corrected|supersedes?|replaces?|no longer|"
    r"instead)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that is set for a measure. `settled` tells that somebody agreed to it or changed it on purpose."""

    measure: str
    value: float
    settled: bool

    def contradicts(self, other: "Claim") -> bool:
        """Whether both cannot hold: one measure, two values, and nobody who agreed to either."""
        same = self.measure == other.measure and not (self.settled or other.settled)
        return same and abs(self.value - other.value) > 1e-9


def claims(passage: str) -> Iterator[Claim]:
    """What a passage's sentences set, where one names one measure, one value, and no other time, stage or part."""
    for piece in _PIECE.findall(passage):
        measures = {measure.casefold().replace("-", " ").replace("f 1", "f1") for measure in _MEASURE.findall(piece)}
        values = _VALUE.findall(piece)
        if len(measures) != 1 or len(values) != 1 or _ELSEWHERE.search(piece):
            continue
        ((number, per_cent),) = values
        measure, value = measures.pop(), float(number) / (100 if per_cent else 1)
        if value <= 1 or measure in _UNBOUNDED:
            yield Claim(measure, value, bool(_SETTLED.search(piece)))
