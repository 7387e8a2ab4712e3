"""Edits of JSON as what it says, not as bytes: most bytes that are changed only make it no JSON at all."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from typing import Any, Final

Place = tuple[Any, Any]  # a list or an object, and the index or the key of a value in it

_DEEP: Final = 5000  # brackets: more than any reader of JSON follows
_WILD: Final[tuple[Any, ...]] = (
    *(None, True, False, "", "x", "\ud800", "\u202e[/]=1\0", "2 Tier", "Mali", "comparison", "Item", "quantity"),
    *(0, 1, -1, 2, 3, 4, 99, 2**31, 2**53 + 1, 2**63, 2**64, 10**30, 10**4000, -(10**19), 0.5, 1.5, -0.0, 1e308),
    *(
        float("nan"),
        float("inf"),
        [],
        {},
        [[]],
        [0],
        [7, 3],
        [0, 5, 3, 9],
        [0, 10**12],
        [None],
        {"": None},
        {"type": []},
    ),
)


def edited(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """Return the JSON of ``data`` after a few edits that ``chance`` chose; parts of ``others`` may come into it."""
    top = [json.loads(data)]
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        if places := list(_places(top)):
            parent, key = chance.choice(places)
            chance.choice(_EDITS)(parent, key, chance, others)
    ascii_only = chance.random() < 0.5
    text = json.dumps(top[0] if top else None, ensure_ascii=ascii_only)
    if chance.random() < 0.05:
        text = text.replace("0", chance.choice(("[" * _DEEP, '{"a":' * _DEEP, "9" * 5000, "1e999", "0x1")), 1)
    return text.encode("utf-8", "surrogatepass")


def _places(value: Any) -> Iterator[Place]:  # noqa: ANN401 (whatever JSON holds)
    """Yield the places of all values in ``value``; those of long texts and many numbers do not crowd out the others."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in list(inside):
        yield value, key
        if isinstance(each, dict | list):
            yield from _places(each)


def _replace(parent: Any, key: Any, chance: random.Random, _others: Sequence[bytes]) -> None:  # noqa: ANN401
    parent[key] = deepcopy(chance.choice(_WILD))  # or a later edit would change the list of them


def _drop(parent: Any, key: Any, _chance: random.Random, _others: Sequence[bytes]) -> None:  # noqa: ANN401
    del parent[key]


def _rename(parent: Any, key: Any, chance: random.Random, _others: Sequence[bytes]) -> None:  # noqa: ANN401
    if isinstance(parent, dict):
        parent[chance.choice((key.upper(), key + "s", "type", "span", "text", "facts", "schema_version"))] = parent.pop(
            key
        )


def _double(parent: Any, key: Any, chance: random.Random, _others: Sequence[bytes]) -> None:  # noqa: ANN401
    if isinstance(parent, list):
        parent[key:key] = [parent[key]] * chance.choice((1, 1, 2, 20))


def _wrap(parent: Any, key: Any, chance: random.Random, _others: Sequence[bytes]) -> None:  # noqa: ANN401
    parent[key] = chance.choice(([parent[key]], {"value": parent[key]}, str(parent[key])))


def _move(parent: Any, key: Any, chance: random.Random, others: Sequence[bytes]) -> None:  # noqa: ANN401
    """Put there what stands somewhere else, in this JSON's kind of place or not."""
    other, name = chance.choice(list(_places([json.loads(chance.choice(others))])))
    parent[key] = other[name]


def _count(parent: Any, key: Any, chance: random.Random, _others: Sequence[bytes]) -> None:  # noqa: ANN401
    """Change a number or a text a little: what is nearly right goes further in."""
    value = parent[key]
    if isinstance(value, int) and not isinstance(value, bool):
        parent[key] = value + chance.choice((-1, 1, -10, 10))
    elif isinstance(value, float):
        parent[key] = value * chance.choice((-1.0, 0.5, 2.0))
    elif isinstance(value, str):
        parent[key] = chance.choice((value[:-1], value[:4000] * 2, value[::-1]))


_EDITS: tuple[Callable[[Any, Any, random.Random, Sequence[bytes]], None], ...]
_EDITS = (_replace, _replace, _drop, _rename, _double, _wrap, _move, _count)
