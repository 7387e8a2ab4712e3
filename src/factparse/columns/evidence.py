"""The kinds of evidence for where a run divides: one list, which ``decide.py`` adds up and ``explain.py`` prints.

A run has several *outcomes*: a border at each of the likely places, one cell of the first country, one of the second. A
kind says of each how much speaks for it, in nats; the sum over all kinds is the outcome's log-odds up to a constant.
``docs/columns.md`` says where the weights come from, and what each kind is worth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

import attrs

from factparse.columns import priors
from factparse.columns.border_model import SCALE
from factparse.columns.case import NOTHING, Alone, Case, Scores
from factparse.columns.owners import Mentions
from factparse.columns.ranks import fits
from factparse.columns.structure import cell_marks
from factparse.columns.weights import Weights
from factparse.columns.words import known_words

_RULED_OUT: Final = -20.0  # nats against what the layout rules out
_MUCH: Final = 1.0  # nats by which the order of sub-labels must speak against a first look
_UNLIKELY: Final = -8.0  # and against what it speaks against
_UNPAIRED: Final = 2.5  # nats against a rank in one cell only: of ranked fields nearly all cells have one
_FILLED: Final = 4.0  # nats for a run's only break if it is a paragraph of white space
# The log-odds of a field at which own names are fully trusted, and what they are worth in a field that is not known.
_CLEAR, _USUAL = 4.0, 0.7


@attrs.frozen
class BorderEvidence:
    """A kind of evidence: its name, why it tells, the names of its weights, and the function that scores a case.

    A score is in nats, has its weight in it already, and is linear in the weights: the fit relies on that. ``None``
    stands for a kind that has nothing to say of the case.
    """

    name: str
    why: str
    weights: tuple[str, ...]
    score: Callable[[Case, Weights], Scores | None]


def _border_model(case: Case, weights: Weights) -> Scores | None:
    if not case.scores:
        return None
    factor = (weights.border_model_spaced if case.run.spaced else weights.border_model) / SCALE
    return [score * factor for score in case.scores], 0.0, 0.0


def _first_look(case: Case, weights: Weights) -> Scores | None:
    factor = (weights.first_look if case.scores else weights.first_look_only) / SCALE
    return [look * factor for look in case.looks], 0.0, 0.0


def _prior(case: Case, weights: Weights) -> Scores | None:
    (both, one, two), factor = case.prior, weights.prior
    return factor * both, factor * one, factor * two


def _alone(case: Case, weights: Weights) -> Scores | None:
    run, extra = case.run, weights.alone
    if run.spaced:
        extra += weights.alone_spaced
    elif run.text.find("\n", run.start, run.end) >= 0:
        extra += weights.alone_lines
    return 0.0, extra, extra


def _layout(case: Case, _: Weights) -> Scores | None:
    # The first country is known to have a cell, so the run cannot be the second's alone.
    if case.run.first:
        return 0.0, 0.0, _RULED_OUT
    return (_UNLIKELY, _UNLIKELY, 0.0) if case.skipped else None


def _filler(case: Case, _: Weights) -> Scores | None:
    filler = case.filler
    return None if filler is None else ([_FILLED * (at == filler) for at in case.places], 0.0, 0.0)


def _fit_of(named: Mentions | None, case: Case, factor: float) -> Scores | None:
    """A score for how well the places in ``named`` fit each outcome: what names a country belongs in its own cell."""
    if named is None:
        return None
    # One cell of the first country is a border at the end of the run, one of the second a border at its beginning.
    fit = named.fit
    return [factor * fit(at) for at in case.borders()], factor * fit(case.run.end), factor * fit(case.run.start)


def _own_names(case: Case, weights: Weights) -> Scores | None:
    return _fit_of(case.named, case, weights.own_names * _names_worth(case.run.field)) if case.named else None


def _quotes(case: Case, weights: Weights) -> Scores | None:
    quoted, weight = case.quoted, weights.quotes
    if quoted is None:
        return None
    whole = weight * (quoted == case.run.end)  # the quotes close at the end of the run: it is one cell
    return [weight * (at == quoted) for at in case.borders()], whole, whole


def _structure(case: Case, weights: Weights) -> Scores | None:
    if case.shape is None or not case.scores:
        return None
    assert case.orders is not None
    end, factor = case.run.end - case.run.start, weights.structure
    whole = factor * case.orders.said(cell_marks(case.shape, 0, end))
    return [factor * said for said in _orders_say(case, case.places)], whole, whole


def _orders_say(case: Case, places: Iterable[int]) -> list[float]:
    """The log-probabilities of the two cells that each of ``places`` makes of a run."""
    shape, orders = case.shape, case.orders
    assert shape is not None  # without orders there is no shape
    assert orders is not None
    end, said = case.run.end - case.run.start, orders.said
    known = dict(zip(shape.starts[1:], orders.cuts(shape.marks), strict=True)) if shape.plain else {}
    return [known[at] if at in known else said(cell_marks(shape, 0, at), cell_marks(shape, at, end)) for at in places]


def shows_another(case: Case) -> bool:
    """Tell whether sub-labels show a much likelier border than the places that a first look has left."""
    shape, orders = case.shape, case.orders
    if shape is None or orders is None or len(shape.starts) < 2 or not case.places:
        return False
    shown = orders.cuts(shape.marks) if shape.plain else _orders_say(case, [at for at in shape.starts if at])
    return max(shown, default=-math.inf) > max(_orders_say(case, case.places)) + _MUCH


def _whole_values(case: Case, weights: Weights) -> Scores | None:
    if not case.broken and not case.joined:
        return None
    numbers, brackets = weights.whole_numbers, weights.whole_brackets
    words, ends = weights.whole_words, weights.whole_ends
    alone = -weights.whole_alone * min(case.joined, 4)
    return (
        [-(numbers * each[0] + brackets * each[1] + words * each[2] + ends * each[3]) for each in case.broken],
        alone,
        alone,
    )


def _first_figures(case: Case, weights: Weights) -> Scores | None:
    if not case.figures:
        return None
    return [weights.first_figures * said for said in case.figures], 0.0, 0.0


def _ranks(case: Case, weights: Weights) -> Scores | None:
    ranks = case.ranks
    if not ranks:
        return None
    text, factor, size = case.run.body, -weights.ranks, case.run.end - case.run.start
    whole = 0.0 if fits(text, ranks, 0, size) else factor
    unpaired = _UNPAIRED if len(ranks) == 1 else 0.0
    borders = [factor * (2 - fits(text, ranks, 0, at) - fits(text, ranks, at, size)) - unpaired for at in case.places]
    return borders, whole, whole


def _known_side(case: Case, weights: Weights) -> Scores | None:
    if not case.sides:
        return None
    return [weights.known_side * (at in case.sides) for at in case.borders()], 0.0, 0.0


def _known_whole(case: Case, weights: Weights) -> Scores | None:
    whole = case.whole
    if not whole or not weights.known_whole:
        return None
    # Of several ways it is one; a single short one may be chance.
    one_of_them = len(whole) > 1

    def said(outcome: int | Alone) -> float:
        if one_of_them:
            return 0.0 if outcome in whole else _RULED_OUT
        return weights.known_whole if outcome in whole else 0.0

    return [said(at) for at in case.borders()], said(Alone.FIRST), said(Alone.SECOND)


def _known_edges(case: Case, weights: Weights) -> Scores | None:
    if case.edges is None:
        return None
    (borders, one, two), factor = case.edges, weights.known_edges
    return [factor * said for said in borders], factor * one, factor * two  # type: ignore[union-attr]  # one a place


def _page_gaps(case: Case, weights: Weights) -> Scores | None:
    run, gaps = case.run, case.gaps
    if gaps is None:
        return None
    return [weights.page_gaps * gaps.border(run.text, run.start, at, run.lead) for at in case.borders()], 0.0, 0.0


def _own_words(case: Case, weights: Weights) -> Scores | None:
    run = case.run
    if not case.words or not weights.own_words:
        return None
    return _fit_of(known_words(run.text, run.start, run.end, *case.words), case, weights.own_words)


PRIOR: Final = BorderEvidence(
    "prior", "how likely each country has this field in the page's edition", ("prior",), _prior
)
ALONE: Final = BorderEvidence(
    "alone", "how often a row of this form has one cell only", ("alone", "alone_lines", "alone_spaced"), _alone
)
LAYOUT: Final = BorderEvidence("layout", "what the page's own layout rules out", (), _layout)
FILLER: Final = BorderEvidence(
    "filler", "a paragraph of white space alone, the only break of the row, divides two cells", (), _filler
)
BORDER_MODEL: Final = BorderEvidence(
    "border model",
    "the characters around a place are like those around borders",
    ("border_model", "border_model_spaced"),
    _border_model,
)
FIRST_LOOK: Final = BorderEvidence(
    "first look",
    "the border model's first look: the few characters next to a place, which may be all that is asked",
    ("first_look", "first_look_only"),
    _first_look,
)
OWN_NAMES: Final = BorderEvidence(
    "own names", "a country's names and demonyms stand in its own cell", ("own_names",), _own_names
)
QUOTES: Final = BorderEvidence("quotes", "a CSV file's quotes close a cell", ("quotes",), _quotes)
STRUCTURE: Final = BorderEvidence(
    "structure",
    "cells of the field print their sub-labels and years in an order of their own",
    ("structure",),
    _structure,
)
WHOLE_VALUES: Final = BorderEvidence(
    "whole values",
    "both cells begin and end as whole values: no number, bracket or word is broken",
    ("whole_numbers", "whole_brackets", "whole_words", "whole_ends", "whole_alone"),
    _whole_values,
)
FIRST_FIGURES: Final = BorderEvidence(
    "first figures",
    "where digits run together, the second cell begins with a figure of a size that the field's cells have",
    ("first_figures",),
    _first_figures,
)
RANKS: Final = BorderEvidence("ranks", "a world rank ends a cell and begins none", ("ranks",), _ranks)
KNOWN_WHOLE: Final = BorderEvidence(
    "known cells",
    "all of the run is cells that the book knows, in several ways or short ones",
    ("known_whole",),
    _known_whole,
)
KNOWN_SIDE: Final = BorderEvidence(
    "known cell", "the run begins or ends with a cell that the book knows", ("known_side",), _known_side
)
KNOWN_EDGES: Final = BorderEvidence(
    "known edges",
    "cells that the book knows end and begin as the text around a place does",
    ("known_edges",),
    _known_edges,
)
PAGE_GAPS: Final = BorderEvidence(
    "page gaps", "the page's certain rows show which gap stands between two cells", ("page_gaps",), _page_gaps
)
OWN_WORDS: Final = BorderEvidence(
    "own words", "words that editions print of one country only stand in its cell", ("own_words",), _own_words
)

BEFOREHAND: Final = (PRIOR, ALONE, LAYOUT)
"""What is known before any place is looked for."""

AT_ONCE: Final = (
    BORDER_MODEL,
    FIRST_LOOK,
    OWN_NAMES,
    FILLER,
    QUOTES,
    KNOWN_WHOLE,
    KNOWN_SIDE,
    STRUCTURE,
    WHOLE_VALUES,
    FIRST_FIGURES,
    RANKS,
)
"""What every run is judged by once its places are known."""

AT_FIRST_LOOK: Final = (FIRST_LOOK, OWN_NAMES, FILLER, QUOTES, KNOWN_WHOLE, KNOWN_SIDE)
"""Those of them that speak where the first look was certain."""

IN_DOUBT: Final = (PAGE_GAPS, OWN_WORDS, KNOWN_EDGES)
"""What is asked last, of runs in doubt: by then the page's certain rows are known."""

EVIDENCE: Final = (*BEFOREHAND, *AT_ONCE, *IN_DOUBT)
"""All kinds, in the order in which they are asked."""

AMONG_BARS: Final = (BORDER_MODEL, OWN_NAMES)
"""What tells which of several bars is the border. That there is a border is known here, and where it may be."""


def summed(case: Case, weights: Weights, kinds: Iterable[BorderEvidence], before: Scores = NOTHING) -> Scores:
    """The sum of what ``kinds`` say and of what was said ``before``."""
    borders, one, two = before
    for kind in kinds:
        said = kind.score(case, weights)
        if said is None:
            continue
        more, first, second = said
        one += first
        two += second
        if isinstance(borders, float):
            borders, more = more, borders  # a list, if one of them is, and a number
        if isinstance(borders, float):
            borders += more  # type: ignore[operator]  # then both are numbers
        elif isinstance(more, float):
            borders = [each + more for each in borders] if more else borders
        else:
            borders = [each + other for each, other in zip(borders, more, strict=True)]
    return borders, one, two


def in_a_row(case: Case, scores: Scores) -> list[float]:
    """The scores as one list: the borders in reading order, then one cell of the first country, then of the second."""
    borders, one, two = scores
    return [*([borders] * len(case.places) if isinstance(borders, float) else borders), one, two]


class BorderOutcome(NamedTuple):
    """A way to read a run: a border ``at`` an offset into the page, or whose one cell it is.

    ``parts`` has what each kind of evidence says of it, in nats, by the name of the kind.
    """

    at: int | Alone
    parts: dict[str, float]

    @property
    def score(self) -> float:
        """The sum of all parts, in nats."""
        return sum(self.parts.values())


def outcomes(case: Case, weights: Weights) -> list[BorderOutcome]:
    """Every outcome of a run with what each kind says of it: the borders in reading order, then the two of one cell."""
    told = {kind.name: in_a_row(case, kind.score(case, weights) or NOTHING) for kind in EVIDENCE}
    places = (*case.borders(), *Alone)
    return [BorderOutcome(at, {name: said[index] for name, said in told.items()}) for index, at in enumerate(places)]


def shares(found: Sequence[BorderOutcome]) -> list[float]:
    """The probability of each outcome in ``found``: the softmax of their scores."""
    scores = [outcome.score for outcome in found]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    return [each / total for each in odds]


@cache
def _names_worth(field: str) -> float:
    """The worth of own names in ``field``, -1 to 1. It is negative where they stand in the other country's cell."""
    known = priors.own_names(field)
    return min(max(known / _CLEAR, -1.0), 1.0) if known is not None else _USUAL
