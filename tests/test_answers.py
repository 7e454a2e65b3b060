"""Answers: the judged sentences of all kickoffs become one status a question, each with its proof."""

from datetime import date

import pytest

from diagnostics.answers import NONE_HELD, answer_questions
from diagnostics.findings import Answer, Status
from diagnostics.patterns import all_questions
from diagnostics.reading import Judgement, Reading
from diagnostics.reading.decision import Signal
from diagnostics.records import KickoffRecord, text_sha256

QUESTIONS = all_questions()[:2]
FIRST, SECOND = (question.id for question in QUESTIONS)
RECORD = KickoffRecord(
    ref="kickoffs/a.md", kind="md", text="one\ntwo three four five six\nseven", date=date(2026, 3, 1), author="Aino"
)


def judged(status: Status, confidence: float, begin: int = 4, end: int = 27) -> Judgement:
    assert status in (Status.ANSWERED, Status.VAGUE)
    return Judgement(FIRST, status, confidence, f"because of {confidence}", (begin, end))


def first(*judgements: Judgement) -> Answer:
    return answer_questions([(RECORD, Reading(judgements, 3))], QUESTIONS, no_kickoff_held=False)[0]


def test_the_surest_concrete_sentence_answers() -> None:
    answer = first(judged(Status.VAGUE, 0.9, 0, 3), judged(Status.ANSWERED, 0.6), judged(Status.ANSWERED, 0.7, 28, 33))
    assert (answer.status, answer.why) == (Status.ANSWERED, "because of 0.7")
    assert [evidence.quote for evidence in answer.evidence] == ["seven", "two three four five six"]


def test_evidence_can_be_looked_up() -> None:
    evidence = first(judged(Status.ANSWERED, 0.7)).evidence[0]
    assert evidence.ref == "kickoffs/a.md#L2"
    assert evidence.quote == RECORD.text[slice(*evidence.span)]
    assert evidence.text_sha256 == text_sha256(RECORD.text)
    assert (evidence.author, evidence.date, evidence.source) == ("Aino", date(2026, 3, 1), "kickoff")


def test_an_unsure_answer_is_vague_and_says_that_it_is_unsure() -> None:
    answer = first(judged(Status.ANSWERED, 0.5))
    assert answer.status is Status.VAGUE
    assert answer.why.startswith("perhaps because of 0.5, but")


def test_each_further_place_makes_an_answer_surer() -> None:
    sure = [first(*(judged(Status.ANSWERED, 0.7, n, n + 1) for n in range(places))).confidence for places in (1, 2, 5)]
    assert sure == sorted(set(sure))
    assert all(0.5 < confidence < 1 for confidence in sure)


def test_at_most_three_quotes_that_do_not_overlap() -> None:
    spread = [judged(Status.ANSWERED, 0.7, n, n + 2) for n in range(0, 12, 2)]
    assert len(first(*spread).evidence) == 3
    assert len(first(judged(Status.ANSWERED, 0.7), judged(Status.ANSWERED, 0.6, 5, 20)).evidence) == 1


def test_silence_of_a_readable_kickoff_is_a_gap() -> None:
    answer = answer_questions([(RECORD, Reading((), 3))], QUESTIONS, no_kickoff_held=False)[1]
    assert (answer.id, answer.status, answer.searched) == (SECOND, Status.MISSING, ("kickoffs/a.md",))


def test_no_kickoff_by_declaration_is_a_gap() -> None:
    answers = answer_questions([], QUESTIONS, no_kickoff_held=True)
    assert {(answer.status, answer.searched) for answer in answers} == {(Status.MISSING, (NONE_HELD,))}


def test_nothing_given_or_readable_is_unknown() -> None:
    assert answer_questions([], QUESTIONS, no_kickoff_held=False)[0].status is Status.UNKNOWN
    unread = [(RECORD, Reading((), 0, "the text is not in English"))]
    answer = answer_questions(unread, QUESTIONS, no_kickoff_held=False)[0]
    assert answer.status is Status.UNKNOWN
    assert "not in English" in answer.why


def test_one_readable_kickoff_is_enough() -> None:
    other = KickoffRecord(ref="b.pdf", kind="pdf", text="")
    readings = [(other, Reading((), 0, "empty")), (RECORD, Reading((judged(Status.ANSWERED, 0.7),), 3))]
    answers = answer_questions(readings, QUESTIONS, no_kickoff_held=False)
    assert [answer.status for answer in answers] == [Status.ANSWERED, Status.MISSING]
    assert answers[0].searched == ("kickoffs/a.md",)


def test_judgements_of_other_questions_are_passed_over() -> None:
    stray = Judgement("no-such-question", Status.ANSWERED, 0.9, "because of it", (0, 3))
    assert first(stray).status is Status.MISSING


TARGET = next(question for question in all_questions() if question.id == "metric-target")


def targets(text: str) -> Answer:
    """What a text with one sentence a line answers, each line judged to answer what the target is."""
    record = KickoffRecord(ref="kickoffs/a.md", kind="md", text=text)
    ends = [end for end, mark in enumerate(text) if mark == "\n"]
    spans = list(zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True))
    judgements = tuple(Judgement(TARGET.id, Status.ANSWERED, 0.9, "because it is said", span) for span in spans)
    signal = Signal.of([3.0] * len(spans), [3.0] * len(spans))
    reading = Reading(judgements, len(spans), signals={TARGET.id: signal})
    decided = lambda question, signal: (Status.ANSWERED, 0.9)  # noqa: E731
    return answer_questions([(record, reading)], [TARGET], no_kickoff_held=False, decide=decided)[0]


def test_two_places_with_different_values_conflict_and_both_are_quoted() -> None:
    answer = targets("Recall must be at least 0.85.\nThe target is a recall of 0.9.")
    assert answer.status is Status.CONFLICTING
    assert [evidence.quote for evidence in answer.evidence] == [
        "Recall must be at least 0.85.",
        "The target is a recall of 0.9.",
    ]
    assert "recall" in answer.why


@pytest.mark.parametrize(
    "text",
    [
        "Recall must be at least 0.85.\nThe target is a recall of 85 %.",
        "Recall must be at least 0.85.\nThe target is a precision of 0.9.",
        "Recall must be at least 0.85.\nIda and Product agreed to a recall of 0.9.",
        "Recall must be at least 0.85.\nRecall is 0.6 today.",
    ],
)
def test_what_fits_together_is_no_conflict(text: str) -> None:
    assert targets(text).status is Status.ANSWERED
