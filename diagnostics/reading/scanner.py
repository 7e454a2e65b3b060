"""Many expressions, one pass: says which of them occur in a text, in time linear in its length."""

from collections.abc import Iterable

import re2

_BYTES = 64 << 20  # room for an automaton's states, which are built as they are met; it starts afresh when full
_TOGETHER = 40  # expressions an automaton; more are faster once warm, but their states multiply (0.7 s to warm up)


class Scanner:
    """RE2 sets without regard to case. Expressions are RE2's: no look-around, ASCII `\\b` and `\\w`."""

    def __init__(self, expressions: Iterable[str]) -> None:
        distinct = tuple(dict.fromkeys(expressions))
        parts = (distinct[at : at + _TOGETHER] for at in range(0, len(distinct), _TOGETHER))
        self._sets = tuple((part, _compiled(part)) for part in parts)

    def found(self, text: str) -> frozenset[str]:
        """The expressions that occur in the text."""
        return frozenset(part[index] for part, compiled in self._sets for index in compiled.Match(text) or ())


def _compiled(expressions: tuple[str, ...]) -> re2.Set:
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = _BYTES
    options.log_errors = False
    compiled = re2.Set.SearchSet(options)
    for expression in expressions:
        compiled.Add(expression)
    compiled.Compile()
    return compiled
