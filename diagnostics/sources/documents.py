"""Documents: a kickoff record in a file (Markdown, text, DOCX, HTML, PDF) -> its canonical text and date."""

from collections.abc import Callable
from datetime import date as date_
from pathlib import Path

from diagnostics.records import KickoffRecord, Problem
from diagnostics.sources import Refused, Unreadable
from diagnostics.sources.dates import date_of_document
from diagnostics.sources.encoding import NotText, clean, decode


def read_document(
    path: Path, ref: str, *, date: date_ | None = None, author: str | None = None, largest_bytes: int
) -> KickoffRecord:
    """Read one kickoff document.

    The text of Markdown and text files is their own lines; that of the others is Markdown without pictures.
    Without a `date` it is the one that the document states (see `date_of_document`), never the file's time.

    Raises:
        Unreadable: there is no text to be had from it; its problem names the file, why, and the way out.
    """
    kind, convert = _READERS.get(path.suffix.casefold(), (None, None))
    try:
        if kind is None or convert is None:
            raise Refused(_unknown(path.suffix))
        text = clean(convert(_bytes(path, largest_bytes)))
        if not any(map(str.isalnum, text)):
            raise Refused("holds no text; check that it is the right file")
    except NotText as error:
        raise Unreadable(Problem(file=ref, line=error.line, message=f"{error}; save it as UTF-8")) from error
    except Refused as error:
        raise Unreadable(Problem(file=ref, message=str(error))) from error
    except RecursionError as error:
        why = "is nested too deeply; save it as plain text"
        raise Unreadable(Problem(file=ref, message=why)) from error
    except Exception as error:  # whatever a library meets in a broken file, the others must still be read
        why = f"cannot be read as {kind} ({type(error).__name__}: {error}); save it again, or as plain text"
        raise Unreadable(Problem(file=ref, message=why)) from error
    return KickoffRecord(ref=ref, kind=kind, text=text, date=date or date_of_document(text, path.name), author=author)


def _bytes(path: Path, most: int) -> bytes:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise Refused("is no file but a device or a pipe; name a file")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError as error:
        raise Refused("there is no such file; check the path") from error
    except IsADirectoryError as error:
        raise Refused("is a folder; name the files in it, as in kickoffs/*.md") from error
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        raise Refused(f"cannot be opened ({error}); check the path, and that you may read it") from error
    if len(data) > most:
        raise Refused(f"is over {most / 1024**2:g} MB; save the part that was the kickoff, without pictures")
    if not data:
        raise Refused("is empty; check that it is the right file")
    return data


def _unknown(ending: str) -> str:
    if ending.casefold() == ".doc":
        return "is an old Word document (.doc); save it as .docx"
    return f"has the ending {ending or '(none)'}; what can be read is {', '.join(_READERS)}"


# The libraries take a fifth of a second each to import, so each waits for the first file that needs it.


def _docx(data: bytes) -> str:
    from diagnostics.sources.from_docx import docx_to_markdown

    return docx_to_markdown(data)


def _html(data: bytes) -> str:
    from diagnostics.sources.from_html import declared_encoding, html_to_markdown

    return html_to_markdown(decode(data, declared_encoding(data)))


def _pdf(data: bytes) -> str:
    from diagnostics.sources.from_pdf import pdf_to_markdown

    return pdf_to_markdown(data)


_READERS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    ".md": ("md", decode),
    ".markdown": ("md", decode),
    ".txt": ("txt", decode),
    ".docx": ("docx", _docx),
    ".html": ("html", _html),
    ".htm": ("html", _html),
    ".pdf": ("pdf", _pdf),
}
