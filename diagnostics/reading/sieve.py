"""The cheap first stage for much text: which texts hold a sentence that could answer a question at all.

A linear model over hashed words and pairs of words, summed sentence by sentence in numpy: time linear in the bytes,
nothing decoded, nothing split. What passes is read in full; most of what people write in tickets does not pass.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from diagnostics.reading.encoder import MODEL

BITS = 16  # of a word's hash that number its weight
_BLOCK = 1 << 16  # bytes at once: what the caches of one core hold
_AHEAD = 4096  # bytes at the end of a block in which a line end is looked for, so that few sentences are cut
_STEP, _MIX, _PAIR = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xC2B2AE3D27D4EB4F  # odd, so that powers have inverses
_NUMBER, _PER_CENT = 3, 5  # any digit, a per cent sign: 0.85 and 0.91 are alike

Words = np.ndarray[Any, np.dtype[np.intp]]


def _powers(base: int) -> np.ndarray[Any, np.dtype[np.uint64]]:
    found, power = np.empty(_BLOCK + 1, np.uint64), 1
    for place in range(len(found)):
        found[place] = power
        power = power * base % (1 << 64)
    return found


def _letters() -> np.ndarray[Any, np.dtype[np.uint64]]:
    """What each byte counts in a word's hash: letters without regard to case, 0 for what is in no word."""
    kinds = np.zeros(256, np.uint64)
    for byte in range(256):
        character = chr(byte).lower()
        if byte >= 0x80:
            kinds[byte] = byte + 7  # a part of a letter beyond ASCII
        elif character.isalpha():
            kinds[byte] = ord(character)
        elif character.isdigit():
            kinds[byte] = _NUMBER
    kinds[ord("%")] = _PER_CENT
    return kinds


_UP, _DOWN = _powers(_STEP), _powers(pow(_STEP, -1, 1 << 64))
_LETTERS = _letters()
_IN_WORD = _LETTERS > 0
_STOPS, _SPACES = (np.isin(np.arange(256), list(some)) for some in (b".!?", b" \n\r\t"))


@dataclass(frozen=True, slots=True)
class Block:
    """Some bytes' words: the numbers of their weights and of each pair's, and how many words precede each sentence end.

    `ends` are the places after the sentences' last bytes, `words_before` the words that begin before them.
    """

    words: Words
    pairs: Words
    ends: Words
    words_before: Words


def hashed(written: bytes) -> Block:
    """The words of at most 64 kB, by a polynomial hash that one running sum gives for all of them."""
    raw = np.frombuffer(written, np.uint8)
    inside = np.concatenate([[False], _IN_WORD[raw], [False]])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    begin, end = edges[::2], edges[1::2]
    running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(_LETTERS[raw] * _UP[: len(raw)])])
    words = (running[end] - running[begin]) * _DOWN[begin] * np.uint64(_MIX)
    pairs = words[:-1] * np.uint64(_PAIR) + words[1:]
    closes = raw == ord("\n")
    closes[:-1] |= _STOPS[raw[:-1]] & _SPACES[raw[1:]]
    ends = np.flatnonzero(closes) + 1
    if not len(ends) or ends[-1] < len(raw):
        ends = np.append(ends, len(raw))
    first_bits = np.uint64(64 - BITS)
    return Block(
        (words >> first_bits).astype(np.intp),
        (pairs >> first_bits).astype(np.intp),
        ends,
        np.searchsorted(begin, ends),
    )


def blocks_of(written: bytes) -> Iterator[tuple[int, bytes]]:
    """Pieces of at most 64 kB with their places, cut at line ends, else at spaces, where there are any."""
    at = 0
    while at < len(written):
        until = min(len(written), at + _BLOCK)
        if until < len(written):
            for mark in (b"\n", b" "):
                cut = written.rfind(mark, until - _AHEAD, until) + 1
                if cut:
                    until = cut
                    break
        yield at, written[at:until]
        at = until


@dataclass(frozen=True, slots=True)
class Sieve:
    """Weights of words and of pairs (each 2^16), and the sum from which a sentence passes."""

    words: np.ndarray[Any, np.dtype[np.float32]]
    pairs: np.ndarray[Any, np.dtype[np.float32]]
    threshold: float

    def passed(self, texts: Sequence[str]) -> list[int]:
        """The numbers of the texts, in order, of which at least one sentence passes."""
        written = [text.encode("utf-8", "surrogatepass") for text in texts]
        begins = np.cumsum([0, *(len(one) + 1 for one in written)])
        found: set[int] = set()
        for at, block in blocks_of(b"\n".join(written)):
            made = hashed(block)
            passing = made.ends[self._sums(made) >= self.threshold] - 1 + at
            found.update((np.searchsorted(begins, passing, side="right") - 1).tolist())
        return sorted(found)

    def _sums(self, block: Block) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Each sentence's sum over its words and the pairs within it."""
        # In double precision, so that what stands before a sentence in its block changes nothing of its sum.
        words = np.concatenate([[0.0], np.cumsum(self.words[block.words], dtype="f8")])
        pairs = np.concatenate([[0.0], np.cumsum(self.pairs[block.pairs], dtype="f8"), [0.0]])
        last = block.words_before
        first = np.concatenate([[0], last[:-1]])
        within = np.where(last > first, pairs[np.maximum(last - 1, 0)] - pairs[np.minimum(first, len(pairs) - 2)], 0)
        sums: np.ndarray[Any, np.dtype[np.float64]] = words[last] - words[first] + within
        return sums


@lru_cache(maxsize=1)
def sieve() -> Sieve:
    """The sieve that ships, loaded once."""
    with np.load(MODEL / "sieve.npz", allow_pickle=False) as kept:
        words, pairs = (kept[name].astype("f4") for name in ("words", "pairs"))
        return Sieve(words, pairs, float(kept["threshold"]))
