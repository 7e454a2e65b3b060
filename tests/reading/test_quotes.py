"""Quotes: contiguous, 5 to 60 words wherever the text allows, and never anything but the text."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.patterns import all_questions
from diagnostics.reading import read
from diagnostics.reading.quotes import LONGEST, SHORTEST, quote_span, words
from diagnostics.records import canonical_text

QUESTIONS = all_questions()


def spans_of(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^.]+\.", text)]


def quoted(text: str, index: int) -> str:
    begin, end = quote_span(text, spans_of(text), index)
    return text[begin:end]


def test_a_sentence_of_fair_length_is_quoted_as_it_is() -> None:
    assert quoted("One. We reach a recall of ninety. Three.", 1).strip() == "We reach a recall of ninety."


def test_a_short_sentence_takes_its_neighbour_in() -> None:
    assert quoted("Aino decides. Luis writes the loader. More follows.", 0) == "Aino decides. Luis writes the loader."
    assert quoted("Luis writes the loader today. Aino decides.", 1) == "Luis writes the loader today. Aino decides."


def test_a_text_that_is_too_short_is_quoted_whole() -> None:
    assert quoted("Aino decides.", 0) == "Aino decides."


def test_a_long_sentence_is_cut() -> None:
    cut = quoted("early " * 100 + "late " * 100 + ".", 0)
    assert words(cut, (0, len(cut))) == LONGEST
    assert cut.startswith("early ")
    assert cut == cut.strip()


PIECES = st.sampled_from(
    [
        "Success criteria", "# Metrics\n\n", "| Owner | Aino Virtanen |\n", "|---|---|\n", "* recall >= 0.9\n",
        "we will lose 40k EUR every week ", "\u202eשלום עולם\u202c ", "\u0000\u0007",
        "GDPR applies, so we delete names. ",
        "> quoted\n", "```\ncode\n```\n", "<!-- ", " -->", "tbd\n\n", "é\u0301 ", "\ud800", "😀 ",
        "\t", "\n", ". ", "? ",
        "the and of to is are for with that we will by from be this ", "**Risk:** the union may object to it\n",
    ]
)  # fmt: skip
ANY = st.text(alphabet=st.characters(exclude_categories=[]), max_size=120)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, ANY), max_size=25).map("".join))
def test_every_quote_stands_in_the_text(raw: str) -> None:
    text = canonical_text(raw)
    enough = words(text, (0, len(text))) >= SHORTEST
    for judgement in read(text, QUESTIONS).judgements:
        begin, end = judgement.span
        assert 0 <= begin < end <= len(text)
        count = words(text, (begin, end))
        assert count <= LONGEST
        assert count >= SHORTEST or not enough or count == words(text, (0, len(text)))
        assert judgement.question in {question.id for question in QUESTIONS}
