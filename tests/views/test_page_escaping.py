"""No outside text reaches a page unescaped: the functions hold what they promise, and no view goes around them."""

import ast
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from diagnostics.findings import Evidence
from diagnostics.views.escape import cell, link, quoted
from diagnostics.views.evidence import in_its_place
from tests.sample_diagnosis import HOSTILE

VIEWS = Path(__file__).parents[2] / "diagnostics" / "views"
PAGES = sorted(path for path in VIEWS.glob("*.py") if path.name not in ("__init__.py", "escape.py"))

# Fields of diagnoses, problems and portfolios that hold text from outside.
OUTSIDE = {
    "name",
    "title",
    "why",
    "message",
    "quote",
    "ref",
    "author",
    "note",
    "heading",
    "before",
    "after",
    "team",
    "manager",
    "question",
    "good_answer",
    "first_step",
    "agenda",
    "person",
    "partner",
    "file",
    "field",
    "key",
    "by",
    "reader",
    "patterns",
    "thresholds",
    "current",
    "reason",
    "action",
    "trouble",
    "url",
    "sentence",
    "speaks_for",
    "speaks_against",
    "tells_apart",
    "asked_to",
    "topic",
    "searched",
    "unknown",
    "headline",
    "rest",
}
ESCAPES = {"plain", "link", "quoted", "cell", "_numbered", "_said"}
SHOW_TEXT_ONLY = {"st.switch_page", "st.selectbox", "st.dataframe", "session.heat_map"}
# These give plain text of several fields; whoever calls them has to escape it.
GIVE_PLAIN_TEXT = {"_facts", "_facts_of"}
# What shows Markdown or HTML, or may make the page run something.
NEVER = {
    "write",
    "iframe",
    "image",
    "exception",
    "latex",
    "help",
    "echo",
    "write_stream",
    "chat_message",
    "ImageColumn",
    "MarkdownColumn",
    "LinkColumn",
    "echarts_chart",
    "table",
}
NEVER_ARGUMENTS = {"unsafe_allow_html", "unsafe_allow_javascript"}

MARKDOWN = MarkdownIt("commonmark", {"html": True})


def bypasses(source: str) -> Iterator[str]:
    """Where a view shows outside text without escaping it, or uses what cannot be used safely."""
    tree = ast.parse(source)
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in NEVER and called_on_streamlit(node):
            yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.keyword) and node.arg in NEVER_ARGUMENTS:
            yield f"line {node.value.lineno}: {node.arg}"
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "st.html":
            if not (isinstance(node.args[0], ast.Name) and node.args[0].id.isupper()):
                yield f"line {node.lineno}: st.html of something that is no constant"
        elif is_outside_text(node) and is_shown(node, parents):
            yield f"{ast.unparse(node)} is shown unescaped"
        elif (
            isinstance(node, ast.Call) and getattr(node.func, "id", None) in GIVE_PLAIN_TEXT and is_bare(node, parents)
        ):
            yield f"{ast.unparse(node)} is not escaped"


def is_outside_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in OUTSIDE and not called_on_streamlit(node)


def is_call_of(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", None) in names


def called_on_streamlit(node: ast.Attribute) -> bool:
    return ast.unparse(node.value) in ("st", "column", "st.column_config")


def ancestors(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    while (node := parents.get(node)) is not None:  # type: ignore[assignment]
        yield node


def is_shown(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a value goes into a text or to Streamlit with nothing in between that escapes it."""
    chain = list(ancestors(node, parents))
    if any(is_call_of(above, ESCAPES) for above in chain):
        return False
    if any(isinstance(above, ast.FunctionDef) and above.name in GIVE_PLAIN_TEXT for above in chain):
        return False
    for above in chain:
        if isinstance(above, ast.JoinedStr):
            return not is_escaped_later(chain, parents)
        if isinstance(above, ast.Call) and ast.unparse(above.func).startswith("st."):
            return ast.unparse(above.func) not in SHOW_TEXT_ONLY
        if isinstance(above, ast.Compare | ast.FunctionDef | ast.IfExp | ast.comprehension):
            return False
    return False


def is_escaped_later(chain: list[ast.AST], parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a text is put together under a name, and the name is then used only where it is escaped."""
    statement = next(above for above in chain if isinstance(above, ast.stmt))
    function = next((above for above in chain if isinstance(above, ast.FunctionDef)), None)
    if not isinstance(statement, ast.Assign) or function is None:
        return False
    name = ast.unparse(statement.targets[0])
    uses = [n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load)]
    safe = ESCAPES | SHOW_TEXT_ONLY
    return all(
        any(isinstance(above, ast.Call) and ast.unparse(above.func) in safe for above in ancestors(use, parents))
        for use in uses
    )


def is_bare(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Not escaped, nor given a name (`if facts := ...`) of which the pages' own tests see what becomes."""
    escaped = any(is_call_of(above, ESCAPES) for above in ancestors(node, parents))
    return not escaped and not isinstance(parents[node], ast.NamedExpr)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_view_goes_around_escaping(path: Path) -> None:
    assert list(bypasses(path.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        "st.markdown(found.name)",
        "st.caption(f'by {found.author}')",
        "st.markdown('> ' + evidence.quote)",
        "st.markdown(x, unsafe_allow_html=True)",
        "st.html(f'<b>{quoted(x)}</b>')",
        "st.write(x)",
        "st.expander(f'**{pattern.title}**')",
        "st.metric(found.name, 3)",
        "st.caption(_facts(found))",
        "def f():\n    return f'- {problem.message}'",
        "column.LinkColumn('a')",
        "def f():\n    said = f'{found.name}!'\n    st.markdown(said)",
    ],
)
def test_a_bypass_is_noticed(source: str) -> None:
    assert list(bypasses(source))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text() | st.sampled_from(HOSTILE))
def test_quoted_text_holds_no_tag_and_loses_no_letter(text: str) -> None:
    parser = Tags()
    parser.feed(f"<p>{quoted(text)}</p>")
    parser.close()
    assert parser.seen == ["p"]
    assert parser.text.replace("\r", "\n") == text.replace("\r", "\n")


ADDRESSES = st.one_of(
    st.text(),
    st.sampled_from(HOSTILE),
    st.sampled_from(["javascript:alert(1)", "data:text/html,x", "//evil.test", "http:", "https://", "http://[", "x"]),
    st.builds("https://jira.example.com/{}".format, st.text()),
)


@given(st.text() | st.sampled_from(HOSTILE), ADDRESSES)
def test_a_link_leads_to_its_own_host_or_nowhere(text: str, url: str) -> None:
    tokens = [t for token in MARKDOWN.parse("x " + link(text, url)) for t in token.children or ()]
    assert {token.type for token in tokens} <= {"text", "text_special", "link_open", "link_close"}
    targets = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert len(targets) <= 1
    for target in targets:
        assert urlsplit(target).scheme in ("http", "https")
        assert urlsplit(target).hostname == urlsplit(url.strip()).hostname


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a/b"]
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert link("CHURN-7", url) == "CHURN-7"


def test_a_cell_cannot_draw_an_icon() -> None:
    assert ":material/" not in cell(":material/home:")


@given(st.text(min_size=1) | st.sampled_from(HOSTILE), st.text(), st.data())
def test_a_quote_in_its_place_is_text_however_it_is_cut(quote: str, around: str, data: st.DataObject) -> None:
    """What is marked in a quote may begin and end anywhere."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(quote)), max_size=6).filter(lambda some: len(some) % 2 == 0)))
    evidence = Evidence(
        source="kickoff",
        ref="k.md#L1",
        quote=quote,
        span=(0, len(quote)),
        text_sha256="0" * 64,
        before=around,
        after=around,
        grounds=tuple(zip(cuts[::2], cuts[1::2], strict=True)),
    )
    tokens = [t for token in MARKDOWN.parse(f"> {in_its_place(evidence)}") for t in token.children or ()]
    assert {token.type for token in tokens} <= {"text", "text_special"}
