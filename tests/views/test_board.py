"""The board: which projects filters keep, and what a row says."""

import pytest

from diagnostics.diagnosis import Lane
from diagnostics.views.board import Filters, heat, in_lane, pattern_titles, row, teams, troubles
from diagnostics.views.words import sentence, standing, sureness, with_range
from tests.sample_diagnosis import drifting, hostile, moving, new, paused, portfolio, score, stalled, stuck

PROJECTS = portfolio().projects


def kept(filters: Filters) -> list[str]:
    return [project.key for project in PROJECTS if filters.keeps(project)]


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        (Filters(), ["CHURN", "LEADS", "ROUTE", "FRAUD", "GRANTS", "EVIL", "CLAIMS"]),
        (Filters(search="LEAD"), ["LEADS"]),
        (Filters(search="lindqvist churn"), ["CHURN"]),
        (Filters(search="  "), ["CHURN", "LEADS", "ROUTE", "FRAUD", "GRANTS", "EVIL", "CLAIMS"]),
        (Filters(team="Growth ML", verdict="Stuck"), ["CHURN"]),
        (Filters(verdict="Paused"), ["CLAIMS"]),
        (Filters(verdict="Cannot tell"), ["EVIL"]),
        (Filters(pattern="Missing product discussion"), ["LEADS"]),
        (Filters(team="nobody's"), []),
    ],
)
def test_filters_keep_what_fits_all_of_them(filters: Filters, keys: list[str]) -> None:
    assert kept(filters) == keys


def test_a_standing_says_why_a_project_is_not_ranked() -> None:
    words = [standing(found()).word for found in (stuck, drifting, stalled, moving, new, hostile, paused)]
    assert words == ["Stuck", "Drifting", "Stalled", "Moving", "New", "Cannot tell", "Paused"]


def test_the_patterns_that_show_are_worst_first() -> None:
    assert troubles(stuck())[0].title == "Unclear success metric"
    assert troubles(drifting())[0].title == "Undefined error tolerances"
    assert troubles(moving()) == []


def test_a_row_shows_scores_with_their_ranges() -> None:
    found = row(stuck())
    assert (found.health, found.flow, found.reason) == ("22 (14–37)", "41 (28–41)", stuck().why[0])


def test_a_row_says_what_to_do_first() -> None:
    assert row(stuck()).action == stuck().actions[0].title
    assert row(moving()).action == "Nothing is open"


def test_lists_for_the_filters() -> None:
    assert teams([stuck(), stuck(), drifting(), new()]) == ["Growth ML", "Sales ML"]
    assert pattern_titles(PROJECTS) == [pattern.title for pattern in stuck().patterns]
    assert [project.key for project in in_lane(PROJECTS, Lane.RANKED)] == ["CHURN", "LEADS", "ROUTE", "FRAUD"]


def test_a_line_of_the_heat_map_has_a_cell_for_each_pattern() -> None:
    lines = heat([stuck()], ["Fuzzy roles", "No such pattern"])
    assert lines == (((16, 8, 32), None),)


def test_scores_and_sureness_in_words() -> None:
    assert with_range(score(50, 50, 50)) == "50"
    assert with_range(score(None, 0, 100)) == "? (0–100)"
    assert [sureness(figure) for figure in (0.93, 0.68, 0.3)] == ["sure (93%)", "fairly sure (68%)", "not sure (30%)"]
    assert sentence("a placeholder") == "A placeholder."
