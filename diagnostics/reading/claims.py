"""Claims: which value a sentence sets for which measure, so that two places can be held against each other."""

import re
from collections.abc import Iterable, Iterator
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
# "recall at 90 % precision" is a measure of its own: another precision makes another recall.
_CONDITION = re.compile(
    rf"\bat (?:an? |the )?(?:fixed )?(?:{_VALUE.pattern}\s?{_MEASURE.pattern}|{_MEASURE.pattern} (?:of |= ?)?"
    rf"{_VALUE.pattern})",
    re.IGNORECASE,
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
when with per cent percent pct for on new now instead
"""
_AGREES_WORDS = "agree agreed agrees decided signed approved confirmed changed lowered raised corrected"
_DENIES_WORDS = "not no nobody never none without yet which anybody anyone"
_SETS, _AGREES, _DENIES = (frozenset(some.split()) for some in (_SETS_WORDS, _AGREES_WORDS, _DENIES_WORDS))
# "must not fall below" says no more than "must be at least".
_NO_WORSE = re.compile(
    r"\b(?:not|never) (?:to )?(?:be |(?:ever )?(?:fall|drop|go|sink|rise|climb|get) )?"
    r"(?:below|under|above|over|exceed)\b|"
    r"\bno (?:more|less|lower|higher|worse) than\b",
    re.IGNORECASE,
)
# What makes a value an aim or a limit, and what makes it something that was measured.
_AIMS = re.compile(
    r"\b(?:must|should|shall|ha(?:s|ve) to|needs?|wants?|requires?d?|aim(?:s|ing)?|targets?|targeted|targeting|goals?|"
    r"objectives?|criteri(?:on|a)|threshold|success|at (?:least|most)|minimum|maximum|expect(?:s|ed)?|agreed)\b|"
    r"[≥≤]|[<>]=",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:was|were|had|got|gets|gave|gives|reached|reaches|achieved|achieves|obtained|came|comes|went|goes|rose|fell|"
    r"drops|dropped|improved|scored|scores|measured|missed|misses|hits|yields|shows|so far|already|still|"
    r"ha(?:s|ve) (?:now )?(?:an?|the))\b|"
    r"\b(?:is|are|stands?|stays|sits) (?:now |currently |today )?(?:at (?!least|most)|only )",
    re.IGNORECASE,
)
# Names by which a project may call its metric; `_SAME_METRIC` are two names of one.
_METRIC_NAME = re.compile(
    rf"{_MEASURE.pattern}|\b(?:ndcg|mrr|ctr|roc[- ]auc|pr[- ]auc|log[- ]?loss|brier|dice|iou|bleu|rouge|edit distance|"
    r"csat|nps|revpar|uplift|mean absolute error|area under the (?:roc )?curve|"
    r"(?:click[- ]through|acceptance|resolution|deflection|detection|escape|reject|add[- ]to[- ]cart|open|reply|"
    r"failure|defect|click) rate)\b",
    re.IGNORECASE,
)
_SAME_METRIC = {
    "auroc": "auc", "roc auc": "auc", "area under the roc curve": "auc", "area under the curve": "auc",
    "auprc": "pr auc", "sensitivity": "recall", "f score": "f1", "ctr": "click through rate",
    "mean absolute error": "mae", "logloss": "log loss",
}  # fmt: skip
_METRIC = r"(?:the |an? )?(?P<metric{n}>[\w@-]+(?: [\w@-]+){{0,4}})"
_THE_METRIC = r"(?:main |primary |success |target |headline |only )?(?:metric|kpi|measure of success|north star)"
_NAMES_THE_METRIC = re.compile(
    rf"\b(?:our|the) (?:new )?{_THE_METRIC} (?:is|will be) (?:now )?{_METRIC.format(n=1)}|"
    rf"^\W*(?:new )?{_THE_METRIC}: {_METRIC.format(n=2)}|"
    rf"{_METRIC.format(n=3)} (?:is|will be) (?:now )?(?:our|the) (?:new )?{_THE_METRIC}\b"
    r"(?! (?:for|of|on|in|that|to)\b)|"
    rf"\bwe (?:now )?(?:optimi[sz]e for|steer by|measure success by|are judged by) {_METRIC.format(n=4)}",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:not|never|no longer|nobody|if|unless|maybe|perhaps|could|would|might|propos\w*|suggest\w*|either|or)\b|"
    r"n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a sentence sets for a measure.

    `about` are the words beside that: the same matter only if they are the same. `settled` tells that somebody agreed
    to it or changed it on purpose, `aimed` that it is an aim or a limit and no result ("reached 0.71") nor a question.
    `span` is the sentence's place in the passage (characters).
    """

    measure: str
    value: float
    about: frozenset[str]
    settled: bool
    span: tuple[int, int]
    aimed: bool

    def same_matter(self, earlier: "Claim") -> bool:
        """Whether it is about what an earlier claim was about; who agreed to the earlier one is no other matter."""
        about = self.about == earlier.about or (earlier.settled and self.about <= earlier.about)
        return about and self.measure == earlier.measure

    def same_value(self, other: "Claim") -> bool:
        """Whether both set the same value."""
        return abs(self.value - other.value) <= 1e-9

    def contradicts(self, earlier: "Claim") -> bool:
        """Whether it sets another value for what an earlier claim set, with nobody who agreed to the change."""
        return self.aimed and not self.settled and self.same_matter(earlier) and not self.same_value(earlier)


def claims(passage: str) -> Iterator[Claim]:
    """What a passage's sentences set, where one names one measure and one value."""
    for piece in _PIECE.finditer(passage):
        said = piece.group()
        if not _MEASURE.search(said):
            continue
        condition, said = _condition(said)
        measures = {_plain(measure) for measure in _MEASURE.findall(said)}
        values = _VALUE.findall(said)
        if len(measures) != 1 or len(values) != 1:
            continue
        measure, (number,) = measures.pop(), values
        value = _value(measure, *number)
        if value > 1 and measure not in _UNBOUNDED:
            continue
        words = frozenset(word.casefold() for word in _WORD.findall(_NO_WORSE.sub(" ", _MEASURE.sub(" ", said))))
        agreed, denied = bool(words & _AGREES), bool(words & _DENIES)
        about = words - _SETS
        if agreed and denied:  # "which nobody has agreed to yet" is the same matter, and not settled
            about -= _AGREES | _DENIES
        limit = _AIMS.search(said) or _NO_WORSE.search(said)
        aimed = bool(limit) and not _MEASURED.search(said) and not said.rstrip().endswith("?")
        yield Claim(measure + condition, value, about, agreed and not denied, piece.span(), aimed)


def _condition(said: str) -> tuple[str, str]:
    """The condition of a measure, " at precision 0.9", and the sentence without it; "" where there is none."""
    found = _CONDITION.search(said)
    rest = f"{said[: found.start()]}{said[found.end() :]}" if found else ""
    if not found or not _MEASURE.search(rest):  # "aim at a recall of 0.9" is no condition
        return "", said
    number, per_cent, after, before, other, its_per_cent = found.groups()
    measure = _plain(after or before)
    value = _value(measure, number or other, per_cent or its_per_cent)
    return f" at {measure} {value:g}", rest


def _plain(measure: str) -> str:
    return measure.casefold().replace("-", " ").replace("f 1", "f1")


def _value(measure: str, number: str, per_cent: str) -> float:
    value = float(number)
    return value / 100 if per_cent or (measure in _PER_CENT and value > 1) else value


def speaks_of(measures: Iterable[str]) -> re.Pattern[str]:
    """What finds the texts that may hold a claim on one of these measures."""
    names = {re.escape(measure.partition(" at ")[0]).replace(r"\ ", "[- ]") for measure in measures}
    return re.compile(rf"\b(?:{'|'.join(sorted(names)).replace('f1', 'f-?1')})\b", re.IGNORECASE)


def metric_places(passage: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The metrics that a passage names, each by one name, and where (characters)."""
    for match in _METRIC_NAME.finditer(passage):
        name = _plain(match.group())
        yield _SAME_METRIC.get(name, name), match.span()


def metric_names(passage: str) -> frozenset[str]:
    """The metrics that a passage names, each by one name."""
    return frozenset(name for name, _ in metric_places(passage))


@dataclass(frozen=True, slots=True)
class Naming:
    """A sentence that says which metric the project is judged by, and its place in the passage (characters)."""

    metric: str
    span: tuple[int, int]


def namings(passage: str) -> Iterator[Naming]:
    """Where a passage says that a metric is the one that counts; a question, a doubt or a choice says nothing."""
    for piece in _PIECE.finditer(passage):
        said = piece.group()
        named = _NAMES_THE_METRIC.search(said)
        if named is None or said.rstrip().endswith("?") or _UNSURE.search(said):
            continue
        metrics = metric_names(next(group for group in named.groups() if group))
        if len(metrics) == 1:
            yield Naming(min(metrics), piece.span())
