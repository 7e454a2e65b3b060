"""Sources: one file each; they bring records in, and say what could not be brought in."""

from diagnostics.records import Problem


class Unreadable(Exception):
    """A source that gave no record at all; `problem` says which one, why, and the way out."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Refused(ValueError):
    """Data that gives no text: the message says why, and the way out."""
