"""Writes what `make train` learnt as the reader loads it: encoder.onnx (int8), heads.npz, vocab.txt, card.json."""

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import torch
from encoder import BASE, WEIGHTS_SHA256, Encoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from texts import QUESTIONS, Text
from torch import nn
from transformers import AutoModel

from diagnostics.records import text_sha256

LIMITS = "English only. What has little support among the labelled documents is told by passages alone."


class _Body(nn.Module):
    """The encoder without its heads, as one function of pieces and mask."""

    def __init__(self, trained: Encoder) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE, attn_implementation="eager")
        self.body.pooler = None
        self.body.load_state_dict(trained.body.state_dict())

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.body(ids, attention_mask=mask).last_hidden_state


def write_model(trained: Encoder, folder: Path) -> None:
    """The encoder's files: weights as int8 (a quarter of the size, twice the speed), heads as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    pieces = torch.randint(0, 2_000, (2, 30))
    axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "mask", "h")}
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _Body(trained).eval(),
            (pieces, torch.ones_like(pieces)),
            whole,
            input_names=["ids", "mask"],
            output_names=["h"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            folder / "encoder.onnx",
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            per_channel=True,
        )
    weight, bias = (part.detach().numpy().astype("f4") for part in (trained.head.weight, trained.head.bias))
    np.savez(folder / "heads.npz", weight=weight, bias=bias, questions=np.array(QUESTIONS))
    for name in ("vocab.txt", "LICENSE", "NOTICE"):
        shutil.copy(BASE / name, folder / name)


def write_card(folder: Path, figures: Mapping[str, object], trained_on: Mapping[str, Iterable[Text]]) -> None:
    """The card: where the weights come from, cross-validated figures, and the sha256 of every text in training."""
    card = {
        "model": "all-MiniLM-L6-v2 (Apache-2.0), trained further, int8 weights, no pooler; two heads a question",
        "base_weights_sha256": WEIGHTS_SHA256,
        "limits": LIMITS,
        "cross_validated": figures,
        "trained_on": {name: [text_sha256(text.text) for text in some] for name, some in trained_on.items()},
    }
    (folder / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
