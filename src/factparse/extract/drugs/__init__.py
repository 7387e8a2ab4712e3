"""``Illicit drugs``: what the country does in the trade, with which substances, from where and to where."""

from factparse.core.facts import DrugRole
from factparse.extract.drugs.extractor import FIELDS, facts, tree

GIVES = (DrugRole,)
"""The classes of facts that are made here; texts and figures are made for any field."""

__all__ = ["FIELDS", "GIVES", "facts", "tree"]
