"""From a sentence's place to a quote: a run of the text of 5 to 60 words that reads by itself."""

import re
from collections.abc import Sequence

SHORTEST, LONGEST = 5, 60

_WORD = re.compile(r"\w+")


def words(text: str, span: tuple[int, int]) -> int:
    """How many words a span holds."""
    return sum(1 for _ in _WORD.finditer(text, *span))


def quote_span(text: str, spans: Sequence[tuple[int, int]], index: int) -> tuple[int, int]:
    """The place of the quote for sentence `index` of `spans` (in the order of the text).

    A short sentence takes in its neighbours, the next one first, and then what stands around them; a long
    one is cut around its beginning. When the whole text has fewer than five words, the quote is all of them.
    """
    begin, end = spans[index]
    before, after = index - 1, index + 1
    while words(text, (begin, end)) < SHORTEST and (before >= 0 or after < len(spans)):
        if after < len(spans):
            wider = (begin, max(end, spans[after][1]))
            after += 1
        else:
            wider = (min(begin, spans[before][0]), end)
            before -= 1
        if words(text, wider) > LONGEST:
            return _cut(text, wider, begin)
        begin, end = wider
    if words(text, (begin, end)) < SHORTEST:
        begin, end = _widened(text, (begin, end))
    if words(text, (begin, end)) > LONGEST:
        return _cut(text, (begin, end), begin)
    return begin, end


def _widened(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span with the words before it (a heading, say), then those after it, until it has five."""
    begin, end = span
    before = [match.start() for match in _WORD.finditer(text, 0, begin)][-SHORTEST:]
    while words(text, (begin, end)) < SHORTEST and before:
        begin = before.pop()
    line = _WORD.search(text, text.rfind("\n", 0, begin) + 1)
    if line is not None and words(text, (line.start(), end)) <= LONGEST:
        begin = min(begin, line.start())  # not from the middle of a title
    after = _WORD.finditer(text, end)
    while words(text, (begin, end)) < SHORTEST and (word := next(after, None)) is not None:
        end = word.end()
    return begin, end


def _cut(text: str, span: tuple[int, int], around: int) -> tuple[int, int]:
    """The 60 words around a place: a third of the room before it, the rest after."""
    places = [match.span() for match in _WORD.finditer(text, *span)]
    if len(places) <= LONGEST:
        return span
    centre = next((n for n, (_, end) in enumerate(places) if end > around), 0)
    first = max(0, min(centre - LONGEST // 3, len(places) - LONGEST))
    last = places[min(first + LONGEST, len(places)) - 1][1]
    return (span[0] if first == 0 else places[first][0]), last
