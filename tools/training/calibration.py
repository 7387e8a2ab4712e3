"""Fits the curves of confidence: how often readings of a probability are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp, log

POINTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.985, 0.9925, 0.997, 0.999, 0.9997, 0.99999)
"""The probabilities at which a curve has its corners."""

LEAST, MOST = 0.01, 0.9994  # no confidence is below or above these: what the book decides has 0.9995
ROUNDS = 400


def smooth(points: Iterable[tuple[float, bool]]) -> list[list[float]]:
    """The rising curve under which the readings are likeliest: log-odds, joined by lines between ``POINTS``.

    A corner is held to its neighbours, so that few readings make no step.

    >>> curve = smooth([(0.5, True), (0.5, False)] * 300 + [(0.99, True)] * 600)
    >>> [round(share, 1) for chance, share in curve if chance in (0.5, 0.9925)]
    [0.5, 1.0]
    """
    corners = [_logit(point) for point in POINTS]
    spread = [(*_weights(_logit(chance), corners), right) for chance, right in points]
    heights = list(corners)
    for round_ in range(ROUNDS):
        _step(spread, heights, 0.5 if round_ < ROUNDS // 2 else 0.1)
    for at in range(1, len(heights)):
        heights[at] = max(heights[at], heights[at - 1] + 1e-3)
    return [
        [point, round(min(max(_share(height), LEAST), MOST), 6)] for point, height in zip(POINTS, heights, strict=True)
    ]


def _step(spread: Sequence[tuple[int, float, bool]], heights: list[float], length: float) -> None:
    """Move each corner towards what the readings about it say: one step of Newton's, each corner by itself."""
    slopes, bends = [0.0] * len(heights), [1e-9] * len(heights)
    for at, share, right in spread:
        height = heights[at] * (1 - share) + heights[at + 1] * share
        chance = _share(height)
        error, bend = right - chance, chance * (1 - chance)
        for corner, part in ((at, 1 - share), (at + 1, share)):
            slopes[corner] += part * error
            bends[corner] += part * part * bend
    for at, one in enumerate(list(heights)):
        # Held by its neighbours: the bend of the curve costs.
        near = [heights[other] for other in (at - 1, at + 1) if 0 <= other < len(heights)]
        slope = slopes[at] - STIFF * (one - sum(near) / len(near)) * (len(near) == 2)
        heights[at] += length * slope / (bends[at] + STIFF)


STIFF = 2.0


def _weights(height: float, corners: Sequence[float]) -> tuple[int, float]:
    """The corner before ``height``, and how far it lies between that one and the next."""
    inside = min(max(height, corners[0]), corners[-1])
    at, (low, high) = next((at, pair) for at, pair in enumerate(pairwise(corners)) if inside <= pair[1])
    return at, (inside - low) / (high - low)


def _logit(chance: float) -> float:
    inside = min(max(chance, 1e-6), 1 - 1e-6)
    return log(inside / (1 - inside))


def _share(height: float) -> float:
    return 1 / (1 + exp(-height))
