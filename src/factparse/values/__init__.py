"""Value trees: a cell's text taken apart without losing a character. ``docs/values.md`` describes the stage."""

from factparse.values.brackets import split_clauses
from factparse.values.dates import AsOf, is_as_of, last_year, read_as_of
from factparse.values.numbers import Number, number, read_number
from factparse.values.parser import parse
from factparse.values.tree import Value

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
