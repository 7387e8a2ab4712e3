"""Reads plain text: a file is one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from factparse.sources.decode import decode_detected
from factparse.sources.record import WHOLE, Extent, Options, Outcome, Record, too_large, whole

SUFFIXES: tuple[str, ...] = (".txt",)


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the whole of ``stream`` as one record, or one error if it is too large.

    The encoding is found as :func:`~factparse.sources.decode.decode_detected` does.
    """
    data = whole(stream, options.max_record_bytes)
    if data is None:
        yield too_large(name, options.max_record_bytes)
        return
    text, diagnostics = decode_detected(data)
    yield Record(text, name, diagnostics=diagnostics)
