"""Reading once: a text that was read before, by the same reader for the same questions, is not read again."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter, ValidationError

from diagnostics.patterns import Question
from diagnostics.reading import READER_VERSION, Reading, read
from diagnostics.store import Store, StoreError

_READING = TypeAdapter(Reading)


@dataclass(frozen=True, slots=True)
class ReadOnce:
    """Reads texts and keeps each reading in the store at `url`, by the text's hash; can be sent to another process."""

    url: str

    def __call__(self, text: str, questions: tuple[Question, ...]) -> Reading:
        """The reading of a text, from the store if it is there. A store that fails costs the time to read, no more."""
        text_sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        made_by = f"{READER_VERSION}/{_fingerprint(questions)}"
        try:
            kept = _opened(self.url).reading(text_sha256, made_by)
        except StoreError:
            return read(text, questions)
        if kept is not None:
            try:
                return _READING.validate_json(kept)
            except ValidationError:
                pass  # written by another version of this program: read anew
        reading = read(text, questions)
        with suppress(StoreError):
            _opened(self.url).keep_reading(text_sha256, made_by, _READING.dump_json(reading).decode())
        return reading


@cache
def _opened(url: str) -> Store:
    return Store(url)


@cache
def _fingerprint(questions: tuple[Question, ...]) -> str:
    return hashlib.sha256(repr(questions).encode()).hexdigest()[:16]
