"""Finds inputs (files, folders, patterns, addresses, standard input), and reads them.

A folder may hold very many small files. Finding and opening must be fast, so no ``Path`` is made for a file.
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
from typing import IO, TypeVar, cast

import attrs

from factparse.core.errors import FactparseError, SourceError, UsageError
from factparse.sources import packages, remote
from factparse.sources.compression import BROKEN, OPENERS, opened
from factparse.sources.record import WHOLE, Extent, Format, Options, Outcome

_Read = TypeVar("_Read")

STANDARD_INPUT = "-"
_LARGE = 1 << 17  # bytes to read at a time, of files larger than this
_PATTERN = re.compile(r"[*?\[]")


@cache
def formats() -> dict[str, Format]:
    """The module for each suffix of file names. Every module of this package with ``SUFFIXES`` is among them.

    >>> formats()[".htm"] is formats()[".html"], ".jsonl" in formats(), ".gz" in formats()
    (True, True, False)
    """
    package = __name__.rpartition(".")[0]
    modules = [import_module(f"{package}.{found.name}") for found in pkgutil.iter_modules([str(Path(__file__).parent)])]
    readers = [cast(Format, module) for module in modules if hasattr(module, "SUFFIXES")]
    return {suffix: reader for reader in readers for suffix in reader.SUFFIXES}


def format_named(name: str) -> Format:
    """The module that reads the format ``name`` (``txt``, ``html``, ``jsonl``, ...).

    Raises :class:`~factparse.UsageError` (``no-such-format``) if there is no such format.
    """
    found = formats().get(f".{name.lower()}")
    if found is None:
        known = ", ".join(sorted(suffix[1:] for suffix in formats()))
        raise UsageError("no-such-format", f"there is no format {name!r}; the formats are {known}")
    return found


@attrs.frozen
class Input:
    """One file to read, a file at an address, or standard input (``place`` is ``None``).

    ``size`` is in bytes, as stored. It is 0 if it is not known. ``suffix`` is the suffix of its format, with the dot.
    ``lasting`` says that it can be read again, and by another process. A pipe cannot.
    """

    name: str
    place: str | None
    size: int
    suffix: str
    lasting: bool = True

    def records(
        self, options: Options | None = None, extent: Extent = WHOLE, *, opened_as: Callable[[IO[bytes]], object] = id
    ) -> Iterator[Outcome]:
        """Yield the records, and a :class:`~factparse.SourceError` in the place of each that cannot be read.

        A file that ends early (a truncated ``.gz``, a disk error) gives its readable records and then one error. A file
        whose reading fails in an unforeseen way does so, too. ``opened_as`` gets the stream of the stored file,
        whose position tells how much was read.
        Raises :class:`~factparse.UsageError` if a package is missing.
        """
        yield from self.read_by(formats()[self.suffix].records, options, extent, opened_as=opened_as)

    def read_by(
        self,
        reader: Callable[[IO[bytes], str, Options, Extent], Iterator[_Read]],
        options: Options | None = None,
        extent: Extent = WHOLE,
        *,
        opened_as: Callable[[IO[bytes]], object] = id,
    ) -> Iterator[_Read | SourceError]:
        """Yield what ``reader`` makes of the file's unpacked stream, whatever its suffix says.

        A file that ends early (a truncated ``.gz``, a disk error) gives its readable records and then one error.
        """
        chosen = options or Options()
        try:
            if self.place is None:
                yield from reader(sys.stdin.buffer, self.name, chosen, WHOLE)
                return
            with _raw(self.place, self.size) as raw:
                opened_as(raw)
                packed = compression_of(self.place)
                yield from reader(opened(raw, packed) if packed else raw, self.name, chosen, extent)
        except BROKEN as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield SourceError("unreadable", f"cannot be read: {reason.lower()}", source=self.name)
        except FactparseError:
            raise
        except MemoryError:
            message = "reading it needs more memory than there is; see --memory"
            yield SourceError("out-of-memory", message, source=self.name)
        except Exception as error:  # a fault of factparse in one file must not cost the others
            message = f"{type(error).__name__}: {error}; please report it with this file"
            yield SourceError("internal-error", message, source=self.name)

    def split(self, size: int, options: Options | None = None) -> list[Extent]:
        """The parts of the file to read separately, each of about ``size`` bytes.

        A file that cannot be read from its middle is one part: its format has no ``split``, or the file is compressed,
        at an address, or a pipe.
        """
        divide = getattr(formats()[self.suffix], "split", None)
        here = self.place is not None and self.lasting and not remote.is_address(self.place)
        if divide is None or not here or self.size <= size or compression_of(self.name):
            return [WHOLE]
        try:
            return cast("list[Extent]", divide(Path(self.name), size, options or Options()))
        except OSError:
            return [WHOLE]  # reading it will tell why


def _raw(place: str, size: int) -> IO[bytes]:
    if remote.is_address(place):
        return remote.open_address(place)
    return open(place, "rb", _LARGE if size > _LARGE else -1)  # closed by whoever reads


def find(
    paths: Iterable[str | os.PathLike[str]], *, form: str | None = None, also: tuple[str, ...] = ()
) -> Iterator[Input | SourceError]:
    """Yield the inputs under ``paths``, in their order. The files of a folder are sorted by name.

    ``-`` is standard input. A pattern (``*``, ``?``, ``[...]``, ``**``) stands for what it matches. An address with a
    scheme (``s3://...``) is read through fsspec, and ``pypi:NAME`` stands for the files of an installed package. A file
    that is named is always read: as ``form`` says, or by its suffix, or as plain text. In a folder, only files with a
    known suffix are read: the suffix of a format, or one of ``also``, which the caller reads.

    A folder that cannot be listed, or that holds nothing to read, gives a :class:`~factparse.SourceError`
    (``unreadable``, ``no-inputs``) in its place. A path that does not exist raises one (``no-such-input``), before
    anything is read; an unknown ``form`` raises a :class:`~factparse.UsageError` (``no-such-format``).
    """
    if form:
        format_named(form)
    named = f".{form.lower()}" if form else None
    # All paths are looked at first, so that a wrong path is an error before anything is read.
    places = [place for path in paths for place in _matched(os.fspath(path), also)]
    for place in places:
        if place == STANDARD_INPUT:
            yield Input("standard input", None, 0, named or ".txt", lasting=False)
        elif remote.is_address(place):
            yield Input(place, place, remote.size_of(place), named or suffix_of(place, also) or ".txt")
        elif Path(place).is_dir():
            yield from _folder(Path(place), named, also)
        else:
            yield _file(place, named or suffix_of(place, also) or ".txt")


def compression_of(name: str) -> str | None:
    """The suffix of ``name`` that tells its compression, in small letters. ``None`` if it is not compressed.

    >>> compression_of("dump.jsonl.GZ"), compression_of("dump.jsonl")
    ('.gz', None)
    """
    suffix = os.path.splitext(name)[1].lower()
    return suffix if suffix in OPENERS else None


def suffix_of(name: str, also: tuple[str, ...] = ()) -> str | None:
    """The suffix of ``name`` that tells its format, or is one of ``also``, without a suffix of compression.

    >>> suffix_of("dump.warc.gz"), suffix_of("notes.md")
    ('.warc', None)
    """
    stem, suffix = os.path.splitext(name)
    if suffix.lower() in OPENERS:
        suffix = os.path.splitext(stem)[1]
    return found if (found := suffix.lower()) in formats() or found in also else None


def _matched(place: str, also: tuple[str, ...]) -> list[str]:
    """The files and folders that ``place`` stands for. Raises ``SourceError`` (``no-such-input``) if there are none."""
    # A file may have a name that looks like a pattern. So a file that exists is taken first.
    if place == STANDARD_INPUT or os.path.lexists(place):
        return [place]
    if packages.is_package(place):
        return packages.files_of(place, lambda name: suffix_of(name, also))
    if remote.is_address(place):
        found = remote.listed(place)
        known = [address for address in found if suffix_of(address, also)]
        found = known if len(found) > 1 else found
    else:
        found = sorted(glob.glob(place, recursive=True)) if _PATTERN.search(place) else []
    if not found:
        if place.count("\n") > 1:
            message = "this is text of several lines, and no path; factparse.parse reads text"
            raise SourceError("no-such-input", message)
        raise SourceError("no-such-input", "there is no such file or folder", source=place)
    return found


def _folder(path: Path, named: str | None, also: tuple[str, ...]) -> Iterator[Input | SourceError]:
    """Yield the files under ``path`` to read, sorted within each folder, and errors for unreadable folders."""
    failures: list[OSError] = []
    found = 0
    for folder, folders, names in os.walk(path, onerror=failures.append):
        folders.sort()  # sorted in place, because os.walk goes on in this order
        for name in sorted(names):
            suffix = suffix_of(name, also)
            if suffix is None:
                continue
            entry = _file(os.path.join(folder, name), named or suffix)
            if entry.lasting:  # A pipe or device in a folder is not opened: it might never give anything.
                found += 1
                yield entry
        yield from (_unlisted(failure) for failure in failures)
        failures.clear()
    yield from (_unlisted(failure) for failure in failures)
    if not found and not failures:
        known = ", ".join(sorted([*formats(), *also]))
        yield SourceError("no-inputs", f"the folder holds no file to read ({known})", source=str(path))


def _unlisted(error: OSError) -> SourceError:
    reason = (error.strerror or str(error)).lower()
    return SourceError("unreadable", f"the folder cannot be listed: {reason}", source=str(error.filename))


def _file(place: str, suffix: str) -> Input:
    """The file at ``place``, with its size."""
    try:
        status = os.stat(place)
    except OSError:
        return Input(place, place, 0, suffix)  # reading it will tell why
    return Input(place, place, status.st_size, suffix, lasting=stat.S_ISREG(status.st_mode))
