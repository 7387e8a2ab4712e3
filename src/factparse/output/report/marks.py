"""Text in which facts are marked. It is cut at each place where a fact or a border begins or ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs

from factparse.core.facts import Fact
from factparse.core.spans import Span
from factparse.output.markup import Html, element, join


@attrs.frozen
class Border:
    """A place in the text where a reading of a row puts the border of its two cells.

    ``row`` is the number of the row. ``taken`` is true for the reading that was chosen. ``said`` says how likely the
    reading is.
    """

    at: int
    row: int
    taken: bool
    said: str


class MarkedText:
    """A page's text with the places of its facts. Any part of it can be written as HTML.

    Text that facts cover becomes a ``mark`` with their numbers, the innermost first. The type of that fact gives the
    colour.

    >>> from factparse.core.facts import Item
    >>> span = Span((6, 10))
    >>> coal = Item(subject=None, subject_code=None, topic=None, field="Exports", text="coal", span=span, name="coal")
    >>> marked = MarkedText("gold, coal", [coal])
    >>> marked.html(Span((0, 10)))
    'gold, <mark data-facts="0" data-type="Item">coal</mark>'
    """

    def __init__(self, text: str, facts: Sequence[Fact], borders: Iterable[Border] = ()) -> None:
        self._text = text
        self._types = [type(fact).__name__ for fact in facts]
        # The widest first, so that the innermost are added to a stretch last.
        order = sorted(range(len(facts)), key=lambda number: (-facts[number].span.size, number))
        self._places, self._covers = _stretches([(number, facts[number].span) for number in order])
        self._borders = sorted(borders, key=lambda border: border.at)
        self._border_places = [border.at for border in self._borders]

    def html(self, span: Span, *, borders: bool = False) -> Html:
        """The characters that ``span`` covers, with facts as marks, and with the ``borders`` if they are asked for."""
        pieces = zip(span[::2], span[1::2], strict=True)
        return join(*(part for low, high in pieces for part in self._piece(low, high, borders)))

    def _piece(self, low: int, high: int, borders: bool) -> Iterator[Html | str]:
        cuts = {low, high, *self._places[bisect_left(self._places, low) : bisect_left(self._places, high)]}
        first, last = bisect_left(self._border_places, low), bisect_left(self._border_places, high)
        between = self._borders[first:last] if borders else []
        cuts.update(border.at for border in between)
        by_place: dict[int, list[Border]] = {}
        for border in between:
            by_place.setdefault(border.at, []).append(border)
        for begin, end in pairwise(sorted(cuts)):
            yield from map(_edge, by_place.get(begin, ()))
            yield self._stretch(begin, end)

    def _stretch(self, begin: int, end: int) -> Html | str:
        index = bisect_left(self._places, begin + 1) - 1
        facts = self._covers[index] if index >= 0 else ()
        words = self._text[begin:end]
        if not facts:
            return words
        numbers = " ".join(map(str, reversed(facts)))
        return element("mark", words, data_facts=numbers, data_type=self._types[facts[-1]])


def _stretches(spans: Iterable[tuple[int, Span]]) -> tuple[list[int], list[tuple[int, ...]]]:
    """The places where a span begins or ends, in order, and the numbers of the spans that cover the text after each.

    The numbers of a stretch are in the order of ``spans``. Each span is opened and closed once.
    """
    opened: dict[int, list[int]] = {}
    closed: dict[int, list[int]] = {}
    rank: dict[int, int] = {}
    for number, span in spans:
        rank[number] = len(rank)
        for low, high in zip(span[::2], span[1::2], strict=True):
            if low < high:
                opened.setdefault(low, []).append(number)
                closed.setdefault(high, []).append(number)
    places, covers, now = sorted({*opened, *closed}), [], set[int]()
    for place in places:
        now.difference_update(closed.get(place, ()))
        now.update(opened.get(place, ()))
        covers.append(tuple(sorted(now, key=rank.__getitem__)))
    return places, covers


def _edge(border: Border) -> Html:
    return element("i", class_="edge" if border.taken else "edge other", data_row=border.row, title=border.said)
