"""Errors and diagnostics: what can go wrong, told so that a reader can act on it.

An *error* (:class:`FactparseError`) stops the call that raised it. A *diagnostic* (:class:`Diagnostic`) belongs to a
page and stops nothing, so that bad input never costs good output. Both have a stable ``code`` that programs may
compare, a ``message`` that says what to do, and a ``span`` where one is known.
"""

from __future__ import annotations

import attrs

from factparse.core.spans import Span


@attrs.frozen(weakref_slot=False)
class Diagnostic:
    """A remark on one page: what was met there, and where.

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
    read from one. As a string the error is all of them but the span.

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
        super().__init__(code, message)  # these are its ``args``, by which it is pickled
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
    """The extractors that were found do not fit together: two of them claim the same field, for instance."""


class SourceError(FactparseError):
    """An input cannot be read: it does not exist, is not a readable file, or holds a broken record."""


class OutputError(FactparseError):
    """An output cannot be written where it was asked for."""


class BookError(FactparseError):
    """A book of known cells cannot be opened: it does not exist, is none, is damaged, or is of a newer format."""


class UsageError(FactparseError, ValueError):
    """An argument makes no sense. The message says which ones do."""


class NotOnPageError(FactparseError, KeyError):
    """A page is asked for a field that it does not have, or a row for a country. The message names those it has."""
