"""Whether a text can be read at all: it has words, and they are English."""

import re

import py3langid

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 20  # words; fewer cannot tell a language
_SHORT = 60  # words; of fewer many may be names
# How much likelier another language must be, in logarithms of the odds a character. Of 408 English kickoff records none
# is likelier in another language at all; lists of names reach 0.5, twenty words of Finnish 2.
_LIKELIER, _LIKELIER_SHORT = 0.25, 0.8
_SAMPLE = 20_000  # characters


def unreadable(plain: str) -> str | None:
    """Why the (masked) text cannot be judged, or None."""
    sample = plain[:_SAMPLE]
    words = len(_WORD.findall(sample))
    if not words:
        return "the text holds no words"
    if words < _ENOUGH:
        return None
    squeezed = " ".join(sample.split())
    odds = dict(py3langid.rank(squeezed))
    ahead = (max(odds.values()) - odds["en"]) / len(squeezed)
    return "the text is not in English" if ahead > (_LIKELIER_SHORT if words < _SHORT else _LIKELIER) else None
