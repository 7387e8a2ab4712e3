"""The one memory of cells: in a dump each country stands on many pages, but what its cells say is read only once.

The facts of a cell depend on its text, its field, its topic and its country. Where the cell stands in the page only
moves their spans, and how sure its row is only sets their confidence; :func:`placed` does both. So what was read of a
cell is kept, within a bound. The cells that were not asked for longest are forgotten first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cache
from threading import Lock
from typing import Any, Final

from factparse.core.facts import AnyFact
from factparse.core.frozen import Frozen, changer
from factparse.core.spans import Span
from factparse.extract.context import Context

MOST: Final = 12 << 20  # bytes that are kept, by the estimate of _weight
_PAIR: Final = 2  # numbers of a span in one piece

Facts = tuple[AnyFact, ...]
_Key = tuple[str | None, str | None, str, str]


class _Kept(Frozen, frozen=True):
    """The facts of a cell as they were first read: at ``start`` in the page, in a row of that ``confidence``."""

    facts: Facts
    start: int
    confidence: float
    weight: int


class CellMemory:
    """Remembers what ``read`` returned for cells, up to about ``most`` bytes; threads may share it.

    Only cells that stand in one piece are remembered, for their facts can be moved by adding to their spans. The others
    are read each time.
    """

    def __init__(self, read: Callable[[Context], Facts], most: int = MOST) -> None:
        self._read, self._most = read, most
        self._cells: OrderedDict[_Key, _Kept] = OrderedDict()
        self._lock = Lock()
        self.held = 0
        """How many bytes the kept cells take, by estimate."""

    def __len__(self) -> int:
        return len(self._cells)

    def facts(self, cell: Context) -> Facts:
        """Return the facts of ``cell``, equal to what would be read of it anew."""
        if len(cell.span) != _PAIR:
            return self._read(cell)
        key = (cell.subject, cell.topic, cell.field, cell.text)
        known = self._cells.get(key)  # without the lock: what another thread forgets meanwhile is still right
        if known is not None:
            with self._lock:
                if key in self._cells:  # another thread may have forgotten it
                    self._cells.move_to_end(key)
            return placed(known.facts, cell.span[0] - known.start, known.confidence, cell.confidence)
        facts = self._read(cell)
        self._keep(key, _Kept(facts, cell.span[0], cell.confidence, _weight(cell.text, facts)))
        return facts

    def clear(self) -> None:
        """Forget all cells, so that a benchmark can start cold."""
        with self._lock:
            self._cells.clear()
            self.held = 0

    def _keep(self, key: _Key, known: _Kept) -> None:
        with self._lock:
            # One cell larger than all the room would push out every other; or another thread was faster.
            if known.weight > self._most or key in self._cells:
                return
            self._cells[key] = known
            self.held += known.weight
            while self.held > self._most:
                self.held -= self._cells.popitem(last=False)[1].weight


def placed(facts: Facts, by: int, was: float, confidence: float) -> Facts:
    """Return ``facts`` moved ``by`` so many characters, with a new ``confidence`` instead of the one that ``was``.

    If neither changes, these are the same facts.

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


def of_edition(facts: Iterable[AnyFact], edition: str) -> Facts:
    """Return ``facts`` as those of an ``edition``; a fact that has one already keeps it.

    >>> from factparse.extract import extract
    >>> [fact.edition for fact in of_edition(extract("Area", "total: 180 sq km"), "2004")]
    ['2004']
    """
    return tuple(
        [
            _dater(fact.__class__)(fact, edition) if fact.edition is None else fact  # type: ignore[arg-type]
            for fact in facts
        ]
    )


def as_printed(fact: AnyFact, text: str, span: Span) -> AnyFact:
    """Return ``fact`` with the ``text`` and ``span`` that it has as printed, and not where it was read.

    >>> from factparse.extract import extract
    >>> as_printed(extract("Area", "180 sq km")[0], "180 sq\\nkm", Span((0, 9))).text
    '180 sq\\nkm'
    """
    changed: AnyFact = _printer(fact.__class__)(fact, text, span)  # type: ignore[arg-type]  # a class is hashable
    return changed


@cache
def _printer(kind: type) -> Callable[..., Any]:
    return changer(kind, "text", "span")


@cache
def _dater(kind: type) -> Callable[..., Any]:
    return changer(kind, "edition")


@cache
def _copier(kind: type) -> Callable[..., Any]:
    return changer(kind, "span", "confidence")


def _weight(text: str, facts: Facts) -> int:
    return 400 + 2 * len(text) + 370 * len(facts)  # what Python was measured to need for them
