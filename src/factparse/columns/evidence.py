"""Tells what each kind of evidence says of every way to read a run: for explanations, and for the fit of the weights.

The columns stage itself adds the evidence up without telling it apart (:mod:`factparse.columns.decide`).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from factparse.columns.decide import A_ALONE, B_ALONE, NEVER, Read, Scorer
from factparse.columns.habits import Habits
from factparse.columns.owners import Mentions
from factparse.columns.quotes import quoted_border
from factparse.columns.seam import SCALE

_NOTHING = (0.0, 0.0)


class Outcome(NamedTuple):
    """A way to read a run: a border ``at`` an offset (or ``A_ALONE``, ``B_ALONE``), and what each evidence adds to it.

    ``score`` is the sum of the others, which are weighted and in nats.
    """

    at: int
    score: float
    seam: float = 0.0
    gate: float = 0.0
    prior: float = 0.0
    owner: float = 0.0
    habit: float = 0.0
    quote: float = 0.0
    opening: float = 0.0
    sequence: float = 0.0
    words: float = 0.0


def outcomes(scorer: Scorer, read: Read, habits: Habits) -> list[Outcome]:
    """Return every outcome of a run that ``scorer`` read: the borders in reading order, then one cell, whose it may be.

    The likeliest is the reading's, and its probability the reading's own, where that can still tell in the confidence.
    """
    run, weights = read.run, scorer.weights
    text, start, end, field, _, spaced, first = run
    quoted = quoted_border(text, start, end) if weights.quote else None
    named = scorer.within(start, end) or Mentions((), ())
    factor = weights.owner * scorer.own_names(field)
    both, one, two = scorer.prior(field)
    told = scorer.openings(run, read.starts) or [_NOTHING] * len(read.starts)
    extra = scorer.extra(run, read.starts, habits) if read.again else [_NOTHING] * (len(read.starts) + 2)
    seam, gate = (
        (weights.seam_spaced if spaced else weights.seam, weights.gate) if read.seams else (0.0, weights.glance)
    )
    found = []
    for index, place in enumerate(read.starts):
        at = start + place
        found.append(
            _outcome(
                at,
                seam=seam * read.seams[index] / SCALE if read.seams else 0.0,
                gate=gate * read.ranks[index] / SCALE,
                prior=both,
                owner=factor * named.fit(at),
                habit=extra[index][0],
                quote=weights.quote * (at == quoted),
                opening=told[index][0] * weights.opening,
                sequence=told[index][1] * weights.sequence,
                words=extra[index][1],
            )
        )
    for at, prior, edge, (_, words) in ((A_ALONE, one, end, extra[-2]), (B_ALONE, two, start, extra[-1])):
        lone = scorer.lone(run)
        quote = weights.quote * (quoted == end)
        found.append(_outcome(at, seam=lone, prior=prior, owner=factor * named.fit(edge), quote=quote, words=words))
    if first:
        found[-1] = found[-1]._replace(score=NEVER)
    return found


def _outcome(at: int, **evidence: float) -> Outcome:
    return Outcome(at, sum(evidence.values()), **evidence)


def shares(found: list[Outcome]) -> list[float]:
    """Return the probability of each outcome: the softmax of the scores."""
    scores = [outcome.score for outcome in found]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    return [each / total for each in odds]
