"""Turns the Markdown sources of kickoff records into DOCX, PDF and HTML, byte for byte the same each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from fpdf import FPDF
from fpdf.fonts import TextStyle
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

FORMS = {
    "triage": "docx",
    "search": "docx",
    "defect": "docx",
    "maint": "pdf",
    "pricing": "pdf",
    "leads": "html",
}
FORM_COMMENT = re.compile(r"<!--\s*(docx|pdf|html)\s*-->\s*")
GENERATED = ("docx", "pdf", "html")
MADE = datetime(2026, 9, 30, 12, 0, tzinfo=UTC)
MARKDOWN = MarkdownIt().enable("table")
LIST_STYLES = {"bullet_list": "List Bullet", "ordered_list": "List Number"}
PLAIN = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("‘’‚′", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("\u2009\u200a\u202f", " "),
        "…": "...",
        "•": "-",
        "≤": "<=",
        "≥": ">=",
        "≈": "about ",
        "→": "->",
        "€": "EUR",
    }
)
HEADINGS = {
    f"h{level}": TextStyle(font_style="B", font_size_pt=size, t_margin=size / 4, b_margin=1)
    for level, size in enumerate((17, 13, 11), 1)
}
PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 14px/1.45 sans-serif; margin: 2em auto; max-width: 60em }}
table {{ border-collapse: collapse; margin: 1em 0 }}
th, td {{ border: 1px solid #c1c7d0; padding: 6px 10px; text-align: left; vertical-align: top }}
th {{ background: #f4f5f7 }}
</style>
</head>
<body class="wiki-export">
<div id="main-content" class="wiki-content">
{content}</div>
</body>
</html>
"""


class KickoffError(ValueError):
    """A source cannot be converted; the message names the file."""


def write_kickoffs(sources: Path, target: Path) -> None:
    """Converts every source of a folder."""
    target.mkdir(parents=True, exist_ok=True)
    writers = {"docx": docx, "pdf": pdf, "html": html}
    for source in sorted(sources.glob("*.md")):
        form, text = form_and_text(source)
        try:
            content = writers[form](text)
        except ValueError as error:
            raise KickoffError(f"{source.name}: {error}") from error
        (target / f"{source.stem}.{form}").write_bytes(content)


def form_and_text(source: Path) -> tuple[str, str]:
    """The form that a source is to take, and its Markdown."""
    text = source.read_text(encoding="utf-8")
    if comment := FORM_COMMENT.match(text):
        return comment[1], text[comment.end() :]
    if source.stem not in FORMS:
        raise KickoffError(f"{source.name}: its first line must name its form, such as <!-- docx -->")
    return FORMS[source.stem], text


def parse(text: str) -> SyntaxTreeNode:
    """Markdown as a tree."""
    return SyntaxTreeNode(MARKDOWN.parse(text))


def title_of(text: str) -> str:
    """A document's first heading."""
    headings = (node for node in parse(text).children if node.type == "heading")
    return next((plain(node) for node in headings), "Kickoff")


def plain(node: SyntaxTreeNode) -> str:
    """The text of a node without its marks."""
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(plain(child) for child in node.children)


def rows_of(table: SyntaxTreeNode) -> list[list[SyntaxTreeNode]]:
    """A table's rows of cells, its header first."""
    return [row.children for part in table.children for row in part.children]


# --- Word


def docx(text: str) -> bytes:
    """A Word document of real headings, lists and tables."""
    document = Document()
    for node in parse(text).children:
        add_block(document, node)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = title_of(text)
    properties.created = properties.modified = MADE
    properties.revision = 1
    buffer = io.BytesIO()
    document.save(buffer)
    return same_times(buffer.getvalue())


def add_block(document: WordDocument, node: SyntaxTreeNode) -> None:
    """Appends what a block of Markdown says."""
    match node.type:
        case "heading":
            add_runs(document.add_heading(level=int(node.tag[1:])), node)
        case "paragraph":
            add_runs(document.add_paragraph(), node)
        case "bullet_list" | "ordered_list":
            add_list(document, node, 1)
        case "table":
            add_table(document, node)
        case "hr":
            document.add_paragraph()
        case other:
            raise ValueError(f"no way to write a Markdown {other} in Word")


def add_list(document: WordDocument, node: SyntaxTreeNode, depth: int) -> None:
    """Appends a list, and the lists within it."""
    style = LIST_STYLES[node.type] + (f" {depth}" if depth > 1 else "")
    for child in (child for entry in node.children for child in entry.children):
        if child.type in LIST_STYLES:
            add_list(document, child, depth + 1)
        else:
            add_runs(document.add_paragraph(style=style), child)


def add_table(document: WordDocument, node: SyntaxTreeNode) -> None:
    """Appends a table with lines."""
    rows = rows_of(node)
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, word_row in zip(rows, table.rows, strict=True):
        for cell, word_cell in zip(row, word_row.cells, strict=True):
            add_cell(word_cell, cell)


def add_cell(word_cell: _Cell, cell: SyntaxTreeNode) -> None:
    """Fills a cell; that of a header is bold."""
    add_runs(word_cell.paragraphs[0], cell, bold=cell.type == "th")


def add_runs(
    paragraph: Paragraph,
    node: SyntaxTreeNode,
    *,
    bold: bool = False,
    italic: bool = False,
) -> None:
    """Appends a node's words to a paragraph, bold and italic kept."""
    for child in node.children:
        if child.children:
            add_runs(
                paragraph,
                child,
                bold=bold or child.type == "strong",
                italic=italic or child.type == "em",
            )
        elif words := plain(child):
            run = paragraph.add_run(words)
            run.bold, run.italic = bold or None, italic or None


def same_times(archive: bytes) -> bytes:
    """The zip again, its entries' times and origin fixed."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return buffer.getvalue()


# --- PDF


def pdf(text: str) -> bytes:
    """A4 pages in a core font, whose characters are Latin-1's.

    A table becomes lines "a | b | c": out of a drawn one a text extraction brings cells broken and unmarked.
    """
    text = text.translate(PLAIN)
    if strange := sorted({letter for letter in text if ord(letter) > 255}):
        raise ValueError(f"not in Latin-1: {' '.join(strange)}")
    document = FPDF()
    document.set_creation_date(MADE)
    document.set_title(title_of(text))
    document.set_font("Helvetica", size=10)
    document.add_page()
    content = "\n".join(pdf_block(node) for node in parse(text).children)
    document.write_html(content, font_family="Helvetica", tag_styles=HEADINGS, li_prefix_color=0)
    return bytes(document.output())


def pdf_block(node: SyntaxTreeNode) -> str:
    """A block as HTML that fpdf2 can lay out."""
    if node.type != "table":
        return str(MARKDOWN.renderer.render(node.to_tokens(), MARKDOWN.options, {}))
    head, *rows = (" | ".join(escape(plain(cell)) for cell in row) for row in rows_of(node))
    return "<br>".join([f"<p><b>{head}</b>", *rows]) + "</p>"


# --- HTML


def html(text: str) -> bytes:
    """A page as a wiki exports it."""
    page = PAGE.format(title=escape(title_of(text)), content=MARKDOWN.render(text))
    return page.encode()
