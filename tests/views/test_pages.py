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
