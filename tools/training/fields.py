"""Names fields as factparse does, whatever an edition prints."""

from __future__ import annotations

from functools import cache

from factparse.vocabulary import field_named


@cache
def canonical(label: str) -> str:
    """The canonical name of the field that ``label`` prints, or the label itself if it is not known."""
    return field_named(label) or label
