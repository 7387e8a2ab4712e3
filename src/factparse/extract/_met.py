"""Which texts were met before: what comes once is not worth keeping the answer of."""

from __future__ import annotations

from typing import Final

MOST: Final = 100_000  # texts known; then all are forgotten


class Met:
    """The hashes of what was met. Two with the same hash only make one of them kept a time too early."""

    def __init__(self) -> None:
        self._keys: set[int] = set()

    def again(self, key: int) -> bool:
        """Return whether ``key`` was met before; from now on it was.

        >>> met = Met()
        >>> met.again(7), met.again(7), met.again(8)
        (False, True, False)
        """
        if key in self._keys:
            return True
        if len(self._keys) >= MOST:
            self._keys.clear()
        self._keys.add(key)
        return False

    def clear(self) -> None:
        """Forget all."""
        self._keys.clear()
