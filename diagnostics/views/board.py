"""The portfolio's board as plain data: which projects are chosen, and what their rows say."""

from collections.abc import Sequence
from dataclasses import dataclass

from diagnostics.diagnosis import Diagnosis, Lane, PatternFinding
from diagnostics.reports.wording import actions_in_order, shown_health
from diagnostics.views.words import Label, standing, with_range

LOW = 50  # a pattern is a project's trouble when its clarity is under this, as in a verdict


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person chose to see; an empty field leaves nothing out."""

    search: str = ""
    team: str | None = None
    verdict: str | None = None
    pattern: str | None = None

    def keeps(self, diagnosis: Diagnosis) -> bool:
        """Whether a project is shown."""
        return (
            all(word in _searched(diagnosis) for word in self.search.casefold().split())
            and self.team in (None, diagnosis.team)
            and self.verdict in (None, standing(diagnosis).word)
            and (self.pattern is None or self.pattern in (pattern.title for pattern in troubles(diagnosis)))
        )


def _searched(diagnosis: Diagnosis) -> str:
    people = [action.person for action in diagnosis.actions]
    parts = (diagnosis.key, diagnosis.name, diagnosis.team, diagnosis.manager, *people, *diagnosis.why)
    return " ".join(part for part in parts if part).casefold()


def troubles(diagnosis: Diagnosis) -> list[PatternFinding]:
    """The patterns that show in a project, worst first."""
    known = [(found.clarity.score, place) for place, found in enumerate(diagnosis.patterns)]
    low = sorted((score, place) for score, place in known if score is not None and score < LOW)
    return [diagnosis.patterns[place] for _, place in low]


@dataclass(frozen=True, slots=True)
class Row:
    """One project as the table shows it."""

    key: str
    name: str
    standing: Label
    health: str
    clarity: str
    flow: str
    reason: str
    action: str
    team: str


def row(diagnosis: Diagnosis) -> Row:
    """The row of one project."""
    return Row(
        key=diagnosis.key,
        name=diagnosis.name,
        standing=standing(diagnosis),
        health=with_range(shown_health(diagnosis)),
        clarity=with_range(diagnosis.clarity),
        flow=with_range(diagnosis.flow),
        reason=diagnosis.why[0],
        action=_first_action(diagnosis),
        team=diagnosis.team or "–",
    )


def _first_action(diagnosis: Diagnosis) -> str:
    """What to do first, or that nothing is open."""
    ordered = actions_in_order(diagnosis)
    return ordered[0].title if ordered else "Nothing is open"


def teams(projects: Sequence[Diagnosis]) -> list[str]:
    """All teams, in the order of the alphabet."""
    return sorted({project.team for project in projects if project.team}, key=str.casefold)


def pattern_titles(projects: Sequence[Diagnosis]) -> list[str]:
    """All patterns that the projects were read for, in the order in which they stand."""
    return list(dict.fromkeys(pattern.title for project in projects for pattern in project.patterns))


def in_lane(projects: Sequence[Diagnosis], lane: Lane) -> list[Diagnosis]:
    """The projects of one lane, in their order."""
    return [project for project in projects if project.lane is lane]


def heat(
    projects: Sequence[Diagnosis], titles: Sequence[str]
) -> tuple[tuple[tuple[int | None, int, int] | None, ...], ...]:
    """A line a project, a cell a pattern: its clarity with its range; None where it was not read for it."""
    lines = []
    for project in projects:
        by_title = {found.title: found.clarity for found in project.patterns}
        scores = [by_title.get(title) for title in titles]
        lines.append(tuple(None if s is None else (s.score, s.low, s.high) for s in scores))
    return tuple(lines)
