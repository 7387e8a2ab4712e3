"""Fields of figures, shares, lists, places and labelled text: each read by its shape in ``shapes.tsv``."""

from factparse.extract.figures.extractor import FIELDS, facts, tree

__all__ = ["FIELDS", "facts", "tree"]
