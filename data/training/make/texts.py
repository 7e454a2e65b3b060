"""Training texts and labelled documents as sentences in their place, each with what it says to every question."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from diagnostics.patterns import all_questions
from diagnostics.reading.blocks import blocks, masked
from diagnostics.reading.context import Sentence, sentences_in
from diagnostics.records import canonical_text

HERE = Path(__file__).parent.parent
QUESTIONS = tuple(question.id for question in all_questions())
NONE, VAGUE, ANSWERED = 0, 1, 2
VALUES = {"missing": NONE, "vague": VAGUE, "answered": ANSWERED}
UNQUOTED = 0.25  # weight of an unmarked sentence where a label quotes others: it may count too

_MARK = re.compile(r"[ \t]*\{\{([^{}]*)\}\}")
_ITEM = re.compile(r"!?([a-z]+(?:-[a-z]+)*)([+~]?)")
_WORD = re.compile(r"\w+")
_RUN = 5  # words that a sentence and a quote share when one is found in the other (design.md section 5)
_NEAR = 4  # characters between a sentence's end and its mark: a full stop, a closing bar


class MarkError(ValueError):
    """A mark or label that cannot be used; the message names the file, the place and the way out."""


@dataclass(frozen=True, slots=True)
class Text:
    """One document or passage, and for each sentence what it says to every question.

    `weights` are two an entry: for "it answers" and for "it speaks to it"; 0 where nobody can tell.
    """

    name: str
    text: str
    sentences: tuple[Sentence, ...]
    says: tuple[dict[str, int], ...]
    weights: tuple[dict[str, tuple[float, float]], ...]

    @classmethod
    def of(cls, name: str, text: str) -> Self:
        """A text whose sentences say nothing yet; the same sentences as the reader's."""
        plain = masked(text)
        told = sentences_in(text, plain, blocks(text, plain))
        says = tuple(dict.fromkeys(QUESTIONS, NONE) for _ in told)
        return cls(name, text, told, says, tuple(dict.fromkeys(QUESTIONS, (1.0, 1.0)) for _ in told))


def without_marks(raw: str, name: str) -> tuple[str, list[tuple[int, dict[str, int]]]]:
    """The text without its marks, and each mark's place in it with what it says (README.md, "Marks").

    Raises:
        MarkError: a mark that names no question.
    """
    text, at = "", 0
    marks: list[tuple[int, dict[str, int]]] = []
    for match in _MARK.finditer(raw):
        text += raw[at : match.start()]
        at = match.end()
        said: dict[str, int] = {}
        for word in re.split(r"[\s,;]+", match[1].strip()):
            item = _ITEM.fullmatch(word)
            if item is None or item[1] not in QUESTIONS:
                line = raw.count("\n", 0, match.start()) + 1
                raise MarkError(f"{name}:{line}: {word!r} is no mark; write question+, question~ or !question")
            if not word.startswith("!"):
                said[item[1]] = ANSWERED if item[2] == "+" else VAGUE
        marks.append((len(text), said))
    return text + raw[at:], marks


def marked(raw: str, name: str) -> Text:
    """A text with marks, each given to the sentence that it follows."""
    text, marks = without_marks(raw, name)
    found = Text.of(name, text)
    for place, said in marks:
        before = [
            says
            for sentence, says in zip(found.sentences, found.says, strict=True)
            if sentence.span[0] < place <= sentence.span[1] + _NEAR
        ]
        for question, value in said.items():
            if before:
                before[-1][question] = max(before[-1][question], value)
    return found


def shares_words(one: str, other: str) -> bool:
    """Whether two texts share a run of five words (of all the words of the shorter one, if it has fewer)."""
    first, second = ([word.casefold() for word in _WORD.findall(text)] for text in (one, other))
    run = min(_RUN, len(first), len(second))
    runs = {tuple(first[at : at + run]) for at in range(len(first) - run + 1)}
    return run > 0 and any(tuple(second[at : at + run]) in runs for at in range(len(second) - run + 1))


def apply_labels(text: Text, labels: Mapping[str, Mapping[str, object]], *, marks_too: bool) -> None:
    """Lets a document's labels speak for its sentences: the quoted ones carry the label.

    With `marks_too` the sentences' own marks count where the label does not gainsay them, and an unmarked
    sentence beside quoted ones counts little as silent; without, it does not count at all.
    """
    for question, label in labels.items():
        value = VALUES[str(label["status"])]
        quotes = [str(quote) for quote in label.get("quotes", ())]  # type: ignore[attr-defined]
        for sentence, says, weights in zip(text.sentences, text.says, text.weights, strict=True):
            quoted = any(shares_words(sentence.spoken, quote) for quote in quotes)
            own = says[question]
            doubt = UNQUOTED if marks_too else 0.0
            if quoted:
                says[question] = value
            elif value == ANSWERED and own == NONE:
                weights[question] = (doubt, doubt)
            elif value == VAGUE:
                weights[question] = (float(own != ANSWERED), doubt if own == NONE else 1.0)
            elif value == NONE and own != NONE:
                weights[question] = (float(own != ANSWERED), 0.0)


def own_documents(folder: Path = HERE, *, labelled: bool = True) -> list[Text]:
    """The invented documents; with `labelled`, their careful labels have the last word over their marks."""
    texts = [
        marked(path.read_text(encoding="utf-8"), path.name) for path in sorted((folder / "documents").glob("*.md"))
    ]
    for text in texts if labelled else ():
        labels = json.loads((folder / "labels" / f"{Path(text.name).stem}.json").read_text(encoding="utf-8"))
        apply_labels(text, labels["labels"], marks_too=True)
    return texts


def own_passages(folder: Path = HERE) -> list[Text]:
    """The invented passages, one a line."""
    return [
        marked(line, f"{path.name}:{number}")
        for path in sorted((folder / "passages").glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip()
    ]


def labelled_documents(folder: Path) -> list[tuple[Text, Mapping[str, Mapping[str, object]]]]:
    """Real documents (`docs/`, `labels/` as `unstuck evaluate` takes them), with their labels."""
    found = []
    for path in sorted((folder / "docs").iterdir()):
        text = canonical_text(path.read_text(encoding="utf-8", errors="replace"))
        labels = json.loads((folder / "labels" / f"{path.stem}.json").read_text(encoding="utf-8"))["labels"]
        document = Text.of(path.name, text)
        apply_labels(document, labels, marks_too=False)
        found.append((document, labels))
    return found


def labelled_passages(path: Path) -> list[tuple[Text, Mapping[str, object]]]:
    """Rows of a passages file; of several sentences nobody can tell which one answers."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        text = canonical_text(row["text"])
        passage = Text.of(f"{path.name}#{number}", text)
        says = {row["question"]: VALUES[row["status"]], **dict.fromkeys(row["also_answered"], ANSWERED)}
        for own, weights in zip(passage.says, passage.weights, strict=True):
            own.update(says)
            if len(passage.sentences) > 1:
                weights.update({question: (0.0, 0.0) for question, value in says.items() if value != NONE})
        found.append((passage, row))
    return found
