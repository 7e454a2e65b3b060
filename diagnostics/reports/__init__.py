"""Reports: a portfolio's diagnosis as a document that can be passed on; one file a format."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import NamedTuple

from diagnostics.diagnosis import PortfolioDiagnosis


class Format(NamedTuple):
    """A way to write a report: the ending of its file, its media type, and the function that writes it."""

    name: str
    media_type: str
    render: Callable[[PortfolioDiagnosis], str]


def formats() -> dict[str, Format]:
    """Every format of this folder by its name (md, html, json)."""
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    found: list[Format] = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {format.name: format for format in found}


def render(format: str, document: PortfolioDiagnosis) -> str:
    """The report in one format.

    Raises:
        KeyError: there is no such format.
    """
    return formats()[format].render(document)
