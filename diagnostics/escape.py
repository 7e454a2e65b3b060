"""Escaping: outside text made inert for Markdown and for terminals (HTML has its own: html.escape)."""

import re
import unicodedata

_WORD_JOINER = "\N{WORD JOINER}"
# The other marks mean nothing to Markdown within a line once these are escaped, nor does a hyphen inside a word ...
_PUNCTUATION = re.compile(r"([#$&*+:<=>@\[-`{-~]|(?<!\w)-|-(?!\w))")
_NUMBERED = re.compile(r"^(\d+)([.)])")  # ... but at its beginning "1." is a list
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Text that Markdown (CommonMark, GitHub's and Streamlit's) shows letter for letter, on one line.

    Every punctuation mark that Markdown reads gets a backslash; a word joiner breaks what would still become a link, an
    icon or an arrow: after ":" and "@", inside "www" and two-character arrows and dashes.
    """
    line = _SPACE.sub(" ", _without_controls(text)).strip()
    line = re.sub(r"(?i)(w)(w)(w)", rf"\1{_WORD_JOINER}\2{_WORD_JOINER}\3", line)
    line = re.sub(r"([:@])", rf"\1{_WORD_JOINER}", line)
    line = re.sub(r"(-|<)(?=[->])", rf"\1{_WORD_JOINER}", line)
    return _NUMBERED.sub(r"\1\\\2", _PUNCTUATION.sub(r"\\\1", line))


def printable(text: str) -> str:
    """Text that a terminal shows on one line and does not obey: no control or formatting characters."""
    return _SPACE.sub(" ", _without_controls(text)).strip()


def _without_controls(text: str) -> str:
    """Control, formatting (right-to-left overrides too) and lone surrogate characters become U+FFFD."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) in ("Cc", "Cf", "Cs") and not character.isspace()
        else character
        for character in text
    )
