"""Trains the encoder of threads: which sentences ask, decide or take for granted, and which answers what.

    make train-threads

It starts from the reader's base model and learns from data/training/threads/seen*.jsonl, also
cut off after each comment, as they stood on an earlier day. The threads in apart*.jsonl are never looked at.
"""

import argparse
import copy
import hashlib
import json
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from encoder import BASE, PIECES, WEIGHTS_SHA256
from labelled_threads import HEADS, THREADS, Example, example, load, sample_threads
from onnxruntime.quantization import QuantType, quantize_dynamic
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from torch import nn
from transformers import AutoModel

from diagnostics.talk.encoder import Judged
from diagnostics.talk.reading import decided, decisiveness, openness
from diagnostics.talk.thread import Thread
from diagnostics.talk.windows import Window, windows

LAYERS, EPOCHS, RATE, FOLDS, SEEDS = 6, 5, 1.5e-4, 2, (0, 1)


class Judge(nn.Module):
    """MiniLM, a logistic head for each thing a sentence can do, and one for pairs that answer."""

    def __init__(self, layers: int, start: Path | None = None) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE)
        self.body.pooler = None
        if start:
            kept = torch.load(start, weights_only=True)
            self.body.load_state_dict({k.removeprefix("body."): v for k, v in kept.items() if k.startswith("body.")})
        self.body.encoder.layer = self.body.encoder.layer[:layers]
        width = self.body.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * width, len(HEADS))
        self.asker, self.answerer = nn.Linear(2 * width, 64), nn.Linear(2 * width, 64)
        self.pair_bias = nn.Parameter(torch.tensor(-3.0))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -2.0)

    def pooled(self, batch: Sequence[Window]) -> list[torch.Tensor]:
        """Of each window its sentences as vectors: the mean of their pieces, and the mark before them."""
        longest = max(len(window.pieces) for window in batch)
        pieces = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest)
        for row, window in enumerate(batch):
            pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
            mask[row, : len(window.pieces)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.body(pieces, attention_mask=mask).last_hidden_state.float()
        found = []
        for row, window in enumerate(batch):
            means = torch.stack([hidden[row, begin:end].mean(0) for begin, end in window.spans])
            marks = torch.stack([hidden[row, begin - 1] for begin, _ in window.spans])
            found.append(self.drop(torch.cat([means, marks], -1)))
        return found

    def forward(self, batch: Sequence[Window]) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Of each window its sentences' logits, and the logits of pairs (question, answer)."""
        made = []
        for own in self.pooled(batch):
            pairs = self.asker(own) @ self.answerer(own).T / 8 + self.pair_bias
            made.append((self.head(own), pairs))
        return made


def train(judge: Judge, rows: Sequence[dict[str, Any]], *, epochs: int, rate: float, seed: int) -> None:
    """Trains in place on whole threads, and on each cut off after a comment that is drawn anew every epoch."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    wholes = {row["id"]: example(row) for row in rows}
    cuts: dict[tuple[str, int], Example] = {}
    steps_an_epoch = len(rows) * 2 // 8
    total = epochs * steps_an_epoch
    heads = [p for n, p in judge.named_parameters() if not n.startswith("body.")]
    optimiser = torch.optim.AdamW(
        [{"params": judge.body.parameters(), "lr": rate}, {"params": heads, "lr": 8 * rate}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * total + 1), max(0.0, (total - step) / (0.9 * total)))
    )
    judge.train()
    weight = torch.tensor([1.0, 1.0, 1.5, 0.7])
    for epoch in range(epochs):
        some = []
        for row in rows:
            some.append(wholes[row["id"]])
            many = len(row["comments"])
            if many > 1:
                upto = order.randrange(1, many)
                if (row["id"], upto) not in cuts:
                    cuts[row["id"], upto] = example(row, upto)
                some.append(cuts[row["id"], upto])
        pairs = [(one, window) for one in some for window in windows(one.thread, PIECES) if window.spans]
        pairs.sort(key=lambda pair: len(pair[1].pieces) + order.random() * 40)
        steps = [pairs[at : at + 8] for at in range(0, len(pairs), 8)]
        order.shuffle(steps)
        losses = []
        for step in steps:
            loss = torch.tensor(0.0)
            for (one, window), (logits, pair) in zip(step, judge([w for _, w in step]), strict=True):
                truth = torch.tensor(one.labels[window.sentences])
                each = nn.functional.binary_cross_entropy_with_logits(logits, truth.clamp(min=0), reduction="none")
                each = each * (truth >= 0) * weight
                loss = loss + each.sum() / 10
                asked = [n for n, sentence in enumerate(window.sentences) if one.labels[sentence, 0] == 1]
                if asked:
                    wanted = torch.zeros(len(asked), len(window.sentences))
                    for a, b in one.answers:
                        if a in window.sentences and b in window.sentences and window.sentences.index(a) in asked:
                            wanted[asked.index(window.sentences.index(a)), window.sentences.index(b)] = 1
                    loss = (
                        loss + nn.functional.binary_cross_entropy_with_logits(pair[asked], wanted, reduction="sum") / 10
                    )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item() / len(step))
        print(f"  epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}", flush=True)


@torch.no_grad()
def judged(judge: Judge, thread: Thread) -> Judged:
    """Logits of all sentences (the mean over the windows that hold them), and the best of each pair."""
    judge.eval()
    cut = [window for window in windows(thread, PIECES) if window.spans]
    sums, seen = np.zeros((len(thread.said), len(HEADS))), np.zeros(len(thread.said))
    pairs = np.full((len(thread.said), len(thread.said)), -20.0)
    for window, (logits, pair) in zip(cut, judge(cut) if cut else [], strict=True):
        sums[window.sentences] += logits.numpy()
        seen[window.sentences] += 1
        at = np.ix_(window.sentences, window.sentences)
        pairs[at] = np.maximum(pairs[at], pair.numpy())
    return Judged(np.where(seen[:, None] > 0, sums / np.maximum(seen, 1)[:, None], -20.0), pairs)


def train_averaged(judge: Judge, rows: Sequence[dict[str, Any]], *, epochs: int, rate: float) -> Judge:
    """Trains once a seed from the same weights, leaves the mean of the results (Wortsman et al. 2022), returns one."""
    start = copy.deepcopy(judge.state_dict())
    total: dict[str, torch.Tensor] = {}
    for seed in SEEDS:
        judge.load_state_dict(start)
        train(judge, rows, epochs=epochs, rate=rate, seed=seed)
        total = {name: total.get(name, 0) + part.float() / len(SEEDS) for name, part in judge.state_dict().items()}
    single = copy.deepcopy(judge)
    judge.load_state_dict({name: part.to(start[name].dtype) for name, part in total.items()})
    return single


Judgements = Sequence[tuple[Example, Judged]]


def fitted(apart: Judgements) -> dict[str, Any]:
    """Thresholds and regressions, from threads judged by encoders kept from them."""
    asks = [(one, made, int(n)) for one, made in apart for n in np.flatnonzero(made.heads[:, 0] > 0)]
    every = [(one, made, n) for one, made in apart for n in range(len(one.thread.said))]
    still_open = [bool(one.labels[n, 0] == 1 and one.labels[n, 1] == 1) for one, _, n in asks]
    decides = [bool(one.labels[n, 2] == 1) for one, _, n in every]
    found: dict[str, Any] = {}
    # A false decision hides what gets a project stuck, and a ledger of questions that were answered is soon not read
    # any more: so both have to be more likely than not.
    for name, threshold, features, truth, places in (
        ("openness", "open", openness, still_open, asks),
        ("decisiveness", "decides", decisiveness, decides, every),
    ):
        rows = np.array([features(one.thread, made, n) for one, made, n in places])
        groups = [one.id for one, _, _ in places]
        mean, deviation = rows.mean(0), rows.std(0) + 1e-9
        line = LogisticRegression(C=0.1, max_iter=5_000)
        apart_again = cross_val_predict(
            line, (rows - mean) / deviation, truth, groups=groups, cv=GroupKFold(5), method="predict_proba"
        )
        found[threshold] = max(_threshold(apart_again[:, 1], np.array(truth)), 0.5)
        line.fit((rows - mean) / deviation, truth)
        weights = line.coef_[0] / deviation
        found[name] = weights.round(4).tolist()
        found[f"{name}_bias"] = round(float(line.intercept_[0] - weights @ mean), 4)
    for head, name in ((0, "asks"), (3, "assumes")):
        sure = np.concatenate([1 / (1 + np.exp(-made.heads[:, head])) for _, made in apart])
        found[name] = _threshold(sure, np.concatenate([one.labels[:, head] == 1 for one, _ in apart]))
    return found


def matched(settings: dict[str, Any], single: Judge, averaged: Judge) -> dict[str, Any]:
    """The regressions moved so that the averaged encoder's words weigh as much as those of a single one.

    They were fitted on single encoders, whose logits are larger; both are compared on the sample portfolio's tickets,
    which neither has seen and which carry no labels.
    """
    pairs = [(thread, judged(single, thread), judged(averaged, thread)) for thread in sample_threads()]
    for name, head, features, least in (("openness", 0, openness, 0.0), ("decisiveness", 2, decisiveness, -2.0)):
        weights, bias = np.array(settings[name]), settings[f"{name}_bias"]
        both = [
            [float(weights @ features(thread, made, n)) + bias for made in (one, mean)]
            for thread, one, mean in pairs
            for n in range(len(thread.said))
            if max(one.heads[n, head], mean.heads[n, head]) > least
        ]
        alone, together = np.array(both).T
        scale = alone.std() / together.std()
        settings[name] = (scale * weights).round(4).tolist()
        settings[f"{name}_bias"] = round(float(scale * (bias - together.mean()) + alone.mean()), 4)
    return settings


def _threshold(sure: np.ndarray, truth: np.ndarray) -> float:
    """Where F1 is best."""

    def scores(threshold: float) -> float:
        said = sure >= threshold
        return float(2 * (said & truth).sum() / max(1, said.sum() + truth.sum()))

    return round(float(max(np.arange(0.1, 0.9, 0.02), key=scores)), 2)


def measured(apart: Judgements, settings: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Precision and recall of what is read, by labelled items: an item is found when one of its sentences is."""
    counts = {name: [0, 0, 0] for name in ("question", "open question", "decision", "assumption")}
    for one, made in apart:
        reading = decided(one.thread, made, dict(settings))
        said = {
            "question": {each.sentence for each in reading.asked},
            "open question": {each.sentence for each in reading.asked if each.open_now},
            "decision": {each.sentence for each in reading.settled},
            "assumption": {each.sentence for each in reading.assumed},
        }
        is_open = (one.labels[:, 0] == 1) & (one.labels[:, 1] == 1)
        truth = dict(
            zip(counts, (one.labels[:, 0] == 1, is_open, one.labels[:, 2] == 1, one.labels[:, 3] == 1), strict=True)
        )
        for name, found in said.items():
            true = set(np.flatnonzero(truth[name]).tolist())
            counts[name][0] += len(found & true)
            counts[name][1] += len(found - true)
            counts[name][2] += len(true - found)
    return {
        name: {
            "precision": round(both / max(1, both + wrong), 3),
            "recall": round(both / max(1, both + missed), 3),
            "support": both + missed,
        }
        for name, (both, wrong, missed) in counts.items()
    }


class _Body(nn.Module):
    """The encoder without its heads, as one function of pieces and mask."""

    def __init__(self, trained: Judge, kept: Sequence[int]) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.body.pooler = None
        self.body.encoder.layer = self.body.encoder.layer[: len(trained.body.encoder.layer)]
        self.body.load_state_dict(trained.body.state_dict())
        words = self.body.embeddings.word_embeddings.weight.data[list(kept)]
        self.body.embeddings.word_embeddings = nn.Embedding.from_pretrained(words)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.body(ids, attention_mask=mask).last_hidden_state


def kept_pieces(rows: Sequence[dict[str, Any]]) -> list[int]:
    """The pieces that ship: marks, letters, and all that the project's own texts are written with."""
    vocabulary = (BASE / "vocab.txt").read_text(encoding="utf-8").split()
    texts = [path.read_text(encoding="utf-8") for path in sorted((THREADS.parent / "documents").rglob("*.md"))]
    texts += [json.dumps(row, ensure_ascii=False) for row in rows]
    seen = {number for text in texts for number in PIECES(text)}
    single = {n for n, piece in enumerate(vocabulary) if len(piece.removeprefix("##")) <= 2 and piece.isascii()}
    return sorted(seen | single | set(range(104)))


def write(
    trained: Judge, rows: Sequence[dict[str, Any]], settings: Mapping[str, Any], figures: object, out: Path
) -> None:
    """The files as diagnostics/talk/encoder.py loads them."""
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = (BASE / "vocab.txt").read_text(encoding="utf-8").split()
    kept = kept_pieces(rows)
    pieces = torch.randint(0, 100, (2, 30))
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "mask", "h")}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _Body(trained, kept).eval(), (pieces, torch.ones_like(pieces)), whole, input_names=["ids", "mask"],
            output_names=["h"], dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            whole, out / "encoder.onnx", weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
        )  # fmt: skip
    parts = {
        "weight": trained.head.weight, "bias": trained.head.bias,
        "asker": trained.asker.weight, "asker_bias": trained.asker.bias,
        "answerer": trained.answerer.weight, "answerer_bias": trained.answerer.bias, "pair_bias": trained.pair_bias,
    }  # fmt: skip
    np.savez(out / "heads.npz", **{name: part.detach().numpy().astype("f4") for name, part in parts.items()})
    (out / "vocab.txt").write_text("\n".join(vocabulary[n] for n in kept), encoding="utf-8")
    for name in ("LICENSE", "NOTICE"):
        shutil.copy(BASE / name, out / name)
    (out / "decision.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    card = {
        "model": "all-MiniLM-L6-v2 (Apache-2.0), trained further, int8, with the pieces that these texts need",
        "base_weights_sha256": WEIGHTS_SHA256,
        "limits": "English only; trained on invented threads of tickets alone.",
        "cross_validated": figures,
        "trained_on": [hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest() for row in rows],
    }
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Cross-validates by thread, fits thresholds on what was judged apart, and keeps what learnt from all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("out", type=Path)
    asked.add_argument("--epochs", type=int, default=EPOCHS)
    asked.add_argument("--start", type=Path, help="weights to begin with, in the place of the base model's")
    options = asked.parse_args()
    rows = load(sorted(THREADS.glob("seen*.jsonl")))
    random.Random(3).shuffle(rows)
    apart: list[tuple[Example, Judged]] = []
    for fold in range(FOLDS):
        print(f"fold {fold + 1} of {FOLDS}", flush=True)
        judge = Judge(LAYERS, options.start)
        train(judge, [r for n, r in enumerate(rows) if n % FOLDS != fold], epochs=options.epochs, rate=RATE, seed=fold)
        kept = [example(row) for n, row in enumerate(rows) if n % FOLDS == fold]
        apart += [(one, judged(judge, one.thread)) for one in kept]
    # Each half of what was judged apart is measured by what was fitted on the other half.
    halves = [apart[::2], apart[1::2]]
    figures = [measured(half, fitted(other)) for half, other in zip(halves, halves[::-1], strict=True)]
    print(json.dumps(figures, indent=1))
    judge = Judge(LAYERS, options.start)
    single = train_averaged(judge, rows, epochs=options.epochs, rate=RATE)
    write(judge, rows, matched(fitted(apart), single, judge), figures, options.out)
    print(f"kept in {options.out}")


if __name__ == "__main__":
    main()
