"""The report as JSON: the same object that `unstuck diagnose --format json` prints."""

from diagnostics.diagnosis import PortfolioDiagnosis
from diagnostics.reports import Format


def render(document: PortfolioDiagnosis) -> str:
    """The whole diagnosis, indented, ending with a line end."""
    return document.model_dump_json(indent=1) + "\n"


FORMAT = Format("json", "application/json", render)
