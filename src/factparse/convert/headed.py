"""Files of lines with a header, as CSV has. The header is packed apart, so that packed files can be joined."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from factparse.convert.outfiles import WriteLines, packed_lines
from factparse.convert.settings import CSV, Settings
from factparse.output.csv_lines import csv_header


@contextmanager
def headed_lines(stream: IO[bytes], settings: Settings) -> Iterator[WriteLines]:
    """A function that writes lines to ``stream``, packed as the settings say, after a header if there is one."""
    stream.write(header(settings))
    with packed_lines(stream, settings.shard_kind) as write:
        yield write


def header(settings: Settings) -> bytes:
    """The header of the output's files, packed like the files. It is empty if they have no header."""
    if settings.kind not in CSV:
        return b""
    made = io.BytesIO()
    with packed_lines(made, settings.kind) as write:
        write([csv_header(settings.emit, editions=settings.editions, distinct=settings.distinct)])
    return made.getvalue()


def pass_header(file: IO[bytes], settings: Settings) -> None:
    """Move ``file`` behind its header, if it has one."""
    plain = len(header(settings))
    if not plain or not settings.kind.endswith(".gz"):
        file.seek(plain)
        return
    # Another machine may have packed the header into other bytes, so its end must be found.
    unpacking = zlib.decompressobj(wbits=31)
    read = 0
    while not unpacking.eof and (some := file.read(1 << 12)):
        read += len(some)
        unpacking.decompress(some)
    file.seek(read - len(unpacking.unused_data))


def records(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The records of CSV in its ``lines``. A record goes on as long as a quotation is open.

    >>> list(records([b'a,"b\\n', b'c"\\n', b"d,e\\n"]))
    [b'a,"b\\nc"\\n', b'd,e\\n']
    """
    held: list[bytes] = []
    quotes = 0
    for line in lines:
        held.append(line)
        quotes += line.count(b'"')
        if not quotes % 2:
            yield b"".join(held)
            held, quotes = [], 0
