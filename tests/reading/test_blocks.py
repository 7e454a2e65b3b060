"""Blocks: what stands above each piece of a text, in Markdown, plain text, mail and tables."""

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.reading.blocks import Block, blocks, masked


def found(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(b.kind, text[slice(*b.span)], b.headings) for b in blocks(text, masked(text))]


def only(text: str, kind: str) -> list[Block]:
    return [block for block in blocks(text, masked(text)) if block.kind == kind]


def test_headings_nest_and_close() -> None:
    text = "# Charter\n\n## Metrics\n\nRecall.\n\n## Team\n\nAino.\n"
    assert found(text) == [
        ("heading", "Charter", ()),
        ("heading", "Metrics", ("Charter",)),
        ("paragraph", "Recall.", ("Charter", "Metrics")),
        ("heading", "Team", ("Charter",)),
        ("paragraph", "Aino.", ("Charter", "Team")),
    ]


def test_underlined_headings_keep_their_line_out_of_the_title() -> None:
    assert found("Success criteria\n================\n\nRecall.\n")[1] == (
        "paragraph",
        "Recall.",
        ("Success criteria",),
    )


def test_a_list_knows_its_introduction_and_its_parents() -> None:
    text = "# A\n\nIn the end we agreed on:\n\n* Metrics\n  * recall at 10\n"
    items = only(text, "item")
    assert [text[slice(*item.span)] for item in items] == ["Metrics", "recall at 10"]
    assert items[1].lead == ("In the end we agreed on:", "Metrics")


def test_a_row_knows_its_header() -> None:
    text = "| Metric | Target |\n|---|---|\n| recall | 0.9 |\n"
    rows = only(text, "row")
    assert rows[-1].header == "| Metric | Target |"
    assert "recall" in text[slice(*rows[-1].span)]


def test_pipes_without_a_rule_are_rows_too() -> None:
    assert len(only("| Sponsor | Ines |\n| Lead | Tom |\n", "row")) == 2


def test_code_and_front_matter_are_set_apart() -> None:
    text = "---\ntitle: x\n---\nHello there.\n\n```\nsuccess = 0.9\n```\n"
    assert [kind for kind, _, _ in found(text)] == ["meta", "paragraph", "code"]


def test_an_indented_paragraph_of_a_plain_text_is_no_code() -> None:
    assert [kind for kind, _, _ in found("Notes of Monday, written down by Aino.\n\n    We start in May.\n")] == [
        "paragraph",
        "paragraph",
    ]


def test_mail_headers_are_set_apart_from_what_was_said() -> None:
    text = "From: Aino\nSubject: kickoff\n\nWe start in May.\n\n> Who decides?\n"
    assert [kind for kind, _, _ in found(text)] == ["meta", "meta", "paragraph", "quote"]


def test_a_short_line_of_a_plain_text_is_a_title() -> None:
    assert found("Success criteria\n\nRecall of 0.9 by the end of May.\n")[1][2] == ("Success criteria",)


def test_a_bold_line_is_a_title_in_markdown() -> None:
    assert found("# Charter\n\n**Budget**\n\nNone is given so far.\n")[2][2] == ("Charter", "Budget")


def test_a_label_introduces_its_own_line() -> None:
    assert only("# A\n\n**Need:** nurses wait for hours.\n", "paragraph")[0].lead == ("Need",)


def test_masking_keeps_places() -> None:
    text = "**Need:** see [the plan](https://x.example/a?b) <!-- hidden\nwords --> and `code`"
    plain = masked(text)
    assert len(plain) == len(text)
    assert "hidden" not in plain
    assert "https" not in plain
    assert plain.index("the plan") == text.index("the plan")


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=300))
def test_any_text_has_blocks_inside_it(text: str) -> None:
    plain = masked(text)
    assert len(plain) == len(text)
    for block in blocks(text, plain):
        assert 0 <= block.span[0] < block.span[1] <= len(text)


_MARKUP = st.sampled_from(
    ["# ", "> ", "* ", "1. ", "| ", "---\n", "```\n", "\n", "\n\n", "<!--", "**", "a b c", "\t", ": "]
)


@given(st.lists(_MARKUP, max_size=40).map("".join))
def test_any_markup_has_blocks_inside_it(text: str) -> None:
    for block in blocks(text, masked(text)):
        assert 0 <= block.span[0] < block.span[1] <= len(text)
