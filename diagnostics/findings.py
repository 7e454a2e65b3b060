"""Findings: what the records say to a question, and how the work flows, each with its evidence."""

from datetime import date as date_
from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from diagnostics.records import Role


class Finding(BaseModel):
    """Frozen, and refused when it could not be looked up."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Status(StrEnum):
    """What the records say to a question, best first (`unknown` stands outside the order)."""

    ANSWERED = "answered"
    VAGUE = "vague"
    CONFLICTING = "conflicting"
    UNANSWERED = "unanswered"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Presence(StrEnum):
    """Whether a symptom shows."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class Evidence(Finding):
    """Where, who, when, and the exact quote: `quote` is `text[span[0]:span[1]]` of the canonical text.

    `note` says what the quote alone does not: "in progress for 61 days". `heading` is the path of titles above it,
    `before` and `after` are the words of its paragraph around it; `grounds` are the places in the quote (characters)
    that made it concrete or vague.
    """

    source: Literal["kickoff", "ticket", "comment"]
    ref: str = Field(min_length=1)
    url: str | None = None
    quote: str = Field(min_length=1)
    span: tuple[int, int]
    text_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    author: str | None = None
    date: date_ | None = None
    note: str | None = None
    heading: str | None = None
    before: str = ""
    after: str = ""
    grounds: tuple[tuple[int, int], ...] = ()

    @model_validator(mode="after")
    def _span_fits(self) -> Self:
        begin, end = self.span
        if not 0 <= begin < end or end - begin != len(self.quote):
            raise ValueError(f"span {self.span} does not fit a quote of {len(self.quote)} characters")
        ends = [0, *(place for ground in self.grounds for place in ground), len(self.quote)]
        if ends != sorted(ends):
            raise ValueError(
                f"grounds {self.grounds} are not places of a quote of {len(self.quote)} characters, in order"
            )
        return self


class Waiver(Finding):
    """A gap that somebody accepted; it stands beside the answer, never instead of it."""

    by: str
    why: str
    until: date_ | None = None


class Correction(Finding):
    """A person's "not right": the status that is right, and why."""

    status: Status
    by: str
    why: str
    date: date_


class Answer(Finding):
    """What the records say to one question.

    `why` is one sentence for a manager; `confidence` (0 to 1) is how sure the reading is; `searched`
    lists the records that were read for it.

    Raises:
        ValueError: an answer that says something without evidence, two places that conflict without two
            quotes, a gap without what was searched.
    """

    id: str
    status: Status
    confidence: float = Field(ge=0, le=1)
    why: str = Field(min_length=8)
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()
    waiver: Waiver | None = None
    correction: Correction | None = None

    @model_validator(mode="after")
    def _can_be_looked_up(self) -> Self:
        needed = {Status.ANSWERED: 1, Status.VAGUE: 1, Status.UNANSWERED: 1, Status.CONFLICTING: 2}
        if len(self.evidence) < needed.get(self.status, 0):
            raise ValueError(f"{self.id}: {self.status} needs {needed[self.status]} quote(s)")
        if self.status in (Status.MISSING, Status.UNKNOWN) and self.evidence:
            raise ValueError(f"{self.id}: {self.status} cannot have a quote")
        if self.status is Status.MISSING and not self.searched:
            raise ValueError(f"{self.id}: missing needs what was searched")
        return self


class Symptom(Finding):
    """A measurement of how the work flows, with the tickets that show it.

    `value` and `threshold` are in `unit`; `value` is None only when the symptom is unknown. `penalty` is
    what it takes from the flow score (points of 100), `cap` the most that it could take.

    Raises:
        ValueError: a symptom that is present without evidence, or known without a value.
    """

    id: str
    title: str
    status: Presence
    value: float | None
    threshold: float
    unit: str
    why: str = Field(min_length=8)
    penalty: float = Field(ge=0)
    cap: float = Field(gt=0)
    evidence: tuple[Evidence, ...] = ()

    @model_validator(mode="after")
    def _can_be_looked_up(self) -> Self:
        if self.status is Presence.PRESENT and not self.evidence:
            raise ValueError(f"{self.id}: present needs the tickets that show it")
        if (self.value is None) != (self.status is Presence.UNKNOWN):
            raise ValueError(f"{self.id}: a value is given exactly when the symptom is known")
        if self.penalty > self.cap or (self.penalty > 0) != (self.status is Presence.PRESENT):
            raise ValueError(f"{self.id}: a penalty stands with a present symptom, and under its cap")
        return self


class KindOfWork(StrEnum):
    """What a ticket of an ML project is about."""

    DATA = "data"
    MODELLING = "modelling"
    EVALUATION = "evaluation"
    PRODUCT = "product"
    SERVING = "serving"


class RoleFinding(Finding):
    """One way in which the roles as declared and the work as done differ, with the tickets that show it.

    `title` is one sentence for a manager, with names and counts: it states what the tickets show and judges
    nobody. `unknown` says in `why` what the records lack; what is absent is no finding.

    Raises:
        ValueError: present without tickets, or, for a role that nothing shows, without what was searched.
    """

    id: Literal["unowned-work", "two-owners", "silent-role", "one-for-all", "between-roles"]
    title: str = Field(min_length=8)
    why: str = Field(min_length=8)
    people: tuple[str, ...] = ()
    kind_of_work: KindOfWork | None = None
    status: Presence
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _can_be_looked_up(self) -> Self:
        if self.status is Presence.ABSENT:
            raise ValueError(f"{self.id}: what is absent is no finding")
        shows_nothing = self.status is Presence.UNKNOWN or self.id == "silent-role"
        if shows_nothing == bool(self.evidence):
            raise ValueError(f"{self.id}: the tickets that show it are given exactly when there is something to show")
        if self.status is Presence.PRESENT and shows_nothing and not self.searched:
            raise ValueError(f"{self.id}: a role without any activity needs what was searched")
        return self


class WorkCount(Finding):
    """What one person did on one kind of work (None: on tickets whose kind is not plain).

    `created` counts tickets, `finished` those that were assigned to them when they were done. A figure is
    None where the source does not show it.
    """

    kind_of_work: KindOfWork | None
    created: int
    moves: int | None
    comments: int | None
    finished: int | None

    @property
    def events(self) -> int:
        """Tickets created, status moves and comments; finishing a ticket is one of its moves."""
        return self.created + (self.moves or 0) + (self.comments or 0)


class PersonWork(Finding):
    """A person's roles as declared, beside the work as done: `counts` is empty where nothing was."""

    name: str
    declared: bool
    roles: tuple[Role, ...]
    counts: tuple[WorkCount, ...]

    @property
    def events(self) -> int:
        """All that is counted, on all kinds of work."""
        return sum(count.events for count in self.counts)


class OpenQuestion(Finding):
    """A question that somebody asked in a ticket and nobody answered.

    `asked_to` is who could answer: whoever it names, else who is declared for it, else the ticket's reporter; None
    where nobody shows. `question` is the kickoff question that it belongs to, if it belongs to one.
    """

    evidence: Evidence
    age_days: int = Field(ge=0)
    asked_to: str | None = None
    question: str | None = None
    confidence: float = Field(ge=0, le=1)


class Assumption(Finding):
    """Something that somebody took for true in a ticket; `confirmed_by` quotes who said later that it is so."""

    evidence: Evidence
    age_days: int = Field(ge=0)
    question: str | None = None
    confirmed_by: Evidence | None = None
    confidence: float = Field(ge=0, le=1)


class Decision(Finding):
    """Something that was settled in a ticket. `asked` is the question or proposal that it settles, where one shows."""

    evidence: Evidence
    question: str | None = None
    asked: Evidence | None = None
    confidence: float = Field(ge=0, le=1)


class Ledger(Finding):
    """What the tickets' words leave open, take for granted and settle, the oldest first (decisions: the latest).

    `threads` is how many tickets were read; `answered` how many questions in them were answered. `unknown` says why
    nothing can be told, where the source shows no comments.
    """

    open: tuple[OpenQuestion, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    decisions: tuple[Decision, ...] = ()
    answered: int = 0
    threads: int = 0
    unknown: str | None = None


class DriftFinding(Finding):
    """Something agreed that has changed, or no longer holds.

    `changed-without-agreement`: a metric, target, owner or tolerance has another value in a later place, and nobody is
    said to have agreed (evidence: the earlier quote, then the later). `expired-agreement`: who agreed has left, the
    scope grew by half since, or the metric goes by another name (evidence: the agreement).
    """

    id: Literal["changed-without-agreement", "expired-agreement"]
    question: str
    title: str = Field(min_length=8)
    why: str = Field(min_length=8)
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Cause(Finding):
    """An open question that probably holds the tickets of a symptom.

    `sentence` says it plainly; `speaks_for` and `speaks_against` are one sentence each; `tells_apart` is what would
    show which it is. `evidence` are the tickets or comments that join the two, strongest first.
    """

    symptom: str
    question: str
    sentence: str = Field(min_length=8)
    speaks_for: tuple[str, ...] = Field(min_length=1)
    speaks_against: tuple[str, ...] = ()
    tells_apart: str = Field(min_length=8)
    tickets: tuple[str, ...] = Field(min_length=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)


class Elsewhere(Finding):
    """What the tickets of present symptoms speak of where the kickoff is clear: "data access", with the quotes."""

    topic: Literal["data access", "labelling", "infrastructure", "dependency on others", "change of priority"]
    tickets: tuple[str, ...] = Field(min_length=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
