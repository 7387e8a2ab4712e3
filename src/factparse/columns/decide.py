"""The decision where a run of text divides, or whose it is as a whole: all evidence added up as log-probabilities.

Every way to read a run is an *outcome*: a border at one of the likely places, or one cell, the first country's or the
second's. An outcome's score is the sum of what each kind of evidence says of it, in nats; the scores' softmax is the
probability of each. ``docs/columns.md`` says where the weights come from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import exp, inf
from typing import NamedTuple

from factparse.columns.border_model import SCALE, load
from factparse.columns.case import Alone, Case, Looked, Scores, TextRun
from factparse.columns.editions import Editions, packaged_editions
from factparse.columns.evidence import (
    AMONG_BARS,
    AT_FIRST_LOOK,
    AT_ONCE,
    BEFOREHAND,
    IN_DOUBT,
    in_a_row,
    shows_another,
    summed,
)
from factparse.columns.first_figures import shares
from factparse.columns.likely_places import coarse_digits, fold_digits
from factparse.columns.lookup import Sighting, edges, sides_at
from factparse.columns.owners import Mentions, mentions
from factparse.columns.page_gaps import PageGaps, filler_place
from factparse.columns.presence import Presence, Prior, page_year
from factparse.columns.quotes import opened_border, quoted_border
from factparse.columns.ranks import ranks_of
from factparse.columns.structure import shape_of
from factparse.columns.weights import Weights
from factparse.columns.whole_values import broken_at, cuts, joined
from factparse.columns.words import words_of
from factparse.vocabulary import country_named

SETTLED = 0.99
"""The probability from which on a row is not judged again by the page's gaps and the countries' words."""

CERTAIN = 5.0
"""The lead, in nats, at which no more evidence is looked for: the confidence has hardly any further to grow."""

OWNED = 6.5
"""The lead, in nats, of one owner of a lone cell over the other, at which the first look may tell that it is one."""

NOWHERE = 8.0
"""The lead, in nats, of one cell over any border at first look, at which none is looked at again."""

_SURE = 50.0  # nats for whom the book says a lone cell is
_NO_PRIOR = (0.0, 0.0, 0.0)
_SHORT = 60  # characters of a run whose numbers may run together
_MOST = 512  # places of a run that are scored: time must not grow faster than the text
_ONLY_SHOWN = -2 * SCALE  # the score of a border that only quotes or the book show: the border model gave it none
_SIGNED = re.compile(r"-(?<=[A-Za-z)%]-)(?=\d+\.\d|\d+%)")  # a figure below zero, glued to what stands before it
_made = tuple.__new__  # a named tuple by position, without a call of its own


class Verdict(NamedTuple):
    """What was decided of a run.

    ``case`` holds what was looked at, ``sums`` what all evidence says of each outcome, ``at`` the likeliest outcome (an
    offset into the page, or whose the whole run is) and ``chance`` its probability. ``looked`` is what the book says,
    if that alone decided.
    """

    case: Case
    sums: Scores
    at: int | Alone
    chance: float
    looked: Looked | None = None

    @property
    def run(self) -> TextRun:
        """The run that was judged."""
        return self.case.run

    @property
    def side(self) -> float:
        """The log-odds that the run, taken as one cell, is the first country's: nats, below 0 for the second's."""
        _, one, two = self.sums
        return one - two


class Habits(NamedTuple):
    """What a page does throughout.

    ``breaks`` is how many line breaks stand between a label and its first cell, 0 where most have none. ``closed`` says
    that each quote that opens a cell is closed.
    """

    breaks: int = 0
    closed: bool = True


NO_HABITS = Habits()


class Scorer:
    """The judge of the runs of one page. It knows the two countries, the year, and where the page names them."""

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        names: tuple[str, str],
        year: int | None,
        weights: Weights,
        fields: Iterable[str] = (),
        editions: Editions | None = None,
        habits: Habits = NO_HABITS,
    ) -> None:
        self.weights = weights
        self.certain = CERTAIN
        self.habits = habits
        self.countries = (country_named(names[0]), country_named(names[1]))
        self.editions = editions or packaged_editions()
        newest = year or page_year(text, start, end)
        self.presence = Presence(self.countries, newest, fields, self.editions, weights)
        self._mentions = mentions(text, *names, start, end) if weights.own_names else Mentions((), ())
        self._named = sorted(self._mentions.a + self._mentions.b)
        self._model = load()
        self._start = start
        # The whole page at once: its runs are cut out of it, for offsets stay the same.
        self._folded, self._coarse = fold_digits(text[start:end]), coarse_digits(text[start:end])
        self._known: dict[tuple[Prior, bool, bool, bool, bool], Scores] = {}

    @cached_property
    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words by which the text of each country is known, the first country's first."""
        return words_of(self.countries[0]), words_of(self.countries[1])

    def judge(self, run: TextRun, sighting: Sighting | None = None) -> Verdict:
        """The verdict on ``run`` by what it says itself, and by what the book says of it.

        Evidence is looked for only as long as it can change the outcome. A place of which the border model's first look
        is certain is not scored in full unless names leave doubt, or the order of sub-labels shows another place.
        ``tests/test_columns.py`` compares both ways.
        """
        skipped = 0 < self.habits.breaks < run.lead.count("\n")
        case = Case(run, self.presence.prior(run.field), skipped, self._within(run.start, run.end))
        if sighting is not None:
            case.sighting = sighting
            case.whole = {each.at: each for each in sighting.whole}
        self._shape(case)
        beforehand = self._beforehand(case)
        both, one, two = beforehand
        nat = self.weights.first_look_only / SCALE  # what one unit of a first look is worth in the sum
        # Where the book knows all of the run it may speak for any place.
        if nat and self.certain != inf and isinstance(both, float) and not case.whole:
            # A look has to make up for what one cell is ahead of two before any place is looked at.
            ahead = (one if one > two else two) - both
            names_are_silent = case.named is None  # else they may speak for any place
            never = (ahead - NOWHERE) / nat if names_are_silent and abs(one - two) >= OWNED else -inf
            verdict = self._judge(case, beforehand, (ahead + self.certain) / nat, never)
            # Names may have put the first look in doubt; then the run is scored in full after all.
            if case.scores or verdict.chance >= SETTLED or not case.places:
                return verdict
        return self._judge(case, beforehand, inf, -inf)

    def _judge(self, case: Case, beforehand: Scores, sure: float, never: float) -> Verdict:
        """The verdict on a run. It has no full scores if a first look reaches ``sure``, or none exceeds ``never``.

        A first look is not believed where the order of sub-labels shows another place, nor where numbers run together.
        """
        body = case.run.body
        if case.ranks or case.joints:
            sure, never = inf, -inf
        self._weigh(case, body, sure, never)
        if not case.scores and shows_another(case):
            self._weigh(case, body, inf, -inf)
        self._show(case, body)
        if case.scores:
            case.broken, case.joined = broken_at(body, case.places, self._model.words), joined(body)
            case.figures = shares(body, case.places, _no_ends(case), self.editions.first_figures(case.run.field))
            return _verdict(case, summed(case, self.weights, AT_ONCE, beforehand))
        return _verdict(case, summed(case, self.weights, AT_FIRST_LOOK, beforehand))

    def _shape(self, case: Case) -> None:
        """Find the sub-labels, years, ranks and filler of a run, and numbers run together."""
        editions, body = self.presence.editions, case.run.body
        case.orders = self.editions.orders(case.run.field, editions[0][0]) if editions else None
        if case.orders is not None:
            case.shape = shape_of(body, case.orders.labels)
        case.ranks = ranks_of(body) if "comparison" in body else ()
        case.joints = cuts(body) if len(body) < _SHORT else ()
        case.filler = filler_place(body)

    def _weigh(self, case: Case, body: str, sure: float, never: float) -> None:
        """Let the border model find the places of a run, and weigh them."""
        low, high = case.run.start - self._start, case.run.end - self._start
        case.places, case.looks, case.scores = self._model.weigh(
            body,
            self._folded[low:high],
            self._coarse[low:high],
            case.run.field,
            case.run.spaced,
            sure,
            _MOST,
            never,
            _shown(case, body),
        )

    def _show(self, case: Case, body: str) -> None:
        """Add the places that quotes and the book show."""
        text, start, end = case.run[:3]
        if self.weights.quotes and '"' in body:
            if not self.habits.closed:
                case.quoted = opened_border(text, start, end)
            elif body[0] == '"' or body[-1] == '"':
                case.quoted = quoted_border(text, start, end)
            if case.quoted is not None:
                _add_place(case, body, case.quoted - start)
        for at in case.whole:
            if not isinstance(at, Alone):
                _add_place(case, body, at - start)
        if case.sighting is not None:
            case.sides = sides_at(case.sighting, case.places)

    def judge_again(self, verdict: Verdict, gaps: PageGaps) -> Verdict:
        """The verdict on a run in doubt, judged once more: by the page's gaps and the countries' own words too."""
        case = verdict.case
        case.gaps, case.words = gaps, self.words if self.weights.own_words else None
        if case.sighting is not None:
            case.edges = edges(case.sighting, case.places)
        return _verdict(case, summed(case, self.weights, IN_DOUBT, verdict.sums))

    def among(self, run: TextRun, starts: Sequence[int]) -> tuple[int, float]:
        """The border among ``starts``, offsets into the page that bars show, and its probability.

        One of the bars divides the cells, the others stand inside them. The border model is shown each as a line break.
        """
        text, start, end, field, *_ = run
        places = [at - start for at in starts]
        scores = self._model.scores(text[start:end].replace("|", "\n"), places, field)
        case = Case(run, _NO_PRIOR, False, self._within(start, end), places, (), scores)
        sums = in_a_row(case, summed(case, self.weights, AMONG_BARS))[:-2]  # one cell is out of the question
        top = max(sums)
        return starts[sums.index(top)], 1.0 / sum([exp(score - top) for score in sums])

    def _beforehand(self, case: Case) -> Scores:
        """What is known of a run before any place is looked for, which is the same for many."""
        run = case.run
        lines = run.text.find("\n", run.start, run.end) >= 0
        key = (case.prior, run.spaced, lines, run.first, case.skipped)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = summed(case, self.weights, BEFOREHAND)
        return found

    def _within(self, start: int, end: int) -> Mentions | None:
        """The places in a range where the page names the two countries; ``None`` if it names neither there."""
        named = self._named
        index = bisect_left(named, start)
        return self._mentions.within(start, end) if index < len(named) and named[index] < end else None


def _shown(case: Case, body: str) -> list[int]:
    """The glued places that sub-labels, years, signs and numbers show, where one begins or ends; all behind a rank."""
    shape = case.shape
    found = [*shape.starts, *[at for at, _ in shape.years]] if shape is not None else []
    if "-" in body:
        found += [match.start() for match in _SIGNED.finditer(body)]
    found += case.joints
    size = len(body)
    shown = [at for at in found if 0 < at < size and not body[at - 1].isspace() and not body[at].isspace()]
    for rank in case.ranks:
        shown += [at for at in rank.behind(body) if at < size]
    return sorted(set(shown)) if shown else shown


def _no_ends(case: Case) -> set[int]:
    """The places that break a number, or are no end of a rank where the run has ranks."""
    broken = {at for at, each in zip(case.places, case.broken, strict=True) if each.numbers}
    ends = {end for rank in case.ranks for end in rank.ends}
    return broken | {at for at in case.places if at not in ends} if ends else broken


def looked_up(run: TextRun, looked: Looked) -> Verdict:
    """The verdict on a run that the book decides; nothing else is computed."""
    at = looked.at
    sums: Scores = ([], _SURE * (at is Alone.FIRST), _SURE * (at is Alone.SECOND))
    return _made(Verdict, (Case(run, _NO_PRIOR, whole={at: looked}), sums, at, 1.0, looked))


def _verdict(case: Case, sums: Scores) -> Verdict:
    """The likeliest outcome and its probability, by the softmax of the sums."""
    every = in_a_row(case, sums)
    top = max(every)
    index, places = every.index(top), case.places
    at: int | Alone = Alone.FIRST if index == len(places) else Alone.SECOND
    if index < len(places):
        at = case.run.start + places[index]
    return _made(Verdict, (case, sums, at, 1.0 / sum([exp(score - top) for score in every]), None))


def _add_place(case: Case, body: str, shown: int) -> None:
    """Add a place that quotes or the book show, and take away the one right behind an opening quote.

    That one would leave the quote of the second cell to the first.
    """
    if shown >= len(body):
        return
    found = {
        at: (look, score) for at, look, score in zip(case.places, case.looks, case.scores or case.looks, strict=True)
    }
    if body[shown] == '"':
        found.pop(shown + 1, None)
    found.setdefault(shown, (_ONLY_SHOWN, _ONLY_SHOWN))
    order = sorted(found)
    case.places, case.looks = order, [found[at][0] for at in order]
    case.scores = [found[at][1] for at in order] if case.scores else ()
