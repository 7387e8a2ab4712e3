"""Disputes - international: every clause with its parties, kind, status, places, papers, forums and years."""

from factparse.extract.disputes.extractor import FIELDS, facts

__all__ = ["FIELDS", "facts"]
