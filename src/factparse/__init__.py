"""Typed facts, with their sources, from raw scraped country-comparison text of the World Factbook.

>>> import factparse
>>> page = factparse.parse("Aruba vs. Malta\\nGeography\\nAruba | Malta | |\\nArea | 180 sq km | 316 sq km |\\n")
>>> page.countries
('Aruba', 'Malta')

Importing the package does no work: each public name is loaded when it is first used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, get_origin

# ``Cell as Cell`` tells type checkers that the package exports the name.
if TYPE_CHECKING:
    from factparse.book.book import Book as Book
    from factparse.columns.table import Cell as Cell, Row as Row, Section as Section
    from factparse.comparing import compare as compare
    from factparse.convert.run import convert as convert
    from factparse.convert.summary import Summary as Summary
    from factparse.core.errors import (
        BookError as BookError,
        Diagnostic as Diagnostic,
        ExtractorError as ExtractorError,
        FactparseError as FactparseError,
        GrammarError as GrammarError,
        NotOnPageError as NotOnPageError,
        OutputError as OutputError,
        SourceError as SourceError,
        UsageError as UsageError,
    )
    from factparse.core.facts import *
    from factparse.core.spans import Span as Span
    from factparse.extract import extract as extract
    from factparse.known import KnownEdition as KnownEdition, PrintedCell as PrintedCell
    from factparse.output.diff import Change as Change, diff as diff
    from factparse.output.dispute_graph import disputes as disputes
    from factparse.output.frame import frame as frame
    from factparse.output.loading import facts_from_json as facts_from_json
    from factparse.output.schema import json_schema as json_schema
    from factparse.page import Page as Page, Source as Source
    from factparse.parsing import (
        parse as parse,
        parse_html as parse_html,
        parse_pages as parse_pages,
        parse_tree as parse_tree,
    )
    from factparse.reading import read as read
    from factparse.resolving import resolve as resolve
    from factparse.sources.mojibake import Repaired as Repaired, repair as repair
    from factparse.verifying import Verification as Verification, VerifiedCell as VerifiedCell, verify as verify

__version__ = "0.1.0"

# The module of each public name. tests/test_package.py checks that it agrees with the imports above, which type
# checkers read. Names of core.facts need no line here.
_HOMES: Final = {
    "book.book": ("Book",),
    "columns.table": ("Cell", "Row", "Section"),
    "comparing": ("compare",),
    "convert.run": ("convert",),
    "convert.summary": ("Summary",),
    "core.errors": (
        "BookError",
        "Diagnostic",
        "ExtractorError",
        "FactparseError",
        "GrammarError",
        "NotOnPageError",
        "OutputError",
        "SourceError",
        "UsageError",
    ),
    "extract": ("extract",),
    "known": ("KnownEdition", "PrintedCell"),
    "output.diff": ("Change", "diff"),
    "output.dispute_graph": ("disputes",),
    "output.frame": ("frame",),
    "output.loading": ("facts_from_json",),
    "sources.mojibake": ("Repaired", "repair"),
    "page": ("Page", "Source"),
    "parsing": ("parse", "parse_html", "parse_pages", "parse_tree"),
    "reading": ("read",),
    "resolving": ("resolve",),
    "output.schema": ("json_schema",),
    "core.spans": ("Span",),
    "verifying": ("Verification", "VerifiedCell", "verify"),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}
_FACTS: Final = f"{__name__}.core.facts"


def __getattr__(name: str) -> Any:  # noqa: ANN401 (any public name)
    value: object
    if name == "__all__":
        value = _names()
    elif name in _HOME_OF:
        value = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    # Python also asks for submodules before it imports them. Their names have small letters, those of classes do not.
    elif name[:1].isupper() and name in _fact_names():
        value = getattr(import_module(_FACTS), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def _fact_names() -> Iterator[str]:
    """Yield the public names of the module of facts: its classes, unions and literals."""
    for name, value in vars(import_module(_FACTS)).items():
        if not name.startswith("_") and (get_origin(value) or getattr(value, "__module__", None) == _FACTS):
            yield name


def _names() -> list[str]:
    return sorted([*_HOME_OF, *_fact_names(), "__version__"])


def __dir__() -> list[str]:
    return sorted({*globals(), *_names()})


class _Package(ModuleType):
    """The package as a module. Here a submodule does not hide the public function of the same name.

    When ``factparse.extract`` is imported, Python sets the attribute ``extract`` of this package to that module.
    ``factparse.extract("Area", ...)`` must still work, so this assignment is ignored. ``from factparse.extract
    import ...`` still works, because it looks into ``sys.modules``.
    """

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the module by its name. Engines that send functions to other machines pickle it."""
        return import_module, (self.__name__,)

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
