"""``Refugees and internally displaced persons``: every figure with its population, origin, cause and date."""

from factparse.core.facts import DisplacedPersons
from factparse.extract.displaced.extractor import FIELDS, facts, tree

GIVES = (DisplacedPersons,)
"""The classes of facts that are made here; texts and figures are made for any field."""

__all__ = ["FIELDS", "GIVES", "facts", "tree"]
