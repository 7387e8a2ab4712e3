"""Fields of labelled text (names, capitals, addresses), of sentences with figures, and prose, in which none is read."""

from __future__ import annotations

from factparse.extract._typed.cell import facts, fields_of

__all__ = ["FIELDS", "facts"]
FIELDS = fields_of("text", "prose", "dated", "elections", "service", "comparative", "strengths")
