"""Outputs that lie elsewhere: folders and files of an object store, through fsspec (the extra ``remote``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self, cast

import attrs

from factparse.core.scratch import scratch_folder
from factparse.sources import remote


def _without_slash(address: str) -> str:
    return address.rstrip("/")


@attrs.frozen
class Address:
    """A file or folder in a store. It has those methods of a ``Path`` that an output needs.

    Whatever goes wrong is raised as an ``OSError``, as by a ``Path``.

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
        """The folder that it lies in."""
        return type(self)(self.address.rpartition("/")[0])

    def mkdir(self, *, exist_ok: bool) -> None:
        """Do nothing: a store has a folder as soon as a file lies in it."""

    def exists(self) -> bool:
        """Whether there is such a file or folder, even if another process has only just made it."""
        return bool(self._asked(lambda system, path: system.exists(path)))

    def is_dir(self) -> bool:
        """Whether it is a folder that holds something."""
        return bool(self._asked(lambda system, path: system.isdir(path)))

    def read_bytes(self) -> bytes:
        """The bytes of the file."""
        return cast("bytes", self._asked(lambda system, path: system.cat_file(path)))

    def open(self, _mode: str = "rb") -> IO[bytes]:
        """A stream to read the file; the mode is taken only because a ``Path`` takes one."""
        return cast("IO[bytes]", self._asked(lambda system, path: system.open(path, "rb")))

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Remove the file; with ``missing_ok`` it need not be there."""
        if not missing_ok or self.exists():
            self._asked(lambda system, path: system.rm_file(path))

    def files(self) -> list[Self]:
        """The files that lie in it, sorted, without those in folders below; none if it is no folder."""
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
        with scratch_folder() as folder:
            here = folder / "file"
            with here.open("wb") as file:
                yield file
            self._put(str(here))

    def _put(self, here: str) -> None:
        try:
            self._asked(lambda system, path: system.put_file(here, path))
        except FileNotFoundError:  # a file system that has folders
            self.parent._asked(lambda system, path: system.makedirs(path, exist_ok=True))
            self._asked(lambda system, path: system.put_file(here, path))

    def _asked(self, question: remote.Question) -> Any:  # noqa: ANN401 (whatever was asked for)
        def freshly(system: Any, path: str) -> object:  # noqa: ANN401 (a file system of any package)
            system.invalidate_cache()  # fsspec remembers listings, and other processes write here too
            return question(system, path)

        return remote.asked(self.address, freshly)


Place = Path | Address


def files_in(folder: Place) -> list[Place]:
    """The files that lie in ``folder``, sorted, without those in folders below; none if it is not there."""
    if isinstance(folder, Address):
        return list(folder.files())
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def place_of(target: str) -> Place:
    """The place that ``target`` names: an :class:`Address` if it is one, a ``Path`` if not, or if it begins ``file://``.

    >>> place_of("s3://bucket/facts"), place_of("file:///tmp/facts")
    (Address(address='s3://bucket/facts'), PosixPath('/tmp/facts'))
    """
    if target.startswith("file://"):
        return Path(target.removeprefix("file://"))
    return Address(target) if remote.is_address(target) else Path(target)
