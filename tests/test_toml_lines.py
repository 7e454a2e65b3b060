"""TOML lines: every way of writing a key is found on the line on which it stands."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.toml_lines import Place, toml_lines

DOCUMENT = '''\
# a comment
[portfolio]
name = "all [[projects]]"   # brackets in a text

[[project]]
key = "A"
kickoff = [
  "a.md",
  {path = "b.md",
   date = 2026-03-01},
]
people = {Ann = "sponsor", "Bob B." = ["legal"]}
[[project.person]]
name = """
[[project]]
key = "not a key"
"""
[[project.person]]
name = 'Cy'

[[project]]
key = "B"
[project.people]
Dee = "sponsor"
[[project.person]]
name = "Eve"
[dotted.table]
one.two = 3
"quoted.key" = 4
'''.replace('{path = "b.md",\n   date', '{path = "b.md", date')


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("portfolio",), 2),
        (("portfolio", "name"), 3),
        (("project",), 5),
        (("project", 0), 5),
        (("project", 0, "kickoff"), 7),
        (("project", 0, "kickoff", 1, "date"), 7),
        (("project", 0, "people", "Bob B."), 11),
        (("project", 0, "person", 0, "name"), 13),
        (("project", 0, "person", 1), 17),
        (("project", 0, "person", 1, "name"), 18),
        (("project", 1), 20),
        (("project", 1, "key"), 21),
        (("project", 1, "people"), 22),
        (("project", 1, "people", "Dee"), 23),
        (("project", 1, "person", 0, "name"), 25),
        (("dotted", "table", "one", "two"), 27),
        (("dotted", "table", "quoted.key"), 28),
    ],
)
def test_keys_have_the_line_of_their_statement(place: Place, line: int) -> None:
    assert toml_lines(DOCUMENT)[place] == line


def test_nothing_that_is_only_quoted_has_a_line() -> None:
    assert not any("not a key" in str(place) for place in toml_lines(DOCUMENT))


def places(value: Any, here: Place = ()) -> set[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {here}.union(*(places(child, (*here, key)) for key, child in inner)) if here or value else set()


STATEMENTS = (
    "[[p]]",
    "[[p.q]]",
    "[s{n}]",
    "a{n} = 1",
    "b{n} = [1,\n{{c = 2}}]",
    "# [[p]]",
    "",
    't{n} = """\n[x]\n"""',
    "d{n}.e = 1",
)


@given(st.lists(st.sampled_from(STATEMENTS), max_size=12))
def test_every_key_of_any_document_is_found(statements: list[str]) -> None:
    text = "\n".join(statement.format(n=number) for number, statement in enumerate(("[[p]]", *statements)))
    found = toml_lines(text)
    assert places(tomllib.loads(text)) - {()} == set(found)
    assert all(text.split("\n")[line - 1].strip() for line in found.values())
