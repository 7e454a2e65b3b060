"""PDF -> Markdown: the text layer, with the paragraphs and headings that its lines' places and sizes show."""

import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, PyPdfError

from diagnostics.sources import Refused

MOST_PAGES = 500  # a kickoff record has ten
LARGEST_PAGE = 10_000_000  # bytes of one page's drawing instructions, unpacked
PATIENCE = 30.0  # seconds; forms that draw forms keep a reader busy for days
TITLE = 15  # words at most, where large letters make a line a heading

# What it has to say about odd files is said by the problem, once and in the user's words.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class _OutOfPatienceError(BaseException):
    """Not an Exception, for those are caught where a PDF draws one form inside another."""


@dataclass
class _Line:
    """A line of text: how high its baseline is on the page, and how large its letters are (points)."""

    words: str = ""
    height: float = 0.0
    size: float = 0.0


def pdf_to_markdown(data: bytes) -> str:
    """The words of a PDF in the order in which it draws them.

    Raises:
        Refused: it is protected, damaged, no PDF, too large once it is unpacked, or a picture of text.
    """
    try:
        with apply_configuration(zlib_maximum_output_length=LARGEST_PAGE, stream_parsing_work_maximum_count=1_000_000):
            return _text(PdfReader(BytesIO(data)))
    except _OutOfPatienceError as error:
        raise Refused(f"takes over {PATIENCE:g} seconds to read; print it to a new PDF") from error
    except DependencyError as error:
        raise Refused("is encrypted in a way that cannot be read here; print it to a new PDF") from error
    except PyPdfError as error:
        raise Refused(f"is damaged, or no PDF ({error}); print it to a new PDF") from error


def _text(reader: PdfReader) -> str:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("is protected by a password; save a copy without one")
    if len(reader.pages) > MOST_PAGES:
        raise Refused(f"has {len(reader.pages)} pages; save the part that was the kickoff")
    deadline = time.monotonic() + PATIENCE
    pages = [_lines(page, deadline) for page in reader.pages]
    letters: Counter[float] = Counter()
    for line in (line for page in pages for line in page):
        letters[line.size] += len(line.words)
    if not letters:
        raise Refused("has no text layer, as a scan has none; run text recognition (OCR) on it first")
    body = letters.most_common(1)[0][0]
    text = ""
    for page in filter(None, (_paragraphs(page, body) for page in pages)):
        # A sentence may go on over the page.
        text += page if not text else ("\n\n" if text.endswith((".", "!", "?", ":")) else "\n") + page
    return text


def _lines(page: PageObject, deadline: float) -> list[_Line]:
    lines = [_Line()]

    def be_patient(*_instruction: object) -> None:
        if time.monotonic() > deadline:
            raise _OutOfPatienceError

    def visit(text: str, outer: Sequence[float], inner: Sequence[float], _font: object, size: float) -> None:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append(_Line())
            if part.strip() and not lines[-1].words.strip():
                lines[-1].height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
                lines[-1].size = round(size * abs(inner[3] or inner[1]) * abs(outer[3] or outer[1]), 1)
            lines[-1].words += part

    page.extract_text(visitor_operand_before=be_patient, visitor_text=visit)
    return [line for line in lines if line.words.strip()]


def _paragraphs(lines: list[_Line], body: float) -> str:
    """A page with a blank line where the gap is wider than lines mostly have, and # before large letters."""
    gaps = [above.height - line.height for above, line in pairwise(lines)]
    usual = median([gap for gap in gaps if gap > 0] or [0])
    large = [line.size > body * 1.15 and len(line.words.split()) <= TITLE for line in lines]
    text = ""
    for number, line in enumerate(lines):
        if number:
            apart = large[number] or large[number - 1] or not 0 <= gaps[number - 1] <= usual * 1.3
            text += "\n\n" if apart else "\n"
        text += "## " * large[number] + line.words.strip()
    return text
