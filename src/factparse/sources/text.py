"""Plain text: a file is one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from factparse.sources.decode import decode
from factparse.sources.record import Options, Outcome, Record

SUFFIXES: tuple[str, ...] = (".txt",)


def records(stream: IO[bytes], name: str, options: Options) -> Iterator[Outcome]:
    """Yield the whole of ``stream`` as one record."""
    data = stream.read()
    text, diagnostics = decode(data)
    yield Record(text, name, position=len(data), diagnostics=diagnostics)
