"""A record to the rows of the output, or a failure: a pure function, so that any engine may run it anywhere."""

from __future__ import annotations

from collections import Counter

import attrs

from factparse.errors import FactparseError, SourceError
from factparse.reading import record_pages
from factparse.sources.record import Outcome

LOW_CONFIDENCE = 0.9


@attrs.frozen
class Converted:
    """What became of one record: its output ``lines`` (one a page, without line ends), what they hold, or ``failure``.

    ``facts`` counts them by type; ``low`` is how many of the ``rows`` have a confidence below 0.9.
    """

    lines: tuple[str, ...] = ()
    rows: int = 0
    low: int = 0
    facts: Counter[str] = attrs.field(factory=Counter)
    failure: FactparseError | None = None


def convert_record(outcome: Outcome) -> Converted:
    """Return the output of one record: no line if it holds no comparison, a failure if it cannot be read.

    >>> from factparse.sources.record import Record
    >>> convert_record(Record("nothing to compare", "notes.txt")).lines
    ()
    >>> str(convert_record(SourceError("bad-json", "the line is not JSON", source="a.jsonl", line=3)).failure)
    'a.jsonl:3: the line is not JSON [bad-json]'
    """
    if isinstance(outcome, SourceError):
        return Converted(failure=outcome)
    try:
        pages = [page for page in record_pages(outcome) if page]
        rows = [row for page in pages for row in page.rows]
        return Converted(
            lines=tuple(page.to_json() for page in pages),
            rows=len(rows),
            low=sum(row.confidence < LOW_CONFIDENCE for row in rows),
            facts=Counter(type(fact).__name__ for page in pages for fact in page.facts()),
        )
    except FactparseError as error:
        return Converted(failure=_placed(error, outcome.name, outcome.line))
    except Exception as error:  # a fault of ours in one record must not cost the others of a long run
        reason = f"{type(error).__name__}: {error}; please report it with this record"
        return Converted(failure=FactparseError("internal-error", reason, source=outcome.name, line=outcome.line))


def _placed(error: FactparseError, name: str, line: int | None) -> FactparseError:
    if error.source is not None:
        return error
    return type(error)(error.code, error.message, span=error.span, source=name, line=line)
