"""Kinds of work: components before labels before types before words, and unknown where that is not plain."""

from typing import Any

import pytest

from diagnostics.findings import KindOfWork
from diagnostics.kinds_of_work import kind_of_work
from tests.tickets import ticket

DATA, MODELLING, EVALUATION = KindOfWork.DATA, KindOfWork.MODELLING, KindOfWork.EVALUATION
PRODUCT, SERVING = KindOfWork.PRODUCT, KindOfWork.SERVING


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"components": ("data",)}, DATA),
        ({"components": ("Model Evaluation",)}, EVALUATION),
        ({"components": ("model-serving",), "labels": ("data",)}, SERVING),
        ({"components": ("crm",), "labels": ("eval",)}, EVALUATION),
        ({"components": ("data", "serving"), "summary": "Alert on latency"}, SERVING),
        ({"components": ("data", "serving"), "summary": "Minutes of Tuesday"}, None),
        ({"type": "Experiment", "summary": "Ranker without the boost"}, EVALUATION),
        ({"type": "Story", "summary": "Minutes of Tuesday"}, None),
        ({"type": "Product Backlog Item", "summary": "Minutes of Tuesday"}, None),
        ({"labels": ("product-question",)}, PRODUCT),
        ({"summary": "Retrain the classifier"}, MODELLING),
        ({"summary": "Backfill the warehouse extract"}, DATA),
        ({"summary": "Compare AUC and recall of both models"}, EVALUATION),
        ({"summary": "Deploy the model"}, None),  # one word for each
        ({"summary": "Interviews with three dispatchers"}, PRODUCT),
        ({"summary": "Canary release and rollback"}, SERVING),
        ({"summary": "Databases and modelled apis"}, None),  # whole words only
        ({"summary": None}, None),
    ],
)
def test_kind_of_work(fields: dict[str, Any], kind: KindOfWork | None) -> None:
    assert kind_of_work(ticket(**({"summary": "Something else"} | fields))) is kind
