"""Errors and diagnostics. They say what went wrong, and what to do.

An *error* (:class:`FactparseError`) stops the call that raised it. A *diagnostic* (:class:`Diagnostic`) belongs to a
page and stops nothing, so that bad input never costs good output. Both have a stable ``code`` that programs may
compare, a ``message`` that says what to do, and a ``span`` where one is known.
"""

from __future__ import annotations

import attrs

from factparse.core.spans import Span


@attrs.frozen(weakref_slot=False)
class Diagnostic:
    """A remark on one page: what was found, and where.

    ``code`` is stable across versions, ``message`` is for people. ``span`` is a place in the page's text, or ``None``.

    >>> Diagnostic("not-a-comparison", "no Factbook field labels were found").code
    'not-a-comparison'
    """

    code: str
    message: str
    span: Span | None = None


class FactparseError(Exception):
    """The base class of every error that factparse raises on purpose.

    ``code`` is stable across versions, ``message`` says what happened and what to do. ``span`` is the place in the
    source text, if the error has one. ``source`` and ``line`` (counted from 1) name the file and the record, if it was
    read from one. The error as a string has all of these except the span.

    >>> str(FactparseError("bad-input", "say what to do", source="dump.jsonl", line=3))
    'dump.jsonl:3: say what to do [bad-input]'
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        span: Span | None = None,
        source: str | None = None,
        line: int | None = None,
    ) -> None:
        super().__init__(code, message)  # these become its ``args``, which pickle uses
        self.code = code
        self.message = message
        self.span = span
        self.source = source
        self.line = line

    def __str__(self) -> str:
        where = f"{self.source}{f':{self.line}' if self.line is not None else ''}: " if self.source else ""
        return f"{where}{self.message} [{self.code}]"


class GrammarError(FactparseError):
    """A grammar file or word table is missing or cannot be used: the installation is damaged."""


class ExtractorError(FactparseError):
    """Two extractors do not fit together. For instance, both claim the same field."""


class SourceError(FactparseError):
    """An input cannot be read. It does not exist, is not readable, or holds a broken record."""


class OutputError(FactparseError):
    """An output cannot be written at its place."""


class BookError(FactparseError):
    """A book of known cells cannot be opened. It does not exist, is no book, is damaged, or has a newer format."""


class UsageError(FactparseError, ValueError):
    """An argument makes no sense. The message says what to write instead."""


class NotOnPageError(FactparseError, KeyError):
    """A page does not have a field, or a row does not have a country. The message names those that exist."""
