"""Files, folders and standard input: what there is to read, and reading it."""

from __future__ import annotations

import gzip
import os
import pkgutil
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, cast

import attrs

from factparse.errors import SourceError, UsageError
from factparse.sources.record import Format, Options, Outcome

STANDARD_INPUT = "-"
_GZIP = ".gz"


@cache
def formats() -> dict[str, Format]:
    """Return the format of each file name suffix: those of every module of this package that has ``SUFFIXES``.

    >>> sorted(formats())
    ['.htm', '.html', '.jsonl', '.ndjson', '.txt']
    """
    package = __name__.rpartition(".")[0]
    modules = [import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules([str(Path(__file__).parent)])]
    readers = [cast(Format, module) for module in modules if hasattr(module, "SUFFIXES")]
    return {suffix: reader for reader in readers for suffix in reader.SUFFIXES}


def format_named(name: str) -> Format:
    """Return the format called ``name`` (``txt``, ``html``, ``jsonl``, ...).

    Raises :class:`~factparse.errors.UsageError` (``no-such-format``) for another.
    """
    found = formats().get(f".{name.lower()}")
    if found is None:
        known = ", ".join(sorted(suffix[1:] for suffix in formats()))
        raise UsageError("no-such-format", f"there is no format {name!r}; the formats are {known}")
    return found


@attrs.define
class Input:
    """One file to read, or standard input (``path`` is ``None``). ``size`` is in bytes, 0 where it is not known."""

    name: str
    path: Path | None
    size: int
    format: Format
    _raw: IO[bytes] | None = attrs.field(default=None, init=False, repr=False)

    @property
    def consumed(self) -> int:
        """How many bytes of the file have been read so far, before any decompression."""
        if self._raw is None or self._raw.closed or self.path is None:
            return 0
        return self._raw.tell()

    def records(self, options: Options | None = None) -> Iterator[Outcome]:
        """Yield the records, and a :class:`~factparse.errors.SourceError` for each one that cannot be read.

        A file that breaks off (a truncated ``.gz``, a disk error) gives what was read and then one error.
        """
        chosen = options or Options()
        try:
            if self.path is None:
                yield from self.format.records(sys.stdin.buffer, self.name, chosen)
                return
            with self.path.open("rb") as self._raw:
                stream = gzip.GzipFile(fileobj=self._raw) if _compressed(self.path) else self._raw
                yield from self.format.records(cast("IO[bytes]", stream), self.name, chosen)
        except (OSError, EOFError, zlib.error) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield SourceError("unreadable", f"cannot be read: {reason.lower()}", source=self.name)


def find(paths: Iterable[str | os.PathLike[str]], *, form: str | None = None) -> Iterator[Input | SourceError]:
    """Yield what there is to read under ``paths``, in their order; a folder's files come sorted by name.

    ``-`` is standard input. A file that is named is always read (as plain text, if its suffix tells nothing, or as
    ``form`` says); of a folder only the files with a known suffix are. A folder that cannot be listed, or that holds
    nothing to read, gives a :class:`~factparse.errors.SourceError` (``unreadable``, ``no-inputs``).
    Raises one (``no-such-input``) for a path that does not exist, before anything is read.
    """
    named = format_named(form) if form else None
    places = [os.fspath(path) for path in paths]
    for place in places:
        if place != STANDARD_INPUT and not os.path.lexists(place):
            raise SourceError("no-such-input", "there is no such file or folder", source=place)
    for place in places:
        path = Path(place)
        if place == STANDARD_INPUT:
            yield Input("standard input", None, 0, named or formats()[".txt"])
        elif path.is_dir():
            yield from _folder(path, named)
        else:
            yield _file(path, named or _format_of(path) or formats()[".txt"])


def _folder(path: Path, named: Format | None) -> Iterator[Input | SourceError]:
    failures: list[OSError] = []
    found = 0
    for folder, folders, names in os.walk(path, onerror=failures.append):
        folders.sort()
        for name in sorted(names):
            file = Path(folder, name)
            form = _format_of(file)
            if form is not None:
                found += 1
                yield _file(file, named or form)
        yield from (_unlisted(failure) for failure in failures)
        failures.clear()
    yield from (_unlisted(failure) for failure in failures)
    if not found and not failures:
        known = ", ".join(sorted(formats()))
        yield SourceError("no-inputs", f"the folder holds no file to read ({known})", source=str(path))


def _unlisted(error: OSError) -> SourceError:
    reason = (error.strerror or str(error)).lower()
    return SourceError("unreadable", f"the folder cannot be listed: {reason}", source=str(error.filename))


def _file(path: Path, form: Format) -> Input:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # reading it will tell why
    return Input(str(path), path, size, form)


def _compressed(path: Path) -> bool:
    return path.suffix.lower() == _GZIP


def _format_of(path: Path) -> Format | None:
    name = path.with_suffix("") if _compressed(path) else path
    return formats().get(name.suffix.lower())
