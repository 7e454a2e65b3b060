"""The reader: the encoder judges the sentences for the questions it was trained for, cues judge them for any other."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from diagnostics.findings import Status
from diagnostics.patterns._contract import Question
from diagnostics.reading.blocks import blocks, masked
from diagnostics.reading.context import Sentence, passage_quote, sentences_in
from diagnostics.reading.cues import Cued, Spoken, bare_headings, judged_by_cues, rules_of
from diagnostics.reading.decision import SILENT, Side, Signal
from diagnostics.reading.encoder import MODEL, Judge, encoder
from diagnostics.reading.judgement import Judgement, Reading
from diagnostics.reading.language import unreadable
from diagnostics.reading.quotes import SHORTEST, words
from diagnostics.reading.sieve import sieve


def _version() -> str:
    """Tells readers apart: a digest of this folder's code and of what every training changes."""
    made_of = [*sorted(Path(__file__).parent.glob("*.py")), MODEL / "decision.json", MODEL / "heads.npz"]
    digest = hashlib.sha256()
    for file in made_of:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


READER_VERSION = _version()

_PLACES = 5  # the surest sentences that may be quoted for a question
_FAR_BEHIND = 2.0  # logits; a place so much less sure than the best one is not quoted
_ASKED_FOR = 3.0  # the logit that a heading with nothing under it speaks to its question


def read(text: str, questions: tuple[Question, ...], judge: Judge | None = None) -> Reading:
    """All passages of a canonical text that speak to the questions, each with its quote.

    `judge` stands in for the shipped encoder: another one, while it is being measured.
    """
    plain = masked(text)
    why_not = unreadable(plain)
    if why_not is not None:
        return Reading((), 0, why_not)
    parts = blocks(text, plain)
    told = sentences_in(text, plain, parts)
    judge = judge or encoder()
    trained = tuple(question for question in questions if question.id in judge.questions)
    untrained = tuple(question for question in questions if question.id not in judge.questions)
    found: list[Judgement] = []
    signals: dict[str, Signal] = {}
    if trained:
        cued = Cued(plain, told, rules_of(trained))
        found, signals = _judged_by_encoder(text, cued, judge)
        for bare in bare_headings(text, plain, parts, cued.rules):
            found.append(bare)
            signal = signals[bare.question]
            signals[bare.question] = replace(signal, speaks=signal.speaks + Side.of([_ASKED_FOR]))
    if untrained:
        cued = Cued(plain, tuple(one for one in told if one.block.kind != "heading"), rules_of(untrained))
        by_cues = [*judged_by_cues(text, cued), *bare_headings(text, plain, parts, cued.rules)]
        found += [replace(one, why=f"{one.why} (untrained question)") for one in by_cues]
    return Reading(
        judgements=tuple(sorted(found, key=lambda j: (j.span, j.question))),
        sentences=len(told),
        signals=signals,
        untrained=frozenset(question.id for question in untrained),
    )


def read_what_matters(texts: Sequence[str], questions: tuple[Question, ...]) -> dict[int, Reading]:
    """Readings of much text, by the text's number: only of what the sieve lets through, which loses few answers."""
    return {number: read(texts[number], questions) for number in sieve().passed(texts)}


def _judged_by_encoder(text: str, cued: Cued, judge: Judge) -> tuple[list[Judgement], dict[str, Signal]]:
    """The surest sentences for each question, with their quotes, and what all sentences together say to it."""
    told = cued.told
    logits = np.where(
        np.array([_is_bare_title(one) for one in told], dtype=bool)[:, None, None], SILENT, judge.logits(told)
    )
    counts = [words(text, sentence.span) for sentence in told]
    numbers = {question: number for number, question in enumerate(judge.questions)}
    found: list[Judgement] = []
    signals: dict[str, Signal] = {}
    for rule in cued.rules.rules:
        answers, speaks = (logits[:, side, numbers[rule.question]].tolist() for side in (0, 1))
        for number in sorted(range(len(told)), key=lambda number: -answers[number])[:_PLACES]:
            if cued.postpones(rule, number):
                answers[number] = SILENT
        signals[rule.question] = Signal.of(answers, speaks)
        sides: tuple[tuple[Spoken, list[float]], ...] = ((Status.ANSWERED, answers), (Status.VAGUE, speaks))
        for status, sure in sides:
            best = sorted(range(len(told)), key=lambda number: -sure[number])[:_PLACES]
            probable = [_probability(logit) for logit in sure]
            for number in best:
                if sure[number] < sure[best[0]] - _FAR_BEHIND:
                    break
                passage = passage_quote(text, told, counts, probable, number)
                why = cued.why(rule, passage.sentences, concrete=status is Status.ANSWERED)
                sureness = round(1 - math.exp(-passage.worth), 4)
                found.append(Judgement(rule.question, status, sureness, why, passage.span, told[number].under))
    return found, signals


def _is_bare_title(sentence: Sentence) -> bool:
    """Whether it is a title that asks for an answer and is none; "Sign-off: pending" is one."""
    spoken = sentence.spoken
    return sentence.block.kind == "heading" and ":" not in spoken and len(spoken.split()) < SHORTEST


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
