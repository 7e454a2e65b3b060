"""A text's sentences in their place: each under its headings, its list's introduction, its table's header."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diagnostics.reading.blocks import Block
from diagnostics.reading.quotes import LONGEST, SHORTEST, quote_span, words
from diagnostics.reading.refusals import is_instruction, is_only_links, is_question, is_reference, says_nothing
from diagnostics.reading.sentences import sentences, squeezed

REACH = 8  # sentences to either side of the best one that its quote may take in
BEARS_OUT = 0.05  # how sure a neighbour is at least, against the best one, to be quoted with it


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the canonical text, its words on one line, the block that it stands in."""

    span: tuple[int, int]
    spoken: str
    block: Block

    @property
    def asks(self) -> bool:
        """Whether it asks instead of telling."""
        return is_question(self.spoken, self.block.kind in ("item", "row"))


def sentences_in(text: str, plain: str, parts: Iterable[Block]) -> tuple[Sentence, ...]:
    """Every sentence and title that can say something: no code, no instruction, no reference, no bare link."""
    return tuple(
        Sentence(span, spoken, block)
        for block in parts
        if block.kind not in ("code", "meta")
        for span in sentences(plain, block)
        if (spoken := squeezed(plain, span)) != block.header and not _carries_nothing(spoken, text[slice(*span)])
    )


def _carries_nothing(spoken: str, written: str) -> bool:
    return says_nothing(spoken) or is_instruction(spoken) or is_reference(spoken) or is_only_links(written)


def sentence_quote(text: str, told: Sequence[Sentence], index: int) -> tuple[int, int]:
    """The sentence's quote; neighbours come from its own section where that has words enough."""
    spans = [sentence.span for sentence in told]
    titles = told[index].block.headings
    first = last = index
    while first > 0 and index - first < 3 and told[first - 1].block.headings == titles:
        first -= 1
    while last + 1 < len(told) and last - index < 3 and told[last + 1].block.headings == titles:
        last += 1
    span = quote_span(text, spans[first : last + 1], index - first)
    return span if words(text, span) >= SHORTEST else quote_span(text, spans, index)


def passage_quote(
    text: str, told: Sequence[Sentence], counts: Sequence[int], sure: Sequence[float], index: int
) -> tuple[int, int]:
    """The sentence's quote, with the neighbours of its section that bear it out and fit into sixty words with it.

    `counts` are the sentences' words, `sure` the logits that each says the same.
    """
    title = told[index].block.headings[:1]

    def joins(number: int) -> bool:
        block = told[number].block
        return block.kind != "heading" and block.headings[:1] == title

    first_reached = last_reached = index
    while first_reached > max(0, index - REACH) and joins(first_reached - 1):
        first_reached -= 1
    while last_reached < min(len(told) - 1, index + REACH) and joins(last_reached + 1):
        last_reached += 1
    own = min(sure[index], 0.0)
    share = {n: math.exp(min(0.0, min(sure[n], 0.0) - own)) - BEARS_OUT for n in range(first_reached, last_reached + 1)}
    best, most = (index, index), share[index]
    for first in range(first_reached, index + 1):
        for last in range(index, last_reached + 1):
            if sum(counts[first : last + 1]) > LONGEST:
                break
            gain = sum(share[number] for number in range(first, last + 1))
            if gain > most:
                best, most = (first, last), gain
    span = (told[best[0]].span[0], told[best[1]].span[1])
    if best != (index, index) and SHORTEST <= words(text, span) <= LONGEST:
        return span
    return sentence_quote(text, told, index)
