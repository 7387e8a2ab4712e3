"""Fields of places: geographic coordinates of every printed form, in decimal degrees."""

from __future__ import annotations

from factparse.extract._typed.cell import facts, fields_of

__all__ = ["FIELDS", "facts"]
FIELDS = fields_of("places")
