"""Value trees: a cell's text taken apart without losing a character. ``docs/values.md`` describes the stage."""

from factparse.values.brackets import split_clauses
from factparse.values.tree import Value

__all__ = ["Value", "split_clauses"]
