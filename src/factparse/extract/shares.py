"""Fields of named shares of a whole: ethnic groups, languages, religions, trade partners."""

from __future__ import annotations

from factparse.extract._typed.cell import facts, fields_of

__all__ = ["FIELDS", "facts"]
FIELDS = fields_of("shares")
