"""Frozen objects, made fast: for classes of which a page has thousands."""

from __future__ import annotations

from collections.abc import Callable
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
    fields = attrs.fields(kind)  # type: ignore[arg-type]  # a class of attrs, or it fails here
    given = [field.name for field in fields if field.init]
    lines = ["made = _twin()", *(f"made.{name} = {name}" for name in given)]
    lines += [f"made.{field.name} = {field.default!r}" for field in fields if not field.init]
    lines += ["made.__class__ = _kind", "return made"]
    plain = {name: vars(object)[name] for name in ("__init__", "__setattr__", "__delattr__")}
    twin = type(kind.__name__, kind.__bases__, {"__slots__": vars(kind)["__slots__"], **plain})
    scope: dict[str, Any] = {"_kind": kind, "_twin": twin}
    exec(f"def make({', '.join(given)}):\n    " + "\n    ".join(lines), scope)
    make: Callable[..., Made] = scope["make"]
    return make
