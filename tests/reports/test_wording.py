"""Wording: what reports and pages say alike."""

from diagnostics.reports.wording import actions_in_order, score_text, summary_text
from tests.sample_diagnosis import portfolio, score, stalled, stuck


def test_going_through_the_work_comes_first_where_only_the_work_is_stuck() -> None:
    waiting = stuck().actions
    assert actions_in_order(stuck()) == list(waiting)
    assert actions_in_order(stalled().model_copy(update={"actions": waiting}))[0].id == "go-through-the-work"


def test_a_score_is_said_with_its_range() -> None:
    assert [score_text(s) for s in (score(41, 30, 62), score(41, 41, 41), score(None, 0, 100))] == [
        "41 (30 to 62)",
        "41",
        "unknown (0 to 100)",
    ]


def test_the_portfolio_in_one_sentence() -> None:
    said = summary_text(portfolio())
    assert said.startswith("Of 4 ranked projects, 1 stuck, 1 drifting, 1 stalled, 1 moving. 3 more")
    nothing = portfolio().model_copy(update={"projects": ()})
    assert summary_text(nothing) == "No project can be ranked yet."
