"""Markup: the words of wiki markup and Atlassian Document Format, in their order, as Markdown."""

import gzip
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.sources.markup import LONGEST, adf_to_markdown, wiki_to_markdown


@pytest.mark.parametrize(
    ("wiki", "markdown"),
    [
        ("plain words, and 5-10 of them", "plain words, and 5-10 of them"),
        ("h1. Title", "# Title"),
        ("h2. *Bold* title", "## **Bold** title"),
        ("see ch1. for more", "see ch1. for more"),
        ("*bold* and _italic_", "**bold** and _italic_"),
        ("2 * 3 * 4 and a*b*c", "2 * 3 * 4 and a*b*c"),
        ("-gone- +new+", "~~gone~~ new"),
        ("pre-processed -x and y", "pre-processed -x and y"),
        ("-5 to -3 degrees", "-5 to -3 degrees"),
        ("* one\n** two\n*** three", "- one\n   - two\n      - three"),
        ("# one\n## two\n#* mixed", "1. one\n   1. two\n   - mixed"),
        ("- one\n- two", "- one\n- two"),
        ("||Metric||Goal||\n|Recall|0.8|", "| Metric | Goal |\n|---|---|\n| Recall | 0.8 |"),
        ("|a|b|\n|c|d|", "| a | b |\n|---|---|\n| c | d |"),
        ("|[words|https://x.org]|b|", "| [words](https://x.org) | b |\n|---|---|"),
        ("bq. said so", "> said so"),
        ("{quote}said\nso{quote}\nand then", "> said\n> so\n\nand then"),
        ("{panel:title=Goal|borderColor=red}churn{panel}", "**Goal**\nchurn"),
        ("{panel}churn{panel}", "churn"),
        ("{color:red}late{color} work", "late work"),
        ("{color:#d04437}*late*{color}", "**late**"),
        ("run {{make run}} now", "run `make run` now"),
        ("{code:python}\n*a* = [b|c]\n{code}", "```\n*a* = [b|c]\n```"),
        ("a {code}x = 1{code} b", "a `x = 1` b"),
        ("{noformat}\n|a|\n{noformat}", "```\n|a|\n```"),
        ("{code}\nnever *closed*", "{code}\nnever **closed**"),
        ("[words|https://x.org/a_b]", "[words](https://x.org/a_b)"),
        ("[https://x.org|https://x.org|smart-link]", "<https://x.org>"),
        ("[https://x.org]", "<https://x.org>"),
        ("[mail me|mailto:a@x.org]", "[mail me](mailto:a@x.org)"),
        ("[top|#anchor]", "top"),
        ("ask [~ann] or [~accountid:5b10-a]", "ask @ann or @5b10-a"),
        ("ask [Ann|~accountid:5b10]", "ask Ann"),
        ("[~ann]you know", "@ann you know"),
        ("see [^notes.docx]", "see notes.docx"),
        ("[WIP] in [0, 1]", "[WIP] in [0, 1]"),
        ("https://x.org/-a-/*b*", "https://x.org/-a-/*b*"),
        ("before !shot.png|width=5,height=6! after", "before  after"),
        ("Wow! see shot.png!", "Wow! see shot.png!"),
        ("*see [this|https://x.org] now*", "**see [this](https://x.org) now**"),
        (r"\*not bold\* and \{code}", "*not bold* and {code}"),
        ("line \\\\\nbreak", "line\n\nbreak"),
        ("----", "***"),
        ("a\r\n\r\n\r\n\r\nh3. b", "a\n\n### b"),
        ("nul\0 *b*", "nul **b**"),
        ("", ""),
    ],
)
def test_wiki_markup(wiki: str, markdown: str) -> None:
    assert wiki_to_markdown(wiki) == markdown


HOSTILE = [
    "*" * 200_000,
    "* " * 100_000,
    "*a " * 70_000,
    "-a" * 100_000,
    "[" * 200_000,
    "[a|" * 70_000,
    "{" * 200_000,
    "{code:x}" * 25_000,
    "{code}" * 33_333,
    "{code:" * 33_333,
    "{quote}" * 28_571,
    "{panel:title=" * 15_000,
    "{{a" * 66_666,
    "!a.png|" * 28_571,
    "!" * 200_000,
    "\\" * 200_000,
    "|" * 200_000,
    "||a" * 66_666,
    "#" * 200_000,
    "\n#" * 100_000,
    " " * 200_000 + "h1",
    "\n" * 200_000 + "*",
    "http://" * 28_571,
    "h1. " * 50_000,
    "-" * 200_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_wiki_markup_takes_time_in_proportion(text: str) -> None:
    began = time.perf_counter()
    wiki_to_markdown(text)
    assert time.perf_counter() - began < SOON


SOON = 60  # seconds: what is not linear, or waits for ever, takes longer by far


def test_a_text_that_nobody_wrote_by_hand_is_left_alone() -> None:
    text = "*x* " * (LONGEST // 4 + 1)
    assert wiki_to_markdown(text) is text


PIECES = [
    "word", "*", "_", "-", "+", "{code}", "{code:x}", "{quote}", "{{", "}}", "[", "]", "|", "||", "#", "!",
    ".png", "\\", "https://x.org", "~", "^", "{color:red}", "{color}", "{panel:title=x}", "\0", "é", "h1. ",
    "bq. ", " ", "\n", "\r",
]  # fmt: skip
WIKI = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(WIKI)
def test_wiki_markup_keeps_the_words(text: str) -> None:
    words = re.findall("word", wiki_to_markdown(text))
    pictures = re.findall(r"![^\s!|][^!|\n]*\.png", text)  # the one thing that is left out
    assert len(words) <= text.count("word")
    assert pictures or len(words) == text.count("word")


def test_real_wiki_markup_keeps_its_words_and_is_fast(shared: Path) -> None:
    source = gzip.decompress((shared / "real" / "jira" / "titanium-ALOY.jsonl.gz").read_bytes())
    fields = [json.loads(line)["fields"] for line in source.splitlines()]
    texts = [field.get("description") or "" for field in fields]
    texts += [comment.get("body") or "" for field in fields for comment in field["comment"]["comments"]]
    began = time.perf_counter()
    read = [wiki_to_markdown(text) for text in texts]
    assert time.perf_counter() - began < SOON  # jira2markdown takes ten minutes
    marks = re.compile(r"\{[a-z]+(?::[^{}\n]*)?\}|![^!\n]*!|\bh[1-6]\. |\bbq\. |\baccountid:|\|smart-link")
    for before, after in zip(texts, read, strict=True):
        lost = set(re.findall(r"\w+", marks.sub(" ", before))) - set(re.findall(r"\w+", after))
        assert lost == set()


# Atlassian Document Format.


def node(kind: str, *content: object, **attributes: object) -> dict[str, Any]:
    return {"type": kind, "content": list(content)} | ({"attrs": attributes} if attributes else {})


def text(words: str, *marks: str) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"marks": [{"type": mark} for mark in marks]} if marks else {})


def p(*words: object) -> dict[str, Any]:
    return node("paragraph", *(text(word) if isinstance(word, str) else word for word in words))


def item(*content: object) -> dict[str, Any]:
    return node("listItem", *content)


LINK = {"type": "link", "attrs": {"href": "https://x.org"}}


@pytest.mark.parametrize(
    ("content", "markdown"),
    [
        ([], ""),
        ([p("One."), p(), p("Two.")], "One.\n\nTwo."),
        ([p("One,", {"type": "hardBreak"}, "two.")], "One,\ntwo."),
        ([node("heading", text("Goal"), level=3)], "### Goal"),
        ([node("heading", text("Goal"), level="x")], "# Goal"),
        ([p(text("target ", "strong"), "is ", text("0.8", "em"), text("x", "code"))], "**target** is *0.8*`x`"),
        ([p(text("gone", "strike"), text("plain", "underline"))], "~~gone~~plain"),
        ([p({"type": "text", "text": "words", "marks": [LINK]})], "[words](https://x.org)"),
        ([p({"type": "text", "text": "https://x.org", "marks": [LINK]})], "https://x.org"),
        ([node("bulletList", item(p("one"), p("more")), item(p("two")))], "- one\n  more\n- two"),
        ([node("orderedList", item(p("one"), node("bulletList", item(p("in")))))], "1. one\n   - in"),
        ([node("taskList", node("taskItem", text("do"), state="TODO"), node("taskItem", text("did"), state="DONE"))],
         "- [ ] do\n- [x] did"),
        ([node("decisionList", node("decisionItem", text("go"), state="DECIDED"))], "- go"),
        ([node("codeBlock", text("a\nb"))], "```\na\nb\n```"),
        ([node("blockquote", p("said"), p("so"))], "> said\n> \n> so"),
        ([node("panel", p("Note."), panelType="info")], "Note."),
        ([node("expand", p("inside"), title="More")], "More\n\ninside"),
        ([node("rule"), p("x")], "***\n\nx"),
        ([node("table", node("tableRow", node("tableHeader", p("M")), node("tableHeader", p("G"))),
               node("tableRow", node("tableCell", p("a"), p("b")), node("tableCell")))],
         "| M | G |\n|---|---|\n| a b |  |"),
        ([p("ask ", {"type": "mention", "attrs": {"id": "5b10", "text": "@Ann"}}, " now")], "ask @Ann now"),
        ([p({"type": "mention", "attrs": {"id": "5b10"}})], "@5b10"),
        ([p({"type": "emoji", "attrs": {"shortName": ":ok:", "text": "👌"}})], "👌"),
        ([p({"type": "date", "attrs": {"timestamp": "1772323200000"}})], "2026-03-01"),
        ([p({"type": "date", "attrs": {"timestamp": "9" * 40}})], "9" * 40),
        ([p({"type": "status", "attrs": {"text": "DONE"}})], "DONE"),
        ([p("see ", {"type": "inlineCard", "attrs": {"url": "https://x.org"}})], "see https://x.org"),
        ([node("blockCard", url="https://x.org")], "https://x.org"),
        ([node("mediaSingle", node("media", id="1", alt="shot.png"), node("caption", text("Fig")))], "Fig"),
        ([node("layoutSection", node("layoutColumn", p("left")), node("layoutColumn", p("right")))], "left\n\nright"),
        ([node("brandNew", p("kept"), node("newer", text("too")))], "kept\n\ntoo"),
        ([text("bare"), text(" words")], "bare words"),
    ],
)  # fmt: skip
def test_adf(content: list[object], markdown: str) -> None:
    assert adf_to_markdown(node("doc", *content)) == markdown


@pytest.mark.parametrize(
    "odd",
    [
        None,
        5,
        "words",
        [],
        {},
        {"type": "doc"},
        {"type": ["doc"]},
        {"content": "x"},
        {"content": [None, 5, "x", []]},
        {"type": "text", "text": {}},
        {"type": "text", "text": "x", "marks": [None, {"type": []}]},
        {"attrs": []},
    ],
)
def test_odd_data_gives_no_error(odd: object) -> None:
    assert adf_to_markdown(odd) in ("", "x")


@pytest.mark.parametrize("kind", ["bulletList", "listItem", "blockquote", "table", "unknown", "heading", "expand"])
@pytest.mark.parametrize("depth", [40, 5_000])
def test_words_survive_any_depth(kind: str, depth: int) -> None:
    tree: dict[str, Any] = p("deep words")
    for _ in range(depth):
        tree = node(kind, tree)
    began = time.perf_counter()
    assert "deep words" in adf_to_markdown(node("doc", tree, p("after")))
    assert time.perf_counter() - began < SOON


def test_a_wide_document_takes_time_in_proportion() -> None:
    began = time.perf_counter()
    wide = node("doc", *(node("bulletList", item(p(f"word {number}"))) for number in range(20_000)))
    assert adf_to_markdown(wide).count("word") == 20_000
    assert time.perf_counter() - began < SOON


def test_a_real_document(shared: Path) -> None:
    document = json.loads((shared / "real" / "jira-api" / "adf" / "adf__md.json").read_text())
    read = adf_to_markdown(document)

    def leaves(value: Any) -> list[str]:
        if isinstance(value, list):
            return [leaf for inner in value for leaf in leaves(inner)]
        own = [value["text"]] if value.get("type") == "text" else []
        return own + leaves(value.get("content", []))

    words = [word for leaf in leaves(document) for word in re.findall(r"\w+", leaf)]
    assert len(words) > 100
    assert [word for word in words if word not in read] == []
    assert "1. Ordered list item 3\n   1. nested\n      1. second level" in read
    assert "| **Table Header 1** | **Table Header 2** | **Table Header 3** |\n|---|---|---|" in read
