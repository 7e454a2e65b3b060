"""What a stuck pattern's file must hold; a pattern that could not be right fails when it is imported."""

import re
from dataclasses import dataclass
from typing import Literal

import re2

from diagnostics.findings import Status
from diagnostics.records import Role

CASES_A_QUESTION = 6
SHORTEST_TEXT = 20  # characters; a shorter title-like text explains nothing

Outcome = Literal[Status.ANSWERED, Status.VAGUE, Status.MISSING]


class PatternError(ValueError):
    """A pattern's file that cannot be right; the message names the pattern, the field and the way out."""


def _require(owner: str, ok: bool, message: str) -> None:
    if not ok:
        raise PatternError(f"{owner}: {message}")


_ID = r"[a-z]+(-[a-z]+)*"
_INGREDIENT = r"<[a-z][a-z-]*>"
_PART = re.compile(rf"(?P<first>(?:{_INGREDIENT}\|)*)(?P<rest>.*?)(?P<last>(?:\|{_INGREDIENT})*)", re.DOTALL)


def is_ingredient(part: str) -> bool:
    """Whether a part of a cue names an ingredient (`<number>`) and is no regular expression."""
    return re.fullmatch(_INGREDIENT, part) is not None


def alternatives(part: str) -> tuple[str, ...]:
    """What a part of a group is made of: `<person>|<team>|\\bboard\\b` is any of these three."""
    match = _PART.fullmatch(part)
    if match is None:
        return (part,)
    names = re.findall(_INGREDIENT, match["first"] + match["last"])
    return (*names, match["rest"]) if match["rest"] else tuple(names)


@dataclass(frozen=True, slots=True)
class Cues:
    """Terms by which a reader recognises that a sentence speaks to a question, and how concretely.

    Each entry is a regular expression of RE2 (no look-around, linear on any text), matched without regard
    to case, or an ingredient in angle brackets (`<number>`, `<person>`: see reading/ingredients.py).
    `topic` matches the sentence, `headings` what stands above it: titles, a table's header, a list's intro.
    `concrete` are groups: a sentence that speaks to the question is concrete when any one group has all
    its parts; a part may join ingredients and an expression by `|`, any of which will do. Two parts say where the question was recognised: `<topic>` in the sentence itself,
    `<heading>` above it. `hedges` make a sentence vague at most ("stakeholders will decide"); `never`
    rules it out.
    """

    topic: tuple[str, ...]
    concrete: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require("cues", bool(self.topic) and bool(self.concrete), "topic and concrete cannot be empty")
        _require("cues", all(self.concrete), "a concrete group cannot be empty")
        parts = [one for group in self.concrete for part in group for one in alternatives(part)]
        options = re2.Options()
        options.log_errors = False
        for expression in (*self.topic, *self.headings, *self.hedges, *self.never, *parts):
            if is_ingredient(expression):
                continue
            try:
                matches_anything = re2.compile(expression, options).search("") is not None
            except re2.error as error:
                raise PatternError(f"cues: {expression!r} is no regular expression of RE2: {error}") from error
            _require("cues", not matches_anything, f"{expression!r} matches every sentence")


@dataclass(frozen=True, slots=True)
class Case:
    """A small example: a passage, and what a careful reader makes of it for this question."""

    text: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a kickoff has to settle.

    `weight` (1 to 3) is its share in its pattern's clarity. `partner` is the role to talk to when it is
    open, `agenda` the question to put to them, in words that fit a meeting. `one_value` says that it is answered by one
    value of a measure: two places with different ones disagree.
    """

    id: str
    question: str
    answered: str
    vague: str
    weight: int
    partner: Role
    agenda: str
    example: str
    cues: Cues
    cases: tuple[Case, ...]
    one_value: bool = False

    def __post_init__(self) -> None:
        _require(self.id, bool(re.fullmatch(_ID, self.id)), "an id is words joined by hyphens")
        _require(self.id, 1 <= self.weight <= 3, "a weight is 1, 2 or 3")
        for field in ("question", "answered", "vague", "agenda", "example"):
            text = getattr(self, field)
            _require(self.id, len(text) >= SHORTEST_TEXT, f"{field} is too short to help anyone: {text!r}")
        _require(self.id, len(self.cases) >= CASES_A_QUESTION, f"at least {CASES_A_QUESTION} cases are needed")
        for outcome in (Status.ANSWERED, Status.VAGUE, Status.MISSING):
            _require(self.id, any(c.outcome is outcome for c in self.cases), f"no case shows {outcome}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of being stuck: the bad thing's name, why it holds projects up, and its questions.

    `first_steps` says, for each role that its questions name as partner, how to begin the conversation. One that is
    not `on_by_default` asks for what kickoff records seldom hold, and is asked only where portfolio.toml names it.
    """

    id: str
    title: str
    why: str
    questions: tuple[Question, ...]
    first_steps: dict[Role, str]
    on_by_default: bool = True

    def __post_init__(self) -> None:
        _require(self.id, bool(re.fullmatch(_ID, self.id)), "an id is words joined by hyphens")
        _require(self.id, len(self.title) >= 8, "the title is too short")
        _require(self.id, len(self.why) >= 80, "why: say in a sentence or two how it gets projects stuck")
        _require(self.id, bool(self.questions), "a pattern without questions finds nothing")
        ids = [question.id for question in self.questions]
        _require(self.id, len(set(ids)) == len(ids), "two questions share an id")
        for role in {question.partner for question in self.questions}:
            step = self.first_steps.get(role, "")
            _require(self.id, len(step) >= SHORTEST_TEXT, f"first_steps: how does one begin with the {role}?")
