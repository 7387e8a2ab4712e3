"""Outputs in an object store: its folders and files, through fsspec (the extra ``remote``)."""

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
    """A file or folder in a store. It has the methods of a ``Path`` that an output needs.

    All failures are raised as ``OSError``, as a ``Path`` does.

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
        """The folder that contains it."""
        return type(self)(self.address.rpartition("/")[0])

    def mkdir(self, *, exist_ok: bool) -> None:
        """Do nothing. A store has a folder as soon as it has a file in it."""

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
        """A stream to read the file. There is a mode only because a ``Path`` has one."""
        return cast("IO[bytes]", self._asked(lambda system, path: system.open(path, "rb")))

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Remove the file. With ``missing_ok``, it need not exist."""
        if not missing_ok or self.exists():
            self._asked(lambda system, path: system.rm_file(path))

    def files(self) -> list[Self]:
        """The files in the folder, sorted, without those in folders below. No folder has no files."""
        found = self._asked(lambda system, path: system.ls(path, detail=True) if system.isdir(path) else [])
        names = [str(each["name"]).rpartition("/")[2] for each in found if each["type"] == "file"]
        return [self / name for name in sorted(names) if name]

    def remove(self) -> None:
        """Remove the folder with its content, if it exists."""
        if self.exists():
            self._asked(lambda system, path: system.rm(path, recursive=True))

    @contextmanager
    def writing(self) -> Iterator[IO[bytes]]:
        """A stream to a file on this machine, which is copied into the store when it is complete.

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
            system.invalidate_cache()  # fsspec caches listings, but other processes write here too
            return question(system, path)

        return remote.asked(self.address, freshly)


Place = Path | Address


def files_in(folder: Place) -> list[Place]:
    """The files in ``folder``, sorted, without those in folders below. A missing folder has none."""
    if isinstance(folder, Address):
        return list(folder.files())
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def place_of(target: str) -> Place:
    """The place that ``target`` names: an :class:`Address`, or a ``Path`` (also for ``file://``).

    >>> place_of("s3://bucket/facts"), place_of("file:///tmp/facts")
    (Address(address='s3://bucket/facts'), PosixPath('/tmp/facts'))
    """
    if target.startswith("file://"):
        return Path(target.removeprefix("file://"))
    return Address(target) if remote.is_address(target) else Path(target)
