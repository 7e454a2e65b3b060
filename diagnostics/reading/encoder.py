"""The trained part of the reader: for each sentence and question, does it speak to it, does it answer it.

A small transformer (see model/card.json) run by onnxruntime on the CPU; nothing is fetched, nothing unpickled.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
import onnxruntime

from diagnostics.reading.context import Sentence
from diagnostics.reading.windows import UNKNOWN, windows
from diagnostics.reading.wordpiece import WordPieces

Logits = np.ndarray[Any, np.dtype[Any]]  # sentences x 2 (it answers, it speaks to it) x questions

MODEL = Path(__file__).parent / "model"
TOGETHER = 8  # windows a run: more only fill up with padding


class Judge(Protocol):
    """What makes logits of sentences: the shipped encoder, or another one while it is measured.

    `questions` says which question each column of the logits belongs to.
    """

    @property
    def questions(self) -> tuple[str, ...]: ...  # noqa: D102

    def logits(self, sentences: Sequence[Sentence]) -> Logits: ...  # noqa: D102


class Transformer:
    """The body of an encoder, from a folder's encoder.onnx, and the pieces that it knows, from its vocab.txt."""

    def __init__(self, folder: Path) -> None:
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.pieces = WordPieces({piece: number for number, piece in enumerate(vocabulary)}, UNKNOWN)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        # A thread that waits sleeps: spinning would take the processor from the pages that are served meanwhile.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def hidden(self, windows: Sequence[Sequence[int]]) -> Logits:
        """What becomes of the pieces of some windows: windows x pieces x width, the shorter ones filled up."""
        ids = np.zeros((len(windows), max(map(len, windows))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, pieces in enumerate(windows):
            ids[row, : len(pieces)] = pieces
            mask[row, : len(pieces)] = 1
        (made,) = self._session.run(None, {"ids": ids, "mask": mask})
        return cast(Logits, made)


class Encoder:
    """The encoder as `make train` left it in a folder: encoder.onnx, heads.npz, vocab.txt."""

    def __init__(self, folder: Path = MODEL) -> None:
        self._transformer = Transformer(folder)
        with np.load(folder / "heads.npz", allow_pickle=False) as heads:
            self._weight, self._bias = heads["weight"], heads["bias"]
            self.questions: tuple[str, ...] = tuple(str(id) for id in heads["questions"])

    def logits(self, sentences: Sequence[Sentence]) -> Logits:
        """What the encoder makes of each sentence in its place."""
        found = np.zeros((len(sentences), 2 * len(self.questions)), dtype=np.float32)
        cut = sorted(windows(sentences, self._transformer.pieces), key=lambda window: len(window.pieces))
        for at in range(0, len(cut), TOGETHER):
            some = cut[at : at + TOGETHER]
            hidden = self._transformer.hidden([window.pieces for window in some])
            for row, window in enumerate(some):
                for (begin, end), number in zip(window.spans, window.sentences, strict=True):
                    pooled = np.concatenate([hidden[row, begin:end].mean(0), hidden[row, begin - 1]])
                    found[number] = self._weight @ pooled + self._bias
        return found.reshape(len(sentences), 2, len(self.questions))


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The shipped encoder, loaded once a process."""
    return Encoder()
