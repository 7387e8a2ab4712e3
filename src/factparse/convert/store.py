"""Outputs elsewhere: folders and files of an object store, through fsspec (the extra ``remote``)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self, cast

import attrs

from factparse.sources import remote


def _without_slash(address: str) -> str:
    return address.rstrip("/")


@attrs.frozen
class Address:
    """A file or folder in a store, with as much of what a ``Path`` can do as an output needs.

    What goes wrong is an ``OSError``, as it is of a ``Path``.

    >>> (Address("s3://bucket/facts/") / "manifest.json").parent
    Address(address='s3://bucket/facts')
    """

    address: str = attrs.field(converter=_without_slash)

    def __str__(self) -> str:
        return self.address

    def __truediv__(self, name: str) -> Self:
        return type(self)(f"{self.address}/{name}")

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.address.rpartition("/")[2]

    @property
    def parent(self) -> Self:
        """The folder it is in."""
        return type(self)(self.address.rpartition("/")[0])

    def mkdir(self, *, exist_ok: bool) -> None:
        """Do nothing: a store has no folders, but those that files are in."""

    def exists(self) -> bool:
        """Whether there is such a file or folder, also if another process has just made it."""
        return bool(self._asked(lambda system, path: system.exists(path)))

    def is_dir(self) -> bool:
        """Whether it is a folder that holds something."""
        return bool(self._asked(lambda system, path: system.isdir(path)))

    def read_bytes(self) -> bytes:
        """What the file holds."""
        return cast("bytes", self._asked(lambda system, path: system.cat_file(path)))

    def open(self, _mode: str = "rb") -> IO[bytes]:
        """Open the file for reading."""
        return cast("IO[bytes]", self._asked(lambda system, path: system.open(path, "rb")))

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Remove the file."""
        if not missing_ok or self.exists():
            self._asked(lambda system, path: system.rm_file(path))

    def files(self) -> list[Self]:
        """The files in it, sorted, but not those in further folders."""
        found = self._asked(lambda system, path: system.ls(path, detail=True) if system.isdir(path) else [])
        names = [str(each["name"]).rpartition("/")[2] for each in found if each["type"] == "file"]
        return [self / name for name in sorted(names) if name]

    def remove(self) -> None:
        """Remove the folder with all that is in it, if it is there."""
        if self.exists():
            self._asked(lambda system, path: system.rm(path, recursive=True))

    @contextmanager
    def writing(self) -> Iterator[IO[bytes]]:
        """A stream to a file on this machine, which is brought into the store when all is written.

        In a store of objects it is there as a whole or not at all.
        """
        with tempfile.NamedTemporaryFile(prefix="factparse-") as file:
            yield cast("IO[bytes]", file)
            file.flush()
            self._put(file.name)

    def _put(self, here: str) -> None:
        try:
            self._asked(lambda system, path: system.put_file(here, path))
        except FileNotFoundError:  # a file system that has folders
            self.parent._asked(lambda system, path: system.makedirs(path, exist_ok=True))
            self._asked(lambda system, path: system.put_file(here, path))

    def _asked(self, question: remote.Question) -> Any:  # noqa: ANN401 (whatever was asked for)
        def freshly(system: Any, path: str) -> object:  # noqa: ANN401 (a file system of any package)
            system.invalidate_cache()
            return question(system, path)

        return remote.asked(self.address, freshly)


Place = Path | Address


def files_in(folder: Place) -> list[Place]:
    """The files in ``folder``, sorted, but not those in further folders; none if it is not there."""
    if isinstance(folder, Address):
        return list(folder.files())
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def place_of(target: str) -> Place:
    """Where ``target`` is: in a store, if it is an address, unless that is one of this machine's files.

    >>> place_of("s3://bucket/facts"), place_of("file:///tmp/facts")
    (Address(address='s3://bucket/facts'), PosixPath('/tmp/facts'))
    """
    if target.startswith("file://"):
        return Path(target.removeprefix("file://"))
    return Address(target) if remote.is_address(target) else Path(target)
