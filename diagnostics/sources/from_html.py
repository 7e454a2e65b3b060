"""HTML -> Markdown, so that headings, lists and tables survive; scripts, navigation and pictures do not."""

import re
import warnings

from bs4 import BeautifulSoup, Comment, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from markdownify import ATX, MarkdownConverter

_UNSEEN = (
    "head", "script", "style", "nav", "template", "noscript", "iframe", "object", "svg", "img", "picture",
    "video", "audio", "canvas",
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?[^<>]*>")

# A page that looks like XML, or like a path, is read all the same; nobody needs to hear of it.
for _category in (XMLParsedAsHTMLWarning, MarkupResemblesLocatorWarning):
    warnings.filterwarnings("ignore", category=_category)


def declared_encoding(page: bytes) -> str | None:
    """The encoding that a page says it is in, if it does."""
    found = _CHARSET.search(page, 0, 4096)
    return found[1].decode() if found else None


def html_to_markdown(page: str) -> str:
    """The words of a page, as Markdown whose characters are not escaped, so that quotes stay the page's own.

    Raises:
        RecursionError: its elements are nested hundreds deep.
    """
    # lxml, since the parser of the standard library takes minutes over a file of nothing but "<!--".
    soup = BeautifulSoup(_INSTRUCTION.sub("", page), "lxml")
    for element in soup(_UNSEEN):
        element.decompose()
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for link in soup("a"):
        if not str(link.get("href", "")).startswith(("http:", "https:", "mailto:")):
            link.unwrap()  # an anchor, a script or a data URI says nothing
    converter = MarkdownConverter(
        heading_style=ATX,
        bullets="-",
        table_infer_header=True,
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    return str(converter.convert_soup(soup))
