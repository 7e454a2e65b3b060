"""Words to the numbers that the encoder knows them by: WordPiece, as its vocabulary was made for.

The `tokenizers` library does the same, but brings a client of a model hub along, which an offline tool should not.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

LONGEST_WORD = 100  # characters; a longer run is no word of any language

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """A vocabulary: each piece's number, `##` before a piece that continues a word.

    A word is cut into the longest pieces known, from its beginning (Wu et al. 2016, "Google's neural machine
    translation system", section 4.1); what cannot be cut is `unknown`.
    """

    def __init__(self, numbers: Mapping[str, int], unknown: int) -> None:
        self._numbers = dict(numbers)
        self._unknown = unknown
        self._word = lru_cache(maxsize=50_000)(self._cut)

    def __call__(self, text: str) -> list[int]:
        """The numbers of a text's pieces, without regard to case and accents."""
        text = text.lower()
        if not text.isascii():
            text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
        return [number for word in _WORD.findall(text) for number in self._word(word)]

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        pieces: list[int] = []
        begin = 0
        while begin < len(word):
            for end in range(len(word), begin, -1):
                number = self._numbers.get(word[begin:end] if begin == 0 else f"##{word[begin:end]}")
                if number is not None:
                    break
            else:
                return (self._unknown,)
            pieces.append(number)
            begin = end
        return tuple(pieces)
