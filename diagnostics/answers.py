"""Judged sentences of all kickoff records -> one Answer a question."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from itertools import combinations
from operator import add

from diagnostics.findings import Answer, Evidence, Status
from diagnostics.patterns._contract import Question
from diagnostics.reading.claims import Claim, claims
from diagnostics.reading.cues import grounds
from diagnostics.reading.decision import Signal, decide
from diagnostics.reading.judgement import Judgement, Reading
from diagnostics.reading.quotes import quote_span
from diagnostics.records import KickoffRecord, text_sha256

QUOTES_AN_ANSWER = 3
AROUND = 160  # characters of its paragraph that are kept to either side of a quote
NEARLY_AS_SURE = 0.1  # a further quote is shown when its place is nearly as sure as the best one
SURE_ENOUGH = 0.5  # under even odds, concrete-looking sentences count as vague only
UNTRAINED_AT_MOST = 0.7  # how sure an answer is at most to a question that only cues judge (design, section 4)
SILENCE = "no sentence of the kickoff speaks to it"
NONE_HELD = "portfolio.toml: kickoff = []"
# How often a gap was one on labelled documents; and a half answer no more than half an answer.
SURE_OF_SILENCE, SURE_OF_VAGUE = 0.71, 0.46

Decide = Callable[[str, Signal], tuple[Status, float]]
_Place = tuple[KickoffRecord, Judgement]
_MARKERS = " \t-*+•>|[]xX0123456789.)"  # of lists, quotes and tables: no words of their own


def answer_questions(
    readings: Sequence[tuple[KickoffRecord, Reading]],
    questions: Sequence[Question],
    *,
    no_kickoff_held: bool,
    decide: Decide = decide,
) -> tuple[Answer, ...]:
    """What the kickoff records together say to each question.

    `no_kickoff_held` is true when portfolio.toml says `kickoff = []`: there was none, and every question
    is then missing instead of unknown. `decide` is the shipped decision, unless another is being measured.
    """
    readable = [(record, reading) for record, reading in readings if reading.unreadable is None]
    places: dict[str, list[_Place]] = {question.id: [] for question in questions}
    for record, reading in readable:
        for judgement in reading.judgements:
            if judgement.question in places:
                places[judgement.question].append((record, judgement))
    searched = tuple(record.ref for record, _ in readable)
    if not searched and no_kickoff_held:
        searched = (NONE_HELD,)
    return tuple(_answer(question, places[question.id], searched, readings, decide) for question in questions)


def _answer(
    asked: Question,
    places: list[_Place],
    searched: tuple[str, ...],
    readings: Sequence[tuple[KickoffRecord, Reading]],
    decide: Decide,
) -> Answer:
    question = asked.id
    if not searched:
        return Answer(id=question, status=Status.UNKNOWN, confidence=0.0, why=_why_unknown(readings))
    signals = [reading.signals[question] for _, reading in readings if question in reading.signals]
    if signals:
        return _decided(asked, places, searched, *decide(question, reduce(add, signals)))
    at_most = UNTRAINED_AT_MOST if any(question in reading.untrained for _, reading in readings) else 1.0
    if not places:
        none_held = searched == (NONE_HELD,)
        sure = 1.0 if none_held else min(SURE_OF_SILENCE, at_most)
        return _missing(question, searched, sure, "no kickoff was held" if none_held else SILENCE)
    # Sorting is stable, so that of two equally sure places the earlier one is quoted first.
    best = sorted(places, key=lambda place: -place[1].confidence)
    concrete = [place for place in best if place[1].status is Status.ANSWERED]
    sure = min(_sure_of(concrete[0][1].confidence, len(concrete)), at_most) if concrete else 0.0
    answered = sure >= SURE_ENOUGH
    best = concrete if answered else best
    first = best[0][1]
    doubtful = first.status is Status.ANSWERED and not answered
    return Answer(
        id=question,
        status=Status.ANSWERED if answered else Status.VAGUE,
        confidence=sure if answered else SURE_OF_VAGUE,
        why=f"perhaps {first.why}, but nothing else in the record bears it out" if doubtful else first.why,
        evidence=_evidence(asked, best),
        searched=searched,
    )


def _decided(
    asked: Question, places: list[_Place], searched: tuple[str, ...], status: Status, confidence: float
) -> Answer:
    """The answer that the whole document decided on, with the places that bear it out."""
    shown = sorted((p for p in places if p[1].status is status), key=lambda place: -place[1].confidence)
    if not shown:
        return _missing(asked.id, searched, confidence, SILENCE)
    if asked.one_value and status is Status.ANSWERED and (pair := _disagreeing(shown)) is not None:
        *both, measure = pair
        return Answer(
            id=asked.id,
            status=Status.CONFLICTING,
            confidence=confidence,
            why=f"two places set different values for {measure}, and nobody is said to have agreed to the later one",
            evidence=tuple(_proof(asked, place) for place in both),
            searched=searched,
        )
    why, evidence = shown[0][1].why, _evidence(asked, shown)
    return Answer(id=asked.id, status=status, confidence=confidence, why=why, evidence=evidence, searched=searched)


def _disagreeing(places: Sequence[_Place]) -> tuple[_Place, _Place, str] | None:
    """The first two sentences that set different values for one measure, the earlier one first."""
    said: dict[tuple[str, int], tuple[_Place, Claim]] = {}
    for record, judgement in places:
        begin, end = judgement.span
        for claim in claims(record.text[begin:end]):
            span = quote_span(record.text, [(begin + claim.span[0], begin + claim.span[1])], 0)
            said[record.ref, begin + claim.span[0]] = ((record, replace(judgement, span=span)), claim)
    in_order = sorted(said.values(), key=lambda found: (found[0][0].date or date.min, found[0][1].span))
    for (one, claim), (other, later) in combinations(in_order, 2):
        if later.contradicts(claim):
            return one, other, later.measure
    return None


def _apart(one: _Place, other: _Place) -> bool:
    (begin, end), (from_, to) = one[1].span, other[1].span
    return one[0] is not other[0] or end <= from_ or to <= begin


def _missing(question: str, searched: tuple[str, ...], confidence: float, why: str) -> Answer:
    return Answer(id=question, status=Status.MISSING, confidence=confidence, why=why, searched=searched)


def _sure_of(best: float, places: int) -> float:
    """How often such an answer was right on labelled documents.

    A logistic regression of being right on the best place's confidence and on how many places answer,
    fitted on the 201 answers that the cues find in 34 labelled documents; scored on documents left out
    of the fit, answers of 0.4 to 0.6, 0.6 to 0.8 and over 0.8 were right 45, 67 and 93 times in a hundred.
    """
    return round(1 / (1 + math.exp(-(0.25 + 3.62 * (best - 0.7) + 1.09 * math.log(places)))), 3)


def _why_unknown(readings: Sequence[tuple[KickoffRecord, Reading]]) -> str:
    if not readings:
        return "no kickoff record was given"
    reasons = dict.fromkeys(reading.unreadable for _, reading in readings if reading.unreadable)
    return f"no kickoff record could be read: {'; '.join(reasons)}"


def _evidence(asked: Question, best: list[_Place]) -> tuple[Evidence, ...]:
    """The best quote, and others of its kind nearly as sure that do not overlap a better one."""
    kept: list[_Place] = []
    for record, judgement in best:
        apart = all(_apart((record, judgement), other) for other in kept)
        as_good = best[0][1].confidence - judgement.confidence <= NEARLY_AS_SURE
        if apart and as_good and judgement.status is best[0][1].status and len(kept) < QUOTES_AN_ANSWER:
            kept.append((record, judgement))
    return tuple(_proof(asked, place) for place in kept)


def _proof(asked: Question, place: _Place) -> Evidence:
    """A place as evidence: the quote, what stands around it, what in it made it concrete or vague."""
    record, judgement = place
    quote = record.text[slice(*judgement.span)]
    return Evidence(
        source="kickoff",
        ref=f"{record.ref}#L{record.text.count(chr(10), 0, judgement.span[0]) + 1}",
        url=record.url,
        quote=quote,
        span=judgement.span,
        text_sha256=text_sha256(record.text),
        author=record.author,
        date=record.date,
        heading=judgement.heading or None,
        before=_words_before(record.text, judgement.span[0]),
        after=_words_after(record.text, judgement.span[1]),
        grounds=grounds(asked, quote, concrete=judgement.status is Status.ANSWERED),
    )


def _words_before(text: str, place: int) -> str:
    """The end of what the paragraph says before a place."""
    begin = max(text.rfind("\n\n", 0, place) + 2, place - AROUND, 0)
    part = text[begin:place]
    if begin == place - AROUND:
        part = part.partition(" ")[2]
    return " ".join(line for line in part.splitlines() if line.strip(_MARKERS) and not line.startswith("#")).strip()


def _words_after(text: str, place: int) -> str:
    """The beginning of what the paragraph says after a place."""
    ends = [end for mark in ("\n\n", "\n#") if (end := text.find(mark, place, place + AROUND)) >= 0]
    end = min([*ends, place + AROUND, len(text)])
    part = text[place:end]
    return (part.rpartition(" ")[0] if end == place + AROUND else part).strip()
