"""Fields of figures, shares, lists, places and labelled text: each read by its shape in ``shapes.tsv``.

A field that another module of :mod:`factparse.extract` names is read by that one, whatever the table says.
"""

from factparse.core.facts import Coordinates, Item, Quantity, Share, TextValue
from factparse.extract.figures.extractor import FIELDS, facts, tree

GIVES = (
    Coordinates,
    Item,
    Quantity,
    Share,
    TextValue,
)
"""The classes of facts that are made here."""

__all__ = ["FIELDS", "GIVES", "facts", "tree"]
