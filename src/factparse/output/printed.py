"""Facts as JSON, cell by cell: in a dump each country stands on many pages, and what its cells say is printed once.

The facts of a cell depend on its text, field, topic and country; where it stands in the page and how sure its row is
are the last two things that each of them says. So the JSON before these is kept, within a bound.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

import attrs
import msgspec

from factparse.columns.table import Cell, Row, Section
from factparse.core.collector import uncollected
from factparse.core.errors import Diagnostic
from factparse.core.facts import AnyFact
from factparse.core.spans import OffsetMap, Span
from factparse.extract import row_facts
from factparse.output.json import PageLike, facts_json, page_json

MOST: Final = 12 << 20  # bytes that are kept
_LONGEST: Final = 20_000  # characters of a cell whose facts are kept
_PAIR: Final = 2  # numbers of a span in one piece
_NO_FACTS: Final = '"facts":[]'


class Printed(NamedTuple):
    """A fact's class, its JSON up to its span, and the span, counted from the cell's start."""

    kind: str
    head: str
    span: tuple[int, ...]


_Key = tuple[str | None, str | None, str, str]


class Memory:
    """The printed facts of cells, those that were not asked for longest forgotten first."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._held = most, 0
        self._cells: OrderedDict[_Key, tuple[Printed, ...]] = OrderedDict()

    def facts(self, row: Row, cell: Cell) -> tuple[Printed, ...]:
        """Return the facts of a cell of ``row`` that stands in one piece."""
        key = (cell.country, row.topic, row.field, cell.text)
        known = self._cells.get(key)
        if known is not None:
            self._cells.move_to_end(key)
            return known
        found = tuple(_printed(row, cell))
        if len(cell.text) <= _LONGEST:
            self._cells[key] = found
            self._held += _weight(key, found)
            while self._held > self._most:
                self._held -= _weight(*self._cells.popitem(last=False))
        return found


def _weight(key: _Key, facts: tuple[Printed, ...]) -> int:
    return len(key[3]) + 200 + sum(len(fact.head) + 150 for fact in facts)  # about what Python adds to each


def _printed(row: Row, cell: Cell) -> Iterator[Printed]:
    """Print the facts of a cell as if it stood at the start of its page, in a row that is certain."""
    alone = attrs.evolve(cell, span=Span((0, len(cell.text))))
    for fact in row_facts(attrs.evolve(row, cells=(alone,), confidence=1.0)):
        end = f'{_list(fact.span)},"confidence":1.0}}'
        data = facts_json([fact])[1:-1]
        if not data.endswith(end):
            raise AssertionError(f"a fact's JSON no longer ends with its span and its confidence: {data}")
        yield Printed(type(fact).__name__, data.removesuffix(end), tuple(fact.span))


def _list(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


@cache
def _memory() -> Memory:
    return Memory()


@uncollected
def printed_facts(page: PageLike, memory: Memory | None = None) -> tuple[list[str], list[str]]:
    """Return the classes and the JSON of all facts of ``page``, in reading order: those that ``page.facts()`` gives."""
    kept = memory or _memory()
    kinds: list[str] = []
    facts: list[str] = []
    for section in page.sections:
        for row in section.rows:
            end = f',"confidence":{msgspec.json.encode(row.confidence).decode()}}}'
            for cell in row.cells:
                if len(cell.span) > _PAIR:
                    found = row_facts(attrs.evolve(row, cells=(cell,)))
                    kinds += [type(fact).__name__ for fact in found]
                    facts += [facts_json([fact])[1:-1] for fact in found]
                elif cell.text:
                    start = cell.span[0]
                    for kind, head, span in kept.facts(row, cell):
                        kinds.append(kind)
                        if len(span) == _PAIR:
                            facts.append(f"{head}[{start + span[0]},{start + span[1]}]{end}")
                        else:
                            facts.append(f"{head}{_list(start + at for at in span)}{end}")
    return kinds, facts


def printed_page(page: PageLike, facts: Iterable[str]) -> str:
    """Return the JSON of ``page``, whose ``facts`` are printed already: what :func:`page_json` returns."""
    head, _, tail = page_json(_Shell(page)).partition(_NO_FACTS)
    return f'{head}"facts":[{",".join(facts)}]{tail}'


@attrs.frozen
class _Shell:
    """A page without its facts."""

    page: PageLike

    @property
    def source(self) -> attrs.AttrsInstance:
        return self.page.source

    @property
    def text(self) -> str:
        return self.page.text

    @property
    def offsets(self) -> OffsetMap | None:
        return self.page.offsets

    @property
    def countries(self) -> tuple[str, ...]:
        return self.page.countries

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.page.sections

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.page.diagnostics

    def facts(self) -> tuple[AnyFact, ...]:
        return ()
