"""A finding that could not be looked up cannot be built."""

from typing import Any

import pytest

from diagnostics.findings import Answer, Evidence, Presence, Status, Symptom

QUOTE: dict[str, Any] = {
    "source": "kickoff",
    "ref": "k.md#L1",
    "quote": "recall of at least 0.6",
    "span": (10, 32),
    "text_sha256": "a" * 64,
}
EVIDENCE = Evidence(**QUOTE)


def answer(**fields: Any) -> Answer:
    return Answer(**({"id": "metric-target", "confidence": 0.9, "why": "a number stands there"} | fields))


def symptom(**fields: Any) -> Symptom:
    whole = {
        "id": "silent",
        "title": "Silence",
        "status": Presence.PRESENT,
        "value": 20,
        "threshold": 14,
        "unit": "days",
        "why": "20 days without a word",
        "penalty": 20,
        "cap": 30,
        "evidence": (EVIDENCE,),
    }
    return Symptom(**(whole | fields))


def test_what_can_be_looked_up_can_be_built() -> None:
    assert answer(status=Status.ANSWERED, evidence=(EVIDENCE,)).evidence == (EVIDENCE,)
    assert answer(status=Status.MISSING, searched=("k.md",)).searched == ("k.md",)
    assert symptom().penalty == 20


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"status": Status.ANSWERED}, "needs 1 quote"),
        ({"status": Status.VAGUE}, "needs 1 quote"),
        ({"status": Status.UNANSWERED}, "needs 1 quote"),
        ({"status": Status.CONFLICTING, "evidence": (EVIDENCE,)}, "needs 2 quote"),
        ({"status": Status.MISSING}, "needs what was searched"),
        ({"status": Status.MISSING, "searched": ("k.md",), "evidence": (EVIDENCE,)}, "cannot have a quote"),
        ({"status": Status.UNKNOWN, "evidence": (EVIDENCE,)}, "cannot have a quote"),
        ({"status": Status.UNKNOWN, "why": "no"}, "at least 8"),
        ({"status": Status.UNKNOWN, "confidence": 1.1}, "less than or equal to 1"),
    ],
)
def test_an_answer_without_its_grounds_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        answer(**fields)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"evidence": ()}, "needs the tickets"),
        ({"status": Presence.UNKNOWN, "penalty": 0}, "exactly when"),
        ({"value": None}, "exactly when"),
        ({"status": Presence.ABSENT}, "penalty stands with a present"),
        ({"penalty": 31}, "under its cap"),
    ],
)
def test_a_symptom_without_its_grounds_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        symptom(**fields)


@pytest.mark.parametrize("fields", [{"span": (10, 31)}, {"span": (-1, 21)}, {"quote": ""}, {"text_sha256": "short"}])
def test_evidence_that_does_not_fit_its_text_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Evidence"):
        Evidence(**(QUOTE | fields))
