"""Records: frozen facts, the people of a project by day, canonical texts."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pydantic import ValidationError

from diagnostics.records import (
    Category,
    KickoffRecord,
    Person,
    Problem,
    Project,
    Role,
    Ticket,
    canonical_text,
    field_path,
    text_sha256,
)

TICKET = Ticket(key="A-1", id="1", project="A", summary="Sum", status="Open", created=datetime(2026, 1, 1, tzinfo=UTC))


def test_a_record_cannot_be_changed_or_take_what_it_does_not_know() -> None:
    with pytest.raises(AttributeError):
        TICKET.key = "A-2"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        KickoffRecord(ref="a.md", kind="md", text="x", colour="red")  # type: ignore[call-arg]


def test_a_time_without_a_zone_is_no_time() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        replace(TICKET, created=datetime(2026, 1, 1))


def test_what_a_ticket_does_not_show_is_none() -> None:
    assert (TICKET.comments, TICKET.changes, TICKET.links, TICKET.flagged) == (None, None, None, None)


@pytest.mark.parametrize(
    ("summary", "description", "text"),
    [("S", "Text", "S\n\nText"), ("S", None, "S"), ("S", "", "S"), (None, "Text", "Text"), (None, None, "A-1")],
)
def test_the_text_of_a_ticket(summary: str | None, description: str | None, text: str) -> None:
    assert replace(TICKET, summary=summary, description=description).text == text


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 31), "Ann"),
        (date(2026, 2, 1), "Ann"),  # both hold it on that day; the first that is listed counts
        (date(2026, 2, 2), "Bob"),
        (date(2026, 3, 1), "Bob"),
        (date(2026, 3, 2), None),
    ],
)
def test_the_person_in_a_role_on_a_day(day: date, name: str | None) -> None:
    product = (Role.PRODUCT_MANAGER,)
    people = (
        Person(name="Zoe", roles=(Role.SPONSOR,)),
        Person(name="Ann", roles=product, until=date(2026, 2, 1)),
        Person(name="Bob", roles=product, since=date(2026, 2, 1), until=date(2026, 3, 1)),
    )
    person = Project(key="A", name="A", people=people).person_in(Role.PRODUCT_MANAGER, day)
    assert (person and person.name) == name


def test_categories_are_ranked_from_new_to_done() -> None:
    assert [category.rank for category in (Category.NEW, Category.INDETERMINATE, Category.DONE)] == [0, 1, 2]


@given(st.text())
def test_canonical_text_is_canonical(text: str) -> None:
    once = canonical_text(text)
    assert canonical_text(once) == once == unicodedata.normalize("NFC", once)
    assert "\r" not in once
    assert len(text_sha256(once)) == 64


@pytest.mark.parametrize("text", ["a\r\nb\rc\nd", "a\nb\r\nc\rd"])
def test_line_ends_become_one_kind(text: str) -> None:
    assert canonical_text(text) == "a\nb\nc\nd"


def test_letters_and_their_accents_are_joined() -> None:
    assert canonical_text("e\u0301") == "é"


@pytest.mark.parametrize(
    ("place", "path"),
    [(("project", 2, "started"), "project[2].started"), ((0, "key"), "[0].key"), (("key",), "key"), ((), "")],
)
def test_a_place_in_data_is_written_as_people_write_it(place: tuple[str | int, ...], path: str) -> None:
    assert field_path(place) == path


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem(file="a.md", message="is empty"), "a.md: is empty"),
        (Problem(file="a.md", line=3, message="is empty"), "a.md:3: is empty"),
        (Problem(file="p.toml", line=3, field="project[0].key", message="is odd"), "p.toml:3: project[0].key: is odd"),
    ],
)
def test_a_problem_says_where_it_is(problem: Problem, said: str) -> None:
    assert str(problem) == said
