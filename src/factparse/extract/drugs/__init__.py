"""``Illicit drugs``: what the country does in the trade, with which substances, from where and to where."""

from factparse.extract.drugs.extractor import FIELDS, facts, tree

__all__ = ["FIELDS", "facts", "tree"]
