"""Words: lists, spans of days and dates as parts of a sentence."""

from collections.abc import Sequence
from datetime import date


def joined(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def days(count: int) -> str:
    """A span of days: "1 day", "12 days"."""
    return f"{count} day{'' if count == 1 else 's'}"


def on_day(day: date) -> str:
    """A day as people write it: 12 March 2026."""
    return f"{day.day} {day:%B %Y}"
