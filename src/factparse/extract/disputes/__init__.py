"""Disputes - international: every clause with its parties, kind, status, places, papers, forums and years."""

from factparse.core.facts import DisputeClause
from factparse.extract.disputes.extractor import FIELDS, facts
from factparse.extract.disputes.tree import tree

GIVES = (DisputeClause,)
"""The classes of facts that are made here; texts and figures are made for any field."""

__all__ = ["FIELDS", "GIVES", "facts", "tree"]
