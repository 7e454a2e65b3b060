"""Claims: one measure and one value in a sentence; other times, stages and parts are no second opinion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.reading.claims import claims, metric_names, namings, speaks_of


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("Recall must be at least 0.85.", [("recall", 0.85)]),
        ("We aim at a recall of 85 %; precision has been no topic.", [("recall", 0.85)]),
        ("Precision ≥ .9", [("precision", 0.9)]),
        ("The F-1 should exceed 0.7. The error rate must stay below 2 percent.", [("f1", 0.7), ("error rate", 0.02)]),
        ("MAPE must stay below 8", [("mape", 0.08)]),
        ("Recall of 0.85 and precision of 0.6.", []),
        ("Recall must be at least 0.85 by 3 May.", []),
        ("We met 3 times about accuracy-related things.", []),
        ("Recall at 90 % precision, at least 0.6.", [("recall at precision 0.9", 0.6)]),
        ("Recall of at least 0.8 at a precision of 0.5.", [("recall at precision 0.5", 0.8)]),
    ],
)
def test_what_a_passage_sets(passage: str, said: list[tuple[str, float]]) -> None:
    assert [(claim.measure, claim.value) for claim in claims(passage)] == said


def contradicts(later: str, earlier: str) -> bool:
    ((one,), (other,)) = claims(later), claims(earlier)
    return one.contradicts(other)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Recall must be at least 0.85.", "The target is a recall of 0.95."),
        ("Recall must be at least 0.85 for all parcels.", "We need a recall of 0.95 for all parcels."),
        ("Success is an accuracy of at least 90 % on the hold-out.", "Success is an accuracy of 75 % on the hold-out."),
        ("Ida and Product agreed to a recall of 0.85.", "Recall must be at least 0.95."),
        ("Recall must be at least 0.85.", "The target is a recall of 0.95, which nobody has agreed to."),
        ("Recall must be at least 0.85, not yet approved.", "The target is a recall of 0.95."),
        ("Recall must not fall below 0.85.", "The new target is a recall of at least 0.75."),
        ("Recall at 90 % precision must be at least 0.6.", "The target is a recall of 0.5 at 90 % precision."),
    ],
)
def test_two_values_for_the_same_matter_contradict(earlier: str, later: str) -> None:
    assert contradicts(later, earlier)


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Recall must be at least 0.85.", "The target is a recall of 85 %."),
        ("MAPE must be under 8 %.", "MAPE must stay below 8."),
        ("Recall must be at least 0.85.", "Ida and Product agreed to a recall of 0.9."),
        ("Recall must be at least 0.85.", "The target is a precision of 0.9."),
        ("Macro F1 must be at least 0.7.", "Micro F1 must be at least 0.8."),
        ("Accuracy must be at least 0.85.", "Balanced accuracy must be at least 0.7."),
        ("The word error rate must be below 8 %.", "The character error rate must be below 3 %."),
        ("Weekday MAPE must be under 8 %.", "Weekend MAPE must be under 15 %."),
        ("The reader must have a precision of at least 0.9.", "The ranker must have a precision of at least 0.7."),
        ("Recall must be at least 0.85.", "A recall of 0.99 is not needed."),
        ("Recall must be at least 0.85.", "The vendor promises a recall of 0.99."),
        ("Recall must be at least 0.85.", "Recall is 0.6 today."),
        ("Recall must be at least 0.85.", "In the pilot a recall of 0.7 will do."),
        ("Recall must be at least 0.85.", "A recall below 0.7 stops the project."),
        ("RMSE must be under 5 minutes.", "RMSE must stay below 300 seconds."),
        ("We aim at a recall of 0.95.", "A recall of 0.85 is still acceptable."),
        ("Recall must be at least 0.85.", "Recall is 0.6."),
        ("Recall must be at least 0.85.", "Recall reached 0.71, the target."),
        ("Recall must be at least 0.85.", "Must recall be at least 0.9?"),
        ("Recall at 90 % precision must be at least 0.6.", "Recall at 80 % precision must be at least 0.7."),
    ],
)
def test_another_matter_and_a_settled_change_do_not(earlier: str, later: str) -> None:
    assert not contradicts(later, earlier)


@pytest.mark.parametrize(
    "said",
    [
        "Recall must be at least 0.85.",
        "Recall should be 0.9 now.",
        "Target: precision of at most 0.4.",
        "Recall >= 0.8",
        "Recall must never drop below 0.8.",
    ],
)
def test_an_aim_or_a_limit(said: str) -> None:
    (claim,) = claims(said)
    assert claim.aimed


@pytest.mark.parametrize(
    "said",
    [
        "Recall reached 0.71.",
        "Recall is 0.71 on the test weeks.",
        "We have a recall of 0.71, which the target allows.",
        "Recall was at least 0.7 in all folds.",
        "Recall dropped below the threshold, to 0.6.",
        "Recall 0.71.",
        "Should recall be at least 0.9?",
    ],
)
def test_a_result_or_a_question_is_none(said: str) -> None:
    (claim,) = claims(said)
    assert not claim.aimed


@pytest.mark.parametrize(
    ("said", "metric"),
    [
        ("Our metric is now AUC.", "auc"),
        ("CTR is the metric.", "click through rate"),
        ("Primary metric: NDCG@10 on judged pairs", "ndcg"),
        ("From May on we optimise for retention rate.", "retention rate"),
    ],
)
def test_the_metric_is_named(said: str, metric: str) -> None:
    assert [naming.metric for naming in namings(said)] == [metric]


@pytest.mark.parametrize(
    "said",
    [
        "Is our metric AUC?",
        "AUC is not our metric.",
        "Maybe our metric is AUC.",
        "AUC is the metric for the small model.",
        "The metric is broken.",
        "AUC rose to 0.8.",
    ],
)
def test_a_metric_in_passing_is_not_the_metric(said: str) -> None:
    assert list(namings(said)) == []


def test_a_metric_has_one_name() -> None:
    assert metric_names("AUROC, ROC-AUC and auc; F-1 and F1; click-through rate and CTR") == {
        "auc",
        "f1",
        "click through rate",
    }


def test_what_may_hold_a_claim_is_found_by_its_measure() -> None:
    may = speaks_of({"f1", "false positive rate", "recall at precision 0.9"})
    assert all(may.search(text) for text in ("F-1 score", "False-positive rate", "the RECALL"))
    assert not may.search("precision")


@given(st.text())
def test_no_text_is_too_strange(passage: str) -> None:
    list(claims(passage))
    list(namings(passage))


def test_a_long_line_takes_no_longer_than_its_length_warrants() -> None:
    list(claims("recall 0.8 " * 10_000))
    list(claims("1." * 50_000))
    list(namings("our metric is the a b " * 5_000))
    list(namings("a " * 50_000 + "is our metric"))
