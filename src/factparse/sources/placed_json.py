"""Loads JSON with the places of its strings, so that a fact can be shown where it stands in the JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from json.decoder import scanstring  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]  # the one that asks its decoder for strings
from typing import Any

from factparse.core.spans import Run

# The code for one character of a string. Two halves of a surrogate pair are one character.
_ESCAPE = re.compile(r"(\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u.{4}|\\.)|[^\\]+", re.DOTALL)


class PlacedText(str):
    """A string of JSON, and the range between its quotes in the text that it was loaded from."""

    __slots__ = ("end", "start")

    start: int
    end: int


def loads(text: str) -> Any:  # noqa: ANN401 (any JSON)
    """The value of the JSON ``text``. Its strings, except keys, are :class:`PlacedText`.

    Raises ``ValueError`` if it is no JSON, and ``RecursionError`` if it is nested too deep.

    >>> found = loads('{"area": ["5 km"]}')["area"][0]
    >>> found, (found.start, found.end)
    ('5 km', (11, 15))
    """
    decoder: Any = json.JSONDecoder()
    decoder.parse_string = _scanned
    decoder.scan_once = py_make_scanner(decoder)
    return decoder.decode(text)


def _scanned(text: str, start: int, strict: bool = True) -> tuple[str, int]:
    value, stop = scanstring(text, start, strict)
    placed = PlacedText(value)
    placed.start, placed.end = start, stop - 1
    return placed, stop


def in_json(said: PlacedText, runs: Iterable[Run], text: str) -> Iterator[Run]:
    """The ``runs``, which were read in the string ``said``, as they were read in the JSON ``text``.

    >>> text = '["5 k\\\\u006d"]'
    >>> list(in_json(loads(text)[0], [Run(0, 0, 4, 4)], text))
    [Run(made=0, read=2, size=3, width=3), Run(made=3, read=5, size=1, width=6)]
    """
    if len(said) == said.end - said.start:  # nothing is escaped
        yield from (run._replace(read=said.start + run.read) for run in runs)
        return
    places = list(_places(text, said.start, said.end))
    for run in runs:
        if run.size != run.width:
            start = places[run.read]
            yield Run(run.made, start, run.size, places[run.read + run.width] - start)
            continue
        # The run is cut before and after each escaped character.
        wide = [at for at in range(run.read, run.read + run.size) if places[at + 1] - places[at] > 1]
        cuts = sorted({run.read, run.read + run.size, *wide, *(at + 1 for at in wide)})
        for start, end in pairwise(cuts):
            yield Run(run.made + start - run.read, places[start], end - start, places[end] - places[start])


def _places(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where each character of a string between ``start`` and ``end`` of the JSON begins, and its end."""
    for match in _ESCAPE.finditer(text, start, end):
        if match[1] is not None:
            yield match.start()
        else:
            yield from range(*match.span())
    yield end
