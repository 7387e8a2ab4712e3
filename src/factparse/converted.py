"""Reads the pages back that ``convert`` wrote: from its folder, or from one file of JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final

from factparse.core.errors import FactparseError, SourceError, UsageError
from factparse.output.json import encoded
from factparse.page import Page
from factparse.sources.files import find, suffix_of
from factparse.sources.jsonl import Line, objects

_MANIFEST: Final = "manifest.json"
_PARTS: Final = "part-*.jsonl*"
_ASIDE: Final = "quarantine"


def converted_pages(path: str) -> Iterator[Page | FactparseError] | None:
    """The pages in ``path``, if ``convert`` wrote it, and ``None`` otherwise. A line without a page gives an error.

    ``path`` is the folder of a conversion, or a file of pages as JSON Lines. The records that the conversion put aside
    come after the pages, as errors. JSON keeps the cells and facts of a page. It keeps the text only of HTML.

    Raises :class:`~factparse.UsageError` (``no-pages-kept``) if the conversion kept rows or facts only, or no JSON.
    """
    place = Path(path)
    if (place / _MANIFEST).is_file():
        return _folder(place)
    if not place.is_file() or suffix_of(path) != ".jsonl":
        return None
    first = next(_lines([place]), None)
    return _pages([place]) if isinstance(first, Line) and _is_page(first.value) else None


def _folder(folder: Path) -> Iterator[Page | FactparseError] | None:
    try:
        options = json.loads((folder / _MANIFEST).read_bytes())["options"]
        emit, kind = options["emit"], options["kind"]
    except (OSError, ValueError, LookupError, TypeError):
        return None  # another program's manifest
    if emit != "pages" or not str(kind).startswith(".jsonl"):
        raise UsageError("no-pages-kept", f"{folder} keeps {emit} as {kind}; a report needs pages as .jsonl")
    return chain(_pages(sorted(folder.glob(_PARTS))), _put_aside(sorted((folder / _ASIDE).glob(_PARTS))))


def _is_page(value: Any) -> bool:  # noqa: ANN401 (whatever JSON holds)
    return "schema_version" in value and "sections" in value


def _pages(files: Iterable[Path]) -> Iterator[Page | FactparseError]:
    for file in files:
        for line in _lines([file]):
            yield line if isinstance(line, FactparseError) else _page(line, str(file))


def _page(line: Line, name: str) -> Page | FactparseError:
    try:
        return Page.from_json(encoded(line.value))
    except FactparseError as error:
        return SourceError(error.code, error.message, source=name, line=line.number + 1)


def _put_aside(files: Iterable[Path]) -> Iterator[FactparseError]:
    """The failures that a conversion reported."""
    for line in _lines(files):
        if isinstance(line, FactparseError):
            yield line
            continue
        told = {name: line.value.get(name) for name in ("code", "message", "source", "line")}
        code, message, source, number = told.values()
        yield SourceError(str(code), str(message), source=str(source), line=number if isinstance(number, int) else None)


def _lines(files: Iterable[Path]) -> Iterator[Line | SourceError]:
    for found in find(files):
        if isinstance(found, SourceError):
            yield found
        else:
            yield from found.read_by(objects)
