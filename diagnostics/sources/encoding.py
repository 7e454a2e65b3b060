"""Encoding: the bytes of a text file, whatever program wrote it -> its text, and texts -> canonical ones."""

import codecs
import re

from charset_normalizer import from_bytes

from diagnostics.records import canonical_text

# What Windows wrote before UTF-8, the commonest first. With more of them more texts fit a wrong one.
_COMMON = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "gb18030", "big5", "cp932", "euc_jp", "euc_kr"]
_MARKS = {  # the longer mark first: UTF-32's begins like UTF-16's
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_NOWHERE = re.compile(r"[\0\ud800-\udfff]")


class NotText(ValueError):
    """Bytes that are no text in any encoding that could be made out; `line` is where that shows, if known."""

    def __init__(self, line: int | None = None) -> None:
        super().__init__("is no text in any encoding that could be made out")
        self.line = line


def decode(data: bytes, declared: str | None = None) -> str:
    """The text without its byte order mark.

    What is no UTF-8 is read in the encoding that is `declared` for it, else in the likeliest one.

    Raises:
        NotText: no encoding fits, or control characters show that it is no text.
    """
    for encoding in (_marked(data), "utf-8", declared):
        try:
            text = data.decode(encoding) if encoding else None
        except (UnicodeError, LookupError):
            continue
        if text is not None:
            break
    else:
        text = _likeliest(data)
    if text is None:
        raise NotText
    if control := _NO_TEXT.search(text):
        raise NotText(text.count("\n", 0, control.start()) + 1)
    return text


def clean(text: str) -> str:
    """Canonical text, without the NULs and half characters that PDF and JSON can carry but no text can."""
    if text.isascii() and text.isprintable():
        return text  # as most names and titles are
    return canonical_text(_NOWHERE.sub("", text))


def _marked(data: bytes) -> str | None:
    """The encoding that a byte order mark tells, or the NULs that UTF-16 puts beside Latin letters."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding
    for beside, encoding in ((data[1::2], "utf-16-le"), (data[::2], "utf-16-be")):
        if beside.count(0) * 2 > len(beside):
            return encoding
    return None


def _likeliest(data: bytes) -> str | None:
    matches = list(from_bytes(data, cp_isolation=_COMMON))
    if not matches:
        return None
    # At a tie Western European: its texts fit the Central European page too, only with wrong accents.
    best = min(matches, key=lambda match: (match.chaos, -match.coherence, _COMMON.index(match.encoding)))
    return str(best)
