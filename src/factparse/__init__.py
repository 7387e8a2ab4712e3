"""Typed facts, with their sources, from raw scraped country-comparison text of the World Factbook.

>>> import factparse
>>> page = factparse.parse("Aruba vs. Malta\\nGeography\\nAruba | Malta | |\\nArea | 180 sq km | 316 sq km |\\n")
>>> page.countries
('Aruba', 'Malta')

Importing the package does no work: each public name is loaded when it is first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from factparse.book.book import Book
    from factparse.columns.table import Cell, Row, Section
    from factparse.convert.run import convert
    from factparse.convert.summary import Summary
    from factparse.core.errors import (
        BookError,
        Diagnostic,
        ExtractorError,
        FactparseError,
        GrammarError,
        OutputError,
        SourceError,
        UsageError,
    )
    from factparse.core.facts import (
        AnyFact,
        Coordinates,
        Dated,
        DisplacedPersons,
        DisputeClause,
        DrugRole,
        Fact,
        Item,
        Quantity,
        Share,
        TextValue,
        TierRating,
        TraffickingRole,
    )
    from factparse.core.spans import Span
    from factparse.extract import extract
    from factparse.output.diff import Change, diff
    from factparse.output.dispute_graph import disputes
    from factparse.output.frame import frame
    from factparse.output.schema import json_schema
    from factparse.page import Page, Source
    from factparse.parsing import parse, parse_html, parse_pages, parse_tree
    from factparse.reading import read
    from factparse.resolving import resolve
    from factparse.sources.mojibake import Repaired, repair

__version__ = "0.1.0"

# Where each public name lives. tests/test_package.py holds this equal to the imports above, which type checkers read.
_HOMES: Final = {
    "book.book": ("Book",),
    "columns.table": ("Cell", "Row", "Section"),
    "convert.run": ("convert",),
    "convert.summary": ("Summary",),
    "core.errors": (
        "BookError",
        "Diagnostic",
        "ExtractorError",
        "FactparseError",
        "GrammarError",
        "OutputError",
        "SourceError",
        "UsageError",
    ),
    "extract": ("extract",),
    "core.facts": (
        "AnyFact",
        "Coordinates",
        "Dated",
        "DisplacedPersons",
        "DisputeClause",
        "DrugRole",
        "Fact",
        "Item",
        "Quantity",
        "Share",
        "TextValue",
        "TierRating",
        "TraffickingRole",
    ),
    "output.diff": ("Change", "diff"),
    "output.dispute_graph": ("disputes",),
    "output.frame": ("frame",),
    "sources.mojibake": ("Repaired", "repair"),
    "page": ("Page", "Source"),
    "parsing": ("parse", "parse_html", "parse_pages", "parse_tree"),
    "reading": ("read",),
    "resolving": ("resolve",),
    "output.schema": ("json_schema",),
    "core.spans": ("Span",),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "AnyFact",
    "Book",
    "BookError",
    "Cell",
    "Change",
    "Coordinates",
    "Dated",
    "Diagnostic",
    "DisplacedPersons",
    "DisputeClause",
    "DrugRole",
    "ExtractorError",
    "Fact",
    "FactparseError",
    "GrammarError",
    "Item",
    "OutputError",
    "Page",
    "Quantity",
    "Repaired",
    "Row",
    "Section",
    "Share",
    "Source",
    "SourceError",
    "Span",
    "Summary",
    "TextValue",
    "TierRating",
    "TraffickingRole",
    "UsageError",
    "__version__",
    "convert",
    "diff",
    "disputes",
    "extract",
    "frame",
    "json_schema",
    "parse",
    "parse_html",
    "parse_pages",
    "parse_tree",
    "read",
    "repair",
    "resolve",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 (any public name)
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The package as a module on which a public function is not hidden by the submodule of its own name.

    Importing ``factparse.extract`` makes Python set the attribute ``extract`` of this package to that module.
    ``factparse.extract("Area", ...)`` must go on working, so that one assignment is left out;
    ``from factparse.extract import ...`` is not concerned, for it looks into ``sys.modules``.
    """

    def __reduce__(self) -> tuple[object, ...]:
        """The recipe to pickle the module by its name: engines that send functions to other machines pickle it."""
        return import_module, (self.__name__,)

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
