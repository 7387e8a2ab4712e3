"""The language of cells: tokens and plans, figures, dates, brackets, sub-labels. ``docs/language.md`` describes it."""

from factparse.language.brackets import split_clauses, unquoted
from factparse.language.dates import AsOf, is_as_of, read_as_of
from factparse.language.figures import Figure, exact, number, read_before, read_behind, read_figure, too_large
from factparse.language.tree import Value

__all__ = [
    "AsOf",
    "Figure",
    "Value",
    "exact",
    "is_as_of",
    "number",
    "read_as_of",
    "read_before",
    "read_behind",
    "read_figure",
    "split_clauses",
    "too_large",
    "unquoted",
]
