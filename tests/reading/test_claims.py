"""Claims: one measure and one value in a sentence; other times, stages and parts are no second opinion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.reading.claims import Claim, claims


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ("Recall must be at least 0.85.", [("recall", 0.85)]),
        ("We aim at a recall of 85 %; precision has been no topic.", [("recall", 0.85)]),
        ("Precision ≥ .9", [("precision", 0.9)]),
        ("The F-1 should exceed 0.7. The error rate must stay below 2 percent.", [("f1", 0.7), ("error rate", 0.02)]),
        ("Recall of 0.85 and precision of 0.6.", []),
        ("Recall is 0.6 today.", []),
        ("In the pilot a recall of 0.7 will do.", []),
        ("Recall must be at least 0.85 by 3 May.", []),
        ("We met 3 times about accuracy-related things.", []),
    ],
)
def test_what_a_passage_sets(passage: str, said: list[tuple[str, float]]) -> None:
    assert [(claim.measure, claim.value) for claim in claims(passage)] == said


def test_two_values_contradict_unless_somebody_settled_it() -> None:
    one, other = Claim("recall", 0.85, settled=False), Claim("recall", 0.9, settled=False)
    assert one.contradicts(other)
    assert not one.contradicts(Claim("recall", 0.85, settled=False))
    assert not one.contradicts(Claim("precision", 0.9, settled=False))
    assert not one.contradicts(Claim("recall", 0.9, settled=True))
    assert [claim.settled for claim in claims("Ida agreed to a recall of 0.9.")] == [True]


@given(st.text())
def test_no_text_is_too_strange(passage: str) -> None:
    list(claims(passage))


def test_a_long_line_takes_no_longer_than_its_length_warrants() -> None:
    list(claims("recall 0.8 " * 10_000))
    list(claims("1." * 50_000))
