"""The kinds of evidence for where a run divides: one list, which deciding adds up and explaining prints.

A kind says of each *outcome* of a run (a border at each of the likely places, one cell of the first country, one of the
second) how much it speaks for it, in nats; the sum is the outcome's log-odds up to a constant. Where the weights come
from is told in ``docs/columns.md``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

import attrs

from factparse.columns import priors
from factparse.columns.border_model import SCALE
from factparse.columns.owners import Mentions
from factparse.columns.page_gaps import PageGaps
from factparse.columns.weights import Weights
from factparse.columns.words import known_words

LONGEST_HEAD: Final = 60
"""Characters of a sub-label with which a cell may begin."""

_RULED_OUT: Final = -20.0  # nats against what the layout rules out
_SILENT: Final = (0.0, 0.0)
_CLEAR, _USUAL = 4.0, 0.7  # log-odds at which own names are fully trusted; what they are worth in a field unknown


class Alone(IntEnum):
    """Where a run of one cell "divides": it is all the first country's, or all the second's."""

    FIRST = -1
    SECOND = -2


class Run(NamedTuple):
    """A row's text whose cells are not told apart: its trimmed range, its field, what leads to it.

    ``spaced`` says that a space may be the border, ``first`` that the first country has a cell for sure.
    """

    text: str
    start: int
    end: int
    field: str
    lead: str = ""
    spaced: bool = False
    first: bool = False


Scores = tuple[Sequence[float] | float, float, float]
"""What a kind says: of each border (one number if the same of all), of one cell, the first's or the second's."""


@attrs.define
class Case:
    """A run with what the kinds of evidence look at: its likely places, what is known of the page and its countries.

    ``places`` are offsets into the run. Of each the border model tells two things, ``SCALE`` to the nat: its ``looks``,
    and its ``scores``, which are empty where the first look was certain.
    """

    run: Run
    weights: Weights
    places: Sequence[int]
    looks: Sequence[int]
    scores: Sequence[int]
    prior: tuple[float, float, float]
    named: Mentions | None = None
    quoted: int | None = None
    gaps: PageGaps | None = None
    words: tuple[frozenset[str], frozenset[str]] | None = None

    def at(self) -> list[int]:
        """The likely places as offsets into the page."""
        start = self.run.start
        return [start + place for place in self.places]


@attrs.frozen
class Evidence:
    """A kind of evidence: its name, what it looks at and why that tells, which weight it has, and its score."""

    name: str
    says: str
    weight: str
    """The field of :class:`~factparse.columns.weights.Weights`; empty where nothing is weighed."""
    score: Callable[[Case], Scores | None]
    """Weighted, in nats; ``None`` where it has nothing to say."""


def _border_model(case: Case) -> Scores | None:
    if not case.scores:
        return None
    factor = (case.weights.seam_spaced if case.run.spaced else case.weights.seam) / SCALE
    return [score * factor for score in case.scores], 0.0, 0.0


def _first_look(case: Case) -> Scores | None:
    factor = (case.weights.gate if case.scores else case.weights.glance) / SCALE
    return [look * factor for look in case.looks], 0.0, 0.0


def _prior(case: Case) -> Scores:
    return case.prior


def alone(run: Run, weights: Weights) -> float:
    """What speaks for one cell, whosever."""
    if run.spaced:
        return weights.alone + weights.alone_spaced
    lines = run.text.find("\n", run.start, run.end) >= 0
    return weights.alone + weights.alone_lines if lines else weights.alone


def _alone(case: Case) -> Scores:
    extra = alone(case.run, case.weights)
    return 0.0, extra, extra


def _layout(case: Case) -> Scores | None:
    return (0.0, 0.0, _RULED_OUT) if case.run.first else None


def _own_names(case: Case) -> Scores | None:
    named = case.named
    if named is None:
        return None
    factor = case.weights.owner * names_worth(case.run.field)
    borders = [factor * named.fit(at) for at in case.at()]
    return borders, factor * named.fit(case.run.end), factor * named.fit(case.run.start)


def _quotes(case: Case) -> Scores | None:
    quoted, weight = case.quoted, case.weights.quote
    if quoted is None:
        return None
    whole = weight * (quoted == case.run.end)
    return [weight * (at == quoted) for at in case.at()], whole, whole


def _openings(case: Case) -> Scores | None:
    told = openings(case.run, case.places)
    return ([case.weights.opening * opening for opening, _ in told], 0.0, 0.0) if told else None


def _sequence(case: Case) -> Scores | None:
    told = openings(case.run, case.places)
    return ([case.weights.sequence * sequence for _, sequence in told], 0.0, 0.0) if told else None


def _page_gaps(case: Case) -> Scores | None:
    run, gaps = case.run, case.gaps
    if gaps is None:
        return None
    return [case.weights.habit * gaps.border(run.text, run.start, at, run.lead) for at in case.at()], 0.0, 0.0


def _own_words(case: Case) -> Scores | None:
    run = case.run
    known = known_words(run.text, run.start, run.end, *case.words) if case.words and case.weights.words else None
    if known is None:
        return None
    weight = case.weights.words
    return [weight * known.fit(at) for at in case.at()], weight * known.fit(run.end), weight * known.fit(run.start)


AT_ONCE: Final = (
    Evidence("border model", "the characters around a place are like those around borders", "seam", _border_model),
    Evidence("first look", "the same at first look, by a few characters on both sides", "gate", _first_look),
    Evidence("prior", "how likely each country has this field in the page's edition", "prior", _prior),
    Evidence("alone", "how often a row of this form has one cell only", "alone", _alone),
    Evidence("layout", "what the page's own layout rules out", "", _layout),
    Evidence("own names", "a country's names and demonyms stand in its own cell", "owner", _own_names),
    Evidence("quotes", "a CSV file's quotes close a cell", "quote", _quotes),
)
"""What every run is judged by."""

IF_CLOSE: Final = (
    Evidence("openings", "cells of the field begin with some sub-labels and not with others", "opening", _openings),
    Evidence("sequence", "sub-labels in the field's order, each once, are of one cell", "sequence", _sequence),
)
"""What is asked where it can still turn the outcome over."""

IN_DOUBT: Final = (
    Evidence("page gaps", "the page's certain rows show which gap stands between two cells", "habit", _page_gaps),
    Evidence("own words", "words that editions print of one country only stand in its cell", "words", _own_words),
)
"""What is asked last, when the page's certain rows are known."""

EVIDENCE: Final = (*AT_ONCE, *IF_CLOSE, *IN_DOUBT)


def summed(case: Case, kinds: Sequence[Evidence], sums: Sequence[float] = ()) -> list[float]:
    """Sum what the ``kinds`` say, one number a border and the two of one cell, on top of ``sums``, if there are any."""
    borders: Sequence[float] | None = sums[:-2] if sums else None
    one, two = sums[-2:] if sums else _SILENT
    for kind in kinds:
        said = kind.score(case)
        if said is not None:
            more, first, second = said
            one += first
            two += second
            if more.__class__ is float:
                borders = [score + more for score in borders or ()] if more else borders
            elif borders:
                borders = [score + each for score, each in zip(borders, more, strict=False)]  # type: ignore[arg-type]
            else:
                borders = more  # type: ignore[assignment]
    return [*(borders if borders is not None else [0.0] * len(case.places)), one, two]


class Outcome(NamedTuple):
    """A way to read a run: a border ``at`` an offset (or :class:`Alone`), and what each kind of evidence says of it."""

    at: int
    parts: dict[str, float]

    @property
    def score(self) -> float:
        """The sum of what is said, in nats."""
        return sum(self.parts.values())


def outcomes(case: Case) -> list[Outcome]:
    """Tell each outcome of a run apart by kind: the borders in reading order, then one cell, whose it may be."""
    found = [Outcome(at, {}) for at in (*case.at(), Alone.FIRST, Alone.SECOND)]
    for kind in EVIDENCE:
        borders, one, two = kind.score(case) or (0.0, 0.0, 0.0)
        each = [borders] * len(case.places) if isinstance(borders, float) else borders
        for outcome, said in zip(found, (*each, one, two), strict=True):
            outcome.parts[kind.name] = said
    return found


def shares(found: Sequence[Outcome]) -> list[float]:
    """The probability of each outcome: the softmax of the scores."""
    scores = [outcome.score for outcome in found]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    return [each / total for each in odds]


@cache
def names_worth(field: str) -> float:
    """What own names are worth in ``field``: from -1 (they stand in the other's cell) to 1."""
    known = priors.own_names(field)
    return min(max(known / _CLEAR, -1.0), 1.0) if known is not None else _USUAL


class Heads(NamedTuple):
    """The sub-labels of a field: their order, the log-odds that a cell begins with one or has it later.

    ``reach`` is the most that the latter can change in the lead of one outcome over another.
    """

    known: dict[str, tuple[int, float]]
    reach: float


@cache
def heads_of(field: str) -> Heads:
    """Read the sub-labels of ``field``."""
    heads = {
        each.name: (order, math.log((each.opens + 0.5) / (max(each.uses - each.opens, 0) + 0.5)))
        for order, each in enumerate(priors.sublabels(field))
    }
    odds = [0.0, *(each[1] for each in heads.values())]
    return Heads(heads, max(odds) - min(odds))


def openings(run: Run, places: Sequence[int]) -> Sequence[tuple[float, float]] | None:
    """Tell for each place how well cells of the field begin with the sub-label there, and -1 for a *sequence*.

    Sub-labels that come in the field's order, each once, look like one cell. Where the row itself begins with one
    that seldom begins a cell, the page's edition had another order, and the field's says nothing. ``None`` stands
    for nothing at all.
    """
    text, start, find = run.text, run.start, run.text.find
    known = heads_of(run.field).known.get
    colon = find(":", start, start + LONGEST_HEAD)
    head = known(text[start:colon]) if colon >= 0 else None
    if head is not None and head[1] < 0.0:
        return None
    heads = []
    for place in places:
        at = start + place
        colon = find(":", at, at + LONGEST_HEAD)
        heads.append(known(text[at:colon]) if colon >= 0 else None)
    orders = [each[0] for each in heads if each]
    if not orders:
        return None
    single = head is not None and all(one < two for one, two in pairwise((head[0], *orders)))
    return [(each[1], -float(single)) if each else _SILENT for each in heads]
