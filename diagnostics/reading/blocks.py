"""A text's blocks: paragraphs, list items, table rows and headings, each under the headings above it."""

import re
from dataclasses import dataclass, field
from typing import Literal

import re2
from markdown_it import MarkdownIt
from markdown_it.token import Token

Kind = Literal["paragraph", "item", "row", "heading", "quote", "code", "meta"]

# Block rules alone: line ranges are all that is needed. Indented code is off because people indent
# paragraphs in plain text; link definitions are off because each of them rescans its paragraph.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["code", "reference"])
_MARKDOWN.core.ruler.enableOnly(["normalize", "block"])

_MARKER = re.compile(r"(?:[ \t]*(?:>|[-*+•◦▪●‣·](?=\s)|\d{1,4}[.)](?=\s)|#{1,6}(?=\s)|\[[ xX]\](?=\s)))*[ \t]*")
_OWN_BULLET = re.compile(r"[ \t]*[•◦▪●‣·–—][ \t]")
_LABEL = re.compile(r"\s*([^\s.:;!?|][^.:;!?|\n]{1,48}):\s")
_TITLE_END = tuple(".!?;,")
_TITLE_WORDS = 9
_LABEL_WORDS = 6
_MAIL_HEADER = re.compile(r"(?i)(?:from|to|cc|bcc|sent|date|subject|reply-to):\s|on .{5,80} wrote:\s*$")

# Re2 keeps these linear on any input; what they blank keeps its length, so that places stay true.
_BLANK = re2.compile(
    r"(?s)<!--.*?-->|<!--.*|!\[[^\]\n]{0,300}\]\([^)\n]*\)|\]\([^)\n]*\)|<https?://[^>\s]*>|https?://[^\s)|]+"
    r"|</?[A-Za-z][^<>\n]{0,300}>|\*{1,3}|_{2,3}|~~|`+|&nbsp;"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Block:
    """A run of whole lines (less their markers) that says one thing.

    `headings` are the titles above it, outermost first. `lead` is what introduces it: the line before a
    list, the item above a nested one, a label at its beginning. `header` is its table's first row.
    """

    kind: Kind
    span: tuple[int, int]
    headings: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    header: str = ""


def masked(text: str) -> str:
    """The text with its markup blanked out: the same length, so that a place in one is a place in both."""
    return str(_BLANK.sub(lambda match: " " * len(match.group()), _SURROGATE.sub("\ufffd", text)))


@dataclass(slots=True)
class _Walk:
    """Where the parser's tokens have led so far."""

    plain: str
    starts: list[int]
    blocks: list[Block] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    intro: str = ""
    header: str = ""

    def lines(self, token: Token) -> tuple[int, int]:
        begin, end = token.map or (0, 0)
        return begin, min(end, len(self.starts) - 1)

    def trimmed(self, begin: int, end: int) -> tuple[int, int]:
        """The span without leading markers and outer white space."""
        marker = _MARKER.match(self.plain, begin, end)
        begin = marker.end() if marker else begin
        piece = self.plain[begin:end]
        return begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip())

    def words(self, span: tuple[int, int]) -> str:
        return " ".join(self.plain[span[0] : span[1]].split())

    def add(self, kind: Kind, begin: int, end: int) -> None:
        span = self.trimmed(begin, end)
        if span[0] >= span[1]:
            return
        titles = tuple(title for _, title in self.headings)
        lead = tuple(words for words in (self.intro, *self.items) if words)
        if kind != "row" and (label := _LABEL.match(self.plain, *span)) is not None:
            words = label.group(1).strip()
            if 0 < len(words.split()) <= _LABEL_WORDS:
                lead = (*lead, words)
        self.blocks.append(Block(kind, span, titles, lead, self.header if kind == "row" else ""))

    def title(self, level: int, begin: int, end: int) -> None:
        """A heading closes those of its own level and below."""
        span = self.trimmed(begin, end)
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        if span[0] < span[1]:
            self.blocks.append(Block("heading", span, tuple(t for _, t in self.headings)))
            self.headings.append((level, self.words(span).strip("# :")))
        self.intro = ""


def _is_title(line: str, plain: str, alone: bool) -> bool:
    """Whether a line that stands alone is a title: bold, or short, capitalised and without a full stop."""
    words = plain.split()
    if not words or len(words) > _TITLE_WORDS or "|" in plain:
        return False
    bold = re.fullmatch(r"\s*(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*", line) is not None
    end = plain.rstrip()
    first = next((c for c in plain if c.isalnum()), "a")
    return bold or (
        alone
        and not end.endswith(_TITLE_END)
        and (first.isupper() or first.isdigit())
        and (end.endswith(":") or len(words) <= 6)
    )


def _paragraph(walk: _Walk, text: str, first: int, last: int, kind: Kind, plain_text: bool) -> None:
    """Adds the lines of one paragraph: as a title, table rows without a rule, own bullets or one block."""
    starts = walk.starts
    begin, end = starts[first], starts[last]
    if last - first == 1 and kind == "paragraph":
        line = walk.plain[begin:end]
        if _is_title(text[begin:end].strip(), line, plain_text):
            walk.title(7, begin, end)
            return
    run = first
    for line_number in range(first, last):
        line = walk.plain[starts[line_number] : starts[line_number + 1]]
        own = line.lstrip().startswith("|") or _OWN_BULLET.match(line) is not None
        mail = _MAIL_HEADER.match(line.strip(" >\t")) is not None
        if own or mail:
            if run < line_number:
                walk.add(kind, starts[run], starts[line_number])
            run = line_number
            if mail:
                walk.add("meta", starts[line_number], starts[line_number + 1])
                run = line_number + 1
            elif line.lstrip().startswith("|"):
                walk.add("row", starts[line_number], starts[line_number + 1])
                run = line_number + 1
            elif run == line_number:
                kind = "item"
    if run < last:
        walk.add(kind, starts[run], end)
    spoken = walk.plain[begin:end].rstrip()
    if kind == "paragraph":
        walk.intro = " ".join(spoken.split()[-30:]) if spoken.endswith((":", "?")) else ""


def _front_matter(text: str) -> int:
    """How many lines a YAML head takes."""
    lines = text.split("\n", 60)
    if lines[0].strip() != "---":
        return 0
    return next((n + 1 for n, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 0)


def blocks(text: str, plain: str) -> tuple[Block, ...]:
    """The blocks of a canonical text, in its order; `plain` is `masked(text)`."""
    starts = [0]
    starts.extend(match.end() for match in re.finditer("\n", text))
    starts.append(len(text))
    walk = _Walk(plain, starts)
    head = _front_matter(text)
    if head:
        walk.blocks.append(Block("meta", (0, starts[head])))
    body = "\n" * head + text[starts[head] :]
    tokens = _MARKDOWN.parse(body.replace("\0", " "))
    plain_text = not any(token.type == "heading_open" for token in tokens)
    quoted = 0
    for token in tokens:
        match token.type:
            case "heading_open":
                first, last = walk.lines(token)
                # A setext heading's second line is its underline.
                last = first + 1 if token.markup.startswith("#") else max(first + 1, last - 1)
                walk.title(int(token.tag[1]), starts[first], starts[last])
            case "blockquote_open":
                quoted += 1
            case "blockquote_close":
                quoted -= 1
            case "list_item_open":
                first, _ = walk.lines(token)
                walk.items.append("")
            case "list_item_close":
                walk.items.pop()
            case "bullet_list_close" | "ordered_list_close":
                if not walk.items:
                    walk.intro = ""
            case "paragraph_open":
                first, last = walk.lines(token)
                kind: Kind = "item" if walk.items else "quote" if quoted else "paragraph"
                _paragraph(walk, text, first, last, kind, plain_text)
                if walk.items and not walk.items[-1]:
                    walk.items[-1] = " ".join(walk.plain[starts[first] : starts[last]].split()[:30])
            case "thead_open":
                first, last = walk.lines(token)
                walk.header = walk.words(walk.trimmed(starts[first], starts[last]))
            case "tr_open":
                first, last = walk.lines(token)
                walk.add("row", starts[first], starts[last])
            case "table_close":
                walk.header = ""
            case "fence":
                first, last = walk.lines(token)
                walk.blocks.append(Block("code", (starts[first], starts[last])))
            case "html_block":
                first, last = walk.lines(token)
                walk.add("paragraph", starts[first], starts[last])
            case _:
                pass
    return tuple(walk.blocks)
