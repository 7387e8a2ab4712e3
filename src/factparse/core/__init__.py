"""The base of all other parts: errors, spans, facts, word tables, the grammar loader, fast frozen objects."""
