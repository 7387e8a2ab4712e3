"""Reads HTML. A file is one record. Its tags show the cells exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from factparse.core.errors import Diagnostic
from factparse.sources.decode import decode_detected
from factparse.sources.record import WHOLE, Extent, Options, Outcome, Record, too_large, whole

SUFFIXES: tuple[str, ...] = (".html", ".htm")

_HEAD = 2048  # bytes in which a page may declare its encoding
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the whole of ``stream`` as one record of HTML, or one error if it is too large."""
    data = whole(stream, options.max_record_bytes)
    if data is None:
        yield too_large(name, options.max_record_bytes)
        return
    text, diagnostics = decode_page(data)
    yield Record(text, name, html=True, diagnostics=diagnostics)


def decode_page(data: bytes, declared: str | None = None) -> tuple[str, tuple[Diagnostic, ...]]:
    """The HTML ``data`` as text (with its tags), and remarks on its bytes.

    The encoding is the one that the server ``declared``, or that of ``<meta charset>``. A byte order mark and valid
    UTF-8 come before both: :func:`~factparse.sources.decode.decode_detected` has the order.

    >>> decode_page(b'<meta charset="iso-8859-2">\\xa3')[0][-1]
    'Ł'
    """
    if declared is None and (found := _DECLARED.search(data, 0, _HEAD)):
        declared = found[1].decode("ascii", "replace")
    return decode_detected(data, declared)
