"""Reports: each format on the hand-written portfolio, whole, inert, and the same as the one looked at."""

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from diagnostics.diagnosis import PortfolioDiagnosis
from diagnostics.findings import Presence
from diagnostics.reports import formats, render
from tests import sample_diagnosis

DOCUMENT = sample_diagnosis.portfolio()
GOLDEN = Path(__file__).parent / "golden"


class Seen(HTMLParser):
    """Every tag and attribute, and all text, as a browser would take them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("format", ["md", "html"])
def test_the_report_is_the_one_that_was_looked_at(format: str) -> None:
    """After a change that is meant: GOLDEN=write make test, look at the difference, commit it."""
    path = GOLDEN / f"report.{format}"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(render(format, DOCUMENT))
    assert render(format, DOCUMENT) == path.read_text()


def test_the_formats_are_the_files_of_the_folder() -> None:
    assert set(formats()) == {"md", "html", "json"}


def test_json_holds_the_whole_diagnosis() -> None:
    text = render("json", DOCUMENT)
    assert PortfolioDiagnosis.model_validate_json(text) == DOCUMENT
    assert json.loads(text)["schema"] == 1
    assert json.loads(text)["projects"][0]["actions"][0]["with"] == "product manager"


def test_html_is_one_file_without_script_or_outside_request() -> None:
    seen = Seen(render("html", DOCUMENT))
    assert not seen.tags & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "video",
        "source",
    }
    loading = {"src", "srcset", "background", "poster", "action", "formaction", "data"}
    assert not [name for name, _ in seen.attributes if name in loading or name.startswith("on")]
    assert "url(" not in render("html", DOCUMENT).partition("</style>")[0]


def test_html_links_only_to_web_pages_of_the_tracker_and_within_itself() -> None:
    links = [value for name, value in Seen(render("html", DOCUMENT)).attributes if name == "href"]
    assert links
    assert all(link.startswith(("#p", "https://jira.example.com/browse/")) for link in links)


@pytest.mark.parametrize("hostile", sample_diagnosis.HOSTILE)
def test_hostile_text_is_shown_letter_for_letter_in_html(hostile: str) -> None:
    assert " ".join(hostile.split()) in " ".join(Seen(render("html", DOCUMENT)).text.split())


def test_hostile_text_becomes_no_link_picture_or_tag_in_markdown() -> None:
    html = MarkdownIt("commonmark", {"linkify": False}).enable("table").render(render("md", DOCUMENT))
    assert not Seen(html).tags & {"a", "img", "script", "style", "code"}
    assert not re.search(r"https?://evil|www\.evil", render("md", DOCUMENT))


@pytest.mark.parametrize("format", ["md", "html"])
def test_every_project_question_quote_action_and_problem_is_in_the_report(format: str) -> None:
    text = Seen(render("html", DOCUMENT)).text
    if format == "md":
        html = MarkdownIt("commonmark").enable("table").render(render("md", DOCUMENT))
        text = Seen(html).text.replace("\N{WORD JOINER}", "")
    shown = " ".join(text.split())
    for project in DOCUMENT.projects:
        wanted = [project.name, *project.why, *(action.title for action in project.actions)]
        wanted += [q for action in project.actions for q in (action.first_step, *action.agenda)]
        for pattern in project.patterns:
            wanted += [pattern.title, *(question.question for question in pattern.questions)]
            wanted += [evidence.quote for question in pattern.questions for evidence in question.evidence]
        wanted += [symptom.why for symptom in project.symptoms]
        wanted += [text for cause in project.causes for text in (cause.sentence, *cause.speaks_for, cause.tells_apart)]
        wanted += [ticket for found in (*project.causes, *project.elsewhere) for ticket in found.tickets]
        wanted += [evidence.quote for finding in project.drift for evidence in finding.evidence]
        wanted += [finding.title for finding in project.drift]
        wanted += [role.title for role in project.roles if role.status is Presence.PRESENT]
        wanted += [role.why for role in project.roles]
        missing = [words for words in wanted if " ".join(words.split()) not in shown]
        assert not missing
    assert all(" ".join(str(problem).split()) in shown for problem in DOCUMENT.problems)


@pytest.mark.parametrize("format", ["md", "html"])
def test_a_director_reads_the_three_oldest_questions_and_how_many_wait(format: str) -> None:
    text = render(format, DOCUMENT)
    assert "6 open, of which the 3 oldest" in text
    shown = [question.evidence.quote in text for question in DOCUMENT.projects[0].ledger.open]
    assert shown == [True, True, True, False, False, False]
    assert "This source shows no comments" in text


@pytest.mark.parametrize("format", ["md", "html"])
def test_when_product_last_spoke_stands_with_the_reasons(format: str) -> None:
    text = " ".join(Seen(render("html", DOCUMENT)).text.split())
    if format == "md":
        text = render("md", DOCUMENT).replace("\\", "").replace("\N{WORD JOINER}", "")
    assert "Product last spoke 72 days ago: “Whatever is usual. The board meets on Friday.” (CHURN-9" in text
    assert "Nobody is named who speaks for Product: Agree on one person" in text
    assert "Product has not spoken yet: Product has not written in the tickets in 61 days" in text


@pytest.mark.parametrize("format", ["md", "html", "json"])
def test_a_portfolio_without_projects_still_says_what_was_left_out(format: str) -> None:
    empty = DOCUMENT.model_copy(update={"projects": ()})
    assert "does not exist" in render(format, empty)
