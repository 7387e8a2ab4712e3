"""What every room may use: errors, spans, facts, the grammar loader, and two helpers for making many objects."""
