"""Decides where a run of text divides, or whose it is as a whole: all evidence added up as log-probabilities.

Every way to read a run is an *outcome*: a border at one of the likely places, or one cell, the first country's or the
second's. An outcome's score is the sum of what each kind of evidence says of it, in nats; the scores' softmax is the
probability of each. ``docs/columns.md`` tells the weights' origin.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from factparse.columns import priors
from factparse.columns.habits import Habits
from factparse.columns.owners import Mentions, mentions
from factparse.columns.presence import Presence, page_year
from factparse.columns.quotes import quoted_border
from factparse.columns.seam import SCALE, SeamModel, load
from factparse.columns.seam_places import fold, shape
from factparse.columns.weights import Weights
from factparse.columns.words import known_words, words_of
from factparse.vocabulary import country_named

A_ALONE, B_ALONE = -1, -2
"""Places that stand for "no border": the run is the first country's cell, or the second's."""

_UNSEEN = -2 * SCALE
"""What the seam model is taken to say of a border that only quotes show."""

NEVER = -20.0
"""The score of what the layout rules out."""

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


class Places(NamedTuple):
    """The likely places of a run: offsets into its text, and what the seam model says of each, in ``SCALE`` a nat."""

    starts: Sequence[int]
    scores: Sequence[int]


class Read(NamedTuple):
    """A run read: its likely places, where the likeliest outcome has its border and how likely that is.

    ``side`` is the log-odds that the run as one cell is the first country's. ``found`` are the outcomes, where they
    had to be told apart by each kind of evidence.
    """

    run: Run
    places: Places
    at: int
    chance: float
    side: float
    found: list[Outcome] | None = None


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
        self._named = sorted(self._mentions.a + self._mentions.b)
        self._seam = seam or load()
        self._start = start
        self._folded, self._shaped = fold(text[start:end]), shape(text[start:end])
        self._priors: dict[tuple[float, float], tuple[float, float, float]] = {}

    @cached_property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words known of each country."""
        return words_of(self.countries[0]), words_of(self.countries[1])

    def _prior(self, field: str) -> tuple[float, float, float]:
        """Return what speaks for two cells in a row of ``field``, for the first country's and for the second's."""
        chances = self.presence.chances(field)
        known = self._priors.get(chances)
        if known is None:
            a, b = chances
            weight, log = self.weights.prior, math.log
            known = (weight * log(a * b), weight * log(a * (1.0 - b)), weight * log(b * (1.0 - a)))
            self._priors[chances] = known
        return known

    def places(self, run: Run) -> Places:
        """Return the likely places of ``run``, scored by the seam model."""
        text, start, end, field, _, spaced, _ = run
        low, high = start - self._start, end - self._start
        found = self._seam.weigh(text[start:end], self._folded[low:high], self._shaped[low:high], field, spaced)
        return Places([start + at for at in found[0]], found[1])

    def read(self, run: Run) -> Read:
        """Return the likeliest outcome of ``run`` by what it says itself.

        The same as reading it off :meth:`outcomes`, which also tells what each kind of evidence says: most rows are
        certain, and it need not be told.
        """
        text, start, end, field, _, spaced, first = run
        places = self.places(run)
        weights = self.weights
        if weights.quote and (text[start] == '"' or text[end - 1] == '"'):
            return best_of(run, places, self.outcomes(run, places))
        starts = places.starts
        both, one, two = self._prior(field)
        scale = weights.seam_spaced if spaced else weights.seam
        scores = [score / SCALE * scale + both for score in places.scores]
        lone = self._lone(run)
        one += lone
        two += lone
        named = self._within(start, end)
        if named is not None:
            factor = weights.owner * _own_names(field)
            scores = [score + factor * named.fit(at) for at, score in zip(starts, scores, strict=True)]
            one += factor * named.fit(end)
            two += factor * named.fit(start)
        heads = _heads(field)
        if heads and starts and text.find(":", start, end) >= 0:
            told = _openings(run, starts, heads)
            if told is not None:
                by_head, by_order = weights.opening, weights.sequence
                scores = [
                    score + each[0] * by_head + each[1] * by_order for score, each in zip(scores, told, strict=True)
                ]
        if first:
            two = NEVER
        scores += (one, two)
        top = max(scores)
        chance = 1.0 / sum([math.exp(score - top) for score in scores])
        return Read(run, places, (*starts, A_ALONE, B_ALONE)[scores.index(top)], chance, one - two)

    def _within(self, start: int, end: int) -> Mentions | None:
        """Return the names of the two countries in a range, ``None`` if there are none."""
        named = self._named
        index = bisect_left(named, start)
        return self._mentions.within(start, end) if index < len(named) and named[index] < end else None

    def _lone(self, run: Run) -> float:
        """Return what speaks for one cell, whosever."""
        weights = self.weights
        if run.spaced:
            return weights.alone + weights.alone_spaced
        lines = run.text.find("\n", run.start, run.end) >= 0
        return weights.alone + weights.alone_lines if lines else weights.alone

    def outcomes(self, run: Run, places: Places | None = None) -> list[Outcome]:
        """Return every outcome of ``run``, scored by what it says itself; ``places`` are its own if they are known."""
        text, start, end, field, _, spaced, first = run
        weights = self.weights
        starts, scores = places or self.places(run)
        quoted = None
        if weights.quote and (text[start] == '"' or text[end - 1] == '"'):
            quoted = quoted_border(text, start, end)
            if quoted is not None:
                starts, scores = _with_place(starts, scores, text, quoted, end)
        named = self._within(start, end)
        factor = weights.owner * _own_names(field)
        both, one, two = self._prior(field)
        scale = weights.seam_spaced if spaced else weights.seam
        found = []
        openings = _openings(run, starts, _heads(field)) or [_SILENT] * len(starts)
        for at, score, (opening, sequence) in zip(starts, scores, openings, strict=True):
            seam = score / SCALE * scale
            owner = factor * named.fit(at) if named is not None else 0.0
            quote = weights.quote if quoted == at else 0.0
            opening *= weights.opening
            sequence *= weights.sequence
            total = seam + both + owner + quote + opening + sequence
            found.append(Outcome(at, total, seam, both, owner, 0.0, quote, opening, sequence))
        lone = self._lone(run)
        quote = weights.quote if quoted == end else 0.0
        own_a, own_b = (factor * named.fit(end), factor * named.fit(start)) if named is not None else (0.0, 0.0)
        found.append(Outcome(A_ALONE, lone + one + own_a + quote, lone, one, own_a, 0.0, quote, 0.0, 0.0))
        total = NEVER if first else lone + two + own_b + quote
        found.append(Outcome(B_ALONE, total, lone, two, own_b, 0.0, quote, 0.0, 0.0))
        return found

    def again(self, run: Run, habits: Habits, places: Places | None = None) -> Read:
        """Return the reading of a run in doubt, scored also by the page's habits and the countries' own words."""
        weights = self.weights
        places = places or self.places(run)
        named = known_words(run.text, run.start, run.end, *self.words) if weights.words else None
        scored = []
        for outcome in self.outcomes(run, places):
            at = outcome.at
            habit = weights.habit * habits.border(run.text, run.start, at, run.lead) if at >= 0 else 0.0
            words = 0.0
            if named is not None:
                place = at if at >= 0 else run.end if at == A_ALONE else run.start
                words = weights.words * named.fit(place)
            scored.append(outcome._replace(score=outcome.score + habit + words, habit=habit, words=words))
        return best_of(run, places, scored)


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
    run: Run, starts: Sequence[int], heads: dict[str, tuple[int, float]]
) -> Sequence[tuple[float, float]] | None:
    """Return for each place how well cells of the field begin with the sub-label there, and -1 for a *sequence*.

    Sub-labels that come in the field's order, each once, look like one cell. Where the row itself begins with one that
    seldom begins a cell, the page's edition had another order, and the field's says nothing. ``None`` stands for
    nothing at all.
    """
    text, find = run.text, run.text.find
    head = heads.get(text[run.start : find(":", run.start, run.start + _LONGEST_HEAD)])
    if head is not None and head[1] < 0.0:
        return None
    known = [heads.get(text[at : find(":", at, at + _LONGEST_HEAD)]) for at in starts]
    orders = [each[0] for each in known if each]
    if not orders:
        return None
    single = head is not None and all(one < two for one, two in pairwise((head[0], *orders)))
    return [(each[1], -float(single)) if each else _SILENT for each in known]


def _with_place(
    starts: Sequence[int], scores: Sequence[int], text: str, at: int, end: int
) -> tuple[list[int], list[int]]:
    """Return the places with one at ``at``, in order, and none that would leave its quote to the first cell."""
    found = dict(zip(starts, scores, strict=True))
    if at < end:
        if text[at] == '"':
            found.pop(at + 1, None)
        found.setdefault(at, _UNSEEN)
    return sorted(found), [found[each] for each in sorted(found)]


def best_of(run: Run, places: Places, found: list[Outcome]) -> Read:
    """Return the likeliest of the outcomes of ``run`` as its reading."""
    scores = [outcome.score for outcome in found]
    top = max(scores)
    chance = 1.0 / sum([math.exp(score - top) for score in scores])
    return Read(run, places, found[scores.index(top)].at, chance, scores[-2] - scores[-1], found)


def shares(found: list[Outcome]) -> list[float]:
    """Return the probability of each outcome: the softmax of the scores."""
    scores = [outcome.score for outcome in found]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    return [each / total for each in odds]
