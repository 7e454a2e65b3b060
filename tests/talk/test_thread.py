"""Threads and their windows: who wrote what, in exact places, without machines, quotes and code."""

from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.records import Comment
from diagnostics.talk.thread import Thread, thread_of
from diagnostics.talk.windows import WINDOW, windows
from tests.tickets import ANN, BEN, ROBOT, ago, said, ticket


def thread(*comments: Comment, **fields: object) -> Thread:
    return thread_of(ticket(comments=comments, **fields), {ROBOT: False}, {ANN: "data scientist"})  # type: ignore[arg-type]


def spoken(one: Thread) -> list[str]:
    return [said.words for said in one.said]


def test_posts_are_the_ticket_and_what_people_wrote_under_it() -> None:
    one = thread(said(5, "Which one?"), said(4, "Build 7 passed.", by=ROBOT), said(3, "The first.", by=BEN))
    assert [(post.comment, post.author) for post in one.posts] == [(None, ANN), (0, ANN), (2, BEN)]
    assert spoken(one)[-2:] == ["Which one?", "The first."]


def test_what_is_quoted_or_code_is_not_said_here() -> None:
    text = "> Which threshold?\n\n```\nassert x, why?\n```\n\nThe upper one."
    assert spoken(thread(said(5, text)))[-1:] == ["The upper one."]
    assert not any("threshold" in words or "assert" in words for words in spoken(thread(said(5, text))))


def test_a_bare_address_is_something_that_was_said() -> None:
    assert spoken(thread(said(5, "https://wiki.example/metrics")))[-1] == "link"


@settings(deadline=None)
@given(st.lists(st.text(max_size=200), max_size=4))
def test_every_sentence_stands_at_its_place(texts: list[str]) -> None:
    one = thread(*(Comment(str(n), BEN, ago(9 - n), text) for n, text in enumerate(texts)))
    for sentence in one.said:
        begin, end = sentence.span
        assert 0 <= begin < end <= len(one.posts[sentence.post].text)


def pieces_of(text: str) -> list[int]:
    return [200 + len(word) for word in text.split()]


@settings(deadline=None)
@given(st.lists(st.integers(0, 120), max_size=12))
def test_every_sentence_is_in_a_window_and_none_is_too_long(lengths: list[int]) -> None:
    one = thread(*(said(20 - n, "word " * length + "end.") for n, length in enumerate(lengths)))
    cut = windows(one, pieces_of)
    assert {number for window in cut for number in window.sentences} == set(range(len(one.said)))
    for window in cut:
        assert len(window.pieces) <= WINDOW
        assert all(0 < begin < end <= len(window.pieces) for begin, end in window.spans)


def test_a_post_that_is_longer_than_a_window_goes_on_in_the_next() -> None:
    one = thread(said(5, " ".join(f"Sentence {n} has a good many words in it." for n in range(90)) + " Who decides?"))
    seen = {number for window in windows(one, pieces_of) for number in window.sentences}
    assert len(one.said) - 1 in seen


def test_who_speaks_stands_before_what_they_say() -> None:
    seen: list[str] = []

    def note(text: str) -> list[int]:
        seen.append(text)
        return [300]

    windows(thread(said(5, "Which one?"), said(4, "That one.", by=BEN)), note)
    assert [text for text in seen if "Sample" in text] == ["Ann Sample, data scientist"] * 2 + ["Ben Sample"]
