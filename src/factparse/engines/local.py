"""One process, one input after the other, in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

import attrs

from factparse.convert import Converted, convert_record
from factparse.engines.output import open_output, same_file
from factparse.engines.summary import Summary
from factparse.errors import FactparseError, SourceError, UsageError
from factparse.sources.files import Input, find
from factparse.sources.record import Options


@attrs.frozen
class Progress:
    """How far a run is: bytes of its input files read, of all there are (0 if unknown), and the counts so far."""

    done: int
    total: int
    summary: Summary


def convert(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    text_key: str = "text",
    form: str | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_failure: Callable[[FactparseError], None] | None = None,
) -> Summary:
    """Write every comparison page found in ``inputs`` to ``output``, one line of JSON a page; return the counts.

    ``inputs`` are files and folders (see :func:`factparse.read`), ``output`` a ``.jsonl`` file, or ``-`` for standard
    output. The file appears under its name only when it is complete. What cannot be read is counted and passed to
    ``on_failure``; the rest of the work is done.
    Raises :class:`~factparse.errors.SourceError` if an input does not exist,
    :class:`~factparse.errors.OutputError` if the output cannot be written, and
    :class:`~factparse.errors.UsageError` if the output is one of the inputs.
    """
    named = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    found = list(find(named, form=form))
    target = os.fspath(output)
    if any(os.fspath(path) != "-" and same_file(path, target) for path in named):
        raise UsageError("output-is-input", f"the output {target} is also an input; name another file")
    found = [entry for entry in found if isinstance(entry, SourceError) or not same_file(entry.name, target)]
    total = sum(entry.size for entry in found if isinstance(entry, Input))
    summary = Summary()
    with open_output(target) as write:
        for done, converted in _converted(found, Options(text_key), summary):
            summary.add(converted)
            for line in converted.lines:
                write(line)
            if converted.failure is not None and on_failure is not None:
                on_failure(converted.failure)
            if on_progress is not None:
                on_progress(Progress(done, total, summary))
    return summary


def _converted(found: list[Input | SourceError], options: Options, summary: Summary) -> Iterator[tuple[int, Converted]]:
    """Yield each record converted, with the bytes read until then."""
    before = 0
    for entry in found:
        if isinstance(entry, SourceError):
            yield before, Converted(failure=entry)
            continue
        summary.inputs += 1
        for outcome in entry.records(options):
            yield before + entry.consumed, convert_record(outcome)
        before += entry.size
