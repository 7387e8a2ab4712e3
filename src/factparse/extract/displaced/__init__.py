"""``Refugees and internally displaced persons``: every figure with its population, origin, cause and date."""

from factparse.extract.displaced.extractor import FIELDS, facts, tree

__all__ = ["FIELDS", "facts", "tree"]
