"""Decides where a run of text divides, or whose it is as a whole: all evidence added up as log-probabilities.

Every way to read a run is an *outcome*: a border at one of the likely places, or one cell, the first country's or the
second's. An outcome's score is the sum of what each kind of evidence says of it, in nats; the scores' softmax is the
probability of each. ``docs/columns.md`` tells the weights' origin.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from math import exp
from typing import NamedTuple

from factparse.columns.border_model import SCALE, BorderModel, load
from factparse.columns.evidence import (
    AT_ONCE,
    IF_CLOSE,
    IN_DOUBT,
    LONGEST_HEAD,
    Alone,
    Case,
    Run,
    alone,
    heads_of,
    summed,
)
from factparse.columns.likely_places import prepared
from factparse.columns.owners import Mentions, mentions
from factparse.columns.page_gaps import PageGaps
from factparse.columns.presence import Presence, page_year
from factparse.columns.quotes import quoted_border
from factparse.columns.weights import Weights
from factparse.columns.words import words_of
from factparse.vocabulary import country_named

_UNSEEN = -2 * SCALE
"""What the border model is taken to say of a border that only quotes show."""

SETTLED = 0.99
"""A row of this probability is not looked at again."""

CERTAIN = 5.0
"""The lead, in nats, at which no more evidence is looked for: the confidence has hardly any further to grow."""

OWNED = 6.5
"""The lead, in nats, of one owner of a lone cell over the other, at which the first look may tell that it is one."""

NOWHERE = 8.0
"""The lead, in nats, of one cell over any border at first look, at which none is looked at again."""

_MOST = 512  # places of a run that are scored
_made = tuple.__new__  # a named tuple by position, without a call of its own


class Read(NamedTuple):
    """A run read: what it was judged by, what all evidence says of each outcome, the likeliest and how likely that is.

    ``sums`` is of a border at each of the case's places, and last of one cell: the first country's, the second's.
    """

    case: Case
    sums: list[float]
    at: int
    chance: float

    @property
    def run(self) -> Run:
        """The text that was read."""
        return self.case.run

    @property
    def side(self) -> float:
        """The log-odds that the run as one cell is the first country's."""
        return self.sums[-2] - self.sums[-1]


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
        seam: BorderModel | None = None,
    ) -> None:
        self.weights = weights
        self.certain = CERTAIN
        self.countries = (country_named(names[0]), country_named(names[1]))
        self.presence = Presence(self.countries, year or page_year(text, start, end), weights)
        self._mentions = mentions(text, *names, start, end) if weights.owner else Mentions((), ())
        self._named = sorted(self._mentions.a + self._mentions.b)
        self._seam = seam or load()
        self._start = start
        self._folded, self._shaped = prepared(text[start:end])
        self._priors: dict[int, tuple[float, float, float]] = {}

    @cached_property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words known of each country."""
        return words_of(self.countries[0]), words_of(self.countries[1])

    def prior(self, field: str) -> tuple[float, float, float]:
        """Return what speaks for two cells in a row of ``field``, for the first country's and for the second's."""
        case = self.presence.case(field)
        known = self._priors.get(case)
        if known is None:
            a, b = self.presence.chances(field)
            weight, log = self.weights.prior, math.log
            known = (weight * log(a * b), weight * log(a * (1.0 - b)), weight * log(b * (1.0 - a)))
            self._priors[case] = known
        return known

    def read(self, run: Run) -> Read:
        """Read ``run`` by what it says itself.

        Evidence is looked for as long as it can tell: a place of which the border model's first look is certain is not
        scored in full unless names leave doubt, and no sub-labels are looked for where they could turn nothing over.
        """
        prior = both, one, two = self.prior(run.field)
        glance = self.weights.glance / SCALE
        if not glance or self.certain == math.inf:
            return self._read(run, prior, math.inf, -math.inf)
        extra = alone(run, self.weights)
        top = extra + (one if one > two or run.first else two)
        sure = (top - both + self.certain) / glance
        owned = run.first or abs(one - two) >= OWNED
        never = (top - both - NOWHERE) / glance if owned else -math.inf
        read = self._read(run, prior, sure, never)
        if read.case.scores or read.chance >= SETTLED or not read.case.places:
            return read
        return self._read(run, prior, math.inf, -math.inf)

    def _read(self, run: Run, prior: tuple[float, float, float], sure: float, never: float) -> Read:
        text, start, end, field, _, spaced, _ = run
        low, high = start - self._start, end - self._start
        weights, body = self.weights, text[start:end]
        heads, reach = heads_of(field)
        opens = False
        if heads:
            colon = body.find(":", 0, LONGEST_HEAD)
            head = heads.get(body[:colon]) if colon >= 0 else None
            opens = head is not None and head[1] > 0.0
        named = self.within(start, end)
        if named is not None:
            never = -math.inf  # names may speak for any place
        places, looks, scores = self._seam.weigh(
            body, self._folded[low:high], self._shaped[low:high], field, spaced, sure, _MOST, opens, never
        )
        quoted = None
        if weights.quote and (body[0] == '"' or body[-1] == '"'):
            quoted = quoted_border(text, start, end)
            if quoted is not None:
                places, looks, scores = _with_place(places, looks, scores, body, quoted - start)
        case = Case(run, weights, places, looks, scores, prior, named, quoted)
        sums = summed(case, AT_ONCE)
        if heads and places and ":" in body:
            least = self.certain + reach * weights.opening + weights.sequence
            if _lead(sums) < least:
                sums = summed(case, IF_CLOSE, sums)
        return _best(case, sums)

    def among(self, run: Run, starts: Sequence[int]) -> tuple[int, float]:
        """Tell which of ``starts``, offsets into the page that bars show, is the border, and how likely it is that.

        A bar is read as a line break: one of several divides the cells, the others stand in them.
        """
        text, start, end, field, *_ = run
        body = text[start:end].replace("|", "\n")
        places = [at - start for at in starts]
        scores = self._seam.scores(body, places, field)
        plain = run._replace(spaced=False)
        case = Case(plain, self.weights, places, [0] * len(places), scores, (0.0, 0.0, 0.0), self.within(start, end))
        sums = summed(case, _AMONG)[:-2]
        top = max(sums)
        return starts[sums.index(top)], 1.0 / sum([exp(score - top) for score in sums])

    def within(self, start: int, end: int) -> Mentions | None:
        """Find the names of the two countries in a range, ``None`` if there are none."""
        named = self._named
        index = bisect_left(named, start)
        return self._mentions.within(start, end) if index < len(named) and named[index] < end else None

    def again(self, read: Read, habits: PageGaps) -> Read:
        """Read a run in doubt once more, by the page's gaps and the countries' own words too."""
        case = read.case
        case.gaps, case.words = habits, self.words if self.weights.words else None
        return _best(case, summed(case, IN_DOUBT, read.sums))


_AMONG = tuple(kind for kind in AT_ONCE if kind.name in ("border model", "own names"))


def _best(case: Case, sums: list[float]) -> Read:
    """Pick the likeliest outcome."""
    top = max(sums)
    index = sums.index(top)
    places = case.places
    at: int = Alone.FIRST if index == len(places) else Alone.SECOND
    if index < len(places):
        at = case.run.start + places[index]
    return _made(Read, (case, sums, at, 1.0 / sum([exp(score - top) for score in sums])))


def _lead(sums: list[float]) -> float:
    """By how much the likeliest outcome leads the next."""
    *_, second, first = sorted(sums)
    return first - second


def _with_place(
    starts: Sequence[int], ranks: Sequence[int], seams: Sequence[int], text: str, quoted: int
) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
    """Return the places of ``text`` with ``quoted``, in order; none that would leave its quote to the first cell."""
    if quoted >= len(text):
        return starts, ranks, seams
    found = {at: (rank, seam) for at, rank, seam in zip(starts, ranks, seams or ranks, strict=True)}
    if text[quoted] == '"':
        found.pop(quoted + 1, None)
    found.setdefault(quoted, (_UNSEEN, _UNSEEN))
    order = sorted(found)
    return order, [found[at][0] for at in order], [found[at][1] for at in order] if seams else ()
