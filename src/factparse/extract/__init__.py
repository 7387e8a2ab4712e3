"""Reads cells into facts: one module or package for each family of fields, found by being there.

A module of this package that has ``FIELDS`` (canonical names), ``facts(context)`` and ``tree(field, text)`` is the
extractor of these fields. :mod:`factparse.extract.figures` reads those of its table that no other module names. A field
without an extractor is answered with text values, and so is a cell in which its extractor finds nothing. What the
modules of :mod:`factparse.extract.derived` add comes behind. Each cell is read once: :data:`CELLS` remembers it.
"""

from __future__ import annotations

import pkgutil
import warnings
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Final, NamedTuple

from msgspec.structs import replace

from factparse.columns.table import Row
from factparse.core.errors import ExtractorError, UsageError
from factparse.core.facts import AnyFact
from factparse.core.spans import Span, join
from factparse.extract import figures, prose
from factparse.extract.context import Context
from factparse.extract.derived import derivers
from factparse.extract.memory import CellMemory, as_printed, of_edition
from factparse.extract.offered import with_prose
from factparse.language import Value
from factparse.language.marks import Unmarked, unmarked
from factparse.vocabulary import Country, codes_of, country_named, field_named
from factparse.vocabulary.misspelt import country_meant, field_meant

__all__ = [
    "CELLS",
    "Context",
    "cell_tree",
    "extract",
    "extractors",
    "field_facts",
    "may_give",
    "misspellings",
    "row_facts",
    "text_facts",
    "with_prose",
]


class Extractor(NamedTuple):
    """What reads the cells of a field: into facts, and into the lossless tree that shows what these were read from.

    ``gives`` are the classes of facts that it makes, ``None`` if it does not say.
    """

    facts: Callable[[Context], Iterable[AnyFact]]
    tree: Callable[[str, str], Value]
    gives: tuple[type[AnyFact], ...] | None


_PROSE: Final = Extractor(prose.facts, prose.tree, figures.GIVES)


@cache
def extractors() -> dict[str, Extractor]:
    """Return the extractor of each canonical field that has one; the modules are imported at the first call.

    What ``figures`` reads by its table is every other module's to take over, without a word in the table.
    Raises :class:`~factparse.ExtractorError` (``field-claimed-twice``) if two of the others claim a field.

    >>> "Illicit drugs" in extractors()
    True
    """
    names = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return claimed([figures]) | claimed(module for module in modules if module is not figures)


def claimed(modules: Iterable[ModuleType]) -> dict[str, Extractor]:
    """Return the extractor of each field that one of the ``modules`` has in its ``FIELDS``.

    Raises :class:`~factparse.ExtractorError` (``field-claimed-twice``) if two modules claim a field.
    """
    owners: dict[str, ModuleType] = {}
    for module in modules:
        for field in getattr(module, "FIELDS", ()):
            if (other := owners.setdefault(field, module)) is not module:
                message = (
                    f"{other.__name__} and {module.__name__} both claim the field {field!r}; one has to give it up"
                )
                raise ExtractorError("field-claimed-twice", message)
    return {
        field: Extractor(module.facts, module.tree, getattr(module, "GIVES", None)) for field, module in owners.items()
    }


def may_give(field: str, types: frozenset[str]) -> bool:
    """Return whether a cell of ``field`` may hold facts of one of the ``types``, which are names of classes.

    A module says so in its ``GIVES``; without it, and where facts are derived, it may be any. What any field may give
    are the classes of :mod:`factparse.extract.figures`.

    >>> may_give("Coastline", frozenset({"TierRating"})), may_give("Trafficking in persons", frozenset({"TierRating"}))
    (False, True)
    """
    gives = extractors().get(field, _PROSE).gives
    if gives is None or derivers(field):
        return True
    return not types.isdisjoint(kind.__name__ for kind in (*gives, *figures.GIVES))


def field_facts(context: Context) -> tuple[AnyFact, ...]:
    """Return the facts of one cell, in reading order, with what derives from them behind.

    There is at least one fact, unless the cell is blank. Nothing is remembered here; :data:`CELLS` does that.
    """
    plain = unmarked(context.text)
    facts = _read(context) if plain is None else _read_unmarked(context, plain)
    for derive in derivers(context.field):
        facts += tuple(derive(facts))
    return facts


def _read(context: Context) -> tuple[AnyFact, ...]:
    extractor = extractors().get(context.field, _PROSE)
    return tuple(extractor.facts(context)) or prose.facts(context)


def _read_unmarked(context: Context, plain: Unmarked) -> tuple[AnyFact, ...]:
    """Return the facts of a cell read without its marks; their ``text`` and ``span`` are as printed, with them."""
    facts = _read(replace(context, text=plain.text, span=Span((0, len(plain.text)))))
    found: list[AnyFact] = []
    for fact in facts:
        pieces = [plain.where(*fact.span[at : at + 2]) for at in range(0, len(fact.span), 2)]
        span = join(context.span.part(*piece) for piece in pieces)
        found.append(as_printed(fact, "".join([context.text[slice(*piece)] for piece in pieces]), span))
    return tuple(found)


def cell_tree(field: str, text: str) -> Value:
    """Return the lossless tree of a cell of ``field``, a canonical name: its leaves joined are ``text``.

    >>> cell = "IDPs: 1.2 million (2020)"
    >>> "".join(leaf.text(cell) for leaf in cell_tree("Refugees and internally displaced persons", cell).leaves())
    'IDPs: 1.2 million (2020)'
    """
    read = extractors().get(field, _PROSE).tree
    plain = unmarked(text)
    return read(field, text) if plain is None else plain.as_printed(read(field, plain.text))


CELLS: Final = CellMemory(field_facts)
"""The one memory of what was read of cells, for pages, their JSON, conversions and :func:`extract` alike."""


def row_facts(row: Row, editions: Sequence[str | None] = ()) -> tuple[AnyFact, ...]:
    """Return every fact of a row's cells in reading order, with the row's confidence.

    Facts of a cell of which nothing tells whose it is have no subject. ``editions`` are those of the cells, if the
    headers of the columns print any.
    """
    found: list[AnyFact] = []
    for index, cell in enumerate(row.cells):
        if cell.text:
            code, gec = codes_of(cell.country)
            facts = CELLS.facts(
                Context(cell.country, code, row.topic, row.name, cell.text, cell.span, row.confidence, gec)
            )
            edition = editions[index] if editions else None
            found += facts if edition is None else of_edition(facts, edition)
    return tuple(found)


def extract(
    field: str, text: str, *, subject: str | None = None, topic: str | None = None, prose: bool = False
) -> tuple[AnyFact, ...]:
    """The facts in one field's ``text``. No page is needed. Spans are offsets into ``text``.

    ``field`` is a label of any edition. ``subject`` is any name of the country that the text is about. ``topic`` goes
    into the facts as it is. An unknown label is kept, and its text gives text values, except for results of an election
    and rates of exchange. An unknown subject is kept too, and its facts have no code. If either looks like a
    misspelling, a ``UserWarning`` names what is probably meant. ``prose`` adds the figures of natural prose, with a
    lower confidence (:func:`~factparse.extract.offered.with_prose`).

    Raises :class:`~factparse.UsageError` (``not-text``) if ``field`` or ``text`` is no text.

    >>> [fact.count for fact in extract("Refugees and internally displaced persons", "IDPs: 1.2 million (2020)")]
    [1200000]
    """
    for said, what in ((field, "field"), (text, "text")):
        if not isinstance(said, str):
            raise UsageError(
                "not-text", f"the {what} must be a str, not {said.__class__.__name__}; extract(field, text)"
            )
    for remark in misspellings(field, subject):
        warnings.warn(remark, stacklevel=2)
    return text_facts(field, text, subject=subject, topic=topic, prose=prose)


def text_facts(
    field: str, text: str, *, subject: str | None = None, topic: str | None = None, prose: bool = False
) -> tuple[AnyFact, ...]:
    """The facts that :func:`extract` gives, without a word about names that look misspelt."""
    country = _country(subject) if subject else None
    name = country.name if country else subject or None
    code, gec = codes_of(name)
    found = CELLS.facts(Context(name, code, topic, _field(field), text, Span((0, len(text))), subject_gec=gec))
    return tuple(with_prose(found)) if prose else found


def misspellings(field: str, subject: str | None) -> list[str]:
    """What to tell somebody who asks for this ``field`` and ``subject``, if one of them looks misspelt.

    >>> misspellings("Illict drugs", "Chad")
    ["there is no field 'Illict drugs'; did you mean 'Illicit drugs'?"]
    """
    meant = (
        ("field", field, field_meant(field)),
        ("country", subject, country_meant(subject) if subject else None),
    )
    return [f"there is no {what} {name!r}; did you mean {known!r}?" for what, name, known in meant if known]


@lru_cache(maxsize=1024)
def _field(label: str) -> str:
    return field_named(label) or label


@lru_cache(maxsize=1024)
def _country(name: str) -> Country | None:
    return country_named(name)
