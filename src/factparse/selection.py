"""The facts that a user asks for, by type, field and country, and messages about names that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final, get_args

import attrs

from factparse.columns.table import Cell, Row
from factparse.core.errors import UsageError
from factparse.core.facts import AnyFact, Fact
from factparse.vocabulary import countries, country_named, field_named
from factparse.vocabulary.misspelt import closest, country_names, field_names

SeveralTypes = str | Iterable[type[Fact] | str] | None
Types = type[Fact] | SeveralTypes
"""Classes of facts, or their names. A base class (``Dated``) stands for all classes that inherit from it."""

Names = str | Iterable[str] | None

_WORLD: Final = "World"
_KINDS: Final[tuple[type[Fact], ...]] = get_args(AnyFact)


@attrs.frozen
class Selection:
    """The facts of these ``types``, ``fields`` and ``countries`` that are sure enough. An empty set stands for all.

    >>> from factparse import extract
    >>> chosen = Selection.of(type="Quantity", field="Coastline")
    >>> [chosen.takes(fact) for fact in (*extract("Coastline", "5 km"), *extract("Area", "total: 5 sq km"))]
    [True, False]
    """

    types: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    min_confidence: float = 0.0

    @classmethod
    def of(
        cls,
        *,
        type: Types = None,
        field: Names = None,
        country: Names = None,
        min_confidence: float = 0.0,
        page: Sequence[Row] = (),
        named: Sequence[str] = (),
    ) -> Selection:
        """The selection that a user asks for, in the user's words. Every argument may be left out.

        A field may be any label of any edition. A country may be any of its names, or its ISO 3166-1 alpha-3 code. The
        labels in the rows of a ``page``, and the countries ``named`` on it, are also accepted.

        Raises :class:`~factparse.UsageError`: ``no-such-type``, ``no-such-field`` or ``no-such-country`` for an
        unknown name; ``bad-option`` for a confidence that is not between 0 and 1.
        """
        if not isinstance(min_confidence, int | float) or not 0 <= min_confidence <= 1:
            raise UsageError("bad-option", f"a confidence is a number between 0 and 1; {min_confidence!r} is not")
        printed = {row.name for row in page} | {row.label for row in page}
        return cls(
            frozenset(name for each in _several(type) for name in _type_names(each)),
            frozenset(field_asked(each, printed) for each in _several(field)),
            frozenset(country_asked(each, named) for each in _several(country)),
            min_confidence,
        )

    def __bool__(self) -> bool:
        return bool(self.types or self.fields or self.countries or self.min_confidence)

    def takes(self, fact: Fact) -> bool:
        """Whether ``fact`` is one that is asked for."""
        return (
            (not self.types or fact.__class__.__name__ in self.types)
            and (not self.fields or fact.field in self.fields)
            and (not self.countries or fact.subject in self.countries)
            and fact.confidence >= self.min_confidence
        )

    def takes_row(self, row: Row) -> bool:
        """Whether facts that are asked for can stand in ``row``."""
        return (not self.fields or row.name in self.fields) and row.confidence >= self.min_confidence

    def may_give(self, row: Row) -> bool:
        """Whether the cells of ``row`` may hold facts of the types that are asked for."""
        from factparse.extract import may_give  # here, because it imports all extractors

        return not self.types or may_give(row.name, self.types)

    def takes_cell(self, cell: Cell) -> bool:
        """Whether ``cell`` may hold facts about the countries that are asked for. Cells of the World list many."""
        return not self.countries or cell.country in self.countries or cell.country == _WORLD

    def takes_page(self, countries: Iterable[str]) -> bool:
        """Whether a page of these ``countries`` may hold facts about those that are asked for."""
        return not self.countries or any(name in self.countries or name == _WORLD for name in countries)


def field_asked(name: str, printed: Iterable[str] = ()) -> str:
    """The canonical name of the field that a user calls ``name``. It is in the vocabulary, or ``printed`` on a page.

    Raises :class:`~factparse.UsageError` (``no-such-field``).

    >>> field_asked("Highways")
    'Roadways'
    """
    found = _asked_text(name, "field") and field_named(name)
    if found:
        return found
    if name in printed:
        return name
    raise UsageError("no-such-field", f"there is no field {name!r}{_nearest(name, field_names())}")


def country_asked(name: str, named: Iterable[str] = ()) -> str:
    """The Factbook's name of the country that a user calls ``name``: by any name, or by its alpha-3 code.

    Raises :class:`~factparse.UsageError` (``no-such-country``).

    >>> country_asked("North Korea"), country_asked("TCD")
    ('Korea, North', 'Chad')
    """
    found = _asked_text(name, "country") and country_named(name)
    if found:
        return found.name
    if name in named:
        return name
    if (coded := _by_alpha3().get(name)) is not None:
        return coded
    raise UsageError("no-such-country", f"there is no country {name!r}{_nearest(name, country_names())}")


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message that ``name`` does not exist: it names the nearest of ``known``, or all of them.

    >>> nearest("Mlata", ["Malta", "Aruba"]), nearest("xyz", ["Malta", "Aruba"])
    ("; did you mean 'Malta'?", "; there are 'Malta', 'Aruba'")
    """
    some = tuple(known)
    found = _nearest(name, some)
    return found or (f"; there are {', '.join(map(repr, some))}" if some else "; there is none")


def _nearest(name: str, known: Sequence[str]) -> str:
    folded = {each.lower(): each for each in known}
    found = closest(name.lower()[:160], folded, 0.6)
    return f"; did you mean {folded[found]!r}?" if found is not None else ""


def _asked_text(name: object, what: str) -> bool:
    if not isinstance(name, str):
        raise UsageError(f"no-such-{what}", f"a {what} is asked for by its name, not by {name!r}")
    return bool(name)


def is_page(given: object) -> bool:
    """Whether ``given`` is a page, or can stand for one: it has sections, and gives facts."""
    return callable(getattr(given, "facts", None)) and hasattr(given, "sections")


def need_pages(call: str, *given: object) -> None:
    """Raise :class:`~factparse.UsageError` (``not-a-page``) if something given to the function ``call`` is no page.

    >>> need_pages("diff", "page.txt")
    Traceback (most recent call last):
    factparse.core.errors.UsageError: diff takes pages, not str; factparse.read gives those of a file [not-a-page]
    """
    for one in given:
        if not is_page(one):
            message = f"{call} takes pages, not {one.__class__.__name__}"
            raise UsageError("not-a-page", f"{message}; factparse.read gives those of a file")


def _several(asked: Any) -> Iterable[Any]:  # noqa: ANN401 (one, several or none)
    if asked is None:
        return ()
    return asked if isinstance(asked, Iterable) and not isinstance(asked, str | type) else (asked,)


def _type_names(asked: object) -> list[str]:
    if isinstance(asked, type):
        found = [kind.__name__ for kind in _KINDS if issubclass(kind, asked)]
    else:
        found = [kind.__name__ for kind in _KINDS if asked in {base.__name__ for base in kind.__mro__}]
    if not found:
        said = asked.__name__ if isinstance(asked, type) else str(asked)
        known = [kind.__name__ for kind in _KINDS]
        raise UsageError("no-such-type", f"there is no type of facts {said!r}{nearest(said, known)}")
    return found


@cache
def _by_alpha3() -> dict[str, str]:
    return {country.alpha3: country.name for country in countries() if country.alpha3}
