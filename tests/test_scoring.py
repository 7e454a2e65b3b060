"""The laws of the score: each sentence of the design's section 3, as a property."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diagnostics.diagnosis import Score, Verdict
from diagnostics.findings import Evidence, Presence, Status, Symptom
from diagnostics.scoring import (
    VALUES,
    Graded,
    cannot_tell,
    clarity,
    exact_clarity,
    flow,
    health,
    pattern_clarity,
    verdict,
)
from diagnostics.settings import Limit, Settings

SETTINGS = Settings()
SURE = SETTINGS.sure_confidence
KNOWN = [status for status in Status if status is not Status.UNKNOWN]

statuses = st.sampled_from(list(Status))
known_statuses = st.sampled_from(KNOWN)
confidences = st.floats(0, 1)
weights = st.integers(1, 3)
answers = st.builds(Graded, statuses, confidences, weights)
known_answers = st.builds(Graded, known_statuses, confidences, weights)
sure_answers = st.builds(Graded, known_statuses, st.floats(SURE, 1), weights)
patterns = st.lists(st.lists(answers, min_size=1, max_size=6), min_size=1, max_size=5)
known_patterns = st.lists(st.lists(known_answers, min_size=1, max_size=6), min_size=1, max_size=5)
scores = st.tuples(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.booleans()).map(
    lambda drawn: Score(
        low=sorted(drawn[:3])[0], score=None if drawn[3] else sorted(drawn[:3])[1], high=sorted(drawn[:3])[2]
    )
)


def symptom(status: Presence, penalty: float, cap: float) -> Symptom:
    evidence = Evidence(
        source="ticket", ref="X-1", quote="five words stand right here", span=(0, 27), text_sha256="0" * 64
    )
    return Symptom(
        id="some-symptom",
        title="Some symptom",
        status=status,
        value=None if status is Presence.UNKNOWN else 1,
        threshold=1,
        unit="tickets",
        why="for the sake of a test",
        penalty=penalty if status is Presence.PRESENT else 0,
        cap=cap,
        evidence=(evidence,) if status is Presence.PRESENT else (),
    )


symptoms = st.builds(
    lambda status, share, cap: symptom(status, cap * share, cap),
    st.sampled_from(list(Presence)),
    st.floats(0.01, 1),
    st.floats(1, 100),
)


def weighted_mean(pattern: Sequence[Graded]) -> float:
    return 100 * sum(a.weight * VALUES[a.status] for a in pattern) / sum(a.weight for a in pattern)


def test_the_values_of_an_answer_are_those_of_the_design() -> None:
    named = {status.value: value for status, value in VALUES.items()}
    assert named == {"answered": 1, "vague": 0.4, "conflicting": 0.2, "unanswered": 0.1, "missing": 0}


@given(st.lists(sure_answers, min_size=1, max_size=8))
def test_a_patterns_clarity_is_the_weighted_mean_over_its_questions(pattern: list[Graded]) -> None:
    score = pattern_clarity(pattern, SETTINGS)
    assert score.score == pytest.approx(weighted_mean(pattern), abs=0.5001)
    assert score.low == score.score == score.high  # nothing is unknown or unsure


@given(known_patterns)
def test_clarity_is_half_the_mean_plus_half_the_worst(found: list[list[Graded]]) -> None:
    each = [weighted_mean(pattern) for pattern in found]
    assert exact_clarity(found, SURE) == pytest.approx(0.5 * sum(each) / len(each) + 0.5 * min(each))


def test_three_good_patterns_do_not_hide_a_hopeless_one() -> None:
    good, hopeless = [Graded(Status.ANSWERED, 1, 2)], [Graded(Status.MISSING, 1, 2)]
    score = clarity([good, good, good, hopeless], SETTINGS).score
    assert score is not None
    assert score < SETTINGS.low_below


@given(patterns)
def test_score_lies_within_its_range(found: list[list[Graded]]) -> None:
    score = clarity(found, SETTINGS)
    assert 0 <= score.low <= score.high <= 100
    assert score.score is None or score.low <= score.score <= score.high


@given(patterns)
@example([[Graded(Status.UNKNOWN, 1, 2)], [Graded(Status.ANSWERED, 1, 2)]])
@example([[Graded(Status.UNKNOWN, 1, 1), Graded(Status.ANSWERED, 1, 2)]])
def test_score_is_null_exactly_when_half_or_more_of_the_weight_is_unknown(found: list[list[Graded]]) -> None:
    flat = [answer for pattern in found for answer in pattern]
    unknown = sum(answer.weight for answer in flat if answer.status is Status.UNKNOWN)
    assert (clarity(found, SETTINGS).score is None) == (unknown >= sum(a.weight for a in flat) / 2)


@given(patterns)
def test_low_counts_unknown_as_missing_and_high_as_answered(found: list[list[Graded]]) -> None:
    def as_status(status: Status) -> list[list[Graded]]:
        return [[Graded(status, 1, a.weight) if a.status is Status.UNKNOWN else a for a in p] for p in found]

    score = clarity(found, SETTINGS)
    assert score.low == clarity(as_status(Status.MISSING), SETTINGS).low
    assert score.high == clarity(as_status(Status.ANSWERED), SETTINGS).high


@given(patterns, st.data())
def test_unknown_never_raises_low(found: list[list[Graded]], data: st.DataObject) -> None:
    before = clarity(found, SETTINGS).low
    row = data.draw(st.integers(0, len(found) - 1))
    column = data.draw(st.integers(0, len(found[row]) - 1))
    found[row][column] = Graded(Status.UNKNOWN, found[row][column].confidence, found[row][column].weight)
    assert clarity(found, SETTINGS).low <= before


@given(known_statuses, st.floats(0, SURE, exclude_max=True), weights)
def test_an_unsure_answer_is_one_step_worse_in_low_and_one_step_better_in_high(
    status: Status, confidence: float, weight: int
) -> None:
    place = KNOWN.index(status)
    score = pattern_clarity([Graded(status, confidence, weight)], SETTINGS)
    worse, better = KNOWN[min(place + 1, len(KNOWN) - 1)], KNOWN[max(place - 1, 0)]
    assert score.low == round(100 * VALUES[worse])
    assert score.high == round(100 * VALUES[better])
    assert score.score == round(100 * VALUES[status])


@given(known_patterns, st.data())
def test_a_better_answer_never_lowers_clarity(found: list[list[Graded]], data: st.DataObject) -> None:
    before = exact_clarity(found, SURE)
    row = data.draw(st.integers(0, len(found) - 1))
    old = found[row][0]
    found[row][0] = Graded(data.draw(st.sampled_from(KNOWN[: KNOWN.index(old.status) + 1])), 1, old.weight)
    after = exact_clarity(found, SURE)
    assert before is not None
    assert after is not None
    assert after >= before - 1e-9


@given(st.lists(symptoms, max_size=6))
def test_flow_is_100_less_the_penalties_and_unknown_widens_the_range(found: list[Symptom]) -> None:
    score = flow(found, tickets_read=True)
    penalties = sum(s.penalty for s in found if s.status is Presence.PRESENT)
    unknown = sum(s.cap for s in found if s.status is Presence.UNKNOWN)
    assert score.score == pytest.approx(max(0, 100 - penalties), abs=0.5001)
    assert score.high == score.score
    assert score.low == pytest.approx(max(0, 100 - penalties - unknown), abs=0.5001)


def test_flow_is_null_when_no_ticket_could_be_read() -> None:
    assert flow([], tickets_read=False) == Score(score=None, low=0, high=100)


@given(st.floats(0, 1000), st.floats(0.1, 100), st.floats(0.1, 100))
def test_a_penalty_starts_at_the_threshold_grows_and_is_capped(value: float, threshold: float, cap: float) -> None:
    limit = Limit(threshold=threshold, cap=cap)
    assert 0 <= limit.penalty(value) <= cap
    assert (limit.penalty(value) > 0) == (value >= threshold)
    assert limit.penalty(value) <= limit.penalty(value + 1)


@given(scores, scores)
def test_health_is_the_lower_side_or_the_one_that_is_known(of_clarity: Score, of_flow: Score) -> None:
    known = [side.score for side in (of_clarity, of_flow) if side.score is not None]
    of_health = health(of_clarity, of_flow)
    assert of_health.score == min(known, default=None)
    assert of_health.low <= min(of_clarity.low, of_flow.low)


narrow_scores = st.tuples(st.integers(0, 100), st.integers(0, 20), st.integers(0, 20)).map(
    lambda drawn: Score(low=max(0, drawn[0] - drawn[1]), score=drawn[0], high=min(100, drawn[0] + drawn[2]))
)


@given(narrow_scores, narrow_scores)
@example(Score(score=50, low=50, high=50), Score(score=49, low=49, high=49))
@example(Score(score=49, low=49, high=49), Score(score=50, low=50, high=50))
def test_the_verdict_follows_from_the_two_scores(of_clarity: Score, of_flow: Score) -> None:
    assert of_clarity.score is not None
    assert of_flow.score is not None
    table = {
        (True, True): Verdict.STUCK,
        (True, False): Verdict.DRIFTING,
        (False, True): Verdict.STALLED,
        (False, False): Verdict.MOVING,
    }
    assert verdict(of_clarity, of_flow, SETTINGS) is table[of_clarity.score < 50, of_flow.score < 50]


@given(scores, scores)
def test_the_verdict_is_unknown_when_a_side_is_null_or_its_range_is_wide_across_50(a: Score, b: Score) -> None:
    unknown = any(s.score is None or (s.low <= 50 <= s.high and s.high - s.low > 40) for s in (a, b))
    assert (verdict(a, b, SETTINGS) is Verdict.UNKNOWN) == unknown


@pytest.mark.parametrize(
    ("side", "unknown"),
    [
        (Score(score=60, low=30, high=70), False),  # 40 wide is not wider than 40
        (Score(score=60, low=29, high=70), True),
        (Score(score=80, low=55, high=100), False),  # wide, but all above the line
        (Score(score=None, low=0, high=10), True),
    ],
)
def test_the_line_between_thin_and_enough(side: Score, unknown: bool) -> None:
    assert cannot_tell(side, SETTINGS) is unknown


@pytest.mark.parametrize("impossible", [{"score": 10, "low": 20, "high": 30}, {"score": None, "low": 60, "high": 50}])
def test_a_score_outside_its_range_cannot_be_built(impossible: dict[str, int | None]) -> None:
    with pytest.raises(ValueError, match="within its range"):
        Score(**impossible)  # type: ignore[arg-type]
