"""A confidence as a word, a sign and a figure, so that nobody needs to see colours."""

from __future__ import annotations

from typing import Final, Literal

from factparse.output.markup import Html, element

Level = Literal["sure", "fair", "doubtful"]
LEVELS: Final[tuple[tuple[Level, str, float], ...]] = (("sure", "●", 0.9), ("fair", "◐", 0.5), ("doubtful", "○", 0.0))
"""The lowest confidence of each level, with its word and its sign."""


def level(confidence: float) -> Level:
    """The word for a confidence.

    >>> level(0.95), level(0.89), level(0.2)
    ('sure', 'fair', 'doubtful')
    """
    return _level(confidence)[0]


def _level(confidence: float) -> tuple[Level, str]:
    return next(((word, sign) for word, sign, least in LEVELS if confidence >= least), LEVELS[-1][:2])


def figure(confidence: float) -> str:
    """A confidence with two decimals, rounded down, so that no row seems to reach a level above its own.

    >>> figure(0.999), figure(0.8999), figure(1.0)
    ('0.99', '0.89', '1.00')
    """
    return f"{int(confidence * 100 + 1e-9) / 100:.2f}"


def badge(confidence: float) -> Html:
    """The sign, the word and the figure of a confidence.

    >>> badge(0.7)
    '<span class="badge fair" title="confidence 0.700"><i aria-hidden="true">◐</i> fair 0.70</span>'
    """
    word, sign = _level(confidence)
    return element(
        "span",
        element("i", sign, aria_hidden="true"),
        f" {word} {figure(confidence)}",
        class_=f"badge {word}",
        title=f"confidence {confidence:.3f}",
    )
