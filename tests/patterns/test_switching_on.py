"""Patterns that are off: they change nothing until portfolio.toml names them, and then they are asked for."""

from datetime import date
from pathlib import Path

import pytest

from diagnostics import patterns
from diagnostics.diagnose import versions
from diagnostics.diagnose_all import diagnose_portfolio
from diagnostics.diagnosis import Diagnosis
from diagnostics.findings import Status
from diagnostics.patterns import PatternError, all_patterns, enabled_patterns, known_patterns
from diagnostics.portfolio import load_portfolio
from diagnostics.settings import Settings

DEMO = Path(__file__).parents[2] / "data" / "demo"
AS_OF = date(2026, 9, 30)
KICKOFF = """# Leak alerts

The pressure archive is in our bucket already; we read the first month of it on Friday.
Recall must be at least 0.8 on the readings of last winter.
"""


def diagnosed(folder: Path, head: str = "") -> Diagnosis:
    (folder / "portfolio.toml").write_text(f'[portfolio]\n{head}\n[[project]]\nkey = "LEAK"\nkickoff = "leak.md"\n')
    (folder / "leak.md").write_text(KICKOFF)
    document = diagnose_portfolio(load_portfolio(folder), AS_OF, Settings())
    (project,) = document.projects
    assert document.versions == project.versions
    return project


def test_a_pattern_that_is_off_is_known_and_not_asked_for() -> None:
    off = {pattern.id for pattern in known_patterns()} - {pattern.id for pattern in all_patterns()}
    assert "data-not-ready" in off
    switched_on = [pattern.id for pattern in enabled_patterns(["data-not-ready"])]
    assert switched_on == sorted(switched_on, key=[pattern.id for pattern in known_patterns()].index)
    assert set(switched_on) == {"data-not-ready", *(pattern.id for pattern in all_patterns())}


def test_what_is_on_by_default_may_be_named_and_changes_nothing() -> None:
    assert enabled_patterns(["roles"]) == all_patterns()
    assert versions(Settings(patterns=("roles",))) == versions(Settings())


def test_a_pattern_that_is_not_there_is_no_pattern_to_switch_on() -> None:
    with pytest.raises(PatternError, match=r"no pattern 'no-luck'; there are: data-not-ready, .*unweighed-choice"):
        enabled_patterns(["no-luck"])


def test_two_places_cannot_share_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    (first, *_) = known_patterns()
    monkeypatch.setattr(patterns.fuzzy_roles, "PATTERN", first)  # type: ignore[attr-defined]
    with pytest.raises(PatternError, match="these ids stand in two places: data-access"):
        known_patterns()


def test_a_pattern_that_is_off_changes_nothing_in_the_sample_portfolio(monkeypatch: pytest.MonkeyPatch) -> None:
    def demo() -> dict[str, Diagnosis]:
        versions.cache_clear()
        only = frozenset({"CHURN", "FRAUD", "GRANTS"})
        document = diagnose_portfolio(load_portfolio(DEMO), AS_OF, Settings(), only=only)
        return {project.key: project for project in document.projects}

    with_all_files = demo()
    on = all_patterns()
    monkeypatch.setattr(patterns, "known_patterns", lambda: on)
    assert demo() == with_all_files
    assert {len(project.patterns) for project in with_all_files.values()} == {len(on)}


def test_one_that_is_switched_on_is_asked_for_and_counts(tmp_path: Path) -> None:
    without, with_it = diagnosed(tmp_path), diagnosed(tmp_path, 'patterns = ["data-not-ready"]')
    assert [found.id for found in with_it.patterns] == ["data-not-ready", *(found.id for found in without.patterns)]
    assert with_it.patterns[1:] == without.patterns
    added = {question.id: question for question in with_it.patterns[0].questions}
    assert {id: question.status for id, question in added.items()} == {
        "data-access": Status.ANSWERED,
        "data-quality": Status.MISSING,
        "label-source": Status.MISSING,
    }
    assert added["data-access"].evidence[0].quote.startswith("The pressure archive is in our bucket")
    assert "untrained question" in added["data-access"].why
    assert with_it.clarity != without.clarity
    settled = {id for action in with_it.actions for id in action.settles}
    assert {"data-quality", "label-source"} <= settled
    assert "data-access" not in settled


def test_what_is_asked_for_is_part_of_the_versions(tmp_path: Path) -> None:
    without, with_it = diagnosed(tmp_path), diagnosed(tmp_path, 'patterns = ["data-not-ready"]')
    another = diagnosed(tmp_path, 'patterns = ["no-domain-expert"]')
    assert len({found.versions.patterns for found in (without, with_it, another)}) == 3
    assert with_it.versions.thresholds == without.versions.thresholds
    either_way = (
        'patterns = ["no-domain-expert", "data-not-ready"]',
        'patterns = ["data-not-ready", "no-domain-expert"]',
    )
    assert diagnosed(tmp_path, either_way[0]) == diagnosed(tmp_path, either_way[1])
