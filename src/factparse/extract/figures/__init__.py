"""Fields of figures, shares, lists, places and labelled text: each read by its shape in ``shapes.tsv``.

A field that another module of :mod:`factparse.extract` names is read by that one, whatever the table says.
"""

from factparse.extract.figures.extractor import FIELDS, facts, tree

__all__ = ["FIELDS", "facts", "tree"]
