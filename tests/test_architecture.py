"""The direction of imports: a stage knows the stages before it, and nothing else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "diagnostics"

# The way the data flows (design, section 1). A file may import from its own stage and from those above it.
STAGES: tuple[tuple[str, ...], ...] = (
    ("records", "settings", "escape", "toml_lines", "words"),
    ("sources",),
    ("findings",),
    ("patterns",),
    ("portfolio",),
    ("reading",),
    ("history", "answers", "people", "kinds_of_work"),
    ("flow", "talk", "settled"),
    ("drift",),
    ("symptoms",),
    ("roles_lived",),
    ("diagnosis",),
    ("scoring",),
    ("actions",),
    ("ticket_terms",),
    ("causes", "elsewhere"),
    ("diagnose",),
    ("gather", "evaluate"),
    ("diagnose_all",),
    ("store", "reports"),
    ("read_once",),
    ("refresh", "serve"),
    ("views", "cli"),
    ("__main__",),
)
RANK = {name: rank for rank, stage in enumerate(STAGES) for name in stage}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def stage_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The full names of all modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the direction"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names if module == "diagnostics")


def stages_imported(path: Path) -> set[str]:
    names = (name.split(".") for name in imported(path))
    return {parts[1] for parts in names if parts[0] == "diagnostics" and len(parts) > 1}


def backward(path: Path) -> set[str]:
    """The stages that a file may not know, but imports."""
    own = stage_of(path)
    return {other for other in stages_imported(path) if other != own and RANK[other] > RANK[own]}


def test_every_file_belongs_to_a_stage() -> None:
    assert {stage_of(path) for path in FILES} <= set(RANK)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_backward_only(path: Path) -> None:
    assert backward(path) == set()


def test_a_wrong_import_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = tmp_path / "scoring.py"
    wrong.write_text("def f():\n    from diagnostics import views\n    from diagnostics.cli import main\n")
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    assert backward(wrong) == {"views", "cli"}


@pytest.mark.parametrize(("library", "allowed"), [("streamlit", {"views"}), ("plotly", {"views"}), ("click", {"cli"})])
def test_a_library_stays_where_it_belongs(library: str, allowed: set[str]) -> None:
    users = {stage_of(path) for path in FILES if any(n.split(".")[0] == library for n in imported(path))}
    assert users <= allowed


def test_only_the_session_touches_cache_state_url_and_secrets() -> None:
    touched = ("cache_data", "cache_resource", "session_state", "query_params", "secrets")
    users = {
        path.name
        for path in (PACKAGE / "views").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in touched
    }
    assert users <= {"session.py"}


@pytest.mark.parametrize("path", [*FILES, ROOT / "app.py"], ids=lambda path: path.name)
def test_the_first_line_says_what_a_file_is(path: Path) -> None:
    assert path.read_text().startswith('"""')
    first = ast.get_docstring(ast.parse(path.read_text()))
    assert first is not None
    assert len(first.splitlines()[0]) > 20


@pytest.mark.parametrize("vague", ["utils", "helpers", "manager", "base", "common", "misc"])
def test_no_file_has_a_name_that_says_nothing(vague: str) -> None:
    assert not list(PACKAGE.rglob(f"*{vague}*.py"))


def test_the_clock_is_read_only_where_a_person_asks_for_today() -> None:
    """Time is an argument: diagnosing never reads the clock."""
    readers = {
        stage_of(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow")
    }
    assert readers <= {"cli", "views"}
