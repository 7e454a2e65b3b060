"""The trained part: which sentences of a thread ask, are still open, decide or assume, and which answers which.

A small transformer (see model/card.json) run by onnxruntime on the CPU; nothing is fetched, nothing unpickled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from diagnostics.reading.wordpiece import WordPieces
from diagnostics.talk.thread import Thread
from diagnostics.talk.windows import UNKNOWN, windows

MODEL = Path(__file__).parent / "model"
TOGETHER = 8  # windows a run: more only fill up with padding
NEVER = -20.0  # the logit of what no window holds

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Logits of a thread's sentences (sentences x heads) and of its pairs (question, answer)."""

    heads: Array
    pairs: Array


class ThreadEncoder:
    """The encoder as `make train-threads` left it in a folder: encoder.onnx, heads.npz, vocab.txt."""

    def __init__(self, folder: Path = MODEL) -> None:
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self._pieces = WordPieces({piece: number for number, piece in enumerate(vocabulary)}, UNKNOWN)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        # A thread that waits sleeps: spinning would take the processor from the pages that are served meanwhile.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        with np.load(folder / "heads.npz", allow_pickle=False) as heads:
            self._heads = {name: heads[name] for name in heads.files}

    def judge(self, threads: Sequence[Thread]) -> list[Judged]:
        """Of each thread, what its sentences do: the mean over the windows that hold them; of pairs the best."""
        found = [
            Judged(np.zeros((len(t.said), len(self._heads["bias"]))), np.full((len(t.said),) * 2, NEVER))
            for t in threads
        ]
        seen = [np.zeros((len(thread.said), 1)) for thread in threads]
        cut = [(n, w) for n, thread in enumerate(threads) for w in windows(thread, self._pieces) if w.spans]
        cut.sort(key=lambda pair: len(pair[1].pieces))
        for at in range(0, len(cut), TOGETHER):
            some = cut[at : at + TOGETHER]
            pieces = np.zeros((len(some), len(some[-1][1].pieces)), dtype=np.int64)
            mask = np.zeros_like(pieces)
            for row, (_, window) in enumerate(some):
                pieces[row, : len(window.pieces)] = window.pieces
                mask[row, : len(window.pieces)] = 1
            (hidden,) = self._session.run(None, {"ids": pieces, "mask": mask})
            for row, (number, window) in enumerate(some):
                heads, pairs = self._of(hidden[row], window.spans)
                found[number].heads[window.sentences] += heads
                seen[number][window.sentences] += 1
                place = np.ix_(window.sentences, window.sentences)
                found[number].pairs[place] = np.maximum(found[number].pairs[place], pairs)
        for judged, times in zip(found, seen, strict=True):
            judged.heads[:] = np.where(times > 0, judged.heads / np.maximum(times, 1), NEVER)
        return found

    def _of(self, hidden: Array, spans: Sequence[tuple[int, int]]) -> tuple[Array, Array]:
        of = self._heads
        pooled = np.stack([np.concatenate([hidden[begin:end].mean(0), hidden[begin - 1]]) for begin, end in spans])
        askers = pooled @ of["asker"].T + of["asker_bias"]
        answerers = pooled @ of["answerer"].T + of["answerer_bias"]
        pairs = askers @ answerers.T / np.sqrt(askers.shape[1]) + of["pair_bias"]
        return pooled @ of["weight"].T + of["bias"], pairs


@lru_cache(maxsize=1)
def thread_encoder() -> ThreadEncoder:
    """The shipped encoder, loaded once a process."""
    return ThreadEncoder()
