"""Frozen objects, made fast: for classes of which a page has thousands."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any, TypeVar

import attrs

Made = TypeVar("Made")


def maker(kind: type[Made]) -> Callable[..., Made]:
    """Return a function that makes objects of class ``kind`` from all its fields by position, in their order.

    What it makes equals what the class makes, in a fifth of the time: the initialiser of a frozen class sets one field
    after the other past its own guard. Here an open twin of the same layout is filled, and turned into a ``kind``. (A
    class that has a slot for weak references of its own has no twin: it takes them from its base, or does without.)

    >>> @attrs.frozen(weakref_slot=False)
    ... class Point:
    ...     x: int
    ...     y: int
    >>> maker(Point)(3, 4) == Point(3, 4), type(maker(Point)(3, 4)) is Point
    (True, True)
    """
    names = [field.name for field in attrs.fields(kind) if field.init]  # type: ignore[arg-type]  # a class of attrs
    return _compiled(kind, names, [f"made.{name} = {name}" for name in names], {})


def filler(kind: type[Made], fill: Callable[..., None], filled: type) -> Callable[..., Made]:
    """Return a function that makes objects of class ``kind``, as fast, from other arguments than its fields.

    It takes what ``fill`` takes behind the object, by position or name, and by name the fields that ``kind`` has beyond
    its base ``filled``, with the defaults of the class. ``fill`` sets those of the base on the open twin; what it leaves
    out has its default.

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
    base = {field.name for field in attrs.fields(filled)}
    fields = [field for field in attrs.fields(kind) if field.init]  # type: ignore[arg-type]  # a class of attrs
    own = [field for field in fields if field.name not in base]
    first = [parameter.replace(annotation=parameter.empty) for parameter in signature(fill).parameters.values()][1:]
    scope: dict[str, Any] = {"_fill": fill}
    scope |= {f"_{field.name}": field.default for field in fields if field.default is not attrs.NOTHING}
    scope |= {f"_{each.name}": each.default for each in first if each.default is not each.empty}
    names = [f"{each.name}=_{each.name}" if f"_{each.name}" in scope else each.name for each in (*first, *own)]
    lines = [
        f"made.{name} = _{name}" for name in (field.name for field in fields) if name in base and f"_{name}" in scope
    ]
    lines += [f"_fill(made, {', '.join(each.name for each in first)})"]
    lines += [f"made.{field.name} = {field.name}" for field in own]
    return _compiled(kind, [*names[: len(first)], "*", *names[len(first) :]] if own else names, lines, scope)


def _compiled(kind: type[Made], given: list[str], lines: list[str], scope: dict[str, Any]) -> Callable[..., Made]:
    """Return a function of the parameters ``given`` that runs ``lines`` on an open twin and makes a ``kind`` of it."""
    fields = attrs.fields(kind)  # type: ignore[arg-type]  # a class of attrs, or it fails here
    plain = {name: vars(object)[name] for name in ("__init__", "__setattr__", "__delattr__")}
    twin = type(kind.__name__, kind.__bases__, {"__slots__": vars(kind)["__slots__"], **plain})
    fixed = [f"made.{field.name} = {field.default!r}" for field in fields if not field.init]
    body = ["made = _twin()", *lines, *fixed, "made.__class__ = _kind", "return made"]
    scope |= {"_kind": kind, "_twin": twin}
    exec(f"def make({', '.join(given)}):\n    " + "\n    ".join(body), scope)
    make: Callable[..., Made] = scope["make"]
    return make
