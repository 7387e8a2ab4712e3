"""Files elsewhere, by an address with a scheme, through fsspec (the extra ``remote``)."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, cast

from factparse.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://|[a-z]+::", re.IGNORECASE)


def is_address(place: str) -> bool:
    """Return whether ``place`` names a file elsewhere.

    >>> is_address("s3://bucket/dump.jsonl.gz"), is_address("dump.jsonl.gz")
    (True, False)
    """
    return _SCHEME.match(place) is not None


def open_address(address: str) -> IO[bytes]:
    """Open the file at ``address`` for reading; what its file system raises comes as an ``OSError``."""
    return cast("IO[bytes]", _asked(address, lambda system, path: system.open(path, "rb")))


def size_of(address: str) -> int:
    """Return the size of the file at ``address`` in bytes, 0 if it is not told."""
    return int(_asked(address, lambda system, path: system.info(path).get("size")) or 0)


def listed(address: str) -> list[str]:
    """Return the addresses of the files that ``address`` stands for, sorted: a file, a folder or a pattern."""

    def found(system: Any, path: str) -> list[str]:  # noqa: ANN401 (a file system of any package)
        if system.isfile(path):
            return [address]
        paths = system.glob(path) if re.search(r"[*?\[]", path) else system.find(path) if system.exists(path) else []
        return [str(system.unstrip_protocol(one)) for one in sorted(paths) if system.isfile(one)]

    try:
        return cast("list[str]", _asked(address, found))
    except OSError as error:
        raise SourceError("unreadable", f"cannot be reached: {str(error).lower()}", source=address) from error


def _asked(address: str, question: Callable[[Any, str], object]) -> Any:  # noqa: ANN401 (whatever was asked for)
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError("remote-missing", "addresses need fsspec: pip install 'factparse[remote]'") from error
    try:
        return question(*url_to_fs(address))
    except OSError:
        raise
    except ImportError as error:
        raise UsageError("remote-missing", f"{address} needs another package: {error}") from error
    except Exception as error:  # every file system has errors of its own
        raise OSError(f"{type(error).__name__}: {error}") from error
