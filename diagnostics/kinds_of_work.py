"""Kinds of work: what a ticket is about (data, modelling, evaluation, product, serving), as far as that is plain."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise

from diagnostics.findings import KindOfWork
from diagnostics.records import Ticket

# Words of components and labels. The last one that is known decides: "model evaluation" is evaluation.
_OF_TAGS: dict[KindOfWork, str] = {
    KindOfWork.DATA: "data dataset datasets features label labels labelling labeling annotation annotations etl"
    " ingestion warehouse",
    KindOfWork.MODELLING: "model models modelling modeling training ml",
    KindOfWork.EVALUATION: "evaluation eval metric metrics measurement experiment experiments experimentation"
    " validation backtest benchmark benchmarks",
    KindOfWork.PRODUCT: "product ux ui design discovery requirements",
    KindOfWork.SERVING: "serving deployment inference api service monitoring mlops infra infrastructure platform"
    " production release integration",
}
# Whole names of issue types that teams add; Jira's own (Story, Task, Bug, Spike) say nothing of the kind.
_OF_TYPES: dict[str, KindOfWork] = {
    "data request": KindOfWork.DATA,
    "dataset": KindOfWork.DATA,
    "training run": KindOfWork.MODELLING,
    "experiment": KindOfWork.EVALUATION,
    "design": KindOfWork.PRODUCT,
    "discovery": KindOfWork.PRODUCT,
    "deployment": KindOfWork.SERVING,
    "release": KindOfWork.SERVING,
}
# Words of summaries, two with "_" between them; the kind with the most of them decides.
_OF_SUMMARIES: dict[KindOfWork, str] = {
    KindOfWork.DATA: "data dataset datasets extract extracts label labels labelled labeled labelling labeling annotate"
    " annotated annotation annotations warehouse etl backfill backfilled ingest ingestion schema schemas parquet sql"
    " csv duplicate duplicates features",
    KindOfWork.MODELLING: "model models modelling modeling train trained training retrain retrained retraining"
    " fine_tune fine_tuning xgboost lightgbm regression hyperparameter hyperparameters encoder encoders embedding"
    " embeddings classifier classifiers ensemble ensembles boosted boosting",
    KindOfWork.EVALUATION: "evaluate evaluated evaluating evaluation metric metrics auc f1 recall precision accuracy"
    " backtest backtests backtesting holdout hold_out test_set experiment experiments benchmark benchmarks uplift a_b",
    KindOfWork.PRODUCT: "product interview interviews roadmap mockup mockups mock_up mock_ups wireframe wireframes"
    " requirements pilot survey feedback ux stakeholder stakeholders rollout roll_out",
    KindOfWork.SERVING: "serve serving deploy deployed deployment api endpoint endpoints latency monitor monitoring"
    " alert alerts alarm alarms rollback canary release docker kubernetes job jobs dag airflow cron runbook pod pods"
    " timeout timeouts production",
}
_KIND_OF_TAG = {word: kind for kind, words in _OF_TAGS.items() for word in words.split()}
_KIND_OF_WORD = {word: kind for kind, words in _OF_SUMMARIES.items() for word in words.split()}
_WORD = re.compile(r"[a-z0-9]+")


def kind_of_work(ticket: Ticket) -> KindOfWork | None:
    """By components, else labels, else the issue type, else words of the summary; None where that is not plain."""
    return (
        _of_tags(ticket.components)
        or _of_tags(ticket.labels)
        or _OF_TYPES.get((ticket.type or "").casefold())
        or _of_summary(ticket.summary or "")
    )


def _of_tags(tags: Iterable[str]) -> KindOfWork | None:
    """The one kind that the tags name; None where they name several."""
    kinds = {kind for tag in tags if (kind := _of_tag(tag))}
    return kinds.pop() if len(kinds) == 1 else None


def _of_tag(tag: str) -> KindOfWork | None:
    known = (_KIND_OF_TAG.get(word) for word in reversed(_WORD.findall(tag.casefold())))
    return next((kind for kind in known if kind), None)


def _of_summary(summary: str) -> KindOfWork | None:
    words = _WORD.findall(summary.casefold())
    said = chain(words, map("_".join, pairwise(words)))
    counts = Counter(_KIND_OF_WORD[word] for word in said if word in _KIND_OF_WORD).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return None
    return counts[0][0]
