"""TOML lines: on which line of a document each key is set, which tomllib does not tell."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]


def toml_lines(text: str) -> dict[Place, int]:
    """The line, from 1, on which each table, key and list item of a valid TOML document is set.

    Each statement is parsed by itself, so every way of writing TOML is understood; the items of a list
    that is written over several lines have the line of its key.
    """
    found: dict[Place, int] = {}
    opened: Counter[Place] = Counter()
    here: Place = ()
    for line, statement in _statements(text):
        parsed: Any = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            here, parsed = _header(parsed, opened), {}
            for end in range(1, len(here) + 1):
                found.setdefault(here[:end], line)
        for place in _places(parsed, here):
            found.setdefault(place, line)
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement (a header, a key with its value, a blank or comment line) with its first line."""
    lines = text.split("\n")
    start = 0
    for end in range(1, len(lines) + 1):
        statement = "\n".join(lines[start:end])
        try:
            tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue  # a value over several lines is not whole yet
        yield start + 1, statement
        start = end


def _header(parsed: Any, opened: Counter[Place]) -> Place:
    """The place that a header opens: `[[name]]` the next of its tables, `[name.inner]` one in the last."""
    here: Place = ()
    while parsed:
        key, parsed = next(iter(parsed.items()))
        here = (*here, key)
        if isinstance(parsed, list):
            opened[here] += 1
            parsed = parsed[0]
        if here in opened:
            here = (*here, opened[here] - 1)
    return here


def _places(value: Any, here: Place) -> Iterator[Place]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield (*here, key)
        yield from _places(child, (*here, key))
