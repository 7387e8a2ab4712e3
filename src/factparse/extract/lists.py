"""Fields that are lists of names: products, resources, memberships, agreements, ports, parties."""

from __future__ import annotations

from factparse.extract._typed.cell import facts, fields_of

__all__ = ["FIELDS", "facts"]
FIELDS = fields_of("list", "clauses", "divisions")
