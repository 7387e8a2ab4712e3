"""All evidence by which a line is taken for a row, and a text for a page of either kind, with its weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Evidence(NamedTuple):
    """A kind of evidence: of what, its name and weight, how often it may count at most, and why.

    It is evidence of a ``row``, a comparison ``page``, or the page of one ``country``.
    """

    of: str
    name: str
    weight: float
    most: int
    why: str


_NEVER = -1000.0  # outweighs all other evidence together

EVIDENCE: Final = (
    Evidence("row", "label", 1.0, 1, "the line starts with a label of the Factbook"),
    Evidence("row", "several words", 4.0, 1, "no line of a cell starts with several words of a label by chance"),
    Evidence("row", "other form", -2.0, 1, "the page sets most of its labels off in another way"),
    Evidence(
        "row", "other topic", -2.0, 1, "a space behind it, and neither the heading nor the rows around have its topic"
    ),
    Evidence("row", "loose", _NEVER, 1, "a space behind it, as in any sentence, on a page that sets labels off"),
    Evidence("row", "repeated", _NEVER, 1, "a field stands once under a header"),
    Evidence("page", "title", 2.0, 1, "two names of the vocabulary with `vs.` between them"),
    Evidence("page", "header", 2.0, 1, "the two names above a table"),
    Evidence("page", "source line", 2.0, 1, "no other site prints `Source: CIA Factbook`"),
    Evidence("page", "topics", 1.0, 2, "headings of the Factbook; other sites have the first of them too"),
    Evidence("page", "own labels", 1.0, 4, "labels of several words, or of prose under a header, are its own"),
    Evidence("page", "common labels", 0.3, 1000, "`Population` and `Capital` stand in any comparison of countries"),
    Evidence("page", "nothing to read", _NEVER, 1, "no label, nor a heading with a header or source line"),
    Evidence("page", "no names", _NEVER, 1, "neither title nor header, and few labels, or a list of fields"),
    Evidence("page", "not the manner", _NEVER, 1, "nothing on it is written as only the Factbook writes it"),
    Evidence("page", "needed", -3.0, 1, "a title and a header, or several labels: one of these alone makes no page"),
    Evidence("country", "needed", -5.0, 1, "no single label, name or heading makes a page"),
    Evidence("country", "own labels", 1.0, 8, "labels of several words are the Factbook's own"),
    Evidence("country", "common labels", 0.1, 5, "`Population`, `Climate`, `Background` stand on the page of any city"),
    Evidence("country", "topics", 0.5, 4, "headings of the Factbook, which other sites have too"),
    Evidence("country", "heading", 1.0, 1, "a heading with a country's name"),
    Evidence("country", "headed topics", 1.0, 2, "a topic and the country in one heading: `Geography :: CHAD`"),
    Evidence("country", "manner", 1.0, 2, "it writes dates, units and shares as the Factbook does"),
    Evidence("country", "in one line", 1.5, 1, "labels with colons side by side, and several of them its own: a slide"),
    Evidence("country", "beside", 1.5, 1, "another page of the same text is one without doubt"),
    Evidence(
        "country", "few own", _NEVER, 1, "under three labels of several words, and no topic headed by the country"
    ),
    Evidence("country", "nameless", -1.0, 1, "neither a country nor a topic stands above its fields"),
    Evidence("country", "empty", _NEVER, 1, "most of its labels have nothing behind them: a list of fields, a menu"),
    Evidence(
        "country",
        "defined",
        _NEVER,
        1,
        "most labels have a definition of the field behind them, and no topic is headed by a country",
    ),
    Evidence("country", "not the manner", _NEVER, 1, "nothing on it is written as only the Factbook writes it"),
)
"""What makes a line a row, a text a comparison page, or a page of one country, if the weights add up to 0 or more."""

_WEIGHTS: Final = {(each.of, each.name): (each.weight, each.most) for each in EVIDENCE}


def weigh(of: str, found: Mapping[str, float]) -> float:
    """The sum of the weights of what was found of a ``row``, ``page`` or ``country``; 0 or more means that it is one.

    ``found`` gives how often each kind of evidence was found, by name. It counts as often, but no more than its
    ``most`` in :data:`EVIDENCE`. Raises ``KeyError`` for a name that is not there.

    >>> weigh("row", {"label": 1, "other topic": 1}), weigh("row", {"label": 1, "several words": 1, "other topic": 1})
    (-1.0, 3.0)
    """
    total = 0.0
    for name, times in found.items():
        if times:
            weight, most = _WEIGHTS[of, name]
            total += weight * min(times, most)
    return total
