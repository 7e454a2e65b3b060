"""Ingredients: each named detector finds what it names, and leaves its near-misses."""

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.reading.ingredients import NAMES, ingredients, places
from diagnostics.reading.names import has_person
from diagnostics.reading.scanner import Scanner

SHOWN = {
    "number": ("at least 12 cases", "a dozen cases", "an answer"),
    "percent": ("from 12 % on", "one in twenty parcels", "one of the parcels"),
    "money": ("40k EUR all in", "€1.90 a minute", "a costly matter"),
    "date": ("by 14 February", "until 2026-05-01", "when it is done"),
    "duration": ("within two weeks", "at most 30 days", "for a while"),
    "quantity": ("on 512 MB", "12,000 requests", "on many machines"),
    "comparator": ("no worse than before", ">= 0.9", "as it was"),
    "bound": ("not more than three", "up to 5", "exactly as planned"),
    "metric": ("the recall of it", "cost per parcel", "the colour of it"),
    "model-metric": ("perplexity falls", "NDCG@10", "the yield"),
    "outcome-metric": ("more revenue", "fewer complaints", "more layers"),
    "law": ("GDPR applies", "§ 26 BDSG", "by rule of thumb"),
    "placeholder": ("owner: tbd", "still to be decided", "it was decided"),
    "past-result": ("we obtained 0.9", "it scored well", "it shall be good"),
    "plan": ("we will ask", "our goal", "that was so"),
    "must": ("it must not show", "may only run", "it shows"),
    "hypothetical": ("Suppose it were so", "what if it rains", "it rains"),
    "role": ("the data engineer", "head of claims", "the weather"),
    "team": ("the steering committee", "Acme GmbH", "nobody at all"),
    "hedge": ("as good as possible", "where suitable", "as agreed"),
    "two-roles": ("analyst and data engineer", "PM, QA", "the analyst"),
    "question-mark": ("who decides?", "why (really?) so", "he decides"),
    "person": ("asked by Leila Haddad", "Dr. Obi agreed", "Monday in Berlin"),
    "doer": ("Tove cleans the logs", "Emre: loss function", "Data cleans itself"),
}


def test_every_ingredient_is_shown_here() -> None:
    assert set(SHOWN) == NAMES


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_what_an_ingredient_finds(name: str) -> None:
    one, other, miss = SHOWN[name]
    assert name in ingredients(one)
    assert name in ingredients(other)
    assert name not in ingredients(miss)


@pytest.mark.parametrize(
    "words", ["Random Forest beats it", "Machine Learning Project", "Signed by Customer Success", "", "A B"]
)
def test_capitals_alone_are_no_person(words: str) -> None:
    assert not has_person(words)


def test_a_word_that_the_document_writes_in_lower_case_is_no_name() -> None:
    assert has_person("Yusuf cleans the logs")
    assert not has_person("Parser cleans the logs", {"parser"})


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_has_some_ingredients_or_none(words: str) -> None:
    assert ingredients(words) <= NAMES


def test_one_pass_finds_what_single_searches_find() -> None:
    expressions = [r"\brecall\b", r"\bre\w+", r"\d ?%", r"^we\b", r"a.*z", r"é"]
    text = "We reach a recall of 90 % with zest and é"
    options = re2.Options()
    options.case_sensitive = False
    expected = {e for e in expressions if re2.compile(e, options).search(text)}
    assert Scanner(expressions).found(text) == expected
    assert Scanner(()).found(text) == frozenset()


@pytest.mark.parametrize(
    ("words", "names", "marked"),
    [
        ("Recall of at least 0.85, by 3 May 2026.", {"number", "metric"}, ["Recall", "0.85", "3", "2026"]),
        ("It costs €40,000 (or 12 %) a year.", {"money", "percent"}, ["€40,000", "12 %"]),
        ("Nothing of the kind.", {"number", "money"}, []),
        ("Recall of 0.85.", set(), []),
    ],
)
def test_places_are_whole_words(words: str, names: set[str], marked: list[str]) -> None:
    assert [words[begin:end] for begin, end in places(words, names)] == marked


@given(st.text(), st.sets(st.sampled_from(sorted(NAMES))))
def test_places_lie_apart_and_inside(words: str, names: set[str]) -> None:
    ends = [0, *(end for place in places(words, names) for end in place), len(words)]
    assert ends == sorted(ends)
