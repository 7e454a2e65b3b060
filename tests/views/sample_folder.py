"""A portfolio folder whose store already holds the hand-written diagnoses, so that nothing is left to be read."""

import json
from pathlib import Path

from diagnostics.diagnose import versions
from diagnostics.diagnosis import PortfolioDiagnosis
from diagnostics.gather import fingerprint
from diagnostics.portfolio import load_portfolio
from diagnostics.settings import Settings
from diagnostics.store import Fingerprint, Store, default_url


def make(folder: Path, document: PortfolioDiagnosis) -> Path:
    """Write portfolio.toml, and keep each diagnosis as made from just that."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["[portfolio]", f"name = {json.dumps(document.name)}", f"as_of = {document.as_of}"]
    for project in document.projects:
        lines += ["[[project]]", f"key = {json.dumps(project.key)}", f"name = {json.dumps(project.name)}"]
    lines += ["[[project]]", "colour = 3"]  # a problem: no key
    (folder / "portfolio.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    portfolio = load_portfolio(folder)
    by_key = {project.key: project for project in document.projects}
    store = Store(default_url(folder))
    for entry in portfolio.entries:
        key = entry.project.key
        inputs = fingerprint(entry, portfolio.timezone)
        made_from = Fingerprint(portfolio.name, key, document.as_of, versions(Settings()), inputs)
        store.save(by_key[key], made_from)
    store.close()
    return folder
