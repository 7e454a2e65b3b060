"""Cues: a question's terms held against a sentence, what stands above it and the next one of its paragraph.

They judge the questions that the encoder was not trained for, and put into words what made any sentence concrete.
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from diagnostics.findings import Status
from diagnostics.patterns._contract import Question, alternatives, is_ingredient
from diagnostics.reading.blocks import Block
from diagnostics.reading.context import Sentence, sentence_quote
from diagnostics.reading.decision import BRIEF
from diagnostics.reading.ingredients import ingredients, places
from diagnostics.reading.judgement import Judgement
from diagnostics.reading.quotes import LONGEST, quote_span, words
from diagnostics.reading.scanner import Scanner
from diagnostics.reading.sentences import squeezed

_TOPIC, _HEADING, _PLACEHOLDER, _ASKED = "<topic>", "<heading>", "<placeholder>", "<question-mark>"
_HEDGE = "<hedge>"
# A hedge ("as good as possible") makes a sentence vague unless one of these stands beside it.
_HARD = frozenset({"<number>", "<percent>", "<money>", "<date>", "<person>", "<law>", "<quantity>"})
_SPECIFIC = frozenset({"<number>", "<percent>", "<money>", "<date>", "<duration>", "<person>", "<law>"})
# A note of up to BRIEF sentences was written for what it speaks to, so that its topic and one specific suffice. A long
# document touches many topics in passing, with figures that mean something else.
_SURE_BRIEF = 0.9  # how often a sentence of such a note was right
# How often an answer was right on labelled documents, by how many groups of cues it had: recognised in the
# sentence or above it, and in both.
_SURE, _SURE_BOTH = (0.55, 0.62, 0.68), (0.7, 0.88, 0.94)
_MORE_THAN_A_MENTION = 2  # cues of the topic; one alone, under another heading, is a word in passing
_POSTPONEMENT = 12  # words; a longer sentence may say more than that something is to be settled
_NEAR_TITLES = 2  # the titles right above a sentence; the document's own title says nothing of one sentence

_LOWER_CASE = re.compile(r"\b[a-z]{2,}\b")

_SAID = {
    "<number>": "a figure",
    "<percent>": "a percentage",
    "<money>": "an amount of money",
    "<date>": "a date",
    "<duration>": "a length of time",
    "<quantity>": "a figure with its unit",
    "<comparator>": "a comparison",
    "<bound>": "a bound",
    "<metric>": "a metric",
    "<model-metric>": "a metric of the model",
    "<outcome-metric>": "a metric of the outcome",
    "<person>": "a named person",
    "<role>": "a role",
    "<team>": "a named party",
    "<law>": "a law or licence",
    "<must>": "a must or must-not",
    "<plan>": "an aim",
    "<doer>": "a person with a task",
    "<two-roles>": "two roles",
}


_MAKES_VAGUE = frozenset({"hedge", "placeholder"})

_Group = tuple[frozenset[str], ...]
Spoken = Literal[Status.ANSWERED, Status.VAGUE]


@dataclass(frozen=True, slots=True)
class Rule:
    """One question's cues, ready to be held against what was found in a sentence."""

    question: str
    topic: frozenset[str]
    headings: frozenset[str]
    hedges: frozenset[str]
    never: frozenset[str]
    groups: tuple[_Group, ...]
    specifics: frozenset[str]


def _rule(question: Question) -> Rule:
    cues = question.cues
    groups = tuple(tuple(frozenset(alternatives(part)) for part in group) for group in cues.concrete)
    named = frozenset(one for group in groups for part in group for one in part)
    return Rule(
        question.id,
        frozenset(cues.topic),
        frozenset(cues.headings),
        frozenset(cues.hedges),
        frozenset(cues.never),
        groups,
        _SPECIFIC & named,
    )


class Rules:
    """All questions' expressions in two scanners: what stands in a sentence, what stands above it."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.rules = tuple(_rule(question) for question in questions)
        parts = {
            part
            for rule in self.rules
            for part in frozenset().union(rule.topic, rule.hedges, rule.never, *(p for g in rule.groups for p in g))
            if not is_ingredient(part)
        }
        self._spoken = Scanner(sorted(parts))
        self._titles = Scanner(sorted({part for rule in self.rules for part in rule.headings}))

    def found(self, spoken: str, vocabulary: Container[str]) -> frozenset[str]:
        """The expressions and ingredients of a sentence."""
        return self._spoken.found(spoken) | {f"<{name}>" for name in ingredients(spoken, vocabulary)}

    def above(self, titles: str) -> frozenset[str]:
        """The heading expressions that match what stands above a sentence."""
        return self._titles.found(titles)


rules_of = lru_cache(maxsize=8)(Rules)


class Cued:
    """A text's sentences with the cues found in each and above it, looked for when first asked after."""

    def __init__(self, plain: str, told: Sequence[Sentence], rules: Rules) -> None:
        self.told = told
        self.rules = rules
        self._vocabulary = frozenset(_LOWER_CASE.findall(plain))
        self._above = lru_cache(maxsize=None)(rules.above)
        self._found: dict[int, frozenset[str]] = {}

    @property
    def brief(self) -> bool:
        """Whether the text is a note rather than a document."""
        return len(self.told) <= BRIEF

    def found(self, number: int) -> frozenset[str]:
        """The cues in a sentence."""
        if number not in self._found:
            self._found[number] = self.rules.found(self.told[number].spoken, self._vocabulary)
        return self._found[number]

    def above(self, number: int) -> frozenset[str]:
        """The cues above a sentence."""
        block = self.told[number].block
        return self._above(" / ".join((*block.headings[-_NEAR_TITLES:], *block.lead[-2:], block.header)))

    def postpones(self, rule: Rule, number: int) -> bool:
        """Whether a sentence does no more than put the question off: "Budget: tbd"."""
        if len(self.told[number].spoken.split()) > _POSTPONEMENT or _PLACEHOLDER not in self.found(number):
            return False
        return not any(_PLACEHOLDER in part for group in rule.groups for part in group)

    def why(self, rule: Rule, numbers: Sequence[int], *, concrete: bool) -> str:
        """What made some sentences concrete or vague for a question, in words that a manager understands."""
        found = frozenset().union(*(self.found(number) for number in numbers))
        if concrete:
            return _why_concrete(rule.groups, found, any(rule.headings & self.above(number) for number in numbers))
        return _why_not(rule, found)


def grounds(question: Question, quote: str, *, concrete: bool) -> tuple[tuple[int, int], ...]:
    """The places in a quote that made it concrete for a question, or vague: whole words."""
    parts = {one for group in question.cues.concrete for part in group for one in alternatives(part)}
    named = {one[1:-1] for one in parts if one in _SAID} if concrete else _MAKES_VAGUE
    return places(quote.replace("\n", " "), named)


def judged_by_cues(text: str, cued: Cued) -> Iterable[Judgement]:
    """Every sentence that speaks to a question, by cues alone."""
    told = cued.told
    for number, sentence in enumerate(told):
        follows = number + 1 < len(told) and told[number + 1].block is sentence.block
        for rule in cued.rules.rules:
            verdict = _verdict(rule, cued, number, follows)
            if verdict is None:
                continue
            status, confidence, why, both = verdict
            span = sentence_quote(text, told, number)
            if both:
                wider = (sentence.span[0], told[number + 1].span[1])
                span = wider if words(text, wider) <= LONGEST else span
            yield Judgement(rule.question, status, confidence, why, span, sentence.under)


def _verdict(rule: Rule, cued: Cued, number: int, follows: bool) -> tuple[Spoken, float, str, bool] | None:
    """What a sentence (or it and the next one of its paragraph) says to a question."""
    found, above, asks = cued.found(number), cued.above(number), cued.told[number].asks
    alone = _weighed(rule, found, above, asks, cued.brief)
    if alone is not None and alone[0] is Status.ANSWERED:
        return (*alone, False)
    if follows and (alone is not None or rule.topic & cued.found(number + 1) or asks):
        beside, beside_asks = cued.found(number + 1), cued.told[number + 1].asks
        both = _weighed(rule, found | beside, above, beside_asks, cued.brief)
        if both is not None and both[0] is Status.ANSWERED:
            next_one = _weighed(rule, beside, cued.above(number + 1), beside_asks, cued.brief)
            if next_one is None or next_one[0] is not Status.ANSWERED:
                return both[0], round(both[1] - 0.08, 3), both[2], True
    return None if alone is None else (*alone, False)


def _weighed(
    rule: Rule, found: frozenset[str], above: frozenset[str], asks: bool, brief: bool
) -> tuple[Spoken, float, str] | None:
    topic, heading = bool(rule.topic & found), bool(rule.headings & above)
    if not (topic or heading) or rule.never & found:
        return None
    have = found | ({_TOPIC} if topic else set()) | ({_HEADING} if heading else set())
    groups = [group for group in rule.groups if all(not part.isdisjoint(have) for part in group)]
    if asks:
        groups = [group for group in groups if any(_ASKED in part for part in group)]
    held_up = _PLACEHOLDER in found
    if held_up:
        groups = [group for group in groups if any(_PLACEHOLDER in part for part in group)]
    hedged = bool(rule.hedges & found) or (_HEDGE in found and not _HARD & found)
    if groups and not hedged:
        steps = _SURE_BOTH if topic and heading else _SURE
        sure = max(steps[min(len(groups), len(steps)) - 1], _SURE_BRIEF if brief else 0)
        return Status.ANSWERED, sure, _why_concrete(groups, found, heading)
    if asks:
        return None
    if held_up:
        return Status.VAGUE, 0.75 if heading else 0.65, _why_not(rule, found)
    if hedged:
        return Status.VAGUE, 0.6, _why_not(rule, found)
    if brief and topic and (specifics := rule.specifics & found):
        return Status.ANSWERED, _SURE_BRIEF, _why_concrete([(specifics,)], found, heading)
    if not brief and not heading and len(rule.topic & found) < _MORE_THAN_A_MENTION:
        return None
    return Status.VAGUE, 0.45 + 0.1 * (topic and heading), _why_not(rule, found)


def _why_concrete(groups: Iterable[_Group], found: frozenset[str], heading: bool) -> str:
    said = sorted({_SAID[one] for group in groups for part in group for one in part & found if one in _SAID})
    if said:
        return f"it names {' and '.join(said[:3])}"
    return "it says so in definite words" + (", under a heading that asks for it" if heading else "")


def _why_not(rule: Rule, found: frozenset[str]) -> str:
    """What keeps a passage from being an answer: it puts off, it wishes, or it lacks what the nearest answer has."""
    if _PLACEHOLDER in found:
        return "a placeholder: it is still to be settled"
    if rule.hedges & found or (_HEDGE in found and not _HARD & found):
        return "a wish or a generality that could not be acted on or tested"
    lacking = [
        [sorted(_SAID[one] for one in part if one in _SAID)[0] for part in group if _is_lacking(part, found)]
        for group in rule.groups
    ]
    nearest = min((names for names in lacking if names), key=len, default=[])
    if nearest:
        return f"it touches on this without {' and '.join(sorted(set(nearest))[:3])} that could be acted on"
    return "it touches on this in words that could not be acted on or tested"


def _is_lacking(part: frozenset[str], found: frozenset[str]) -> bool:
    """Whether a part of an answer that has a name in a manager's words is not there."""
    return part.isdisjoint(found) and not part.isdisjoint(_SAID)


def bare_headings(text: str, plain: str, parts: tuple[Block, ...], rules: Rules) -> Iterable[Judgement]:
    """A heading that asks for something with nothing under it is vague."""
    titles = [block.span for block in parts if block.kind != "meta"]
    shown = [block for block in parts if block.kind != "meta"]
    for index, block in enumerate(shown):
        if block.kind != "heading":
            continue
        follows = shown[index + 1] if index + 1 < len(shown) else None
        if follows is not None and (follows.kind != "heading" or len(follows.headings) > len(block.headings)):
            continue
        above = rules.above(squeezed(plain, block.span))
        for rule in rules.rules:
            if rule.headings & above:
                why = "a heading with nothing under it"
                yield Judgement(rule.question, Status.VAGUE, 0.6, why, quote_span(text, titles, index))
