"""Escaping on pages: every outside text passes through one of these, or goes where only text is shown."""

import html
from urllib.parse import quote, urlsplit

from diagnostics.escape import plain

__all__ = ["cell", "link", "plain", "quoted"]

_IN_ADDRESSES = "/:?#@&+,;=%~"  # what an address keeps; all that Markdown could read is percent-encoded


def quoted(text: str) -> str:
    """Text for HTML and for Plotly, which reads a few HTML tags: nothing in it is a tag any more."""
    return html.escape(text)


def link(text: str, url: str | None) -> str:
    """Markdown of a text that links to a web page; the text alone when the address is none of the web's."""
    if url is None:
        return plain(text)
    try:
        parts = urlsplit(url)
        web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        web = False
    return f"[{plain(text)}](<{quote(url, safe=_IN_ADDRESSES)}>)" if web else plain(text)


def cell(text: str) -> str:
    """Text for a button in a table, where only icons (":material/home:") are read as anything but text."""
    return text.replace(":", ":\N{WORD JOINER}")
