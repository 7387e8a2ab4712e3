"""Frozen objects, made fast: for classes of which a page has thousands.

The initialiser of a frozen class sets one field after the other past its own guard. The functions made here fill an
open twin of the same layout, and turn it into the class: what they make is equal, in a fifth of the time. (A class that
has a slot for weak references of its own has no twin: it takes them from its base, or does without.)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from inspect import signature
from typing import Any, TypeVar

import attrs

Made = TypeVar("Made")


def maker(kind: type[Made]) -> Callable[..., Made]:
    """A function that makes objects of class ``kind`` from all its fields by position, in their order.

    >>> @attrs.frozen(weakref_slot=False)
    ... class Point:
    ...     x: int
    ...     y: int
    >>> maker(Point)(3, 4) == Point(3, 4), type(maker(Point)(3, 4)) is Point
    (True, True)
    """
    given = [field.name for field in _given(kind)]
    return _compiled(kind, given, [f"made.{name} = {name}" for name in given])


def changer(kind: type[Made], *changed: str) -> Callable[..., Made]:
    """A function that copies an object of class ``kind`` with other values in the fields ``changed``.

    >>> @attrs.frozen(weakref_slot=False)
    ... class Point:
    ...     x: int
    ...     y: int
    >>> changer(Point, "y")(Point(3, 4), 5)
    Point(x=3, y=5)
    """
    lines = [f"made.{name} = {name if name in changed else f'old.{name}'}" for name in (f.name for f in _given(kind))]
    return _compiled(kind, ["old", *changed], lines)


def filler(kind: type[Made], fill: Callable[..., None], filled: type) -> Callable[..., Made]:
    """A function that makes objects of class ``kind`` from other arguments than its fields.

    It takes what ``fill`` takes behind the object, by position or name, and by name the fields that ``kind`` has beyond
    its base ``filled``, with the defaults of the class. ``fill`` sets those of the base on the open twin; what it
    leaves out has its default.

    >>> @attrs.frozen(kw_only=True)
    ... class Named:
    ...     name: str
    >>> @attrs.frozen(kw_only=True)
    ... class Town(Named):
    ...     people: int = 0
    >>> def fill(town, words):
    ...     town.name = words.strip()
    >>> filler(Town, fill, Named)("Ouagadougou ", people=3_000_000)
    Town(name='Ouagadougou', people=3000000)
    """
    of_base = {field.name for field in attrs.fields(filled)}
    own = [field for field in _given(kind) if field.name not in of_base]
    left = [field for field in _given(kind) if field.name in of_base and field.default is not attrs.NOTHING]
    first = list(signature(fill).parameters.values())[1:]
    behind = [each.name for each in first]
    defaults = {field.name: field.default for field in (*own, *left) if field.default is not attrs.NOTHING}
    defaults |= {each.name: each.default for each in first if each.default is not each.empty}

    def written(name: str) -> str:
        return f"{name}=_default_{name}" if name in defaults else name

    lines = [
        *(f"made.{field.name} = _default_{field.name}" for field in left),
        f"_fill(made, {', '.join(behind)})",
        *(f"made.{field.name} = {field.name}" for field in own),
    ]
    named = ["*", *(written(field.name) for field in own)] if own else []
    scope = {f"_default_{name}": value for name, value in defaults.items()}
    return _compiled(kind, [*map(written, behind), *named], lines, _fill=fill, **scope)


def _given(kind: type) -> list[attrs.Attribute[Any]]:
    return [field for field in attrs.fields(kind) if field.init]


def _compiled(kind: type, given: list[str], lines: list[str], **scope: object) -> Callable[..., Any]:
    """A function of the parameters ``given`` that runs ``lines`` on an open twin, and makes a ``kind`` of it."""
    fixed = [f"made.{field.name} = {field.default!r}" for field in attrs.fields(kind) if not field.init]
    body = ["made = _twin()", *lines, *fixed, "made.__class__ = _kind", "return made"]
    names: dict[str, Any] = {**scope, "_kind": kind, "_twin": _twin(kind)}
    exec(f"def make({', '.join(given)}):\n    " + "\n    ".join(body), names)
    make: Callable[..., Any] = names["make"]
    return make


@cache
def _twin(kind: type) -> type:
    plain = {name: vars(object)[name] for name in ("__init__", "__setattr__", "__delattr__")}
    return type(kind.__name__, kind.__bases__, {"__slots__": vars(kind)["__slots__"], **plain})
