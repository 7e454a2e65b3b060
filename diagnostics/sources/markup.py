"""Markup: Jira's wiki markup and Atlassian Document Format -> Markdown.

Written here because both libraries at hand lose. jira2markdown 0.5.3 reads 4 KB a second: ten minutes for
the tickets of one project. atlas_doc_parser 1.0.1 drops every node that it does not know, fails on a list
without attributes, and runs the paragraphs of a list item together. Nothing here raises, and the time it
takes grows with the length of the text, whatever the text is.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

LONGEST = 1_000_000  # characters; nobody wrote a longer text by hand, so it is taken as it is
DEEPEST = 30  # levels of nested nodes that keep their form; what lies deeper keeps its words

# Wiki markup. No pattern can pass over its own opening mark, so none reads a text twice.

_ANY_WIKI = re.compile(r"[*{\[|!+#\\-]|h[1-6]\. |bq\. ")
_VERBATIM = re.compile(r"\{(code|noformat)(?::[^{}\n]*)?\}")
_PANEL = re.compile(r"\{panel(?::(?:[^{}\n]*\|)?title=([^{}|\n]*)[^{}\n]*|:[^{}\n]*)?\}")
_UNSEEN = re.compile(r"\{(?:color|anchor|toc|expand|align|div)(?::[^{}\n]*)?\}")
_WHOLE = re.compile(
    r"\\(?P<escaped>[*{}\[\]|!#+^~_?-])"
    r"|\{\{(?P<code>[^{}\n]+)\}\}"
    r"|\[(?P<link>[^\[\]\n]+)\]"
    r"|!(?=\S)(?P<picture>[^!|\n]+\.\w{2,5}(?:\|[^!\n]*)?)!"
    r"|(?P<url>\b(?:https?|ftp)://[^\s|\[\]{}]+)"
)
_HEADING = re.compile(r"\s*h([1-6])\. +(.*)")
_ITEM = re.compile(r"\s*([*#]{1,9}|-) +(?=\S)(.*)")
_ADDRESS = re.compile(r"(?:https?|ftp)://|mailto:|www\.", re.IGNORECASE)
_TOKEN = re.compile(r"\0(\d+)\0")


def _between(mark: str) -> re.Pattern[str]:
    """What two marks hug, as in *this*, but not as in 2 * 3 * 4."""
    mark = re.escape(mark)
    return re.compile(rf"(?<![\w{mark}]){mark}(?=[^\s{mark}])([^{mark}\n]*[^\s{mark}]){mark}(?![\w{mark}])")


_BOLD, _STRUCK, _INSERTED = _between("*"), _between("-"), _between("+")


def wiki_to_markdown(text: str) -> str:
    """Markdown for a text in Jira's wiki markup: its words in their order. Pictures are left out."""
    if len(text) > LONGEST or not _ANY_WIKI.search(text):
        return text
    kept: list[str] = []  # finished pieces; a token stands for each until the end, so that none is read again

    def restore(piece: str) -> str:
        return _TOKEN.sub(lambda token: kept[int(token[1])], piece)

    def keep(piece: str) -> str:
        kept.append(restore(piece))
        return f"\0{len(kept) - 1}\0"

    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    text = _verbatim_kept(text, keep)
    text = _PANEL.sub(lambda panel: f"\n**{panel[1]}**\n" if panel[1] else "\n", text)
    text = _UNSEEN.sub("", text)
    text = _WHOLE.sub(lambda found: _whole(found, keep), text)
    text = _BOLD.sub(r"**\1**", text)
    text = _STRUCK.sub(r"~~\1~~", text)
    text = _INSERTED.sub(r"\1", text)
    text = re.sub(r"\\\\(?=\s|$)", "\n", text)
    lines = "\n".join(_wiki_lines(text.replace("{quote}", "\n{quote}\n").split("\n")))
    return restore(re.sub(r"\n{3,}", "\n\n", lines)).strip("\n")


def _verbatim_kept(text: str, keep: Callable[[str], str]) -> str:
    """The text with a token for each {code} and {noformat}; one that is never closed is no block."""
    last = {name: text.rfind(f"{{{name}}}") for name in ("code", "noformat")}
    parts, done, at = [], 0, 0
    while opening := _VERBATIM.search(text, at):
        name, at = opening[1], opening.end()
        if last[name] < at:
            continue
        end = text.index(f"{{{name}}}", at)
        inner = text[at:end]
        block = f"```\n{inner.strip(chr(10))}\n```" if "\n" in inner else f"`{inner.strip()}`"
        parts += [text[done : opening.start()], keep(block)]
        done = at = end + len(name) + 2
    return "".join([*parts, text[done:]])


def _whole(found: re.Match[str], keep: Callable[[str], str]) -> str:
    """One escaped mark, code, link, picture or address, finished."""
    match found.lastgroup:
        case "code":
            return keep(f"`{found['code']}`")
        case "link":
            glued = found.string[found.end() : found.end() + 1].isalnum()  # [~ann]you are two words
            return keep(_link(found["link"])) + " " * glued
        case "picture":
            return ""
    return keep(found[found.lastgroup or 0])


def _link(inside: str) -> str:
    """[words|address], [address], [~person], [^file]; other brackets are the writer's own."""
    words, *rest = inside.split("|")
    target = (rest[0] if rest else words).strip()
    if target.startswith("~"):
        return words.strip() if rest else "@" + target.removeprefix("~").removeprefix("accountid:")
    if target.startswith("^") and not rest:
        return target[1:]
    if _ADDRESS.match(target):
        return f"<{target}>" if not rest or words.strip() in ("", target) else f"[{words.strip()}]({target})"
    return words if rest and target.startswith("#") else f"[{inside}]"


def _wiki_lines(lines: Iterable[str]) -> Iterable[str]:
    """Headings, lists, quotes and tables, line by line."""
    quoted = in_table = False
    for line in lines:
        if line.strip() == "{quote}":
            quoted, in_table = not quoted, False
            yield ""
            continue
        margin = "> " if quoted else ""
        row = line.strip()
        if row.startswith("|") and len(row) > 1:
            cells = [cell.strip() for cell in row.replace("||", "|").strip("|").split("|")]
            yield f"{margin}| {' | '.join(cells)} |"
            if not in_table:
                yield f"{margin}|{'---|' * len(cells)}"
            in_table = True
            continue
        in_table = False
        if heading := _HEADING.match(line):
            yield f"{margin}{'#' * int(heading[1])} {heading[2]}"
        elif row.startswith("bq. "):
            yield f"> {row[4:]}"
        elif item := _ITEM.match(line):
            bullet = "1." if item[1].endswith("#") else "-"
            yield f"{margin}{'   ' * (len(item[1]) - 1)}{bullet} {item[2]}"
        elif len(row) > 3 and not row.strip("-"):
            yield "***"
        else:
            yield f"{margin}{line}".rstrip()


# Atlassian Document Format.

_INLINE = {
    "text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard", "placeholder", "mediaInline",
    "inlineExtension",
}  # fmt: skip
_MARKS = {"strong": "**", "em": "*", "strike": "~~", "code": "`"}


def adf_to_markdown(document: object) -> str:
    """Markdown for a document in Atlassian Document Format: its words in their order.

    A node that is not known gives what it contains. Pictures are left out, but not their captions.
    """
    return "\n\n".join(_blocks([document], 0))


def _blocks(nodes: Iterable[object], depth: int) -> list[str]:
    """The text of each block among some nodes; neighbours that are inline make a block together."""
    blocks: list[str] = []
    run: list[str] = []

    def end_run() -> None:
        paragraph = "".join(run).strip()
        run.clear()
        if paragraph:
            blocks.append(paragraph)

    for node in nodes:
        if not isinstance(node, dict):
            continue
        if _kind(node) in _INLINE or (not _children(node) and _words(node)):
            run.append(_inline(node))
        else:
            end_run()
            blocks += [_leaves(node)] if depth > DEEPEST else _block(node, depth + 1)
    end_run()
    return [block for block in blocks if block]


def _block(node: dict[str, Any], depth: int) -> list[str]:
    inner = _children(node)
    match _kind(node):
        case "heading":
            level = _attribute(node, "level")
            marks = "#" * int(level) if level in tuple("123456") else "#"
            return [f"{marks} {line}" for line in [" ".join(_blocks(inner, depth))] if line]
        case "bulletList" | "orderedList" | "taskList" | "decisionList":
            return ["\n".join(_items(node, depth))]
        case "codeBlock":
            return ["```\n" + "".join(_words(child) for child in inner) + "\n```"]
        case "blockquote":
            return ["\n".join(f"> {line}" for line in "\n\n".join(_blocks(inner, depth)).split("\n"))]
        case "rule":
            return ["***"]
        case "table":
            return ["\n".join(_rows(inner, depth))]
        case "expand" | "nestedExpand":
            return [_attribute(node, "title"), *_blocks(inner, depth)]
        case "blockCard" | "embedCard":
            return [_attribute(node, "url")]
    return _blocks(inner, depth)


def _items(node: dict[str, Any], depth: int) -> Iterable[str]:
    marker = "1. " if _kind(node) == "orderedList" else "- "
    for item in _children(node):
        if not isinstance(item, dict):
            continue
        box = {"TODO": "[ ] ", "DONE": "[x] "}.get(_attribute(item, "state"), "")
        nested = [item] if _kind(item) in ("bulletList", "orderedList", "taskList") else _children(item)
        lines = "\n".join(_blocks(nested, depth)).split("\n")
        margin = " " * len(marker)
        lead = margin if nested == [item] else marker + box
        yield "\n".join([lead + lines[0], *(margin + line for line in lines[1:])])


def _rows(rows: Iterable[object], depth: int) -> Iterable[str]:
    for number, row in enumerate(row for row in rows if isinstance(row, dict)):
        cells = [" ".join(_blocks([cell], depth)).replace("\n", " ") for cell in _children(row)]
        yield "| " + " | ".join(cells) + " |"
        if number == 0:
            yield "|" + "---|" * len(cells)


def _inline(node: dict[str, Any]) -> str:
    if _kind(node) == "hardBreak":
        return "\n"
    words = _words(node)
    core = words.strip()
    if not core:
        return words
    marked = core
    for mark in _list(node.get("marks")):
        if not isinstance(mark, dict):
            continue
        sign = _MARKS.get(_text(mark.get("type")))
        address = _attribute(mark, "href")
        if sign:
            marked = f"{sign}{marked}{sign}"
        elif _ADDRESS.match(address) and address != core:
            marked = f"[{marked}]({address})"
    return words.replace(core, marked, 1)


def _words(node: object) -> str:
    """What one node says by itself."""
    if not isinstance(node, dict):
        return ""
    match _kind(node):
        case "text":
            return _text(node.get("text"))
        case "mention":
            return "@" + (_attribute(node, "text") or _attribute(node, "id")).removeprefix("@")
        case "date":
            return _day(_attribute(node, "timestamp"))
        case "emoji":
            return _attribute(node, "text") or _attribute(node, "shortName")
        case "media" | "mediaInline" | "placeholder":
            return ""
    return _text(node.get("text")) or _attribute(node, "text") or _attribute(node, "url")


def _day(milliseconds: str) -> str:
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(milliseconds))
        return moment.date().isoformat()
    except (ValueError, OverflowError):
        return milliseconds


def _leaves(node: object) -> str:
    """The words of a tree without its form, however deep it is."""
    words, ahead = [], [node]
    while ahead:
        node = ahead.pop()
        words.append(_words(node))
        if isinstance(node, dict):
            ahead += reversed(_children(node))
    return " ".join(filter(None, words))


def _kind(node: dict[str, Any]) -> str:
    return _text(node.get("type"))


def _children(node: dict[str, Any]) -> list[object]:
    return _list(node.get("content"))


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _attribute(node: dict[str, Any], name: str) -> str:
    attributes = node.get("attrs")
    return _text(attributes.get(name)) if isinstance(attributes, dict) else ""


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) else ""
