"""A page of HTML: a file is one record, whose cells are known exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from factparse.core.errors import Diagnostic
from factparse.sources.decode import decode_detected
from factparse.sources.record import WHOLE, Extent, Options, Outcome, Record, too_large, whole

SUFFIXES: tuple[str, ...] = (".html", ".htm")

_HEAD = 2048
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the whole of ``stream`` as one record of HTML."""
    data = whole(stream, options.max_record_bytes)
    if data is None:
        yield too_large(name, options.max_record_bytes)
        return
    text, diagnostics = decode_page(data)
    yield Record(text, name, html=True, diagnostics=diagnostics)


def decode_page(data: bytes, declared: str | None = None) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return HTML as text: by what the server ``declared``, else by its ``<meta charset>``, else as any text.

    >>> decode_page(b'<meta charset="iso-8859-2">\\xa3')[0][-1]
    'Ł'
    """
    if declared is None and (found := _DECLARED.search(data, 0, _HEAD)):
        declared = found[1].decode("ascii", "replace")
    return decode_detected(data, declared)
