"""Disputes - international: every clause with its parties, kind, status, places, papers, forums and years."""

from factparse.extract.disputes.extractor import FIELDS, facts
from factparse.extract.disputes.tree import tree

__all__ = ["FIELDS", "facts", "tree"]
