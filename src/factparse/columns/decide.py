"""Decides where a run of text divides, or whose it is as a whole: all evidence added up as log-probabilities.

Every way to read a run is an *outcome*: a border at one of the likely places, or one cell, the first country's or the
second's. An outcome's score is the sum of what each kind of evidence says of it, in nats; the scores' softmax is the
probability of each. ``docs/columns.md`` tells the weights' origin.
"""

from __future__ import annotations

import math
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from factparse.columns import priors
from factparse.columns.habits import Habits
from factparse.columns.owners import Mentions, mentions
from factparse.columns.presence import Presence, page_year
from factparse.columns.quotes import quoted_border
from factparse.columns.seam import Border, SeamModel, load
from factparse.columns.weights import Weights
from factparse.columns.words import known_words, words_of
from factparse.vocabulary import country_named

A_ALONE, B_ALONE = -1, -2
"""Places that stand for "no border": the run is the first country's cell, or the second's."""

_UNSEEN = -2.0
"""What the seam model is taken to say of a border that only quotes show."""

_LONGEST_HEAD = 60
_SILENT = (0.0, 0.0)
_CLEAR, _USUAL = 4.0, 0.7  # log-odds at which own names are fully trusted; what they are worth in a field unknown


class Outcome(NamedTuple):
    """A way to read a run: a border ``at`` an offset (or ``A_ALONE``, ``B_ALONE``), and what each evidence adds to it.

    ``score`` is the sum of the others, which are weighted and in nats.
    """

    at: int
    score: float
    seam: float
    prior: float
    owner: float
    habit: float
    quote: float
    opening: float
    sequence: float
    words: float = 0.0


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


class _Field(NamedTuple):
    """What is known of a field on one page: the priors of two cells and of one, what own names and sub-labels tell."""

    both: float
    first: float
    second: float
    owner: float
    heads: dict[str, tuple[int, float]]


class Scorer:
    """Scores the runs of one page: it knows the two countries and where the page names them."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        names: tuple[str, str],
        year: int | None,
        weights: Weights,
        seam: SeamModel | None = None,
    ) -> None:
        self.weights = weights
        self.countries = (country_named(names[0]), country_named(names[1]))
        self.presence = Presence(self.countries, year or page_year(text, start, end), weights)
        self._mentions = mentions(text, *names, start, end) if weights.owner else Mentions((), ())
        self._named = bool(self._mentions.a or self._mentions.b)
        self._seam = seam or load()
        self._fields: dict[str, _Field] = {}

    @cached_property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words known of each country."""
        return words_of(self.countries[0]), words_of(self.countries[1])

    def _field(self, name: str) -> _Field:
        weights = self.weights
        a, b = self.presence.chances(name)
        chances = (a * b, a * (1.0 - b), b * (1.0 - a))
        both, first, second = (weights.prior * math.log(chance) for chance in chances)
        field = self._fields[name] = _Field(both, first, second, weights.owner * _own_names(name), _heads(name))
        return field

    def outcomes(self, run: Run) -> list[Outcome]:
        """Return every outcome of ``run``, scored by what it says itself."""
        text, start, end, name, _, spaced, _ = run
        weights = self.weights
        both, first, second, factor, heads = self._fields.get(name) or self._field(name)
        borders = self._seam.borders(text, name, start, end, spaced=spaced)
        quoted = None
        if weights.quote and (text[start] == '"' or text[end - 1] == '"'):
            quoted = quoted_border(text, start, end)
            if quoted is not None:
                borders = _with_place(borders, text, quoted, end)
        named = self._mentions.within(start, end) if self._named else None
        scale = weights.seam_spaced if spaced else weights.seam
        found = []
        if named is None and quoted is None and not (heads and text.find(":", start, end) >= 0):
            for at, seam in borders:
                seam *= scale
                found.append(Outcome(at, seam + both, seam, both, 0.0, 0.0, 0.0, 0.0, 0.0))
        else:
            openings = _openings(text, start, borders, heads)
            for (at, seam), (opening, sequence) in zip(borders, openings, strict=True):
                seam *= scale
                owner = factor * named.fit(at) if named is not None else 0.0
                quote = weights.quote if quoted == at else 0.0
                opening *= weights.opening
                sequence *= weights.sequence
                score = seam + both + owner + quote + opening + sequence
                found.append(Outcome(at, score, seam, both, owner, 0.0, quote, opening, sequence))
        lone = weights.alone
        if spaced:
            lone += weights.alone_spaced
        elif text.find("\n", start, end) >= 0:
            lone += weights.alone_lines
        quote = weights.quote if quoted == end else 0.0
        own_a, own_b = (factor * named.fit(end), factor * named.fit(start)) if named is not None else (0.0, 0.0)
        found.append(Outcome(A_ALONE, lone + first + own_a + quote, lone, first, own_a, 0.0, quote, 0.0, 0.0))
        found.append(Outcome(B_ALONE, lone + second + own_b + quote, lone, second, own_b, 0.0, quote, 0.0, 0.0))
        return found

    def again(self, run: Run, found: list[Outcome], habits: Habits) -> list[Outcome]:
        """Return the outcomes of a run in doubt, scored also by the page's habits and the countries' own words."""
        weights = self.weights
        named = known_words(run.text, run.start, run.end, *self.words) if weights.words else None
        scored = []
        for outcome in found:
            at = outcome.at
            habit = weights.habit * habits.border(run.text, run.start, at, run.lead) if at >= 0 else 0.0
            words = 0.0
            if named is not None:
                place = at if at >= 0 else run.end if at == A_ALONE else run.start
                words = weights.words * named.fit(place)
            scored.append(outcome._replace(score=outcome.score + habit + words, habit=habit, words=words))
        return scored


@cache
def _own_names(field: str) -> float:
    """Return what own names are worth in ``field``: from -1 (they stand in the other's cell) to 1."""
    known = priors.own_names(field)
    return min(max(known / _CLEAR, -1.0), 1.0) if known is not None else _USUAL


@cache
def _heads(field: str) -> dict[str, tuple[int, float]]:
    """Return the sub-labels of ``field``: their order, the log-odds that a cell begins with one or has it later."""
    return {
        each.name: (order, math.log((each.opens + 0.5) / (max(each.uses - each.opens, 0) + 0.5)))
        for order, each in enumerate(priors.sublabels(field))
    }


def _openings(
    text: str, start: int, borders: list[Border], heads: dict[str, tuple[int, float]]
) -> list[tuple[float, float]]:
    """Return for each border how well cells of the field begin with the sub-label there, and -1 for a *sequence*.

    Sub-labels that come in the field's order, each once, look like one cell. Where the row itself begins with one that
    seldom begins a cell, the page's edition had another order, and the field's says nothing.
    """
    known = [heads.get(text[at : text.find(":", at, at + _LONGEST_HEAD)]) for at in (start, *(at for at, _ in borders))]
    if known[0] is not None and known[0][1] < 0.0:
        return [_SILENT] * len(borders)
    orders = [each[0] for each in known if each]
    single = known[0] is not None and len(orders) > 1 and all(one < two for one, two in pairwise(orders))
    return [(each[1], -float(single)) if each else _SILENT for each in known[1:]]


def _with_place(borders: list[Border], text: str, at: int, end: int) -> list[Border]:
    """Return ``borders`` with one at ``at``, in order, and none that would leave its quote to the first cell."""
    if at >= end:
        return borders
    kept = [border for border in borders if border.at != at and (border.at != at + 1 or text[at] != '"')]
    seam = next((border.score for border in borders if border.at == at), _UNSEEN)
    return sorted([*kept, Border(at, seam)])


def shares(found: list[Outcome]) -> list[float]:
    """Return the probability of each outcome: the softmax of the scores."""
    scores = [outcome[1] for outcome in found]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    return [each / total for each in odds]
