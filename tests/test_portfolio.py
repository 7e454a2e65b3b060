"""Portfolio: what portfolio.toml may say, and what is said about what it may not."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.portfolio import EXAMPLE, KickoffSource, Portfolio, load_portfolio, portfolio_of_files
from diagnostics.records import Person, ProjectState, Role
from diagnostics.settings import Settings

WHOLE = """\
[portfolio]
name = "Retail ML"
timezone = "Europe/Berlin"
as_of = 2026-09-30
patterns = ["no-domain-expert", "data-not-ready"]

[[project]]
key = "CHURN"
name = "Churn early warning"
team = "Retention"
manager = "Max Muster"
state = "paused"
started = 2026-02-01
due = "2026-12-18"
kickoff = ["kickoffs/churn.md", {path = "kickoffs/x.docx", date = 2026-03-01, author = "Ann"}]
tickets = "tickets/churn.jsonl"
people = {"Cy" = "sponsor"}

[[project.person]]
name = "Ann"
roles = ["product manager", "Domain Expert"]
email = "ann@example.org"
jira = "5b10"
from = 2026-01-01
until = 2026-06-30

[[project]]
key = "LEADS"
"""


def load(folder: Path, text: str) -> Portfolio:
    (folder / "portfolio.toml").write_text(text, encoding="utf-8")
    return load_portfolio(folder)


def project(inside: str) -> str:
    """A portfolio of one project: `inside` stands from line 3 on."""
    return f'[[project]]\nkey = "A"\n{inside}\n'


def test_all_that_may_be_said_is_read(tmp_path: Path) -> None:
    portfolio = load(tmp_path, WHOLE)
    assert portfolio.problems == ()
    assert (portfolio.name, portfolio.timezone) == ("Retail ML", ZoneInfo("Europe/Berlin"))
    assert (portfolio.as_of, portfolio.folder) == (date(2026, 9, 30), tmp_path)
    assert portfolio.patterns == ("no-domain-expert", "data-not-ready")
    churn, leads = portfolio.entries
    assert churn.project.model_dump(exclude={"people"}) == {
        "key": "CHURN",
        "name": "Churn early warning",
        "team": "Retention",
        "manager": "Max Muster",
        "state": ProjectState.PAUSED,
        "started": date(2026, 2, 1),
        "due": date(2026, 12, 18),
    }
    assert churn.project.people == (
        Person(
            name="Ann",
            roles=(Role.PRODUCT_MANAGER, Role.DOMAIN_EXPERT),
            email="ann@example.org",
            jira="5b10",
            since=date(2026, 1, 1),
            until=date(2026, 6, 30),
        ),
        Person(name="Cy", roles=(Role.SPONSOR,)),
    )
    assert churn.kickoffs == (
        KickoffSource(path=tmp_path / "kickoffs/churn.md", ref="kickoffs/churn.md"),
        KickoffSource(path=tmp_path / "kickoffs/x.docx", ref="kickoffs/x.docx", date=date(2026, 3, 1), author="Ann"),
    )
    assert [source.ref for source in churn.tickets] == ["tickets/churn.jsonl"]
    # Nothing is known of the other project, which is no mistake.
    assert (leads.project.name, leads.kickoffs, leads.tickets, leads.jql) == ("LEADS", None, (), None)


def test_the_example_in_the_messages_works(tmp_path: Path) -> None:
    portfolio = load(tmp_path, EXAMPLE)
    assert (portfolio.problems, len(portfolio.entries)) == ((), 1)


@pytest.mark.parametrize(
    ("inside", "line", "field", "said"),
    [
        ('kickof = ["a.md"]', 3, "project[0].kickof", "did you mean `kickoff`?"),
        ('colour = "red"', 3, "project[0].colour", "known are: key, name, team"),
        ('kickoff = [\n"a.md",\n{path = "b.md", autor = "x"},\n]', 3, "project[0].kickoff[1].autor", "`author`?"),
        ('[[project.person]]\nname = "Ann"\nrole = "x"', 5, "project[0].person[0].role", "did you mean `roles`?"),
        ('kickoff = ["*.zip"]', 3, "project[0].kickoff[0]", "'*.zip' matches no file"),
        ('tickets = ["a.jsonl", "x?.csv"]', 3, "project[0].tickets[1]", "'x?.csv' matches no file"),
        ("kickoff = [12345]", 3, "project[0].kickoff[0]", "cannot be read yet: Confluence arrives with sync"),
        ('jira = "project = A"', 3, "project[0].jira", "syncing from Jira is not there yet; export"),
        ('[[project]]\nkey = "a"', 4, "project[1].key", "'A' is the key of an earlier project"),
    ],
)
def test_what_is_passed_over_is_reported_and_the_project_kept(
    tmp_path: Path, inside: str, line: int, field: str, said: str
) -> None:
    portfolio = load(tmp_path, project(inside))
    (problem,) = portfolio.problems
    assert (problem.file, problem.line, problem.field) == ("portfolio.toml", line, field)
    assert said in problem.message
    assert [entry.project.key for entry in portfolio.entries] == ["A"]


@pytest.mark.parametrize(
    ("inside", "line", "field", "said"),
    [
        ('state = "activ"', 3, "project[0].state", "must be 'active', 'paused' or 'done'"),
        ('started = "soon"', 3, "project[0].started", "soon is no day; write one such as 2026-03-01"),
        ('started = "2026-02-30"', 3, "project[0].started", "2026-02-30 is no day"),
        ("started = 20260301", 3, "project[0].started", "20260301 is no day"),
        ("due = 2026-03-01T10:00:00Z", 3, "project[0].due", "is no day"),
        ("team = 5", 3, "project[0].team", "must be a valid string"),
        ('team = " "', 3, "project[0].team", "at least 1 character"),
        ("kickoff = [true]", 3, "project[0].kickoff[0]", 'must be "FILE"'),
        ("kickoff = [{author = 'Ann'}]", 3, "project[0].kickoff[0]", 'needs path = "FILE"'),
        ('[[project.person]]\nroles = ["sponsor"]', 3, "project[0].person[0].name", "is missing"),
        ('people = {Ann = "boss"}', 3, "project[0].people.Ann[0]", "'boss' is no role; the roles are: product manager"),
    ],
)
def test_a_wrong_value_is_left_out_and_the_project_kept(
    tmp_path: Path, inside: str, line: int, field: str, said: str
) -> None:
    portfolio = load(tmp_path, project(inside) + '[[project]]\nkey = "RIGHT"\n')
    (problem,) = portfolio.problems
    assert (problem.file, problem.line, problem.field) == ("portfolio.toml", line, field)
    assert said in problem.message
    assert problem.message.endswith("; this value is left out")
    assert [entry.project.key for entry in portfolio.entries] == ["A", "RIGHT"]
    assert portfolio.entries[0].kickoffs is None  # a kickoff that is written wrongly is no sign that there was none


@pytest.mark.parametrize("key", ['"../A"', '"a/b"', '""', '" a"', '"a\\n"', '"ä"', "5", f'"{"x" * 81}"'])
def test_a_key_must_fit_into_an_address_and_a_file_name(tmp_path: Path, key: str) -> None:
    portfolio = load(tmp_path, f"[[project]]\nkey = {key}\n")
    assert portfolio.entries == ()
    assert [(problem.line, problem.field) for problem in portfolio.problems] == [(2, "project[0].key")]


def test_a_project_needs_a_key(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, '\n[[project]]\nname = "Nameless"\n').problems
    assert (problem.line, problem.field, problem.message) == (
        2,
        "project[0].key",
        "is missing; this project is left out",
    )


@pytest.mark.parametrize(
    ("text", "line", "field", "said"),
    [
        ('[portfolio]\ntimezone = "Europe/Berln"', 2, "portfolio.timezone", "'Europe/Berln' is no time zone"),
        ('[portfolio]\ntimezone = "../../etc/passwd"', 2, "portfolio.timezone", "is no time zone"),
        ('[portfolio]\nas_of = "tomorrow"', 2, "portfolio.as_of", "tomorrow is no day"),
        ("[portfolio]\nas_off = 2026-01-01", 2, "portfolio.as_off", "did you mean `as_of`?"),
        ('[portfolio]\npatterns = "data-not-redy"', 2, "portfolio.patterns[0]", "did you mean 'data-not-ready'?"),
        ("[portfolio]\npatterns = [7]", 2, "portfolio.patterns[0]", "7 is no pattern; there are data-not-ready, "),
        ('portfolio = "x"', 1, "portfolio", "is a table"),
        ('[[projects]]\nkey = "B"', 1, "projects", "did you mean `project`?"),
    ],
)
def test_the_head_falls_back_to_its_defaults(tmp_path: Path, text: str, line: int, field: str, said: str) -> None:
    portfolio = load(tmp_path, f'{text}\n[[project]]\nkey = "A"\n')
    (problem,) = portfolio.problems
    assert (problem.line, problem.field) == (line, field)
    assert said in problem.message
    assert (portfolio.timezone, portfolio.as_of, len(portfolio.entries)) == (ZoneInfo("UTC"), None, 1)


def test_a_pattern_that_there_is_not_is_named_with_those_there_are_and_the_others_are_kept(tmp_path: Path) -> None:
    head = '[portfolio]\npatterns = [\n"data-not-ready",\n"bad-luck",\n]\n'
    portfolio = load(tmp_path, f'{head}[[project]]\nkey = "A"\n')
    (problem,) = portfolio.problems
    assert (problem.file, problem.line, problem.field) == ("portfolio.toml", 2, "portfolio.patterns[1]")
    assert problem.message.startswith("'bad-luck' is no pattern; there are data-not-ready, no-domain-expert, ")
    assert "always on: error-tolerance, roles, product-discussion, success-metric" in problem.message
    assert portfolio.patterns == ("data-not-ready",)
    given = Settings(patterns=("data-not-ready", "shifting-priorities"))
    assert portfolio.settings(given).patterns == ("data-not-ready", "shifting-priorities")
    assert portfolio.settings(Settings()).patterns == ("data-not-ready",)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"[portfolio\n", 1, "is not TOML"),
        (b'[portfolio]\nname = "x\n', 2, "is not TOML"),
        (b'[[project]]\nkey = "A"\nkey = "B"\n', 3, "is not TOML"),
        (b"x = [\n\n\n", 1, "is not TOML"),
        (b"name = '\xe4'\n", 1, "is not UTF-8"),
        (b"# \n# \xff\n", 2, "is not UTF-8"),
        (b"x = " + b"[" * 5000 + b"]" * 5000, None, "nested too deeply"),
        (b"x = " + b"9" * 5000, 1, "is not TOML"),
    ],
)
def test_a_broken_file_gives_no_entries_and_says_why(
    tmp_path: Path, content: bytes, line: int | None, said: str
) -> None:
    (tmp_path / "portfolio.toml").write_bytes(content)
    portfolio = load_portfolio(tmp_path)
    (problem,) = portfolio.problems
    assert (portfolio.entries, problem.file, problem.line) == ((), "portfolio.toml", line)
    assert said in problem.message


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    (problem,) = load_portfolio(tmp_path).problems
    assert "make run PORTFOLIO=DIR" in problem.message
    assert EXAMPLE in problem.message


def test_a_folder_in_the_place_of_the_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "portfolio.toml").mkdir()
    (problem,) = load_portfolio(tmp_path).problems
    assert "cannot be read" in problem.message


def test_a_file_in_the_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "notes.md").touch()
    (problem,) = load_portfolio(tmp_path / "notes.md").problems
    assert "cannot be read" in problem.message


@pytest.mark.parametrize("text", ["", "# nothing\n", "project = []\n"])
def test_no_project_is_a_problem(tmp_path: Path, text: str) -> None:
    (problem,) = load(tmp_path, text).problems
    assert problem.message.startswith("names no project")


def test_single_brackets_are_explained(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, '[project]\nkey = "A"\n').problems
    assert (problem.line, problem.message.startswith("is written [[project]]")) == (1, True)


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "portfolio.toml").write_bytes(b"\xef\xbb\xbf" + WHOLE.encode())
    assert load_portfolio(tmp_path).problems == ()


def test_globs_are_sorted_and_a_file_that_is_named_again_keeps_its_date(tmp_path: Path) -> None:
    (tmp_path / "kickoffs").mkdir()
    for name in ("b.md", "a.md", "c.txt", "notes [1].md"):
        (tmp_path / "kickoffs" / name).touch()
    (tmp_path / "kickoffs" / "folder.md").mkdir()
    inside = 'kickoff = ["kickoffs/*.md", {path = "kickoffs/b.md", date = 2026-03-01}, "kickoffs/notes [1].md"]'
    portfolio = load(tmp_path, project(inside))
    assert portfolio.problems == ()
    kickoffs = portfolio.entries[0].kickoffs or ()
    assert [(source.ref, source.date) for source in kickoffs] == [
        ("kickoffs/a.md", None),
        ("kickoffs/b.md", date(2026, 3, 1)),
        ("kickoffs/notes [1].md", None),
    ]


def test_a_folder_with_brackets_in_its_name_works(tmp_path: Path) -> None:
    folder = tmp_path / "ml [2026]*"
    folder.mkdir()
    (folder / "a.md").touch()
    kickoffs = load(folder, project('kickoff = ["*.md"]')).entries[0].kickoffs or ()
    assert [source.ref for source in kickoffs] == ["a.md"]


@pytest.mark.parametrize(
    ("inside", "kickoffs"),
    [
        ("", None),
        ("kickoff = []", ()),
        # What was named and not found is no sign that there was none.
        ('kickoff = ["*.md"]', None),
        ("kickoff = [123]", None),
    ],
)
def test_no_kickoff_is_not_the_same_as_an_unknown_one(tmp_path: Path, inside: str, kickoffs: tuple[()] | None) -> None:
    assert load(tmp_path, project(inside)).entries[0].kickoffs == kickoffs


def test_files_elsewhere_are_named_from_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "portfolio"
    folder.mkdir()
    inside = f'tickets = ["../a.jsonl", "{(tmp_path / "b.csv").as_posix()}"]'
    tickets = load(folder, project(inside)).entries[0].tickets
    assert [source.ref for source in tickets] == ["../a.jsonl", "../b.csv"]
    assert [source.path.resolve() for source in tickets] == [tmp_path / "a.jsonl", tmp_path / "b.csv"]


def test_a_query_beside_a_file_is_kept_without_a_problem(tmp_path: Path) -> None:
    portfolio = load(tmp_path, project('jira = "project = A"\ntickets = "a.jsonl"'))
    assert (portfolio.problems, portfolio.entries[0].jql) == ((), "project = A")


def test_problems_stand_in_the_order_of_their_lines(tmp_path: Path) -> None:
    portfolio = load(tmp_path, '[zzz]\n[[project]]\nkey = "A"\nx = 1\n[portfolio]\ny = 2\n')
    assert [problem.line for problem in portfolio.problems] == [1, 4, 6]


VALUES = st.recursive(
    st.sampled_from(["1", "true", '"x"', "2026-03-01", "1.5", '""', "nan", '"*.md"', '"\\u0000"', '"product manager"']),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda item: f"{{path = {item}}}")
    ),
    max_leaves=4,
)
NAMES = st.sampled_from(["key", "name", "state", "started", "kickoff", "tickets", "jira", "person", "people", "wrong"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=5), max_size=3))
def test_nothing_raises_and_nothing_is_lost_without_a_word(tmp_path: Path, projects: list[dict[str, str]]) -> None:
    text = "".join("[[project]]\n" + "".join(f"{k} = {v}\n" for k, v in table.items()) for table in projects)
    portfolio = load(tmp_path, text)
    assert all(problem.line for problem in portfolio.problems if projects)
    reported = {problem.field.split(".")[0] for problem in portfolio.problems if problem.field}
    assert len(portfolio.entries) + len(reported) >= len(projects)


@pytest.mark.parametrize(
    ("kickoffs", "tickets", "found"),
    [
        (["a/churn.md"], [], [("churn", 1, 0)]),
        ([], ["churn.jsonl.gz"], [("churn", None, 1)]),
        (["notes.v2.docx"], ["t.csv"], [("notes.v2", 1, 1)]),
        (["a/x.md", "b/x.md"], [], [("x", 1, 0), ("x-2", 1, 0)]),
        (["a.md", "b.md"], ["c.jsonl"], [("a", 1, 0), ("b", 1, 0), ("c", None, 1)]),
    ],
)
def test_single_files_are_projects(
    kickoffs: list[str], tickets: list[str], found: list[tuple[str, int | None, int]]
) -> None:
    portfolio = portfolio_of_files([Path(name) for name in kickoffs], [Path(name) for name in tickets])
    assert [
        (entry.project.key, None if entry.kickoffs is None else len(entry.kickoffs), len(entry.tickets))
        for entry in portfolio.entries
    ] == found
    assert portfolio.problems == ()


def test_an_unknown_key_of_a_single_kickoff_table_is_named_and_passed_over(tmp_path: Path) -> None:
    (tmp_path / "portfolio.toml").write_text(
        '[[project]]\nkey = "A"\nkickoff = {path = "x.md", dat = 2026-01-01}\n', encoding="utf-8"
    )
    portfolio = load_portfolio(tmp_path)
    assert [problem.field for problem in portfolio.problems] == ["project[0].kickoff[0].dat"]
    assert [source.ref for source in portfolio.entries[0].kickoffs or ()] == ["x.md"]
