"""Value trees: a cell's text taken apart without losing a character. ``docs/language.md`` describes the stage."""

from factparse.language.brackets import split_clauses
from factparse.language.cells import parse
from factparse.language.dates import AsOf, is_as_of, last_year, read_as_of
from factparse.language.numbers import Number, number, read_number
from factparse.language.tree import Value

__all__ = [
    "AsOf",
    "Number",
    "Value",
    "is_as_of",
    "last_year",
    "number",
    "parse",
    "read_as_of",
    "read_number",
    "split_clauses",
]
