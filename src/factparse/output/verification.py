"""A verified page as JSON, and as a table on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, get_args

import attrs

from factparse.core.plain import shown
from factparse.output.json import PageLike, encoded, source_object
from factparse.output.terminal import USUAL, cut_text, known_line, several, table_view
from factparse.verifying import Status, Verification, VerifiedCell

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

_COLOURS: Final = {"verbatim": "green", "changed": "red", "unknown": "yellow"}
_SHOWN = 60  # characters of a cell, or of what was changed in it


def verification_json(page: PageLike, found: Verification) -> str:
    """The JSON of a verified page, on one line: its source, the editions that it may be of, and its cells.

    ``verbatim``, ``changed`` and ``unknown`` count the cells. HTML also gives the rendered text, to which spans refer.
    """
    value: dict[str, Any] = {
        "source": source_object(page.source),
        "countries": found.countries,
        "known": [attrs.asdict(each) for each in found.known],
        **{status: found.count(status) for status in get_args(Status)},
        "cells": [attrs.asdict(cell, recurse=False) for cell in found.cells],
        **({"text": page.text} if page.offsets is not None else {}),
    }
    return encoded(value).decode()


def verification_view(page: PageLike, found: Verification, *, width: int = USUAL) -> Iterator[RenderableType]:
    """The things that rich prints for a verified page: a heading, the counts, a table of its cells, the diagnostics."""
    from rich.text import Text

    yield Text(shown(" vs. ".join(found.countries) or "no comparison page"), style="bold")
    if found.cells:
        yield known_line(found.known)
        yield Text(", ".join(f"{found.count(status)} {status}" for status in get_args(Status)))
        heads = ["field", "country", "status", "editions, or what is not known"]
        yield from table_view("Cells", heads, [_row(page.text, cell) for cell in found.cells], width)
    for remark in page.diagnostics:
        yield Text(f"{remark.code}: {shown(remark.message)}", style="yellow")


def _row(text: str, cell: VerifiedCell) -> list[Text]:
    from rich.text import Text

    country = cell.country if cell.country is not None else "(whose is not known)"
    status = Text(cell.status, style=_COLOURS[cell.status])
    return [cut_text(cell.label), cut_text(country), status, _told(text, cell)]


def _told(text: str, cell: VerifiedCell) -> Text:
    from rich.text import Text

    if cell.status == "verbatim":
        return Text(several(cell.editions))
    if cell.status == "unknown":
        return Text(_short(cell.span.cut(text)), style="dim")
    places = [f"{span.start}: {_short(span.cut(text)) or '(something is missing)'}" for span in cell.changed]
    return Text("\n".join(places) or "known pieces that no edition prints together")


def _short(text: str) -> str:
    words = shown(" ".join(text.split()))
    return words if len(words) <= _SHOWN else words[:_SHOWN] + " …"
