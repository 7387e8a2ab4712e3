"""Fields of figures, shares, lists, places and labelled text: each read by its shape in ``shapes.tsv``."""

from factparse.extract.figures.cell import FIELDS, facts

__all__ = ["FIELDS", "facts"]
