"""Trafficking in persons: the tier ratings, and what the text calls the country."""

from factparse.core.facts import TierRating, TraffickingRole
from factparse.extract.trafficking.extractor import FIELDS, facts, tree

GIVES = (
    TierRating,
    TraffickingRole,
)
"""The classes of facts that are made here; texts and figures are made for any field."""

__all__ = ["FIELDS", "GIVES", "facts", "tree"]
