"""Claims: which value a sentence sets for which measure, so that two places can be held against each other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MEASURE = re.compile(
    r"\b(accuracy|precision|recall|sensitivity|specificity|f-?1|f-?score|auc|auroc|auprc|rmse|mae|mape|smape|wape|wer|"
    r"(?:error|false[- ](?:positive|negative|alarm)|miss|churn|conversion|retention|complaint|return|escalation|"
    r"rejection|override|automation) rate)\b",
    re.IGNORECASE,
)
_PER_CENT = frozenset({"mape", "smape", "wape", "wer"})  # "under 8" and "under 8 %" are the same
_UNBOUNDED = frozenset({"rmse", "mae"})  # all others are shares of one
_VALUE = re.compile(
    r"(?<![\w.,-])(\d+(?:\.\d+)?|\.\d+)\s?(%|per ?cent\b|percent\b|pct\b)?(?![\w-]|[.,]\d)", re.IGNORECASE
)
_PIECE = re.compile(r"[^.!?;\s][^.!?;\n]*(?:[.!?](?=\d)[^.!?;\n]+)*[.!?]?|[.]\d[^.!?;\n]*")
_WORD = re.compile(r"[^\W\d_]+")
# What only says that a value is set. Whatever else two sentences say has to be the same: "on weekdays", "macro",
# "is not needed", "the vendor promises" make another matter of it.
_SETS_WORDS = """
a an the of at in to be is are it that this our we i as and model system classifier must should shall will has have
need needs want wants require requires required reach reaches achieve achieves hit get expect aim aims target targets
targeted goal goals objective success successful criterion criteria threshold bar minimum minimal maximum least most
more less than above below over under exceed exceeds stay stays greater higher lower or better equal value set means
when with per cent percent pct for on
"""
_AGREES_WORDS = "agree agreed agrees decided signed approved confirmed changed lowered raised corrected"
_DENIES_WORDS = "not no nobody never none without yet which anybody anyone"
_SETS, _AGREES, _DENIES = (frozenset(some.split()) for some in (_SETS_WORDS, _AGREES_WORDS, _DENIES_WORDS))


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a sentence sets for a measure.

    `about` are the words beside that: the same matter only if they are the same. `settled` tells that somebody agreed
    to it or changed it on purpose. `span` is the sentence's place in the passage (characters).
    """

    measure: str
    value: float
    about: frozenset[str]
    settled: bool
    span: tuple[int, int]

    def contradicts(self, earlier: "Claim") -> bool:
        """Whether it sets another value for what an earlier claim set, with nobody who agreed to the change."""
        # Who agreed to the earlier one is no other matter.
        same = self.about == earlier.about or (earlier.settled and self.about <= earlier.about)
        return same and self.measure == earlier.measure and not self.settled and abs(self.value - earlier.value) > 1e-9


def claims(passage: str) -> Iterator[Claim]:
    """What a passage's sentences set, where one names one measure and one value."""
    for piece in _PIECE.finditer(passage):
        said = piece.group()
        measures = {measure.casefold().replace("-", " ").replace("f 1", "f1") for measure in _MEASURE.findall(said)}
        values = _VALUE.findall(said)
        if len(measures) != 1 or len(values) != 1:
            continue
        measure, ((number, per_cent),) = measures.pop(), values
        value = float(number)
        if per_cent or (measure in _PER_CENT and value > 1):
            value /= 100
        if value > 1 and measure not in _UNBOUNDED:
            continue
        words = frozenset(word.casefold() for word in _WORD.findall(_MEASURE.sub(" ", said)))
        agreed, denied = bool(words & _AGREES), bool(words & _DENIES)
        about = words - _SETS
        if agreed and denied:  # "which nobody has agreed to yet" is the same matter, and not settled
            about -= _AGREES | _DENIES
        yield Claim(measure, value, about, agreed and not denied, piece.span())
