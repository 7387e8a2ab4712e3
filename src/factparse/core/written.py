"""The plain form of facts: the names and order of their fields in JSON, the defaults, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import isfinite
from typing import Any, Final, get_args

import attrs
import msgspec

from factparse.core.errors import SourceError
from factparse.core.facts import AnyFact, Fact
from factparse.core.spans import Span

MOST_EXACT: Final = 2**53
"""The largest whole number of a fact. Beyond it JSON, frames and Arrow hold another number than was printed."""

_DATES: Final = ("date", "start", "end", "year", "estimated")
_KINDS: Final[dict[str, type[AnyFact]]] = {kind.__name__: kind for kind in get_args(AnyFact)}


@cache
def fact_fields(kind: type) -> tuple[str, ...]:
    """The field names of a class of facts in the order of its JSON.

    >>> from factparse.core.facts import Share
    >>> fact_fields(Share)[:3], fact_fields(Share)[-4:]
    (('type', 'path', 'name'), ('text', 'span', 'confidence', 'derived'))
    """
    common = [field.name for field in attrs.fields(Fact)]
    own = [field.name for field in attrs.fields(kind) if field.name not in common]
    dates = [name for name in own if name in _DATES]
    return ("type", *(name for name in own if name not in ("type", *dates)), *dates, *common)


@cache
def fact_defaults(kind: type) -> dict[str, Any]:
    """The defaults of a class of facts. JSON leaves out fields with these values, and no others.

    >>> from factparse.core.facts import Share
    >>> [name in fact_defaults(Share) for name in ("low", "percent", "subject", "type")]
    [True, False, False, False]
    """
    given = ((field.name, field.default) for field in attrs.fields(kind))
    return {name: default for name, default in given if default is not attrs.NOTHING and name != "type"}


def fact_object(fact: Fact) -> dict[str, Any]:
    """The object of ``fact`` with every field: its type and own fields first, then what every fact carries."""
    kind: type = type(fact)
    return {name: getattr(fact, name) for name in fact_fields(kind)}


def fact_dict(fact: Fact, *, full: bool = False) -> dict[str, Any]:
    """The same as :meth:`factparse.core.facts.Fact.to_dict`."""
    kind: type = type(fact)
    written = {name: list(value) if isinstance(value, tuple) else value for name, value in fact_object(fact).items()}
    if full:
        return written
    defaults = fact_defaults(kind)
    return {name: value for name, value in written.items() if name not in defaults or not _same(value, defaults[name])}


def _same(value: object, default: object) -> bool:
    return value == (list(default) if isinstance(default, tuple) else default)


def fact_of(written: object) -> AnyFact:
    """The fact that ``written``, an object as in JSON, describes. Keys that are no fields are ignored.

    Its numbers are such as every output can hold: finite, whole ones up to :data:`MOST_EXACT`, a confidence of 0 to 1.
    Raises :class:`~factparse.SourceError` (``bad-json``) if it describes none.

    >>> from factparse.core.facts import TierRating
    >>> fact = TierRating(subject="Chad", subject_code="TCD", topic=None, field="Trafficking in persons",
    ...                   text="Tier 2", span=Span((0, 6)), tier="Tier 2")
    >>> fact_of(fact.to_dict()) == fact
    True
    """
    told = written.get("type") if isinstance(written, dict) else None
    kind = _KINDS.get(told) if isinstance(told, str) else None
    if kind is None:
        named = repr(told) if told is None or isinstance(told, str) else type(told).__name__
        raise SourceError("bad-json", f"no fact has the type {named[:40]}; there are {', '.join(_KINDS)}")
    try:
        fact = msgspec.convert(written, kind, dec_hook=as_span)
    except (msgspec.ValidationError, RecursionError) as error:
        raise SourceError("bad-json", f"this is no {told}: {error}") from error
    for name in fact_fields(kind):  # type: ignore[arg-type]  # a class is hashable
        if not _held(getattr(fact, name)):
            message = f"this is no {told}: no output can hold the number of its {name}"
            raise SourceError("bad-json", f"{message}; numbers are finite, and whole ones at most {MOST_EXACT}")
    if not 0 <= fact.confidence <= 1:
        raise SourceError("bad-json", f"this is no {told}: a confidence is between 0 and 1, not {fact.confidence}")
    return fact


def _held(value: object) -> bool:
    """Whether every output can hold ``value``, a field of a fact."""
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, int):
        return -MOST_EXACT <= value <= MOST_EXACT
    return not isinstance(value, tuple) or all(map(_held, value))


def as_span(kind: type, value: object) -> Span:
    """The span of a list of offsets. msgspec calls this for a type that it does not know.

    Raises ``ValueError`` if the list is no span. msgspec reports that like one of its own errors.
    """
    if kind is not Span:
        raise NotImplementedError(kind)
    if not isinstance(value, list | tuple) or not _are_places(value):
        raise ValueError("a span is a list of offsets in their order: start, end, perhaps start, end again")
    return Span(value)


def _are_places(value: Sequence[object]) -> bool:
    whole = [place for place in value if isinstance(place, int) and not isinstance(place, bool)]
    in_order = all(before <= after for before, after in pairwise((0, *whole, MOST_EXACT)))
    return 0 < len(value) == len(whole) and not len(whole) % 2 and in_order
