"""What a source gives: records, and failures in their place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Protocol

import attrs

from factparse.errors import Diagnostic, SourceError


@attrs.frozen
class Record:
    """One text of a source, with what identifies it.

    ``name`` is the source as the user gave it, ``number`` the record in it (counted from 0), ``line`` its line
    (counted from 1) in formats of one record a line, ``position`` how many bytes of the file had been read with it,
    ``html`` whether ``text`` is a page of HTML.
    """

    text: str = attrs.field(repr=False)
    name: str
    number: int = 0
    line: int | None = None
    position: int = 0
    html: bool = False
    url: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


@attrs.frozen
class Options:
    """How to read sources: ``text_key`` and ``url_key`` name the keys of JSON records."""

    text_key: str = "text"
    url_key: str = "url"


Outcome = Record | SourceError


class Format(Protocol):
    """A module that reads one format: found by its ``SUFFIXES``, none of which names a compression."""

    SUFFIXES: tuple[str, ...]

    def records(self, stream: IO[bytes], name: str, options: Options) -> Iterator[Outcome]:
        """Yield every record of ``stream``, and a :class:`~factparse.errors.SourceError` in place of a broken one."""
        ...
