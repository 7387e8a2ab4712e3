"""Names fields as factparse does, whatever an edition prints."""

from __future__ import annotations


def canonical(label: str) -> str:
    """Return the canonical name of the field that ``label`` prints."""
    return label
