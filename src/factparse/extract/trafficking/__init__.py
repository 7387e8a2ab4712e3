"""Trafficking in persons: the tier ratings, and what the text calls the country."""

from factparse.extract.trafficking.extractor import FIELDS, facts, tree

__all__ = ["FIELDS", "facts", "tree"]
