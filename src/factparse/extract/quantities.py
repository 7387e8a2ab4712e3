"""Fields of figures: quantities with their sub-labels, series, breakdowns, ranks and dates."""

from __future__ import annotations

from factparse.extract._typed.cell import facts, fields_of

__all__ = ["FIELDS", "facts"]
FIELDS = fields_of("figures", "rates")
