"""The ways between the two pages: by mouse, by keyboard, by URL and by the browser's own buttons."""

import re

import pytest

from tests.browser.dashboard import Visit

STUCK = "Prepaid churn early warning"
STALLED = "Delivery route planning"


def search(visit: Visit) -> str:
    return visit.page.get_by_label("Search").first.input_value()


def test_by_mouse_to_a_project_and_back_with_filters_kept(sample: Visit) -> None:
    sample.open()
    sample.page.get_by_label("Search").first.fill("team")
    sample.page.keyboard.press("Enter")
    sample.wait()
    sample.shows("1 of 7 projects shown")
    sample.click_row(0)
    sample.is_at("Lead scoring for the field sales team")
    assert sample.page.url.endswith("/project?project=LEADS")
    sample.page.get_by_role("link", name="All projects").click()
    sample.wait()
    sample.is_at("Sample portfolio")
    assert search(sample) == "team"
    assert "q=team" in sample.page.url


def test_the_browsers_back_keeps_filters_and_view(sample: Visit) -> None:
    sample.open("/?q=churn&view=Heat+map")
    sample.page.get_by_role("combobox", name="Open project").click()
    sample.page.keyboard.type("churn")
    sample.page.keyboard.press("Enter")
    sample.wait()
    sample.is_at(STUCK)
    sample.page.go_back()
    sample.wait()
    sample.is_at("Sample portfolio")
    assert search(sample) == "churn"
    assert sample.page.locator("[data-testid=stPlotlyChart]").count() == 1
    assert "project=" not in sample.page.url
    # The same project opens again: nothing is left that would hold it shut.
    sample.open("/?project=CHURN")
    sample.is_at(STUCK)


def test_by_keyboard_alone(sample: Visit) -> None:
    sample.open("/?verdict=Stalled")
    sample.press_tab_until("Open project")
    sample.page.keyboard.type("route")
    sample.page.keyboard.press("Enter")
    sample.wait()
    sample.is_at(STALLED)
    sample.press_tab_until("All projects")
    sample.page.keyboard.press("Enter")
    sample.is_at("Sample portfolio")
    assert "verdict=Stalled" in sample.page.url
    sample.shows("1 of 7 projects shown")


@pytest.mark.parametrize("path", ["/?project=ROUTE", "/project?project=ROUTE"])
def test_by_url(sample: Visit, path: str) -> None:
    sample.open(path)
    sample.is_at(STALLED)


@pytest.mark.parametrize("path", ["/project?project=NONE", "/project", "/?project=%3Cimg%20src%3Dx%3E"])
def test_an_unknown_project_is_answered_with_a_way_back(sample: Visit, path: str) -> None:
    sample.open(path)
    sample.is_at("No such project")
    sample.shows("CHURN")
    sample.page.get_by_role("link", name="All projects").click()
    sample.wait()
    sample.is_at("Sample portfolio")


def test_by_a_click_on_the_heat_map(sample: Visit) -> None:
    sample.open("/?view=Heat+map")
    box = sample.page.locator("[data-testid=stPlotlyChart] .nsewdrag").first.bounding_box()
    assert box is not None
    sample.page.mouse.click(box["x"] + box["width"] * 0.37, box["y"] + box["height"] * 2.5 / 7)
    sample.wait()
    sample.is_at(STALLED)


def test_projects_that_are_not_ranked_open_too(sample: Visit) -> None:
    sample.open()
    sample.click_row(0, table=3)
    sample.is_at("Claims document sorting")


def test_the_demo_is_read_and_opens(demo: Visit) -> None:
    demo.open()
    demo.shows("ranked projects")
    demo.click_row(0)
    demo.shows("What to do next")
    name = demo.page.get_by_role("heading", level=1).inner_text()
    demo.page.go_back()
    demo.is_at("Sample portfolio")
    demo.click_row(0)
    demo.is_at(name)


def test_from_a_cause_to_its_ticket_is_one_click(sample: Visit) -> None:
    sample.open("/project?project=CHURN")
    tickets = sample.page.get_by_role("link", name="CHURN-7").all()
    assert tickets
    assert {ticket.get_attribute("href", timeout=1000) for ticket in tickets} <= {
        "https://jira.example.com/browse/CHURN-7",
        "https://jira.example.com/browse/CHURN-7?focusedCommentId=1058",
        "https://jira.example.com/browse/CHURN-7?focusedCommentId=1061",
    }
    sample.shows("Product last spoke 72 days ago")
    bars = sample.page.get_by_label("Tickets finished per week, the oldest week first: 3, 2, 2, 1")
    assert bars.count() == 1


def test_a_report_is_written_when_asked_for(sample: Visit) -> None:
    sample.open("/project?project=CHURN")
    sample.page.get_by_role("button", name="Report").click()
    with sample.page.expect_download() as download:
        sample.page.get_by_role("button", name=re.compile("Markdown")).click()
    assert download.value.suggested_filename == "unstuck-churn-2026-09-30.md"
    assert STUCK in download.value.path().read_text(encoding="utf-8")
