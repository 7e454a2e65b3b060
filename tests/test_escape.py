"""Escaped text is shown letter for letter, and does nothing."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from diagnostics.escape import plain, printable

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def shown(text: str) -> str:
    """What a reader sees of inline Markdown: its text tokens, and the kinds of all others."""
    (inline,) = [token for token in MARKDOWN.parse(text) if token.type == "inline"] or [None]
    if inline is None:
        return ""
    assert inline.children is not None
    kinds = {child.type for child in inline.children}
    assert kinds <= {"text", "text_special"}, kinds
    return "".join(child.content for child in inline.children)


@given(st.text())
def test_markdown_shows_the_letters_and_nothing_else(text: str) -> None:
    visible = shown("x " + plain(text)).removeprefix("x").replace("\N{WORD JOINER}", "").strip()
    expected = " ".join(printable(text).split()).replace("\N{WORD JOINER}", "")
    assert visible == expected


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.test",
        "www.evil.test",
        "WWW.evil.test",
        "me@evil.test",
        ":material/home:",
        "a -> b",
        "<-",
        "--",
        "---",
    ],
)
def test_what_renderers_add_to_markdown_is_broken_up(text: str) -> None:
    escaped = plain(text).replace("\\", "")
    assert not re.search(r"://|www|[:@](?!\N{WORD JOINER})|->|<-|--", escaped, re.IGNORECASE)


@given(st.text())
def test_a_terminal_obeys_nothing(text: str) -> None:
    assert not [c for c in printable(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs")]


def test_a_terminal_shows_escape_sequences_and_overrides_as_replaced() -> None:
    assert printable("a\x1b[31mred\x07\u202ednim\tb\nc") == "a�[31mred��dnim b c"
