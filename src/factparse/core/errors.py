"""What can go wrong, said so that a reader can act on it.

An *error* (:class:`FactparseError`) stops the call that raised it. A *diagnostic* (:class:`Diagnostic`) is carried by
the page it speaks of and stops nothing: bad input never costs good output. Both have a stable ``code`` that programs
may compare, a ``message`` that says what to do, and a ``span`` where one is known.
"""

from __future__ import annotations

import attrs

from factparse.core.spans import Span


@attrs.frozen(slots=True)
class Diagnostic:
    """A remark on one page: what was met there, and where.

    >>> Diagnostic("not-a-comparison", "no Factbook field labels were found").code
    'not-a-comparison'
    """

    code: str
    message: str
    span: Span | None = None


class FactparseError(Exception):
    """The root of every error that factparse raises on purpose.

    ``code`` is stable across versions; ``span`` is the place in the source text, if the error has one; ``source`` and
    ``line`` (counted from 1) name the file and record, if it was read from one.

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
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.span = span
        self.source = source
        self.line = line

    def __str__(self) -> str:
        where = f"{self.source}{f':{self.line}' if self.line is not None else ''}: " if self.source else ""
        return f"{where}{self.message} [{self.code}]"


class GrammarError(FactparseError):
    """A grammar file is missing or cannot be built: the installation is damaged."""


class ExtractorError(FactparseError):
    """The extractors that were found do not fit together."""


class SourceError(FactparseError):
    """An input cannot be read: it does not exist, is no readable file, or a record of it is broken."""


class OutputError(FactparseError):
    """An output cannot be written where it was asked for."""


class BookError(FactparseError):
    """A book of known cells cannot be opened: it does not exist, is none, is damaged, or is of a newer format."""


class UsageError(FactparseError, ValueError):
    """An argument makes no sense; the message says which would."""
