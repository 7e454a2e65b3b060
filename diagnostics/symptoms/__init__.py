"""The symptoms of flow: one file each, found by listing this folder."""

import importlib
import pkgutil

from diagnostics.symptoms._contract import (
    MOST_TICKETS_SHOWN,
    Measurement,
    Rule,
    SymptomError,
    comment_evidence,
    ticket_evidence,
)

__all__ = [
    "MOST_TICKETS_SHOWN",
    "Measurement",
    "Rule",
    "SymptomError",
    "all_symptoms",
    "comment_evidence",
    "ticket_evidence",
]


def all_symptoms() -> tuple[Rule, ...]:
    """Every symptom's rule, in the order of the files' names.

    Raises:
        SymptomError: a file holds no `SYMPTOM`, or one whose id is not the file's name.
    """
    found: list[Rule] = []
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        rule = getattr(importlib.import_module(f"{__name__}.{module.name}"), "SYMPTOM", None)
        if not isinstance(rule, Rule) or rule.id.replace("-", "_") != module.name:
            raise SymptomError(f"symptoms/{module.name}.py: define SYMPTOM = Rule(...) with the file's name as its id")
        found.append(rule)
    return tuple(found)
