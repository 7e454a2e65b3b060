"""The report as one HTML file: no script, no outside request, fit for print."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from diagnostics.diagnosis import PortfolioDiagnosis
from diagnostics.findings import Presence
from diagnostics.reports import Format
from diagnostics.reports.tickets import Addresses
from diagnostics.reports.wording import (
    LANES,
    OLDEST_ASKED,
    STATUSES,
    actions_in_order,
    asked_text,
    days_text,
    forecast_text,
    pieces,
    product_line,
    reasons,
    roles_that_show,
    roles_untold,
    score_text,
    shown_health,
    source_text,
    summary_text,
    symptom_text,
    verdict_text,
    verdict_word,
    who_could_answer,
)


def render(document: PortfolioDiagnosis) -> str:
    """The whole report; Jinja escapes every text from outside."""
    environment = Environment(
        loader=PackageLoader("diagnostics.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "actions": actions_in_order,
        "addresses": Addresses,
        "asked": asked_text,
        "days": days_text,
        "forecast": forecast_text,
        "product": product_line,
        "reasons": reasons,
        "roles": roles_that_show,
        "untold_roles": roles_untold,
        "who": who_could_answer,
        "health": shown_health,
        "pieces": pieces,
        "score": score_text,
        "verdict": verdict_text,
        "word": verdict_word,
        "source": source_text,
        "summary": summary_text,
        "symptom": symptom_text,
    }
    anchors = {project.key: f"p{number}" for number, project in enumerate(document.projects)}
    return environment.get_template("report.html.jinja").render(
        document=document,
        anchors=anchors,
        statuses=STATUSES,
        lanes=LANES,
        present=Presence.PRESENT,
        oldest_asked=OLDEST_ASKED,
    )


FORMAT = Format("html", "text/html", render)
