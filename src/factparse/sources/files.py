"""Files, folders, patterns and standard input: what there is to read, and reading it.

Of folders of many small files it matters what finding and opening one costs: no ``Path`` is made for any of them.
"""

from __future__ import annotations

import glob
import os
import pkgutil
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, cast

import attrs

from factparse.core.errors import SourceError, UsageError
from factparse.sources import remote
from factparse.sources.compression import BROKEN, OPENERS, opened
from factparse.sources.record import WHOLE, Extent, Format, Options, Outcome

STANDARD_INPUT = "-"
_LARGE = 1 << 17  # bytes that are read at a time of larger files
_PATTERN = re.compile(r"[*?\[]")


@cache
def formats() -> dict[str, Format]:
    """The format of each file name suffix: those of every module of this package that has ``SUFFIXES``.

    >>> formats()[".htm"] is formats()[".html"], ".jsonl" in formats(), ".gz" in formats()
    (True, True, False)
    """
    package = __name__.rpartition(".")[0]
    modules = [import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules([str(Path(__file__).parent)])]
    readers = [cast(Format, module) for module in modules if hasattr(module, "SUFFIXES")]
    return {suffix: reader for reader in readers for suffix in reader.SUFFIXES}


def format_named(name: str) -> Format:
    """The format called ``name`` (``txt``, ``html``, ``jsonl``, ...).

    Raises :class:`~factparse.UsageError` (``no-such-format``) for another.
    """
    found = formats().get(f".{name.lower()}")
    if found is None:
        known = ", ".join(sorted(suffix[1:] for suffix in formats()))
        raise UsageError("no-such-format", f"there is no format {name!r}; the formats are {known}")
    return found


@attrs.frozen
class Input:
    """One file to read; or an address of one that is elsewhere; or standard input (``place`` is ``None``).

    ``size`` is in bytes, 0 where it is not known; ``suffix`` the name of its format with a dot. What is ``lasting`` can
    be read again, and by another process.
    """

    name: str
    place: str | None
    size: int
    suffix: str
    lasting: bool = True

    def records(
        self, options: Options | None = None, extent: Extent = WHOLE, *, opened_as: Callable[[IO[bytes]], object] = id
    ) -> Iterator[Outcome]:
        """Yield the records, and a :class:`~factparse.SourceError` for each one that cannot be read.

        A file that breaks off (a truncated ``.gz``, a disk error) gives what was read and then one error.
        ``opened_as`` is told the stream of the file as it is stored, whose position says how much of it was read.
        """
        chosen = options or Options()
        reader = formats()[self.suffix]
        try:
            if self.place is None:
                yield from reader.records(sys.stdin.buffer, self.name, chosen)
                return
            with _raw(self.place, self.size) as raw:
                opened_as(raw)
                packed = compression_of(self.place)
                yield from reader.records(opened(raw, packed) if packed else raw, self.name, chosen, extent)
        except BROKEN as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield SourceError("unreadable", f"cannot be read: {reason.lower()}", source=self.name)

    def split(self, size: int) -> list[Extent]:
        """Return parts of about ``size`` bytes each; one if the file cannot be read from its middle."""
        divide = getattr(formats()[self.suffix], "split", None)
        here = self.place is not None and self.lasting and not remote.is_address(self.place)
        if divide is None or not here or self.size <= size or compression_of(self.name):
            return [WHOLE]
        try:
            return cast("list[Extent]", divide(Path(self.name), size))
        except OSError:
            return [WHOLE]  # reading it will tell why


def _raw(place: str, size: int) -> IO[bytes]:
    if remote.is_address(place):
        return remote.open_address(place)
    return open(place, "rb", _LARGE if size > _LARGE else -1)  # closed by whoever reads


def find(paths: Iterable[str | os.PathLike[str]], *, form: str | None = None) -> Iterator[Input | SourceError]:
    """Yield what there is to read under ``paths``, in their order; a folder's files come sorted by name.

    ``-`` is standard input; a pattern (``*``, ``?``, ``[...]``, ``**``) stands for what it matches; an address with a
    scheme (``s3://...``) is read through fsspec. A file that is named is always read (as plain text, if its suffix
    tells nothing, or as ``form`` says); of a folder only the files with a known suffix are. A folder that cannot be
    listed, or that holds nothing to read, gives a :class:`~factparse.SourceError` (``unreadable``,
    ``no-inputs``). Raises one (``no-such-input``) for a path that does not exist, before anything is read.
    """
    if form:
        format_named(form)
    named = f".{form.lower()}" if form else None
    places = [place for path in paths for place in _matched(os.fspath(path))]
    for place in places:
        if place == STANDARD_INPUT:
            yield Input("standard input", None, 0, named or ".txt", lasting=False)
        elif remote.is_address(place):
            yield Input(place, place, remote.size_of(place), named or suffix_of(place) or ".txt")
        elif Path(place).is_dir():
            yield from _folder(Path(place), named)
        else:
            yield _file(place, named or suffix_of(place) or ".txt")


def compression_of(name: str) -> str | None:
    """The suffix of ``name`` that tells how it is packed.

    >>> compression_of("dump.jsonl.GZ"), compression_of("dump.jsonl")
    ('.gz', None)
    """
    suffix = os.path.splitext(name)[1].lower()
    return suffix if suffix in OPENERS else None


def suffix_of(name: str) -> str | None:
    """The suffix of ``name`` that tells its format, whatever it is packed with.

    >>> suffix_of("dump.warc.gz"), suffix_of("notes.md")
    ('.warc', None)
    """
    stem, suffix = os.path.splitext(name)
    if suffix.lower() in OPENERS:
        suffix = os.path.splitext(stem)[1]
    return found if (found := suffix.lower()) in formats() else None


def _matched(place: str) -> list[str]:
    if place == STANDARD_INPUT or os.path.lexists(place):
        return [place]
    if remote.is_address(place):
        found = remote.listed(place)
        known = [address for address in found if suffix_of(address)]
        found = known if len(found) > 1 else found
    else:
        found = sorted(glob.glob(place, recursive=True)) if _PATTERN.search(place) else []
    if not found:
        raise SourceError("no-such-input", "there is no such file or folder", source=place)
    return found


def _folder(path: Path, named: str | None) -> Iterator[Input | SourceError]:
    failures: list[OSError] = []
    found = 0
    for folder, folders, names in os.walk(path, onerror=failures.append):
        folders.sort()
        for name in sorted(names):
            suffix = suffix_of(name)
            if suffix is None:
                continue
            entry = _file(os.path.join(folder, name), named or suffix)
            if entry.lasting:  # no pipe or device is opened that nobody named
                found += 1
                yield entry
        yield from (_unlisted(failure) for failure in failures)
        failures.clear()
    yield from (_unlisted(failure) for failure in failures)
    if not found and not failures:
        known = ", ".join(sorted(formats()))
        yield SourceError("no-inputs", f"the folder holds no file to read ({known})", source=str(path))


def _unlisted(error: OSError) -> SourceError:
    reason = (error.strerror or str(error)).lower()
    return SourceError("unreadable", f"the folder cannot be listed: {reason}", source=str(error.filename))


def _file(place: str, suffix: str) -> Input:
    try:
        status = os.stat(place)
    except OSError:
        return Input(place, place, 0, suffix)  # reading it will tell why
    return Input(place, place, status.st_size, suffix, lasting=stat.S_ISREG(status.st_mode))
