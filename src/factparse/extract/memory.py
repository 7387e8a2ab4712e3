"""The one memory of cells: in a dump each country stands on many pages, and what its cells say is read once.

The facts of a cell depend on its text, its field, its topic and its country. Where it stands in the page only moves
their spans, and how sure its row is only sets their confidence: :func:`placed` does both. So what was read of a cell is
kept, within a bound, and those cells are forgotten first that were not asked for longest.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any, Final, NamedTuple

from factparse.core.facts import AnyFact
from factparse.core.frozen import changer
from factparse.core.spans import Span
from factparse.extract.context import Context

MOST: Final = 12 << 20  # bytes that are kept, about
_PAIR: Final = 2  # numbers of a span in one piece

Facts = tuple[AnyFact, ...]
_Key = tuple[str | None, str | None, str, str]


class _Kept(NamedTuple):
    """The facts of a cell that starts at ``start``, in a row of that ``confidence``."""

    facts: Facts
    start: int
    confidence: float
    weight: int


class CellMemory:
    """What ``read`` returned for cells that stand in one piece; the others it is asked for each time."""

    def __init__(self, read: Callable[[Context], Facts], most: int = MOST) -> None:
        self._read, self._most = read, most
        self._cells: OrderedDict[_Key, _Kept] = OrderedDict()
        self._lock = Lock()
        self.held = 0
        """How many bytes the kept cells take, about."""

    def __len__(self) -> int:
        return len(self._cells)

    def facts(self, cell: Context) -> Facts:
        """The facts of ``cell``, equal to what is read of it anew."""
        if len(cell.span) != _PAIR:
            return self._read(cell)
        key = (cell.subject, cell.topic, cell.field, cell.text)
        known = self._cells.get(key)
        if known is not None:
            with self._lock:
                if key in self._cells:
                    self._cells.move_to_end(key)
            return placed(known.facts, cell.span[0] - known.start, known.confidence, cell.confidence)
        facts = self._read(cell)
        self._keep(key, _Kept(facts, cell.span[0], cell.confidence, _weight(cell.text, facts)))
        return facts

    def clear(self) -> None:
        """Forget all cells, so that a measurement can start cold."""
        with self._lock:
            self._cells.clear()
            self.held = 0

    def _keep(self, key: _Key, known: _Kept) -> None:
        with self._lock:
            if known.weight > self._most or key in self._cells:
                return
            self._cells[key] = known
            self.held += known.weight
            while self.held > self._most:
                self.held -= self._cells.popitem(last=False)[1].weight


def placed(facts: Facts, by: int, was: float, confidence: float) -> Facts:
    """``facts`` of a row whose confidence ``was`` another, moved ``by`` so many characters.

    >>> from factparse.extract import extract
    >>> [fact.span for fact in placed(extract("Area", "total: 180 sq km"), 40, 1.0, 0.5)]
    [(47, 56)]
    """
    if not by and was == confidence:
        return facts
    found: list[AnyFact] = []
    for fact in facts:
        span = fact.span
        moved = Span((span[0] + by, span[1] + by)) if len(span) == _PAIR else Span([at + by for at in span])
        found.append(_copier(fact.__class__)(fact, moved, confidence))  # type: ignore[arg-type]  # a class is hashable
    return tuple(found)


@cache
def _copier(kind: type) -> Callable[..., Any]:
    return changer(kind, "span", "confidence")


def _weight(text: str, facts: Facts) -> int:
    return 400 + 2 * len(text) + 370 * len(facts)  # what Python was measured to need for them
