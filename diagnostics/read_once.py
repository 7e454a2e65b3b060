"""Reading once: what was read before, by the same reader for the same questions, is not read again."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from diagnostics.patterns import Question
from diagnostics.reading import READER_VERSION, Reading, read
from diagnostics.store import Store, StoreError
from diagnostics.talk.reading import TALK_VERSION, ThreadReading, read_threads
from diagnostics.talk.thread import Thread

_READING = TypeAdapter(Reading)
_THREAD_READING = TypeAdapter(ThreadReading)

_Text = TypeVar("_Text")
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class ReadOnce:
    """Reads texts and threads and keeps each reading in the store at `url`; can be sent to another process.

    A store that fails costs the time to read, no more.
    """

    url: str

    def __call__(self, text: str, questions: tuple[Question, ...]) -> Reading:
        """The reading of a kickoff record, from the store if it is there."""
        made_by = f"{READER_VERSION}/{_fingerprint(questions)}"
        key = _sha256(text)
        return self._known({key: text}, made_by, _READING, lambda texts: [read(each, questions) for each in texts])[key]

    def threads(self, threads: Sequence[Thread]) -> list[ThreadReading]:
        """The readings of tickets' threads, of each that is not in the store yet by the encoder."""
        keys = [_sha256(repr((thread.posts, sorted(thread.roles.items())))) for thread in threads]
        texts = dict(zip(keys, threads, strict=True))
        known = self._known(texts, f"threads/{TALK_VERSION}", _THREAD_READING, read_threads)
        return [known[key] for key in keys]

    def _known(
        self,
        texts: Mapping[str, _Text],
        made_by: str,
        shape: TypeAdapter[Any],
        reader: Callable[[list[_Text]], list[_Read]],
    ) -> dict[str, _Read]:
        """The reading of each text by its key: kept ones, and the others read and kept."""
        kept: dict[str, str] = {}
        with suppress(StoreError):
            kept = _opened(self.url).readings(list(texts), made_by)
        found: dict[str, _Read] = {}
        for key, body in kept.items():
            with suppress(ValidationError):  # written by another version of this program: read anew
                found[key] = shape.validate_json(body)
        left = [key for key in texts if key not in found]
        made = dict(zip(left, reader([texts[key] for key in left]), strict=True))
        with suppress(StoreError):
            written = {key: shape.dump_json(reading).decode() for key, reading in made.items()}
            _opened(self.url).keep_readings(written, made_by)
        return found | made


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _opened(url: str) -> Store:
    return Store(url)


@cache
def _fingerprint(questions: tuple[Question, ...]) -> str:
    return hashlib.sha256(repr(questions).encode()).hexdigest()[:16]
