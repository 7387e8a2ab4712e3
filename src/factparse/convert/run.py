"""Runs a whole conversion: takes the options, and calls the engine that does the work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs

from factparse.convert.job import LOG, CallerStopsError, Job, OnFailure, OnProgress
from factparse.convert.launch import Engine, Run, launched
from factparse.convert.outfiles import STANDARD_OUTPUT, as_output_error, same_file
from factparse.convert.settings import CSV, DATABASES, KINDS, Settings
from factparse.convert.store import Address, Place, place_of
from factparse.convert.summary import Summary
from factparse.convert.targets import gathered, to_file, to_folder
from factparse.core.errors import SourceError, UsageError
from factparse.core.scratch import sweep_scratch
from factparse.output.database import need_database
from factparse.selection import nearest
from factparse.sources.files import Input, find
from factparse.sources.mojibake import repair
from factparse.sources.remote import is_address, whole_address

# An output with such a name is refused. It does not look like a folder, and no such file can be written.
_OTHER_FILES: Final = (
    *(".json", ".ndjson", ".tsv", ".db", ".sqlite3", ".txt", ".md", ".html", ".xml", ".yaml", ".yml", ".sql"),
    *(".xls", ".xlsx", ".ods", ".arrow", ".feather", ".avro", ".orc", ".pkl", ".pickle"),
    *(".gz", ".zst", ".bz2", ".xz", ".zip", ".tar", ".7z"),
)


def convert(
    inputs: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    engine: Engine = "local",
    workers: int = 0,
    scheduler: str | None = None,
    resume: bool = True,
    on_progress: OnProgress | None = None,
    on_failure: OnFailure | None = None,
    **options: Any,  # noqa: ANN401 (see Settings)
) -> Summary:
    """Write every page found in ``inputs`` to ``output``. Return the counts.

    ``inputs`` are files, folders, patterns and addresses (see :func:`factparse.read`). ``output`` is one of these, and
    may be an address:

    - a file (``.jsonl``, ``.jsonl.gz``, ``.jsonl.zst``, ``.parquet``, ``.csv``, ``.csv.gz``, ``.duckdb``,
      ``.sqlite``), which gets its name when it is complete;
    - a folder, which gets a file for every shard and a manifest. A run that was stopped goes on there. Without
      ``resume`` it begins anew;
    - ``-``, standard output.

    ``workers`` guarded processes do the work. With 0 workers this process does it, and a record that kills the process
    ends the run. ``engine`` may also be ``"dask"`` or ``"ray"``, on the cluster at ``scheduler``, or on a cluster that
    is started here.

    The other ``options`` are those of :class:`factparse.convert.settings.Settings`: what is read (``text_key``,
    ``url_key``, ``country_key``, ``field_key``, ``edition_key``, ``table``, ``form``, ``books``, ``repair``,
    ``resolve``), what is written (``emit``, ``kind``, ``only``, ``once``, ``distinct``, ``type``, ``field``,
    ``country``, ``min_confidence``, ``editions``, ``prose``, ``full``), and how (``shard_bytes``,
    ``max_record_bytes``, ``record_seconds``, ``memory``, ``attempts``).

    A record that cannot be converted is counted, passed to ``on_failure``, and written to the quarantine. The rest goes
    on. ``on_progress`` is called several times a second. If it or ``on_failure`` raises an error, the run and its
    processes stop, and the error is raised here. The logger ``factparse.convert`` gets the start, the shards and the
    end (``INFO``), and failures and dead workers (``WARNING``).

    Raises :class:`~factparse.SourceError` if an input does not exist, and :class:`~factparse.OutputError` if the output
    cannot be written. Raises :class:`~factparse.UsageError` for a wrong option, if the output is one of the inputs or
    was begun in another way, and if an input must be read twice but can be read only once.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = pathlib.Path(folder, "page.txt")
    ...     _ = page.write_text("Aruba vs. Malta\\nGeography\\nAruba | Malta | |\\nArea | 180 sq km | 316 sq km |\\n")
    ...     summary = convert(page, page.with_name("facts.csv"))
    ...     summary.pages, dict(summary.facts), summary.failed
    (1, {'Quantity': 2}, 0)
    """
    target = os.fspath(output)
    named = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    if any(os.fspath(path) != "-" and same_file(path, target) for path in named):
        raise UsageError("output-is-input", f"the output {target} is also an input; name another one")
    with as_output_error(target):
        kind = _kind(target, options.get("kind"))
    settings = _settings(options, kind)
    found = _found(named, target, settings)
    job = Job(settings, [entry for entry in found if isinstance(entry, Input)], on_progress, on_failure)
    try:
        for entry in found:
            if isinstance(entry, SourceError):
                job.fail(entry)
        # What can be read only once (standard input, a pipe) cannot be given to a process that may die over it.
        lasting = all(entry.lasting for entry in found if isinstance(entry, Input))
        _need_lasting(settings, lasting)
        sweep_scratch()
        run = launched(engine, workers if lasting else 0, scheduler)
        _carry_out(job, target, kind, run, shared=scheduler is not None, resume=resume)
    except CallerStopsError as error:
        stopped = error.raised
    else:
        return job.summary
    raise stopped  # here, where nothing else was raised before it


def _carry_out(job: Job, target: str, kind: str | None, run: Run, *, shared: bool, resume: bool) -> None:
    LOG.info("begins: %d inputs in %d shards", job.inputs, len(job.shards))
    if kind is None:
        to_folder(place_of(target), job, run, resume=resume)
    elif kind in (*CSV, *DATABASES):
        gathered(target, job, run, shared=shared, resume=resume)
    else:
        to_file(target, job, run, shared=shared)
    done = job.summary
    LOG.info("ends: %d pages of %d records, %d failures", done.pages, done.records, done.failed)


def _settings(options: dict[str, Any], kind: str | None) -> Settings:
    """The settings that the caller's ``options`` make, for a file of a ``kind`` or a folder."""
    names = [field.name for field in attrs.fields(Settings)]
    for name in options:
        if name not in names:
            raise UsageError("no-such-option", f"convert has no option {name!r}{nearest(name, names)}")
    given = {name: value for name, value in options.items() if name != "emit" or value is not None}
    given["kind"] = kind or options.get("kind", ".jsonl")
    if given["kind"] in CSV:
        given.setdefault("emit", "facts")
    settings = Settings(**given)
    if settings.repair:
        repair("")  # a missing package is an error before anything is begun
    if settings.kind in DATABASES:
        if kind is None:
            raise UsageError("other-kind", f"a database is one file; name an output that ends in {settings.kind}")
        need_database(settings.kind)
    return settings


def _need_lasting(settings: Settings, lasting: bool) -> None:
    """Raise :class:`~factparse.UsageError` (``read-once``) if an input must be read twice, but cannot be."""
    if settings.resolve and not lasting:
        message = "inputs are read twice to resolve, and standard input and pipes can be read once"
        raise UsageError("read-once", f"{message}; write them to a file")


def quarantine_of(output: str | os.PathLike[str]) -> Place | None:
    """The place of the records that could not be converted to ``output``. ``None`` if there are none."""
    target = os.fspath(output)
    if target == STANDARD_OUTPUT:
        return None
    place = place_of(target) / "quarantine" if _kind(target, None) is None else place_of(f"{target}.quarantine")
    return place if place.exists() else None


def _kind(target: str, wanted: str | None) -> str | None:
    """The kind of a file to write, by its name. ``None`` means a folder.

    Raises :class:`~factparse.UsageError` (``other-kind``) if the name does not fit the ``wanted`` kind, or if no such
    file can be written.
    """
    if target == STANDARD_OUTPUT:
        return wanted or ".jsonl"
    if target.endswith(("/", os.sep)) or place_of(target).is_dir():
        return None
    kind = next((kind for kind in KINDS if target.lower().endswith(kind)), None)
    if kind is None and Path(target).suffix.lower() in _OTHER_FILES:
        raise UsageError(
            "other-kind",
            f"the output {target} looks like a file, but must end in {', '.join(KINDS)}, or in / for a folder",
        )
    if kind is not None and wanted not in (None, kind):
        raise UsageError(
            "other-kind", f"the output {target} does not have the name of a {wanted} file; change the name or the kind"
        )
    return kind


def _found(named: list[str | os.PathLike[str]], target: str, settings: Settings) -> list[Input | SourceError]:
    """The inputs without those that lie in the output, so that no run reads what it writes."""
    found = list(find(named, form=settings.form))
    place = place_of(target)
    with as_output_error(target):
        output = whole_address(target) if isinstance(place, Address) else os.path.realpath(place)
    # An input in a store can only lie in an output in a store. The same holds for this machine.
    path_of = _stored_path if isinstance(place, Address) else _path_under(cache(os.path.realpath))
    folder = os.path.join(output, "")

    def is_written(entry: Input) -> bool:
        path = path_of(entry.place or "")
        return path == output or path.startswith(folder)

    return [entry for entry in found if isinstance(entry, SourceError) or not is_written(entry)]


def _stored_path(place: str) -> str:
    return whole_address(place) if is_address(place) else ""


def _path_under(resolved: Callable[[str], str]) -> Callable[[str], str]:
    """A function that resolves the places of inputs. ``resolved`` remembers folders, which hold many inputs."""

    def path_of(place: str) -> str:
        if not place or is_address(place):
            return ""
        folder, name = os.path.split(place)
        return os.path.realpath(place) if os.path.islink(place) else os.path.join(resolved(folder), name)

    return path_of
