"""A block's sentences, with their exact places: aware of abbreviations, initials, numbers and bullets."""

import re

from diagnostics.reading.blocks import Block

_ABBREVIATIONS_WORDS = """
dr mr mrs ms prof st sr jr e.g i.e eg ie vs etc approx ca cf fig figs no nos sec ch vol al inc ltd co dept
resp incl excl min max avg est ref tel jan feb mar apr jun jul aug sep sept oct nov dec mio bn
"""
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_WORDS.split())
_STOP = re.compile(
    r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’»)\]]*+(?=\s)|[。！？]|"
    r"\n(?=[ \t]*[^\s:|]{1,24}(?: [^\s:|]{1,24}){0,3}:\s)|  \n|\\\n"
)
_WORD_BEFORE = re.compile(r"([^\s(\[\"'“‘«]{1,12})$")
_QUOTE_MARK = re.compile(r"\n[ \t]*(?:>[ \t]*)+")


def _ends(plain: str, stop: re.Match[str], end: int) -> bool:
    """Whether a full stop closes a sentence, and not an abbreviation, an initial or a list number."""
    mark = stop.group()
    if mark[0] != ".":
        return True
    before = _WORD_BEFORE.search(plain[max(0, stop.start() - 12) : stop.start()])
    word = before.group(1).casefold() if before else ""
    after = plain[stop.end() : min(end, stop.end() + 12)].lstrip()
    if len(mark) > 1 and mark.startswith(".."):
        return not after[:1].islower()
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and after[:1].isupper()):
        # "No." and "min." also end sentences; what follows then starts a new one.
        return False
    return not (word.isdigit() and len(word) <= 2 and stop.start() - len(word) <= 0)


def sentences(plain: str, block: Block) -> tuple[tuple[int, int], ...]:
    """The spans of a block's sentences in the masked text, without outer white space; a row is one."""
    begin, end = block.span
    if block.kind in ("row", "heading", "code", "meta"):
        return (block.span,)
    found: list[tuple[int, int]] = []
    at = begin
    for stop in _STOP.finditer(plain, begin, end):
        if stop.end() >= end or _ends(plain, stop, end):
            _append(found, plain, at, stop.end())
            at = stop.end()
    _append(found, plain, at, end)
    return tuple(found)


def _append(found: list[tuple[int, int]], plain: str, begin: int, end: int) -> None:
    piece = plain[begin:end]
    first, last = begin + len(piece) - len(piece.lstrip(" \t\n>")), begin + len(piece.rstrip())
    if first < last and any(character.isalnum() for character in plain[first:last]):
        found.append((first, last))


def squeezed(plain: str, span: tuple[int, int]) -> str:
    """A span's words on one line, without markers of quoted mail: what patterns are matched against."""
    return " ".join(_QUOTE_MARK.sub("\n", plain[span[0] : span[1]]).split())
