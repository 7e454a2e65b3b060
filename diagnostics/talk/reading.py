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
TOGETHER = 200  # threads at once: what is known of pairs of sentences grows with the square of their number

_CONFIRMS = re.compile(
    r"\W*(@\S+\W+)?(yes|yep|yeah|correct|confirmed|confirming|exactly|right|true|indeed|it is|it does|they do|they are"
    r"|that(?:'s| is) (?:right|correct|true|so|the case))\b",
    re.IGNORECASE,
)

_ERRAND = re.compile(
    r"\b(?:can|could|would|will) (?:you|u|some(?:one|body)|any(?:one|body)|we) (?:please |also |just |maybe |kindly )*"
    r"(?:review|merge|update|open|rebase|squash|(?:un)?assign|add|remove|fix|create|close|push|make|write|upload|attach|"
    r"take a look|have a look|look at|look into|read|check|rerun|re-run|retest|test|try|verify|change|move|split|"
    r"rename|bump|revert|deploy|restart|set up|install)\b",
    re.IGNORECASE,
)
_INDIRECT = re.compile(
    r"\b(?:let (?:me|us) know (?!if (?:not|you|there|that'?s not|anything|it doesn'?t))|"
    r"(?:want|like|love|need|good|nice|curious) to know|(?:any|some)(?:one|body)|wonder(?:ing)?|"
    r"please (?:confirm|advise|tell|clarify|say|decide)|open(?: question)?:|question:|still need|waiting for|"
    r"tell (?:me|us))\b|@\S+.*\b(?:not sure|unclear|don'?t know)\b|"
    r"\b(?:we|still|is|it'?s) (?:do not|don'?t|not|un)\s?(?:know|clear|sure) (?:whether|if|which|who|what|when)\b|"
    r"^\W*(?:@\S+\W+|and |but |so )*(?:which|what|who|when|where|how|why|do|does|did|is|are|can|could|should|shall|"
    r"will|would|any)\b",
    re.IGNORECASE,
)
_WANTS_A_WORD = re.compile(
    r"\b(?:tell|say|confirm|explain|clarify|let (?:me|us) know|which|what|who|when|where|why|how|whether|or)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"\W*(?:@[\w.\-]+\W+)?(?:yes|yeah|yep|yup|no(?! idea| news| time| clue)|nope|nah|sure|already|correct|exactly|"
    r"right|unfortunately (?:not|no)|of course|absolutely|definitely|be my guest|go ahead|feel free|neither|both)\b",
    re.IGNORECASE,
)
_DEFERS = re.compile(
    r"\b(?:(?:will|'ll|let me|have to|need to) (?:check|look|ask|find out|get back|have a look|see|try)|no idea|"
    r"not sure|don'?t know|dunno|good question|ask (?:him|her|them|@?[A-Z])|on my list|later|tomorrow|next week"
    r"|soon)\b",
    re.IGNORECASE,
)
_HAS_A_SAY = re.compile(r"product|sponsor|owner|manager|lead|head|director|legal|chief|board", re.IGNORECASE)
_SETTLES = re.compile(
    r"\b(?:agreed?|decided|decision|approv(?:ed|es|al)|signed? off|settled|accepted|rejected|confirmed|final|"
    r"we (?:go|are going|will go|take|keep|drop|leave|stay|stick|use|ship|launch)|let'?s|go(?:ing)? with|go ahead|"
    r"out of scope|postponed|parked|no longer|from now on|sa(?:ys|id) (?:no|yes)|then (?:we|it))\b",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    r"\b(?:would|could|might|maybe|perhaps|suggest|propose|proposal|i think|imo|(?:should|shall) we|what if|"
    r"if (?:we|you|they|legal|product)|prefer|vote|idea|option|wish|hope|want to|plan to|try(?:ing)?)\b",
    re.IGNORECASE,
)
_PENDING = re.compile(
    r"\b(?:not (?:yet|decided|agreed|approved|settled)|no decision|undecided|still open|pending|once|waiting|"
    r"until .* (?:agrees|approves))\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"\b(?:reached|measured|got|gives|shows|was|were|came out|is now at|dropped to)\b", re.IGNORECASE)
_NONE, _FAR = -8.0, 9.0  # the logit of what is not there, and its distance in posts
_HARDLY = -4.0  # a logit of the encoder under which no words can make a decision of a sentence
_LONG = 40  # words; what goes on for longer is mostly a log


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
    judge, found = encoder or thread_encoder(), []
    for at in range(0, len(threads), TOGETHER):
        some = threads[at : at + TOGETHER]
        found += [decided(thread, each, _decision()) for thread, each in zip(some, judge.judge(some), strict=True)]
    return found


def decided(thread: Thread, judged: Judged, fitted: dict[str, Any]) -> ThreadReading:
    """What is taken for a question, a decision, an assumption, by thresholds that were fitted apart."""
    heads = judged.heads
    asked = []
    for number in _over(heads[:, ASKS], fitted["asks"]):
        if _wants_a_word(thread.said[number].words):
            sure, answer = _open(thread, judged, number, fitted)
            asked.append(Asked(number, _probability(heads[number, ASKS]), sure, answer))
    questions = [one.sentence for one in asked]
    decisions = [
        Settled(number, sure, _question_of(judged, number, questions))
        for number in range(len(thread.said))
        if heads[number, DECIDES] > _HARDLY
        and (sure := _regression(decisiveness(thread, judged, number), fitted, "decisiveness")) >= fitted["decides"]
    ]
    assumed = [
        Assumed(number, _probability(heads[number, ASSUMES]), _confirmation(thread, number))
        for number in _over(heads[:, ASSUMES], fitted["assumes"])
    ]
    return ThreadReading(tuple(asked), tuple(decisions), tuple(assumed))


def _over(logits: Any, threshold: float) -> list[int]:
    """The sentences that are surer than the threshold."""
    return [number for number, logit in enumerate(logits) if _probability(logit) >= threshold]


def _open(thread: Thread, judged: Judged, number: int, fitted: dict[str, Any]) -> tuple[float, int | None]:
    """How sure a question is open, and if it is taken for answered, the sentence that answers it."""
    post = thread.said[number].post
    answer = _best(judged, number, range(number + 1, len(thread.said)))
    sure = _regression(openness(thread, judged, number), fitted, "openness")
    if post + 1 == len(thread.posts) and (answer is None or judged.pairs[number, answer] < 0):
        return max(sure, 0.5), None  # nobody wrote afterwards
    plain = _plain_reply(thread, number)
    if plain is not None:
        return min(sure, 0.5), plain
    return sure, answer if sure < fitted["open"] else None


def openness(thread: Thread, judged: Judged, number: int) -> list[float]:
    """What tells whether a question is open: the best answers to it, how far away, and how the first reply begins."""
    said, post = thread.said, thread.said[number].post
    asker = thread.posts[post].author
    later = range(number + 1, len(said))
    others = [k for k in later if said[k].post > post and thread.posts[said[k].post].author != asker]
    pairs = judged.pairs[number]
    best, second = [*sorted(later, key=lambda k: -pairs[k])[:2], None, None][:2]
    return [
        max((float(pairs[k]) for k in others), default=_NONE),
        _NONE if second is None else float(pairs[second]),
        float(judged.heads[number, ASKS]),
        float(bool(others) and _DEFERS.search(said[others[0]].words) is not None),
        float(best is not None and judged.heads[best, ASKS] > 0),
        float(_FAR if best is None else said[best].post - post),
        float(len(thread.posts) - post - 1),
        0.0 if best is None else float(judged.heads[best, DECIDES]),
        float(min(len(said[number].words.split()), _LONG)),
    ]


def decisiveness(thread: Thread, judged: Judged, number: int) -> list[float]:
    """What tells whether a sentence decides: the encoder's word on it and around it, who says it, in which words."""
    said, heads = thread.said, judged.heads
    words, post = said[number].words, said[number].post
    author = thread.posts[post].author
    asked = [k for k in range(number) if said[k].post < post and heads[k, ASKS] > 0]
    near = [float(heads[k, DECIDES]) if 0 <= k < len(said) else _NONE for k in (number - 1, number + 1)]
    elsewhere = (float(heads[k, DECIDES]) for k in range(len(said)) if k != number)
    return [
        float(heads[number, DECIDES]),
        float(heads[number, ASKS]),
        float(heads[number, ASSUMES]),
        *near,
        max((float(judged.pairs[k, number]) for k in asked), default=_NONE),
        float(author is not None and _HAS_A_SAY.search(thread.roles.get(author, "")) is not None),
        float(_SETTLES.search(words) is not None),
        float(_PROPOSES.search(words) is not None),
        float(_PENDING.search(words) is not None),
        float(_REPORTS.search(words) is not None),
        float(min(len(words.split()), _LONG)),
        float(number == 0 or said[number - 1].post != post),
        float(post == 0),
        max(elsewhere, default=_NONE),
        float(author == thread.posts[0].author),
    ]


def _regression(features: Sequence[float], fitted: dict[str, Any], name: str) -> float:
    """A logistic regression that was fitted on threads judged by encoders kept from them."""
    weights, bias = fitted[name], fitted[f"{name}_bias"]
    return _probability(sum(w * x for w, x in zip(weights, features, strict=True)) + bias)


def _best(judged: Judged, number: int, among: Sequence[int]) -> int | None:
    best = max(among, key=lambda other: judged.pairs[number, other], default=None)
    return best if best is not None and judged.pairs[number, best] > NEVER else None


def _question_of(judged: Judged, number: int, questions: Sequence[int]) -> int | None:
    """The question above that a sentence answers, if it answers one."""
    above = [asked for asked in questions if asked < number]
    best = max(above, key=lambda asked: judged.pairs[asked, number], default=None)
    return best if best is not None and judged.pairs[best, number] > 0 else None


def _wants_a_word(words: str) -> bool:
    """Whether a word is wanted: no deed ("could you rebase this?"), and no mere remark that something is unknown."""
    if _ERRAND.search(words) and not _WANTS_A_WORD.search(words):
        return False
    return "?" in words or _INDIRECT.search(words) is not None


def _plain_reply(thread: Thread, number: int) -> int | None:
    """What the very next person says first, where it is a plain yes or no to the last question of the post."""
    post = thread.said[number].post
    rest = [said for said in thread.said[number + 1 :] if said.post == post]
    following = number + 1 + len(rest)
    if following == len(thread.said) or any("?" in said.words for said in rest):
        return None
    other = thread.said[following]
    reply = thread.posts[other.post].author != thread.posts[post].author and _YES_OR_NO.match(other.words)
    return following if reply and "?" not in other.words else None


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
