"""The trained part: which sentences of a thread ask, are still open, decide or assume, and which answers which.

A small transformer (see model/card.json) run by onnxruntime on the CPU; nothing is fetched, nothing unpickled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from diagnostics.reading.encoder import Transformer
from diagnostics.talk.thread import Thread
from diagnostics.talk.windows import windows

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
        self._transformer = Transformer(folder)
        with np.load(folder / "heads.npz", allow_pickle=False) as heads:
            self._heads = {name: heads[name] for name in heads.files}

    def judge(self, threads: Sequence[Thread]) -> list[Judged]:
        """Of each thread, what its sentences do: the mean over the windows that hold them; of pairs the best."""
        found = [
            Judged(np.zeros((len(t.said), len(self._heads["bias"]))), np.full((len(t.said),) * 2, NEVER))
            for t in threads
        ]
        seen = [np.zeros((len(thread.said), 1)) for thread in threads]
        cut = [(n, w) for n, thread in enumerate(threads) for w in windows(thread, self._transformer.pieces) if w.spans]
        cut.sort(key=lambda pair: len(pair[1].pieces))
        for at in range(0, len(cut), TOGETHER):
            some = cut[at : at + TOGETHER]
            hidden = self._transformer.hidden([window.pieces for _, window in some])
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
