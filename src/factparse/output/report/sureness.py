"""How sure something is, in a word, a sign and a figure: never told by colour alone."""

from __future__ import annotations

from typing import Final, Literal

from factparse.output.markup import Html, element

Level = Literal["sure", "fair", "doubtful"]
_SURE, _FAIR = 0.9, 0.5  # confidence from which on a row is sure, and fair
_SIGNS: Final[dict[Level, str]] = {"sure": "●", "fair": "◐", "doubtful": "○"}


def level(confidence: float) -> Level:
    """The word for a confidence.

    >>> level(0.95), level(0.89), level(0.2)
    ('sure', 'fair', 'doubtful')
    """
    return "sure" if confidence >= _SURE else "fair" if confidence >= _FAIR else "doubtful"


def figure(confidence: float) -> str:
    """A confidence with two places, rounded down, so that no row below a level seems to have reached it.

    >>> figure(0.999), figure(0.8999), figure(1.0)
    ('0.99', '0.89', '1.00')
    """
    return f"{int(confidence * 100 + 1e-9) / 100:.2f}"


def badge(confidence: float) -> Html:
    """The sign, the word and the figure of a confidence.

    >>> badge(0.7)
    '<span class="badge fair" title="confidence 0.700"><i aria-hidden="true">◐</i> fair 0.70</span>'
    """
    word = level(confidence)
    sign = element("i", _SIGNS[word], aria_hidden="true")
    return element(
        "span", sign, f" {word} {figure(confidence)}", class_=f"badge {word}", title=f"confidence {confidence:.3f}"
    )
