"""Sentences: where they end, and where they only seem to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.reading.blocks import Block, blocks, masked
from diagnostics.reading.sentences import sentences, squeezed


def split(text: str) -> list[str]:
    plain = masked(text)
    return [squeezed(plain, span) for block in blocks(text, plain) for span in sentences(plain, block)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We start in May. Aino leads.", ["We start in May.", "Aino leads."]),
        ("Dr. Obi and Mr. Tan agreed. Good.", ["Dr. Obi and Mr. Tan agreed.", "Good."]),
        ("Use rules, e.g. regexes, first.", ["Use rules, e.g. regexes, first."]),
        ("Recall is 0.9 today. It was 0.8.", ["Recall is 0.9 today.", "It was 0.8."]),
        ("Signed: M. Hallgren on Monday.", ["Signed: M. Hallgren on Monday."]),
        ("Why not rules? Because they broke!", ["Why not rules?", "Because they broke!"]),
        ("that is why. we start in may", ["that is why.", "we start in may"]),
        ("- first thing\n- second thing\n", ["first thing", "second thing"]),
        ("1. first thing\n2. second thing\n", ["first thing", "second thing"]),
        ("• first thing\n• second thing\n", ["first thing", "second thing"]),
        ("one sentence that\ngoes on below", ["one sentence that goes on below"]),
        ("Owner: Aino\nBudget: 40k EUR\n", ["Owner: Aino", "Budget: 40k EUR"]),
        ("> quoted words that\n> go on here\n", ["quoted words that go on here"]),
        ("", []),
        ("--- ... !!!", []),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_row_is_one_sentence() -> None:
    assert len(split("| Done. Then more. | 0.9 |")) == 1


@given(st.text(max_size=400))
def test_spans_are_in_order_and_inside_the_block(text: str) -> None:
    spans = sentences(text, Block("paragraph", (0, len(text))))
    ends = [0, *(place for span in spans for place in span), len(text)]
    assert ends == sorted(ends)
