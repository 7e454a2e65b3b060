"""Diagnosis: everything about one project on one day, complete in itself."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import ConfigDict, Field, model_validator

from diagnostics.findings import (
    Answer,
    Cause,
    DriftFinding,
    Elsewhere,
    Finding,
    Ledger,
    PersonWork,
    RoleFinding,
    Symptom,
)
from diagnostics.flow import FlowFigures
from diagnostics.records import Problem, ProjectState, Role

SCHEMA = 1


class Verdict(StrEnum):
    """What a project's two scores come to, in the order in which projects are listed."""

    STUCK = "stuck"
    DRIFTING = "drifting"
    STALLED = "stalled"
    MOVING = "moving"
    UNKNOWN = "unknown"


class Lane(StrEnum):
    """Where a project is shown: only `ranked` ones are compared with each other."""

    RANKED = "ranked"
    NEW = "new"
    UNKNOWN = "unknown"
    INACTIVE = "inactive"


class Score(Finding):
    """0 to 100 with its range; `score` is None when too little is known to give one figure."""

    score: int | None = Field(ge=0, le=100)
    low: int = Field(ge=0, le=100)
    high: int = Field(ge=0, le=100)

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        middle = self.low if self.score is None else self.score
        if not self.low <= middle <= self.high:
            raise ValueError(f"a score lies within its range: {self.low} <= {self.score} <= {self.high}")
        return self


class QuestionFinding(Answer):
    """An answer, with the question's own words, so that it can be shown without the pattern's file."""

    question: str
    good_answer: str
    weight: int
    partner: Role


class PatternFinding(Finding):
    """How far one stuck pattern shows: its clarity, and what the records say to each of its questions."""

    id: str
    title: str
    why: str
    clarity: Score
    questions: tuple[QuestionFinding, ...]


class Action(Finding):
    """A conversation to have. `gain` is the rise of the clarity score if all that it settles were answered."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    id: str
    title: str
    partner: str = Field(alias="with")
    person: str | None
    settles: tuple[str, ...]
    symptoms: tuple[str, ...] = ()
    first_step: str
    agenda: tuple[str, ...] = Field(min_length=1)
    gain: int


class SourceRead(Finding):
    """One source of records: whether it could be read, how much it gave, and what its newest record is."""

    ref: str
    kind: str
    read: bool
    records: int
    as_of: date | None = None
    message: str | None = None


class Versions(Finding):
    """What made a diagnosis: two diagnoses are comparable when these are equal."""

    reader: str
    patterns: str
    thresholds: str


class Diagnosis(Finding):
    """What Unstuck says of one project as of one day, with all that is needed to show and to check it."""

    key: str
    name: str
    team: str | None
    manager: str | None
    state: ProjectState
    started: date | None
    due: date | None
    as_of: date
    verdict: Verdict
    lane: Lane
    why: tuple[str, ...] = Field(min_length=1)
    sources: tuple[SourceRead, ...]
    clarity: Score
    flow: Score
    health: Score
    patterns: tuple[PatternFinding, ...]
    symptoms: tuple[Symptom, ...]
    actions: tuple[Action, ...]
    problems: tuple[Problem, ...]
    versions: Versions
    roles: tuple[RoleFinding, ...] = ()
    work_by_person: tuple[PersonWork, ...] = ()
    ledger: Ledger = Ledger()
    drift: tuple[DriftFinding, ...] = ()
    causes: tuple[Cause, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    figures: FlowFigures | None = None


class PortfolioDiagnosis(Finding):
    """The diagnoses of all projects of a portfolio on one day: what `diagnose --format json` prints."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, serialize_by_alias=True)

    schema_: int = Field(default=SCHEMA, alias="schema")
    name: str
    as_of: date
    versions: Versions
    problems: tuple[Problem, ...]
    projects: tuple[Diagnosis, ...]
