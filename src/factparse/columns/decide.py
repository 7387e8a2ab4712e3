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
from math import exp
from typing import NamedTuple

from factparse.columns import priors
from factparse.columns.habits import Habits
from factparse.columns.owners import Mentions, mentions
from factparse.columns.presence import Presence, page_year
from factparse.columns.quotes import quoted_border
from factparse.columns.seam import SCALE, SeamModel, load
from factparse.columns.seam_places import prepared
from factparse.columns.weights import Weights
from factparse.columns.words import known_words, words_of
from factparse.vocabulary import country_named

A_ALONE, B_ALONE = -1, -2
"""Places that stand for "no border": the run is the first country's cell, or the second's."""

_UNSEEN = -2 * SCALE
"""What the seam model is taken to say of a border that only quotes show."""

NEVER = -20.0
"""The score of what the layout rules out."""

SETTLED = 0.99
"""A row of this probability is not looked at again."""

CERTAIN = 5.0
"""The lead, in nats, at which no more evidence is looked for: the confidence has hardly any further to grow."""

OWNED = 6.5
"""The lead, in nats, of one owner of a lone cell over the other, at which the first look may tell that it is one."""

NOWHERE = 8.0
"""The lead, in nats, of one cell over any border at first look, at which none is looked at again."""

_MOST = 512  # places of a run that are scored
_LONGEST_HEAD = 60
_SILENT = (0.0, 0.0)
_made = tuple.__new__  # a named tuple by position, without a call of its own
_CLEAR, _USUAL = 4.0, 0.7  # log-odds at which own names are fully trusted; what they are worth in a field unknown


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


class Read(NamedTuple):
    """A run read: its likely places and what the seam model says of each, the likeliest outcome and how likely that is.

    ``starts`` are offsets into the run; ``ranks`` by a first look and ``seams`` are log-odds, ``SCALE`` to the nat, the
    latter empty where the first look was certain. ``sums`` is what all evidence says
    of a border at each of them, and last of one cell: the first country's, the second's. ``again`` tells that the
    page's habits and the countries' words were asked, too.
    """

    run: Run
    starts: Sequence[int]
    ranks: Sequence[int]
    seams: Sequence[int]
    sums: list[float]
    at: int
    chance: float
    again: bool = False

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
        seam: SeamModel | None = None,
    ) -> None:
        self.weights = weights
        self.certain = CERTAIN
        self._scales = tuple(
            [each / SCALE for each in (weights.seam, weights.seam_spaced, weights.gate, weights.glance)]
        )
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
        """Return the likeliest outcome of ``run`` by what it says itself.

        Evidence is looked for as long as it can tell: a place of which the seam model's first look is certain is not
        scored in full unless names leave doubt, and no sub-labels are looked for where they could turn nothing over.
        """
        both, one, two = self.prior(run.field)
        lone = self.lone(run)
        one, two = one + lone, NEVER if run.first else two + lone
        glance, top = self._scales[3], one if one > two else two
        if not glance or self.certain == math.inf:
            return self._read(run, both, one, two, math.inf, -math.inf)
        sure = (top - both + self.certain) / glance
        never = (top - both - NOWHERE) / glance if abs(one - two) >= OWNED else -math.inf
        read = self._read(run, both, one, two, sure, never)
        if read.seams or read.chance >= SETTLED or not read.starts:
            return read
        return self._read(run, both, one, two, math.inf, -math.inf)

    def _read(self, run: Run, both: float, one: float, two: float, sure: float, never: float) -> Read:
        text, start, end, field, _, spaced, first = run
        low, high = start - self._start, end - self._start
        weights, body = self.weights, text[start:end]
        heads, reach = _heads(field)
        opens = False
        if heads:
            colon = body.find(":", 0, _LONGEST_HEAD)
            head = heads.get(body[:colon]) if colon >= 0 else None
            opens = head is not None and head[1] > 0.0
        names = self._named
        index = bisect_left(names, start)
        named = self._mentions.within(start, end) if index < len(names) and names[index] < end else None
        if named is not None:
            never = -math.inf  # names may speak for any place
        starts, ranks, seams = self._seam.weigh(
            body, self._folded[low:high], self._shaped[low:high], field, spaced, sure, _MOST, opens, never
        )
        quoted = None
        if weights.quote and (body[0] == '"' or body[-1] == '"'):
            quoted = quoted_border(text, start, end)
            if quoted is not None:
                starts, ranks, seams = _with_place(starts, ranks, seams, body, quoted - start)
        least = self.certain + (reach * weights.opening + weights.sequence if heads else 0.0)
        if named is None and quoted is None and not seams:
            read = self._glanced(run, starts, ranks, both, one, two, least)
            if read is not None:
                return read
        if seams:
            scale, gate = self._scales[spaced], self._scales[2]
            sums = [seam * scale + rank * gate + both for seam, rank in zip(seams, ranks, strict=True)]
        else:
            glance = self._scales[3]
            sums = [rank * glance + both for rank in ranks]
        if named is not None:
            factor = weights.owner * _own_names(field)
            sums = [score + factor * named.fit(start + at) for at, score in zip(starts, sums, strict=True)]
            one += factor * named.fit(end)
            two = NEVER if first else two + factor * named.fit(start)
        if quoted is not None:
            sums = [score + weights.quote * (start + at == quoted) for at, score in zip(starts, sums, strict=True)]
            one += weights.quote * (quoted == end)
            two += weights.quote * (quoted == end)
        sums += (one, two)
        if heads and starts and ":" in body and _lead(sums) < least:
            for index, (opening, sequence) in enumerate(self.openings(run, starts) or ()):
                sums[index] += opening * weights.opening + sequence * weights.sequence
        return _best(run, starts, ranks, seams, sums)

    def _glanced(
        self, run: Run, starts: Sequence[int], ranks: Sequence[int], both: float, one: float, two: float, least: float
    ) -> Read | None:
        """Return the reading of a run that has no likely place, or a single one that leads by ``least`` at first look.

        Nothing but the prior speaks beside it; ``None`` if more has to be asked.
        """
        if not starts:
            at, gap = (A_ALONE, two - one) if one >= two else (B_ALONE, one - two)
            return _made(Read, (run, starts, ranks, (), [one, two], at, 1.0 / (1.0 + exp(gap)), False))
        score = ranks[0] * self._scales[3] + both
        if len(starts) > 1 or score - (one if one > two else two) < least:
            return None
        chance = 1.0 / (1.0 + exp(one - score) + exp(two - score))
        return _made(Read, (run, starts, ranks, (), [score, one, two], run.start + starts[0], chance, False))

    def among(self, run: Run, starts: Sequence[int]) -> tuple[int, float]:
        """Return which of ``starts``, offsets into the page that bars show, is the border, and how likely it is that.

        A bar is read as a line break: one of several divides the cells, the others stand in them.
        """
        text, start, end, field, *_ = run
        body = text[start:end].replace("|", "\n")
        scale = self._scales[0]
        sums = [scale * score for score in self._seam.scores(body, [at - start for at in starts], field)]
        named = self.within(start, end)
        if named is not None:
            factor = self.weights.owner * self.own_names(field)
            sums = [score + factor * named.fit(at) for at, score in zip(starts, sums, strict=True)]
        top = max(sums)
        return starts[sums.index(top)], 1.0 / sum([exp(score - top) for score in sums])

    def within(self, start: int, end: int) -> Mentions | None:
        """Return the names of the two countries in a range, ``None`` if there are none."""
        named = self._named
        index = bisect_left(named, start)
        return self._mentions.within(start, end) if index < len(named) and named[index] < end else None

    def lone(self, run: Run) -> float:
        """Return what speaks for one cell, whosever."""
        weights = self.weights
        if run.spaced:
            return weights.alone + weights.alone_spaced
        lines = run.text.find("\n", run.start, run.end) >= 0
        return weights.alone + weights.alone_lines if lines else weights.alone

    @staticmethod
    def own_names(field: str) -> float:
        """Return what own names are worth in ``field``: from -1 (they stand in the other's cell) to 1."""
        return _own_names(field)

    @staticmethod
    def openings(run: Run, starts: Sequence[int]) -> Sequence[tuple[float, float]] | None:
        """Return for each place how well cells of the field begin with the sub-label there, and -1 for a *sequence*.

        Sub-labels that come in the field's order, each once, look like one cell. Where the row itself begins with one
        that seldom begins a cell, the page's edition had another order, and the field's says nothing. ``None`` stands
        for nothing at all.
        """
        text, start, find = run.text, run.start, run.text.find
        known = _heads(run.field)[0].get
        colon = find(":", start, start + _LONGEST_HEAD)
        head = known(text[start:colon]) if colon >= 0 else None
        if head is not None and head[1] < 0.0:
            return None
        heads = []
        for place in starts:
            at = start + place
            colon = find(":", at, at + _LONGEST_HEAD)
            heads.append(known(text[at:colon]) if colon >= 0 else None)
        orders = [each[0] for each in heads if each]
        if not orders:
            return None
        single = head is not None and all(one < two for one, two in pairwise((head[0], *orders)))
        return [(each[1], -float(single)) if each else _SILENT for each in heads]

    def again(self, read: Read, habits: Habits) -> Read:
        """Return the reading of a run in doubt, scored also by the page's habits and the countries' own words."""
        run, starts = read.run, read.starts
        extra = self.extra(run, starts, habits)
        sums = [score + habit + words for score, (habit, words) in zip(read.sums, extra, strict=True)]
        return _best(run, starts, read.ranks, read.seams, sums, True)

    def extra(self, run: Run, starts: Sequence[int], habits: Habits) -> list[tuple[float, float]]:
        """Return what the page's habits and the countries' own words say of each outcome."""
        text, start, end = run.text, run.start, run.end
        weights = self.weights
        told = [weights.habit * habits.border(text, start, start + at, run.lead) for at in starts]
        told += (0.0, 0.0)
        named = known_words(text, start, end, *self.words) if weights.words else None
        if named is None:
            return [(habit, 0.0) for habit in told]
        places = [*[start + at for at in starts], end, start]
        return [(habit, weights.words * named.fit(at)) for habit, at in zip(told, places, strict=True)]


def _best(
    run: Run,
    starts: Sequence[int],
    ranks: Sequence[int],
    seams: Sequence[int],
    sums: list[float],
    again: bool = False,
) -> Read:
    """Return the likeliest outcome as a reading."""
    top = max(sums)
    index = sums.index(top)
    at = run.start + starts[index] if index < len(starts) else A_ALONE if index == len(starts) else B_ALONE
    chance = 1.0 / sum([exp(score - top) for score in sums])
    return _made(Read, (run, starts, ranks, seams, sums, at, chance, again))


def _lead(sums: list[float]) -> float:
    """Return by how much the likeliest outcome leads the next."""
    *_, second, first = sorted(sums)
    return first - second


@cache
def _own_names(field: str) -> float:
    """Return what own names are worth in ``field``: from -1 (they stand in the other's cell) to 1."""
    known = priors.own_names(field)
    return min(max(known / _CLEAR, -1.0), 1.0) if known is not None else _USUAL


@cache
def _heads(field: str) -> tuple[dict[str, tuple[int, float]], float]:
    """Return the sub-labels of ``field``: their order, the log-odds that a cell begins with one or has it later.

    The other number is the most that the latter can change in the lead of one outcome over another.
    """
    heads = {
        each.name: (order, math.log((each.opens + 0.5) / (max(each.uses - each.opens, 0) + 0.5)))
        for order, each in enumerate(priors.sublabels(field))
    }
    odds = [0.0, *(each[1] for each in heads.values())]
    return heads, max(odds) - min(odds)


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
