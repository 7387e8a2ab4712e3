"""The changes between two editions of a page, or between the two columns of one, fact by fact."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Literal

import attrs

from factparse.core.facts import AnyFact
from factparse.extract import row_facts
from factparse.output.json import PageLike
from factparse.selection import need_pages

ChangeKind = Literal["added", "removed", "changed"]

# The place of a fact is not part of what it says. Its start and end only repeat its date.
_SOURCE = frozenset({"text", "span", "confidence", "type", "edition", "start", "end"})
_WHO = frozenset({"subject", "subject_code", "subject_gec", "topic"})  # not compared between the two columns of a page
_Key = tuple[object, ...]


@attrs.frozen
class Change:
    """One difference: a fact that was ``added`` (it has no ``before``), ``removed`` (no ``after``) or ``changed``.

    ``differs`` names the fields in which both facts of a change differ (``("value", "year")``).
    """

    kind: ChangeKind
    before: AnyFact | None
    after: AnyFact | None
    differs: tuple[str, ...] = ()

    @property
    def fact(self) -> AnyFact:
        """The fact that the change is about: the later one, if there are both."""
        found = self.after or self.before
        assert found is not None  # one of them always is
        return found


def diff(page_a: PageLike, page_b: PageLike | None = None) -> tuple[Change, ...]:
    """The changes from ``page_a`` to ``page_b``. They follow the order of the first page. Additions come last.

    With one page, its two columns are compared: two countries, or two editions of one. Facts match if they have the
    same field and class and are about the same thing. Between two pages, they must also have the same country. Facts
    of a series are matched by their year, then by their order. A fact has not changed if only its place differs.

    Raises :class:`~factparse.UsageError` (``not-a-page``) if something else than a page is given.

    >>> import factparse
    >>> page = factparse.parse("Chad vs. Mali\\nEnergy\\nChadMali\\nElectricity access11% (2021)53% (2021)\\n")
    >>> [(change.kind, change.before.value, change.after.value, change.differs) for change in factparse.diff(page)]
    [('changed', 11, 53, ('value',))]
    """
    need_pages("diff", page_a, *(() if page_b is None else (page_b,)))
    if page_b is None:
        return tuple(_changes(_column(page_a, 0), _column(page_a, 1), by_country=False))
    return tuple(_changes(page_a.facts(), page_b.facts(), by_country=True))


def _column(page: PageLike, side: int) -> list[AnyFact]:
    """The facts of one column. A single cell without a country stands in neither column."""
    rows = [row for section in page.sections for row in section.rows if len(row.cells) > 1]
    return [fact for row in rows for fact in row_facts(attrs.evolve(row, cells=(row.cells[side],)))]


def _key(fact: AnyFact, by_country: bool) -> _Key:
    country = (fact.subject_code or fact.subject) if by_country else None
    return (country, fact.field, fact.type, *(getattr(fact, name) for name in fact.about))


def _grouped(facts: Iterable[AnyFact], by_country: bool) -> dict[_Key, list[AnyFact]]:
    found: dict[_Key, list[AnyFact]] = {}
    for fact in facts:
        found.setdefault(_key(fact, by_country), []).append(fact)
    return found


def _changes(before: Iterable[AnyFact], after: Iterable[AnyFact], *, by_country: bool) -> Iterator[Change]:
    old, new = _grouped(before, by_country), _grouped(after, by_country)
    for key, facts in old.items():
        for first, second in _pairs(facts, new.pop(key, [])):
            if first is None or second is None:
                yield Change("removed" if second is None else "added", first, second)
            elif differs := _differs(first, second, by_country):
                yield Change("changed", first, second, differs)
    for facts in new.values():
        yield from (Change("added", None, fact) for fact in facts)


def _pairs(before: list[AnyFact], after: list[AnyFact]) -> Iterator[tuple[AnyFact | None, AnyFact | None]]:
    """Pairs of the facts of one key: by the same year, then by order. ``None`` stands for a missing partner."""
    # Reversed, so that popping from the end takes the facts of a year in their order.
    waiting: dict[object, list[AnyFact]] = {}
    for fact in reversed(after):
        waiting.setdefault(getattr(fact, "year", None), []).append(fact)
    pairs: list[tuple[AnyFact, AnyFact | None]] = []
    for fact in before:
        same = waiting.get(getattr(fact, "year", None))
        pairs.append((fact, same.pop() if same else None))
    # By identity: two facts may be equal.
    left = {id(fact) for facts in waiting.values() for fact in facts}
    rest = deque(fact for fact in after if id(fact) in left)
    for first, second in pairs:
        yield first, second or (rest.popleft() if rest else None)
    yield from ((None, fact) for fact in rest)


def _differs(before: AnyFact, after: AnyFact, by_country: bool) -> tuple[str, ...]:
    left_out = _SOURCE if by_country else _SOURCE | _WHO
    names = (field.name for field in attrs.fields(type(before)) if field.name not in left_out)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
