"""The extractor of fields that have none of their own, and of cells in which their own finds nothing."""

from __future__ import annotations

from factparse.core.facts import AnyFact
from factparse.extract.context import Context
from factparse.extract.figures.drafts import make
from factparse.extract.figures.extractor import read_cell
from factparse.extract.figures.tree import cell_nodes
from factparse.language import Value


def facts(context: Context) -> tuple[AnyFact, ...]:
    """Return a :class:`~factparse.TextValue` for each labelled part of a cell, dated by the bracket that closes it.

    >>> from factparse.extract import extract
    >>> [(fact.path, fact.value, fact.year) for fact in extract("Motto", "name: Sand and Sea\\nadopted: 1958 (2020)")]
    [(('name',), 'Sand and Sea', None), (('adopted',), '1958 (2020)', 2020)]
    """
    return make(context, read_cell("text", context.text).drafts)


def tree(_field: str, text: str) -> Value:
    """Return the lossless tree of a cell as labelled text."""
    read = read_cell("text", text)
    return cell_nodes(text, read.parts, read.regions)
