"""The stuck patterns: one file each, found by listing this folder."""

import importlib
import pkgutil
from collections.abc import Collection, Iterable

from diagnostics.patterns._contract import Case, Cues, Pattern, PatternError, Question

__all__ = [
    "Case",
    "Cues",
    "Pattern",
    "PatternError",
    "Question",
    "all_patterns",
    "all_questions",
    "enabled_patterns",
    "known_patterns",
    "questions_of",
]


def known_patterns() -> tuple[Pattern, ...]:
    """Every pattern of this folder, on or off, in the order of the files' names.

    Raises:
        PatternError: a file holds no `PATTERN`, or two patterns share an id or a question's id.
    """
    found: list[Pattern] = []
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        pattern = getattr(importlib.import_module(f"{__name__}.{module.name}"), "PATTERN", None)
        if not isinstance(pattern, Pattern):
            raise PatternError(f"patterns/{module.name}.py: define PATTERN = Pattern(...)")
        found.append(pattern)
    ids = [id for pattern in found for id in (pattern.id, *(question.id for question in pattern.questions))]
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise PatternError(f"patterns: these ids stand in two places: {', '.join(twice)}")
    return tuple(found)


def enabled_patterns(switched_on: Collection[str] = ()) -> tuple[Pattern, ...]:
    """The patterns that are on by default, and those of `switched_on`, in the order of the files' names.

    Raises:
        PatternError: there is no pattern of such an id.
    """
    known = known_patterns()
    ids = [pattern.id for pattern in known]
    for id in switched_on:
        if id not in ids:
            raise PatternError(f"there is no pattern {id!r}; there are: {', '.join(ids)}")
    return tuple(pattern for pattern in known if pattern.on_by_default or pattern.id in switched_on)


def all_patterns() -> tuple[Pattern, ...]:
    """Every pattern that is on by default."""
    return enabled_patterns()


def questions_of(patterns: Iterable[Pattern]) -> tuple[Question, ...]:
    """Every question of some patterns."""
    return tuple(question for pattern in patterns for question in pattern.questions)


def all_questions() -> tuple[Question, ...]:
    """Every question that is asked by default."""
    return questions_of(all_patterns())
