"""Neighbouring sentences under the same headings, as one sequence of pieces for the encoder."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diagnostics.reading.context import Sentence

UNKNOWN, CLS, SEP = 100, 101, 102  # numbers of the vocabulary's own marks
CUT = 8  # one of its unused pieces: between what goes along and what is judged
KINDS = {"paragraph": 3, "item": 4, "row": 5, "quote": 6, "heading": 7}  # further unused ones, before each sentence
WINDOW, SENTENCE, HEADINGS, BEFORE, LEAD, HEADER = 140, 72, 28, 14, 16, 24  # pieces at most
PIECES_OF_CHARACTERS = 1_500  # what stands further on in one sentence is not looked at


@dataclass(slots=True)
class Window:
    """Pieces, and the span in them and the number of each sentence that is judged."""

    pieces: list[int]
    spans: list[tuple[int, int]]
    sentences: list[int]


def windows(sentences: Sequence[Sentence], pieces_of: Callable[[str], list[int]]) -> list[Window]:
    """Cuts a text into windows; what introduces a sentence (headings, a list's lead, a table's header) goes along."""

    def cut(text: str) -> list[int]:
        return pieces_of(text[:PIECES_OF_CHARACTERS])

    made: list[Window] = []
    lead: tuple[str, ...] = ()
    header = ""
    for number, sentence in enumerate(sentences):
        block, words = sentence.block, cut(sentence.spoken)[:SENTENCE] or [UNKNOWN]
        follows = number > 0 and sentences[number - 1].block.headings == block.headings
        if not made or not follows or len(made[-1].pieces) + len(words) + 2 > WINDOW:
            pieces = [CLS, *cut(" / ".join(block.headings[-3:]))[-HEADINGS:], SEP]
            if follows:
                pieces += [*cut(sentences[number - 1].spoken)[-BEFORE:], CUT]
            made.append(Window(pieces, [], []))
            lead, header = (), ""
        window = made[-1]
        if block.lead and block.lead != lead:
            near = [sentences[n].spoken for n in window.sentences[-6:]]
            for above in block.lead[-2:]:
                if above not in lead and above not in near and not sentence.spoken.startswith(above):
                    window.pieces += [*cut(above)[-LEAD:], CUT]
            lead = block.lead
        if block.header and block.header != header:
            window.pieces += [*cut(block.header)[:HEADER], CUT]
            header = block.header
        window.pieces.append(KINDS.get(block.kind, KINDS["paragraph"]))
        begin = len(window.pieces)
        window.pieces += words
        window.spans.append((begin, len(window.pieces)))
        window.sentences.append(number)
    for window in made:
        window.pieces.append(SEP)
    return made
