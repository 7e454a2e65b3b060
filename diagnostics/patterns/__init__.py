"""The stuck patterns: one file each, found by listing this folder."""

import importlib
import pkgutil

from diagnostics.patterns._contract import Case, Cues, Pattern, PatternError, Question

__all__ = ["Case", "Cues", "Pattern", "PatternError", "Question", "all_patterns", "all_questions"]


def all_patterns() -> tuple[Pattern, ...]:
    """Every pattern of this folder, in the order of the files' names.

    Raises:
        PatternError: a file holds no `PATTERN`, or two patterns share a question's id.
    """
    found: list[Pattern] = []
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        pattern = getattr(importlib.import_module(f"{__name__}.{module.name}"), "PATTERN", None)
        if not isinstance(pattern, Pattern):
            raise PatternError(f"patterns/{module.name}.py: define PATTERN = Pattern(...)")
        found.append(pattern)
    ids = [question.id for pattern in found for question in pattern.questions]
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise PatternError(f"patterns: these questions stand in two files: {', '.join(twice)}")
    return tuple(found)


def all_questions() -> tuple[Question, ...]:
    """Every question of every pattern."""
    return tuple(question for pattern in all_patterns() for question in pattern.questions)
