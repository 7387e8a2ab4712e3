"""The weights by which the kinds of evidence are added up, and the curves that turn their sum into a confidence."""

from __future__ import annotations

import json
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any

import attrs

CURVES = ("calibration", "calibration_lone")

Steps = tuple[tuple[float, float], ...]


@attrs.frozen
class Weights:
    """One factor for each kind of evidence; 0 switches it off, which is how its worth is measured.

    Most have the name of their kind (:mod:`factparse.columns.evidence`). The border model counts by
    ``border_model_spaced`` where a space may be the border, its first look by ``first_look_only`` where no more was
    needed. ``alone_lines`` or ``alone_spaced`` is added to ``alone`` if a row has line breaks or is spaced.

    ``presence_held`` is the probability that a country has a field that an edition shows it with, ``presence_lacking``
    that of one that it lacks there. ``calibration`` maps the probability of a run's best reading, and
    ``calibration_lone`` that of a lone cell's side, to how often it is right: points of a curve, joined by lines.
    """

    border_model: float = 1.0
    border_model_spaced: float = 1.0
    first_look: float = 0.0
    first_look_only: float = 1.0
    own_names: float = 0.8
    prior: float = 1.0
    page_gaps: float = 1.0
    quotes: float = 3.0
    structure: float = 0.8
    ranks: float = 12.0
    whole_numbers: float = 4.0
    whole_brackets: float = 4.0
    whole_words: float = 0.5
    whole_ends: float = 2.0
    whole_alone: float = 3.0
    first_figures: float = 0.75
    own_words: float = 1.0
    known_whole: float = 3.0
    known_side: float = 2.0
    known_edges: float = 0.7
    alone: float = 0.0
    alone_lines: float = 0.0
    alone_spaced: float = 0.0
    presence_held: float = 0.985
    presence_lacking: float = 0.06
    calibration: Steps = ()
    calibration_lone: Steps = ()


def calibrated(chance: float, steps: Steps) -> float:
    """The share of readings of this probability that are right, by the points of a curve; ``chance`` if it has none.

    >>> round(calibrated(0.75, ((0.5, 0.4), (1.0, 0.8))), 3)
    0.6
    """
    if steps and chance >= steps[-1][0]:
        return steps[-1][1]
    index = bisect_left(steps, (chance, 0.0))
    if not 0 < index < len(steps):
        return steps[min(index, len(steps) - 1)][1] if steps else chance
    (low, below), (high, above) = steps[index - 1], steps[index]
    return below + (above - below) * (chance - low) / (high - low)


@cache
def fitted() -> Weights:
    """The weights of the package data, which ``tools/fit_columns.py`` makes; read once.

    >>> fitted().border_model > 0
    True
    """
    file = Path(__file__).parent / "data" / "weights.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="ascii"))
    for curve in CURVES:
        found[curve] = tuple(map(tuple, found[curve]))
    return Weights(**found)
