"""The extractor of fields that have none of their own, and of cells in which their own finds nothing."""

from __future__ import annotations

from factparse.core.facts import AnyFact
from factparse.extract.context import Context
from factparse.extract.figures.drafts import make
from factparse.extract.figures.elections import results
from factparse.extract.figures.extractor import read_cell
from factparse.extract.figures.tree import cell_nodes
from factparse.language import Value


def facts(context: Context) -> tuple[AnyFact, ...]:
    """Return a :class:`~factparse.TextValue` for each labelled part of a cell, dated by the bracket that closes it.

    Editions of 1994 to 1996 print the name of a chamber, or of a currency, as a label of its own: what tells results of
    an election, or rates of exchange, is read as those whatever its label is.

    >>> from factparse.extract import extract
    >>> [(fact.path, fact.value, fact.year) for fact in extract("Motto", "name: Sand and Sea\\nadopted: 1958 (2020)")]
    [(('name',), 'Sand and Sea', None), (('adopted',), '1958 (2020)', 2020)]
    """
    return make(context, read_cell(_shape(context.text), context.text).drafts)


def tree(_field: str, text: str) -> Value:
    """Return the lossless tree of a cell as labelled text."""
    read = read_cell(_shape(text), text)
    return cell_nodes(text, read.parts, read.regions)


def _shape(text: str) -> str:
    """Return how a cell is read of which the label says nothing."""
    if " per US" in text:
        return "rates"
    return "elections" if results(text, 0, len(text)) else "text"
