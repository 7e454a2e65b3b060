"""The reader: the encoder judges the sentences for the questions it was trained for, cues judge them for any other.

Cues also put into words what made a sentence concrete or vague.
"""

import math
import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from diagnostics.findings import Status
from diagnostics.patterns._contract import Question, alternatives, is_ingredient
from diagnostics.reading.blocks import Block, blocks, masked
from diagnostics.reading.decision import Signal
from diagnostics.reading.encoder import encoder
from diagnostics.reading.ingredients import ingredients
from diagnostics.reading.judgement import Judgement, Reading
from diagnostics.reading.language import unreadable
from diagnostics.reading.quotes import LONGEST, SHORTEST, quote_span, words
from diagnostics.reading.refusals import is_instruction, is_only_links, is_question, is_reference, says_nothing
from diagnostics.reading.scanner import Scanner
from diagnostics.reading.sentences import sentences, squeezed

READER_VERSION = "encoder-1"
UNTRAINED_AT_MOST = 0.7  # how sure an answer to a question is that only cues judge

_PLACES = 5  # the surest sentences that may be quoted for a question
_FAR_BEHIND = 2.0  # logits; a place so much less sure than the best one is not quoted
_REACH = 8  # sentences to either side of the best one that its quote may take in
_BEARS_OUT = 0.05  # how sure a neighbour is at least, against the best one, to be quoted with it
_ASKED_FOR = 3.0  # the logit that a heading with nothing under it speaks to its question
_SILENT = -9.0  # the logit of a text without a sentence

_TOPIC, _HEADING, _PLACEHOLDER, _ASKED = "<topic>", "<heading>", "<placeholder>", "<question-mark>"
_HEDGE = "<hedge>"
# A hedge ("as good as possible") makes a sentence vague unless one of these stands beside it.
_HARD = frozenset({"<number>", "<percent>", "<money>", "<date>", "<person>", "<law>", "<quantity>"})
_SPECIFIC = frozenset({"<number>", "<percent>", "<money>", "<date>", "<duration>", "<person>", "<law>"})
# A note this short was written for what it speaks to, so that its topic and one specific suffice. A long
# document touches many topics in passing, with figures that mean something else.
_BRIEF, _SURE_BRIEF = 4, 0.9  # sentences; how often a sentence of such a note was right
# How often an answer was right on labelled documents, by how many groups of cues it had: recognised in the
# sentence or above it, and in both.
_SURE, _SURE_BOTH = (0.55, 0.62, 0.68), (0.7, 0.88, 0.94)
_MORE_THAN_A_MENTION = 2  # cues of the topic; one alone, under another heading, is a word in passing
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


_Group = tuple[frozenset[str], ...]
_Spoken = Literal[Status.ANSWERED, Status.VAGUE]


@dataclass(frozen=True, slots=True)
class _Rule:
    """One question's cues, ready to be held against what was found in a sentence."""

    question: str
    topic: frozenset[str]
    headings: frozenset[str]
    hedges: frozenset[str]
    never: frozenset[str]
    groups: tuple[_Group, ...]
    specifics: frozenset[str]


def _rule(question: Question) -> _Rule:
    cues = question.cues
    groups = tuple(tuple(frozenset(alternatives(part)) for part in group) for group in cues.concrete)
    named = frozenset(one for group in groups for part in group for one in part)
    return _Rule(
        question.id,
        frozenset(cues.topic),
        frozenset(cues.headings),
        frozenset(cues.hedges),
        frozenset(cues.never),
        groups,
        _SPECIFIC & named,
    )


class _Rules:
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


_rules = lru_cache(maxsize=8)(_Rules)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with all that was found in it and above it."""

    span: tuple[int, int]
    block: Block
    spoken: str
    found: frozenset[str]
    above: frozenset[str]
    asks: bool


def read(text: str, questions: tuple[Question, ...]) -> Reading:
    """All passages of a canonical text that speak to the questions, each with its quote."""
    plain = masked(text)
    why_not = unreadable(plain)
    if why_not is not None:
        return Reading((), 0, why_not)
    parts = blocks(text, plain)
    trained = tuple(question for question in questions if question.id in encoder().questions)
    found: list[Judgement] = []
    signals: dict[str, Signal] = {}
    if trained:
        rules = _rules(trained)
        told = _sentences(text, plain, parts, rules, headings=True)
        found, signals = _judged_by_encoder(text, told, rules)
        for bare in _bare_headings(text, plain, parts, rules):
            found.append(bare)
            signal = signals[bare.question]
            signals[bare.question] = replace(signal, speaks=(_ASKED_FOR, signal.speaks[0]))
    untrained = tuple(question for question in questions if question not in trained)
    if untrained or not trained:
        rules = _rules(untrained)
        told = _sentences(text, plain, parts, rules)
        by_cues = [*_judged(text, told, rules), *_bare_headings(text, plain, parts, rules)]
        found += [
            replace(one, confidence=min(one.confidence, UNTRAINED_AT_MOST), why=f"{one.why} (untrained question)")
            for one in by_cues
        ]
    return Reading(tuple(sorted(found, key=lambda j: (j.span, j.question))), len(told), signals=signals)


def _titles_above(block: Block) -> str:
    return " / ".join((*block.headings[-_NEAR_TITLES:], *block.lead[-2:], block.header))


def _sentences(
    text: str, plain: str, parts: Iterable[Block], rules: _Rules, *, headings: bool = False
) -> list[_Sentence]:
    """Every sentence that can carry an answer: no code, no instruction, no bare link; headings if asked for."""
    told: list[_Sentence] = []
    titles: dict[str, frozenset[str]] = {}
    vocabulary = frozenset(_LOWER_CASE.findall(plain))
    for block in parts:
        if block.kind in ("code", "meta") or (block.kind == "heading" and not headings):
            continue
        words_above = _titles_above(block)
        if words_above not in titles:
            titles[words_above] = rules.above(words_above)
        for span in sentences(plain, block):
            spoken = squeezed(plain, span)
            if spoken == block.header or _carries_nothing(spoken, text[slice(*span)]):
                continue
            asks = is_question(spoken, block.kind in ("item", "row"))
            told.append(_Sentence(span, block, spoken, rules.found(spoken, vocabulary), titles[words_above], asks))
    return told


def _carries_nothing(spoken: str, written: str) -> bool:
    return says_nothing(spoken) or is_instruction(spoken) or is_reference(spoken) or is_only_links(written)


def _judged_by_encoder(text: str, told: list[_Sentence], rules: _Rules) -> tuple[list[Judgement], dict[str, Signal]]:
    """The surest sentences for each question, with their quotes, and what all sentences together say to it."""
    if not told:
        silent = Signal((_SILENT,), (_SILENT,), 0)
        return [], {rule.question: silent for rule in rules.rules}
    logits = encoder().logits(told)
    for number, sentence in enumerate(told):
        if sentence.block.kind == "heading" and ":" not in sentence.spoken and len(sentence.spoken.split()) < SHORTEST:
            logits[number] = _SILENT  # a title asks for an answer, and is none
    numbers = {question: number for number, question in enumerate(encoder().questions)}
    found: list[Judgement] = []
    signals: dict[str, Signal] = {}
    brief = len(told) <= _BRIEF
    counts = [words(text, sentence.span) for sentence in told]
    for rule in rules.rules:
        answers, speaks = (logits[:, side, numbers[rule.question]].tolist() for side in (0, 1))
        signals[rule.question] = Signal(
            tuple(sorted(answers, reverse=True)[:2]), tuple(sorted(speaks, reverse=True)[:2]), len(told)
        )
        for concrete, sure in ((True, answers), (False, speaks)):
            best = sorted(range(len(told)), key=lambda n: -sure[n])[:_PLACES]
            status: _Spoken = Status.ANSWERED if concrete else Status.VAGUE
            for index in best:
                if sure[index] < sure[best[0]] - _FAR_BEHIND:
                    break
                why = _why(rule, told[index], concrete, brief)
                confidence = round(1 / (1 + math.exp(-sure[index])), 4)
                found.append(
                    Judgement(rule.question, status, confidence, why, _passage(text, told, counts, sure, index))
                )
    return found, signals


def _why(rule: _Rule, sentence: _Sentence, concrete: bool, brief: bool) -> str:
    """What made a sentence concrete or vague, in the words that the question's cues have for it."""
    heading = bool(rule.headings & sentence.above)
    weighed = _weighed(rule, sentence.found, sentence.above, sentence.asks, brief)
    if weighed is not None and (weighed[0] is Status.ANSWERED) is concrete:
        return weighed[2]
    return _why_concrete(list(rule.groups), sentence.found, heading) if concrete else _why_vague(rule)


def _passage(text: str, told: list[_Sentence], counts: list[int], sure: list[float], index: int) -> tuple[int, int]:
    """The quote: the sentence with the neighbours of its section that bear it out and fit into sixty words with it."""
    own = math.exp(min(sure[index], 0.0))
    titles = told[index].block.headings[:1]

    def joins(number: int) -> bool:
        block = told[number].block
        return number == index or (block.kind != "heading" and block.headings[:1] == titles)

    first_reached = last_reached = index
    while first_reached > max(0, index - _REACH) and joins(first_reached - 1):
        first_reached -= 1
    while last_reached < min(len(told) - 1, index + _REACH) and joins(last_reached + 1):
        last_reached += 1
    gains = {
        n: min(1.0, math.exp(min(sure[n], 0.0)) / own) - _BEARS_OUT for n in range(first_reached, last_reached + 1)
    }
    best, most = (index, index), gains[index]
    for first in range(first_reached, index + 1):
        for last in range(index, last_reached + 1):
            if sum(counts[first : last + 1]) > LONGEST:
                break
            gain = sum(gains[n] for n in range(first, last + 1))
            if gain > most:
                best, most = (first, last), gain
    span = (told[best[0]].span[0], told[best[1]].span[1])
    if best != (index, index) and SHORTEST <= words(text, span) <= LONGEST:
        return span
    return _quote(text, [sentence.span for sentence in told], told, index)


def _judged(text: str, told: list[_Sentence], rules: _Rules) -> Iterable[Judgement]:
    spans = [sentence.span for sentence in told]
    brief = len(told) <= _BRIEF
    for index, sentence in enumerate(told):
        after = told[index + 1] if index + 1 < len(told) else None
        beside = after if after is not None and after.block is sentence.block else None
        for rule in rules.rules:
            verdict = _verdict(rule, sentence, beside, brief)
            if verdict is None:
                continue
            status, confidence, why, both = verdict
            span = _quote(text, spans, told, index)
            if both and beside is not None:
                wider = (sentence.span[0], beside.span[1])
                span = wider if words(text, wider) <= LONGEST else span
            yield Judgement(rule.question, status, confidence, why, span)


def _quote(text: str, spans: list[tuple[int, int]], told: list[_Sentence], index: int) -> tuple[int, int]:
    """The sentence's quote; neighbours come from its own section where that has words enough."""
    titles = told[index].block.headings
    first = last = index
    while first > 0 and index - first < 3 and told[first - 1].block.headings == titles:
        first -= 1
    while last + 1 < len(told) and last - index < 3 and told[last + 1].block.headings == titles:
        last += 1
    span = quote_span(text, spans[first : last + 1], index - first)
    return span if words(text, span) >= 5 else quote_span(text, spans, index)


def _verdict(
    rule: _Rule, sentence: _Sentence, beside: _Sentence | None, brief: bool
) -> tuple[_Spoken, float, str, bool] | None:
    """What a sentence (or it and the next one of its paragraph) says to a question."""
    alone = _weighed(rule, sentence.found, sentence.above, sentence.asks, brief)
    if alone is not None and alone[0] is Status.ANSWERED:
        return (*alone, False)
    if beside is not None and (alone is not None or rule.topic & beside.found or sentence.asks):
        both = _weighed(rule, sentence.found | beside.found, sentence.above, beside.asks, brief)
        if both is not None and both[0] is Status.ANSWERED:
            follows = _weighed(rule, beside.found, beside.above, beside.asks, brief)
            if follows is None or follows[0] is not Status.ANSWERED:
                return both[0], round(both[1] - 0.08, 3), both[2], True
    return None if alone is None else (*alone, False)


def _weighed(
    rule: _Rule, found: frozenset[str], above: frozenset[str], asks: bool, brief: bool
) -> tuple[_Spoken, float, str] | None:
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
        return Status.VAGUE, 0.75 if heading else 0.65, "a placeholder: it is still to be settled"
    if hedged:
        return Status.VAGUE, 0.6, "a wish or a generality that could not be acted on or tested"
    if brief and topic and (specifics := rule.specifics & found):
        return Status.ANSWERED, _SURE_BRIEF, _why_concrete([(specifics,)], found, heading)
    if not brief and not heading and len(rule.topic & found) < _MORE_THAN_A_MENTION:
        return None
    return Status.VAGUE, 0.45 + 0.1 * (topic and heading), _why_vague(rule)


def _why_concrete(groups: list[_Group], found: frozenset[str], heading: bool) -> str:
    said = sorted({_SAID[one] for group in groups for part in group for one in part & found if one in _SAID})
    if said:
        return f"it names {' and '.join(said[:3])}"
    return "it says so in definite words" + (", under a heading that asks for it" if heading else "")


def _why_vague(rule: _Rule) -> str:
    lacking = sorted({_SAID[one] for group in rule.groups for part in group for one in part if one in _SAID})
    if lacking:
        return f"it touches on this without {' or '.join(lacking[:3])} that could be acted on"
    return "it touches on this in words that could not be acted on or tested"


def _bare_headings(text: str, plain: str, parts: tuple[Block, ...], rules: _Rules) -> Iterable[Judgement]:
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
