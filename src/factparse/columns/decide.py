"""Decides where a run of text divides, or whose it is as a whole: all evidence added up as log-probabilities.

Every way to read a run is an *outcome*: a border at one of the likely places, or one cell, the first country's or the
second's. An outcome's score is the sum of what each kind of evidence says of it, in nats; the scores' softmax is the
probability of each, and that of the best one is the row's confidence. ``docs/columns.md`` tells the weights' origin.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import NamedTuple

import attrs

from factparse.columns import priors
from factparse.columns.owners import Mentions, mentions
from factparse.columns.seam import Border, load
from factparse.columns.weights import Weights
from factparse.vocabulary import Country

A_ALONE, B_ALONE = -1, -2
"""Places that stand for "no border": the run is the first country's cell, or the second's."""


class Outcome(NamedTuple):
    """A way to read a run: a border ``at`` an offset (or ``A_ALONE``, ``B_ALONE``), and how each evidence scores it."""

    at: int
    score: float
    seam: float
    owner: float
    prior: float
    habit: float


@attrs.frozen
class Run:
    """A run with its context: the trimmed range of the text, the field, the two countries, what leads to it."""

    text: str
    start: int
    end: int
    field: str
    names: tuple[str, str]
    countries: tuple[Country | None, Country | None]
    lead: str
    spaced: bool = False


def presence(country: Country | None, field: str, weights: Weights) -> float:
    """Return how likely ``country`` is to have ``field`` at all, from the editions that were counted."""
    known = priors.has_field(country.name, field) if country is not None else None
    if known is None:
        share = priors.share(field)
        return min(max(share if share is not None else weights.presence_unknown, 0.05), 0.95)
    return weights.presence_known if known else weights.presence_absent


def outcomes(run: Run, weights: Weights, habits: Habits | None = None) -> list[Outcome]:
    """Return every outcome of ``run``, scored; ``habits`` is what the other rows of the page show."""
    borders = _borders(run)
    named = mentions(run.text[run.start : run.end], *run.names)
    a, b = (presence(country, run.field, weights) for country in run.countries)
    two = math.log(a * b)
    found = []
    for at, seam in borders:
        owner = weights.owner * _owned(named, at - run.start)
        habit = weights.habit * habits.border(run, at) if habits is not None else 0.0
        prior = weights.prior * two
        found.append(Outcome(at, weights.seam * seam + owner + prior + habit, seam, owner, prior, habit))
    for place, chance, side in ((A_ALONE, a * (1 - b), run.end - run.start), (B_ALONE, b * (1 - a), 0)):
        owner = weights.owner * _owned(named, side)
        habit = weights.habit * habits.alone(run) if habits is not None else 0.0
        prior = weights.prior * math.log(chance) + weights.alone
        found.append(Outcome(place, owner + prior + habit, 0.0, owner, prior, habit))
    return found


def _borders(run: Run) -> list[Border]:
    """Return the likely borders; where a space may be one, every space is looked at as if it were a line break."""
    if not run.spaced:
        return load().borders(run.text, run.field, run.start, run.end)
    body = run.text[run.start : run.end].replace(" ", "\n")
    return [Border(run.start + at, score) for at, score in load().borders(body, run.field)]


def _owned(named: Mentions, at: int) -> float:
    """Return how well the countries' own names fit a border ``at``: each speaks for it in its cell, else against."""
    left_a, left_b = bisect_left(named.a, at), bisect_left(named.b, at)
    right_a, right_b = len(named.a) - left_a, len(named.b) - left_b
    return _side(left_a, left_b) + _side(right_b, right_a)


def _side(own: int, other: int) -> float:
    return math.log((own + 0.5) / (other + 0.5)) if own or other else 0.0


def shares(found: list[Outcome]) -> list[float]:
    """Return the probability of each outcome: the softmax of the scores."""
    top = max(outcome.score for outcome in found)
    odds = [math.exp(outcome.score - top) for outcome in found]
    total = sum(odds)
    return [each / total for each in odds]


class Habits:
    """How the page divides its rows: which gap stands between cells, given how the first cell's own lines are divided.

    It is counted over rows that are certain without it, and smoothed by what pages do in general.
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], dict[str, float]] = {}

    def learn(self, run: Run, at: int, weight: float) -> None:
        """Count a row whose border is ``at`` (or that has none)."""
        key, gap = _habit(run, at)
        counts = self._counts.setdefault(key, {})
        counts[gap] = counts.get(gap, 0.0) + weight

    def border(self, run: Run, at: int) -> float:
        """Return the log-likelihood of a border at ``at``, relative to knowing nothing."""
        key, gap = _habit(run, at)
        counts = self._counts.get(key)
        if not counts:
            return 0.0
        total = sum(counts.values())
        return math.log((counts.get(gap, 0.0) + 0.25) / (total + 1.0)) - math.log(0.25)

    def alone(self, run: Run) -> float:
        """Return the log-likelihood that the run is one cell: its own breaks are habitual, so nothing is known."""
        return 0.0


def gap_kind(gap: str) -> str:
    """Return what a gap looks like: nothing, a space, a line break, a blank line.

    >>> [gap_kind(gap) for gap in ("", " ", " \\n", "\\n \\n")]
    ['', ' ', 'n', 'nn']
    """
    breaks = gap.count("\n")
    return " " if gap and not breaks else "n" * min(breaks, 2)


def _habit(run: Run, at: int) -> tuple[tuple[str, str], str]:
    """Return the situation (what leads to the run, how the first cell's lines are divided) and the gap at ``at``."""
    left = run.text[run.start : at]
    trimmed = left.rstrip()
    gap = left[len(trimmed) :]
    inner = "nn" if "\n\n" in trimmed else "n" if "\n" in trimmed else ""
    return (gap_kind(run.lead), inner), gap_kind(gap)
