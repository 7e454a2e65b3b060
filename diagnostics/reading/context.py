"""A text's sentences in their place: each under its headings, its list's introduction, its table's header."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diagnostics.reading.blocks import Block
from diagnostics.reading.quotes import LONGEST, SHORTEST, quote_span, words
from diagnostics.reading.refusals import is_instruction, is_only_links, is_question, is_reference, says_nothing
from diagnostics.reading.sentences import sentences, squeezed

REACH = 8  # sentences to either side of the best one that its quote may take in
LEAST = 0.1  # what a neighbour is worth at least, against the surest sentence, to be quoted too


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its place in the canonical text, its words on one line, the block that it stands in."""

    span: tuple[int, int]
    spoken: str
    block: Block

    @property
    def under(self) -> str:
        """The path of titles that it stands under."""
        return " / ".join(self.block.headings)

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


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote's place, its sentences' numbers, and how much of what is looked for stands in them.

    `worth` is the sum of the sentences' probabilities, less a price for each that joins the first.
    """

    span: tuple[int, int]
    sentences: range
    worth: float


def passage_quote(
    text: str, told: Sequence[Sentence], counts: Sequence[int], sure: Sequence[float], index: int
) -> Passage:
    """The best quote of up to sixty words around a sentence: with those of its neighbours that say the same.

    `counts` are the sentences' words, `sure` the probabilities that each says what is looked for. A neighbour joins
    when it is worth at least a tenth of the surest sentence of all; no title stands inside a quote.
    """
    price = LEAST * max(sure)
    best = Passage(told[index].span, range(index, index + 1), sure[index])
    for first in range(index, max(0, index - REACH) - 1, -1):
        if first < index and told[first + 1].block.kind == "heading":
            break
        last = index
        while last < min(len(told), index + REACH + 1) and (last == index or told[last].block.kind != "heading"):
            if sum(counts[first : last + 1]) > LONGEST:
                break
            worth = sum(sure[first : last + 1]) - price * (last - first)
            if worth > best.worth:
                best = Passage((told[first].span[0], told[last].span[1]), range(first, last + 1), worth)
            last += 1
    if SHORTEST <= words(text, best.span) <= LONGEST:
        return best
    return Passage(sentence_quote(text, told, index), range(index, index + 1), best.worth)
