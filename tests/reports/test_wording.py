"""Wording: what reports and pages say alike."""

from diagnostics.diagnosis import Diagnosis
from diagnostics.findings import Presence
from diagnostics.flow import Forecast
from diagnostics.reports.tickets import Addresses
from diagnostics.reports.wording import (
    actions_in_order,
    days_text,
    forecast_text,
    product_line,
    question_text,
    reasons,
    roles_untold,
    score_text,
    summary_text,
)
from tests.sample_diagnosis import (
    drifting,
    figures,
    hostile,
    moving,
    new,
    no_figures,
    paused,
    portfolio,
    product_spoke,
    score,
    stalled,
    stuck,
    untold_roles,
)


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


def product(found: Diagnosis) -> tuple[Presence, str, str, bool]:
    line = product_line(found)
    assert line is not None
    return line.status, line.headline, line.rest, line.said is not None


def test_when_product_last_spoke() -> None:
    assert product(stuck()) == (Presence.PRESENT, "Product last spoke 72 days ago", "", True)
    assert product(moving()) == (Presence.ABSENT, "Product last spoke 1 day ago", "", True)
    today = moving().model_copy(update={"symptoms": (product_spoke("FRAUD-9", 0, "Go on."),)})
    assert product(today)[1] == "Product last spoke today"
    assert product_line(paused()) is None  # not measured


def test_product_that_nobody_speaks_for_and_product_that_never_wrote() -> None:
    status, headline, rest, _ = product(new())
    assert (status, headline) == (Presence.UNKNOWN, "Nobody is named who speaks for Product")
    assert "portfolio.toml" in rest
    _, headline, rest, quoted = product(drifting())
    assert (headline, rest, quoted) == ("Product has not spoken yet", drifting().symptoms[-1].why, False)
    untold = new().model_copy(update={"actions": ()})
    assert product(untold)[1:3] == ("Product", new().symptoms[-1].why)


def test_what_product_said_last_is_not_a_reason_twice() -> None:
    why = (*stuck().why, stuck().symptoms[-1].why)
    assert reasons(stuck().model_copy(update={"why": why})) == list(stuck().why)


def test_a_question_in_words_where_it_was_asked_and_where_not() -> None:
    assert question_text(stuck(), "metric-target") == "What value counts as success?"
    assert question_text(stuck(), "ml-fit") == "ML fit"


def test_a_forecast_says_what_it_supposes_or_why_there_is_none() -> None:
    assert forecast_text(figures()).startswith("The 11 open tickets take 5 to 6 weeks more")
    assert "nothing is added" in forecast_text(figures())
    one = Forecast(remaining=1, finished=20, weeks_50=1, weeks_85=1, weeks_95=2)
    assert forecast_text(figures(forecast=one)).startswith("The open ticket takes 1 week more")
    assert forecast_text(no_figures()) == "No forecast: the tickets show no status."


def test_days_in_words() -> None:
    assert [days_text(days) for days in (0.6, 1, 12.4, 1200)] == ["1 day", "1 day", "12 days", "1,200 days"]


def test_what_cannot_be_told_of_roles_is_said_once_for_each_reason() -> None:
    by_why = roles_untold((*untold_roles("No history is shown."), *untold_roles("No assignee is shown.")[:1]))
    assert {why: len(titles) for why, titles in by_why.items()} == {
        "No history is shown.": 2,
        "No assignee is shown.": 1,
    }


def test_a_ticket_that_is_not_quoted_is_where_the_others_are() -> None:
    addresses = Addresses(stuck())
    assert addresses.of("CHURN-9") == "https://jira.example.com/browse/CHURN-9"  # the ticket, not its comment
    assert addresses.of("CHURN-999") == "https://jira.example.com/browse/CHURN-999"
    assert addresses.of("A B/[") == "https://jira.example.com/browse/A%20B%2F%5B"
    assert Addresses(hostile()).of("EVIL-2") is None  # a script's address is no tracker's
    assert Addresses(paused()).of("CLAIMS-1") is None
