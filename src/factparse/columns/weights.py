"""The weights that the kinds of evidence are added up with."""

from __future__ import annotations

import attrs


@attrs.frozen
class Weights:
    """One factor for each kind of evidence; 0 switches it off, which is how its worth is measured.

    ``seam`` scales the seam model, ``owner`` names and demonyms, ``prior`` which fields a country has, ``habit`` what
    the page's other rows show. ``alone`` is added to a row of one cell. The ``presence_`` numbers are the probabilities
    that a country has a field that it had in a counted edition, that it had in none, or of which nothing is known.
    """

    seam: float = 1.0
    owner: float = 0.8
    prior: float = 1.0
    habit: float = 1.0
    alone: float = 0.0
    presence_known: float = 0.93
    presence_absent: float = 0.12
    presence_unknown: float = 0.8


FITTED = Weights()
