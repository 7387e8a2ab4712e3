"""Plain text: a file is one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from factparse.sources.decode import decode_detected
from factparse.sources.record import WHOLE, Extent, Options, Outcome, Record, too_large

SUFFIXES: tuple[str, ...] = (".txt",)


def records(stream: IO[bytes], name: str, options: Options, extent: Extent = WHOLE) -> Iterator[Outcome]:
    """Yield the whole of ``stream`` as one record."""
    data = stream.read(options.max_record_bytes + 1)
    if len(data) > options.max_record_bytes:
        yield too_large(name, options.max_record_bytes)
        return
    text, diagnostics = decode_detected(data)
    yield Record(text, name, diagnostics=diagnostics)
