"""Reading threads: of each, what was asked and by what answered, what was decided, what was taken for granted."""

import hashlib
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from diagnostics.talk.encoder import MODEL, NEVER, Judged, ThreadEncoder, thread_encoder
from diagnostics.talk.thread import Thread

ASKS, OPEN, DECIDES, ASSUMES = range(4)  # the encoder's heads

_CONFIRMS = re.compile(
    r"\W*(@\S+\W+)?(yes|yep|yeah|correct|confirmed|confirming|exactly|right|true|indeed|it is|it does|they do|they are"
    r"|that(?:'s| is) (?:right|correct|true|so|the case))\b",
    re.IGNORECASE,
)


def _version() -> str:
    """Tells readers of threads apart: a digest of this folder's code and of what training changes."""
    digest = hashlib.sha256()
    for file in [*sorted(Path(__file__).parent.glob("*.py")), MODEL / "heads.npz", MODEL / "decision.json"]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


TALK_VERSION = _version()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its sentence's number, how sure it is one and that it is open, the sentence that answers it.

    `answer` is None exactly when it is taken for open.
    """

    sentence: int
    sure: float
    open: float
    answer: int | None

    @property
    def open_now(self) -> bool:
        """Whether it is taken for open."""
        return self.answer is None


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision: its sentence, how sure it is one, and the question or proposal above that it settles."""

    sentence: int
    sure: float
    asked: int | None


@dataclass(frozen=True, slots=True)
class Assumed:
    """An assumption: its sentence, how sure it is one, and the later sentence that confirms it."""

    sentence: int
    sure: float
    confirmed: int | None


@dataclass(frozen=True, slots=True)
class ThreadReading:
    """What was read in one thread, in its order."""

    asked: tuple[Asked, ...] = ()
    settled: tuple[Settled, ...] = ()
    assumed: tuple[Assumed, ...] = ()


@cache
def _decision() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MODEL / "decision.json").read_text(encoding="utf-8"))
    return found


def read_threads(threads: Sequence[Thread], encoder: ThreadEncoder | None = None) -> list[ThreadReading]:
    """What the encoder finds in each thread; `encoder` stands in for the shipped one."""
    judged = (encoder or thread_encoder()).judge(threads)
    return [decided(thread, each, _decision()) for thread, each in zip(threads, judged, strict=True)]


def decided(thread: Thread, judged: Judged, fitted: dict[str, Any]) -> ThreadReading:
    """What is taken for a question, a decision, an assumption, by thresholds that were fitted apart."""
    heads = judged.heads
    asked = []
    for number in _over(heads[:, ASKS], fitted["asks"]):
        sure = open_probability(thread, judged, number, fitted)
        answer = _best(judged, number, range(number + 1, len(thread.said)))
        settled = answer if sure < fitted["open"] else None
        asked.append(Asked(number, _probability(heads[number, ASKS]), sure, settled))
    questions = [one.sentence for one in asked]
    decisions = [
        Settled(number, _probability(heads[number, DECIDES]), _question_of(judged, number, questions))
        for number in _over(heads[:, DECIDES], fitted["decides"])
    ]
    assumed = [
        Assumed(number, _probability(heads[number, ASSUMES]), _confirmation(thread, number))
        for number in _over(heads[:, ASSUMES], fitted["assumes"])
    ]
    return ThreadReading(tuple(asked), tuple(decisions), tuple(assumed))


def _over(logits: Any, threshold: float) -> list[int]:
    """The sentences that are surer than the threshold."""
    return [number for number, logit in enumerate(logits) if _probability(logit) >= threshold]


def openness(thread: Thread, judged: Judged, number: int) -> list[float]:
    """What speaks for a question being open: the encoder's own word, the best answer, who wrote afterwards."""
    post = thread.said[number].post
    asker = thread.posts[post].author
    later = range(number + 1, len(thread.said))
    others = {k for k in range(post + 1, len(thread.posts)) if thread.posts[k].author != asker}
    best = max((float(judged.pairs[number, other]) for other in later), default=-8.0)
    of_others = (float(judged.pairs[number, k]) for k in later if thread.said[k].post in others)
    return [
        float(judged.heads[number, OPEN]),
        max(best, -8.0),
        max(max(of_others, default=-8.0), -8.0),
        float(not others),
        float(post + 1 == len(thread.posts)),
        float(min(len(others), 4)),
    ]


def open_probability(thread: Thread, judged: Judged, number: int, fitted: dict[str, Any]) -> float:
    """How sure it is that nobody answered: a logistic regression on `openness`, fitted on threads kept apart."""
    weights, bias = fitted["openness"], fitted["openness_bias"]
    features = openness(thread, judged, number)
    return _probability(sum(w * x for w, x in zip(weights, features, strict=True)) + bias)


def _best(judged: Judged, number: int, among: Sequence[int]) -> int | None:
    best = max(among, key=lambda other: judged.pairs[number, other], default=None)
    return best if best is not None and judged.pairs[number, best] > NEVER else None


def _question_of(judged: Judged, number: int, questions: Sequence[int]) -> int | None:
    """The question above that a sentence answers, if it answers one."""
    above = [asked for asked in questions if asked < number]
    best = max(above, key=lambda asked: judged.pairs[asked, number], default=None)
    return best if best is not None and judged.pairs[best, number] > 0 else None


def _confirmation(thread: Thread, number: int) -> int | None:
    """What the next other person says first, where that is a plain yes."""
    post = thread.said[number].post
    for other in range(number + 1, len(thread.said)):
        said = thread.said[other]
        if said.post > post and thread.posts[said.post].author != thread.posts[post].author:
            return other if _CONFIRMS.match(said.words) else None
    return None


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, float(logit)))))
