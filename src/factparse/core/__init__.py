"""What every other part may use: errors, spans, facts, word tables, the grammar loader, objects made fast."""
