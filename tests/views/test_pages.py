"""The pages on the hand-written sample, without a browser."""

import re
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.sample_diagnosis import portfolio
from tests.views.sample_folder import make

APP = str(Path(__file__).parents[2] / "app.py")


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch, **query: str) -> AppTest:
    """The dashboard on a folder, started as `unstuck serve` does: by its environment."""
    monkeypatch.setenv("UNSTUCK_PORTFOLIO", str(folder))
    monkeypatch.delenv("UNSTUCK_STORE", raising=False)
    page = AppTest.from_file(APP, default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return make(tmp_path / "sample", portfolio())


def said(text: str) -> str:
    """A piece of Markdown as a person reads it: without escapes, badges and bold."""
    seen = text.replace("\\", "").replace("\N{WORD JOINER}", "")
    return re.sub(r":\w+(?:-badge)?\[([^\]]*)\]", r"\1", seen).replace("**", "")


def words(page: AppTest) -> str:
    """All that a page says."""
    kinds = (page.title, page.subheader, page.markdown, page.caption)
    parts = [str(element.value) for elements in kinds for element in elements]
    return "\n".join(said(part) for part in [*parts, *(expander.label for expander in page.expander)])


def test_the_portfolio_worst_first_with_each_lane_apart(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch)
    assert page.title[0].value == "Sample portfolio"
    ranked, new, unknown, inactive = (table.value for table in page.dataframe)
    assert list(ranked["verdict"]) == ["■ Stuck", "◆ Drifting", "▲ Stalled", "● Moving"]
    assert list(ranked["health"]) == ["22 (14–37)", "27 (18–41)", "35", "88 (81–92)"]
    assert ranked["action"][0].startswith("Talk to")
    assert list(new["project"]) == ["Grant application triage"]
    assert list(unknown["flow"]) == ["? (0–100)"]
    assert list(inactive["verdict"]) == ["– Paused"]
    assert [metric.value for metric in page.metric] == ["1", "1", "1", "1"]


def test_what_was_left_out_is_counted_and_named(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = words(opened(sample, monkeypatch))
    assert "What was left out: 3 problems" in seen
    assert "portfolio.toml, line" in seen
    assert "tickets/evil.jsonl, line 3" in seen


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"verdict": "Stuck"}, ["Prepaid churn early warning"]),
        ({"team": "Logistics"}, ["Delivery route planning"]),
        ({"q": "NADIA rahmani"}, ["Prepaid churn early warning"]),
        ({"pattern": "Fuzzy roles"}, ["Prepaid churn early warning", "Lead scoring for the field sales team"]),
    ],
)
def test_filters_from_the_url(
    sample: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], names: list[str]
) -> None:
    page = opened(sample, monkeypatch, **query)
    assert list(page.dataframe[0].value["project"]) == names
    assert f"{len(names)} of 7 projects shown" in words(page)


def test_filters_that_fit_nothing_can_be_cleared(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch, q="nothing is called this")
    assert not page.dataframe
    next(button for button in page.button if button.label == "Clear filters").click().run()
    assert len(page.dataframe) == 4


def test_the_heat_map_takes_the_tables_place(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch, view="Heat map")
    assert not page.dataframe
    assert len(page.get("plotly_chart")) == 1


def test_a_project_opens_from_the_portfolios_url(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch, project="CHURN")
    seen = words(page)
    assert page.title[0].value == "Prepaid churn early warning"
    for text in (
        "■ Stuck",
        "Talk to Nadia Rahmani, product manager",
        "First step: Send Nadia",
        "Settles 3 questions · clarity would rise by 31",
        "Nobody is named yet as sponsor",
        "Unclear success metric",
        "clarity 12 (5–24)",
        "✗ Missing",
        "A good answer:",
        "The reading is sure (93%)",
        "fairly sure (68%)",
        "Corrected by Bram Teunissen",
        "Accepted as a gap by Greta Lindqvist until 30 October 2026",
        "kickoffs/churn.md#L10 · under “Kickoff minutes / What we want” · Greta Lindqvist · 9 February 2026",
        "[CHURN-7](<https://jira.example.com/browse/CHURN-7>)",
        "in progress for 61 days",
        "4 tickets, counts from 3",
        "? Cannot be seen Slowing down",
    ):
        assert text in seen


def test_the_head_says_when_product_last_spoke(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = words(opened(sample, monkeypatch, project="CHURN"))
    assert "! Product last spoke 72 days ago [CHURN-9](<https://jira.example.com/browse/CHURN-9?focused" in seen
    assert "“Whatever is usual. The board meets on Friday.” · Nadia Rahmani, 20 July 2026" in seen
    assert "✓ Product last spoke 1 day ago" in words(opened(sample, monkeypatch, project="FRAUD"))
    assert "! Product has not spoken yet Product has not" in words(opened(sample, monkeypatch, project="LEADS"))
    assert "? Nobody is named who speaks for Product Agree" in words(opened(sample, monkeypatch, project="GRANTS"))


def test_causes_with_what_speaks_for_and_against_them_and_their_tickets(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = words(opened(sample, monkeypatch, project="CHURN"))
    for text in (
        "What probably holds it",
        "The backfill and the cut-off wait for a target that nobody has named.",
        "Ageing work · What value counts as success?",
        "Speaks for it: Two of the four",
        "Speaks against it: CHURN-12 waits for",
        "Speaks against it: Nothing that was read.",
        "How to tell: If a target were named",
        "[CHURN-7](<https://jira.example.com/browse/CHURN-7?focusedCommentId=1058>) “Cannot say how far back",
        "Also [CHURN-33](<https://jira.example.com/browse/CHURN-33>)",
    ):
        assert text in seen


def test_a_clear_kickoff_whose_tickets_speak_of_something_else(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = words(opened(sample, monkeypatch, project="ROUTE"))
    assert "The kickoff is clear; the tickets speak of: data access." in seen
    assert "“The carriers have not opened their feed to us yet.”" in seen
    assert "Also [ROUTE-9](<https://jira.example.com/browse/ROUTE-9>)" in seen


def test_no_cause_is_sought_where_nothing_is_held(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "What probably holds it" not in words(opened(sample, monkeypatch, project="FRAUD"))
    leads = words(opened(sample, monkeypatch, project="LEADS"))  # a symptom shows, but nothing says why
    assert "Nothing in the tickets joins a symptom to an open question" in leads


def test_questions_that_wait_the_oldest_first(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch, project="CHURN")
    seen = words(page)
    for text in (
        "84 tickets read: 31 questions in them were answered, 6 are open; the oldest first.",
        "118 days · “What precision do we need before the call centre may use the list?”",
        "Bram Teunissen, 4 June 2026 · Nadia Rahmani could answer · on “What value counts as success?”",
        "nobody is named who could answer",
        "The reading is fairly sure (68%).",
        "1 more question",
        "Taken for granted: 2 things, 1 confirmed later",
        "? Nobody confirmed it for 80 days",
        "✓ Confirmed by Chidi Okafor, 11 August 2026 in [CHURN-14]",
        "Decided in tickets: 2 decisions, the latest first",
        "Bram Teunissen asked: “Weekly or daily?” · on “What user or business problem",
    ):
        assert text in seen
    folded = next(expander for expander in page.expander if expander.label == "1 more question")
    assert "23 days · “Can somebody confirm" in said(folded.markdown[0].value)


def test_nothing_asked_and_nothing_that_can_be_told(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = words(opened(sample, monkeypatch, project="FRAUD"))
    assert "84 tickets read: 17 questions in them were answered, none is open." in nothing
    assert "Taken for granted" not in nothing
    untold = words(opened(sample, monkeypatch, project="GRANTS"))
    assert "This source shows no comments, so nobody can say what was asked in them." in untold
    assert "none is open" not in untold


def test_what_was_agreed_and_has_changed_with_both_quotes(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = words(opened(sample, monkeypatch, project="CHURN"))
    assert "≠ Changed The target fell from 35 to 25 percent, and nobody is said to have agreed." in seen
    assert "kickoffs/churn.md#L22 · under “Kickoff minutes / What we want” · Greta Lindqvist · 9 February" in seen
    assert "Oksana Hrytsenko · 28 July 2026" in seen
    assert "! Expired Who agreed to the metric has left." in seen
    assert "Agreed, and changed since" not in words(opened(sample, monkeypatch, project="FRAUD"))


def test_roles_that_show_come_before_those_that_cannot_be_told(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch, project="CHURN")
    seen = words(page)
    shown, untold = seen.index("One person for everything"), seen.index("? Cannot be seen The tickets show no history")
    assert shown < untold
    assert seen.count("The tickets show no history") == 1
    assert "Whether any kind of work has no owner; whether any kind of work has two owners." in seen
    assert "Searched: 84 tickets, 11 of them" in seen
    table = page.dataframe[0].value
    assert list(table["Person"]) == ["Oksana Hrytsenko", "Tadeusz Wolny", "Chidi Okafor"]
    assert list(table["Declared role"]) == ["data scientist", "domain expert", "not declared"]
    assert list(table["Data"]) == [11, 0, 0]
    assert list(table["All"]) == [17, 0, 4]
    assert "contradicts the declared roles" in words(opened(sample, monkeypatch, project="FRAUD"))


def test_the_figures_of_flow(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch, project="CHURN")
    tiles = {metric.label: metric.value for metric in page.metric}
    assert tiles["Open tickets"] == "14"
    assert tiles["Blocked now"] == "6"
    assert tiles["Older than usual"] == "3 of 4"
    assert tiles["Usual cycle time"] == "6 days"
    assert tiles["Scope growth"] == "+6 %"
    assert tiles["Forecast, in weeks"] == "14–18"
    seen = words(page)
    assert "85 % within 15, 95 % within 22 days" in seen
    assert "2 tickets wait for something that is already finished: [CHURN-44](<https://jira" in seen
    assert "[CHURN-33](<https://jira.example.com/browse/CHURN-33>) 30 days · ! longer than usual" in seen
    assert "[CHURN-50](<https://jira.example.com/browse/CHURN-50>) 3 days\n" in seen
    assert len(page.get("plotly_chart")) == 1


def test_flow_that_cannot_be_counted_or_forecast(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    untold = opened(sample, monkeypatch, project="GRANTS")
    assert "The tickets show no status, so nothing in them can be counted." in words(untold)
    assert not untold.get("plotly_chart")
    page = opened(sample, monkeypatch, project="ROUTE")
    assert {metric.label: metric.value for metric in page.metric}["Forecast"] == "none"
    assert "only 3 tickets were finished in the last 12 weeks, under 10" in words(page)


def test_quotes_stand_as_quotes(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch, project="FRAUD")
    shown = "> Greta opened with the background. Retention loses :primary-background[3,200] prepaid customers"
    assert len([element for element in page.markdown if shown in said(element.value)]) == 1


def test_an_unknown_project_is_said_with_the_keys_there_are(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened(sample, monkeypatch, project="<img src=x>")
    assert page.title[0].value == "No such project"
    assert "- CHURN: Prepaid churn early warning" in words(page)


def test_no_folder_and_no_portfolio_file_are_first_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = opened(tmp_path / "gone", monkeypatch)
    assert gone.title[0].value == "The portfolio folder is not there"
    assert not (tmp_path / "gone").exists()
    first = opened(tmp_path, monkeypatch)
    assert first.title[0].value == "Point Unstuck at your projects"
    assert "[[project]]" in first.code[0].value
    assert not list(tmp_path.iterdir())


def test_a_broken_portfolio_file_is_shown_by_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "portfolio.toml").write_text('[portfolio]\nname = "never closed\n')
    page = opened(tmp_path, monkeypatch)
    assert page.title[0].value == "No project can be read yet"
    assert "portfolio.toml:2" in words(page)


def test_a_store_that_cannot_be_used_is_said(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNSTUCK_PORTFOLIO", str(sample))
    monkeypatch.setenv("UNSTUCK_STORE", "no database at all")
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert page.title[0].value == "The store cannot be used"
    assert "UNSTUCK_STORE" in words(page)


def test_a_first_visit_reads_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kickoff.md").write_text("# Kickoff\n\nWe want to use machine learning for our customers.\n")
    (tmp_path / "portfolio.toml").write_text(
        '[portfolio]\nas_of = 2026-09-30\n[[project]]\nkey = "ONE"\nname = "Only one"\nkickoff = ["kickoff.md"]\n'
    )
    page = opened(tmp_path, monkeypatch)
    until = time.monotonic() + 60
    while not page.dataframe and time.monotonic() < until:
        time.sleep(0.5)
        page.run()
    assert list(page.dataframe[0].value["project"]) == ["Only one"]


def test_what_a_decision_superseded_is_quoted_with_its_note_and_is_no_second_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sample's project that moves, with its first answer decided anew in a ticket."""
    document = portfolio()
    number = next(n for n, project in enumerate(document.projects) if project.key == "FRAUD")
    project = document.projects[number]
    pattern = project.patterns[0]
    old = pattern.questions[0].evidence[0]
    new = old.model_copy(update={"source": "comment", "ref": "FRAUD-12", "url": "https://jira.example/FRAUD-12"})
    old = old.model_copy(update={"note": "superseded by the decision of 4 May 2026 (FRAUD-12)"})
    question = pattern.questions[0].model_copy(update={"evidence": (new, old)})
    pattern = pattern.model_copy(update={"questions": (question, *pattern.questions[1:])})
    project = project.model_copy(update={"patterns": (pattern, *project.patterns[1:])})
    projects = (*document.projects[:number], project, *document.projects[number + 1 :])
    folder = make(tmp_path / "decided", document.model_copy(update={"projects": projects}))
    shown = words(opened(folder, monkeypatch, project="FRAUD"))
    assert "superseded by the decision of 4 May 2026" in shown
    assert "https://jira.example/FRAUD-12" in shown
    assert f"Also said in [{old.ref}" not in shown
