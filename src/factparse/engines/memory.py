"""What the stages remember of cells, emptied now and then: a long run needs no more memory than a short one.

Each of their memories is bounded, but fills for hundreds of pages, and where cells come again it is their printed facts
(:mod:`factparse.serialise.printed`) that save the work. The answers are the same with memories and without.
"""

from __future__ import annotations

import sys
from functools import _lru_cache_wrapper
from typing import Any, Final

import attrs

EVERY: Final = 32  # pages


@attrs.define
class Memories:
    """The bounded caches of the package's modules; tables that are read once have no bound, and stay."""

    pages: int = 0

    def met(self, pages: int) -> None:
        """Take note of pages that were converted; after some dozens of them, empty the caches."""
        self.pages += pages
        if self.pages >= EVERY:
            self.pages = 0
            self.empty()

    def empty(self) -> int:
        """Empty the caches; return how many answers they held."""
        bounded = {id(cache): cache for cache in _caches() if cache.cache_parameters()["maxsize"] is not None}
        held = sum(cache.cache_info().currsize for cache in bounded.values())
        for cache in bounded.values():
            cache.cache_clear()
        return held


MEMORIES: Final = Memories()


def _caches() -> list[_lru_cache_wrapper[Any]]:
    package = __name__.partition(".")[0]
    modules = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] == package]
    return [value for module in modules for value in vars(module).values() if isinstance(value, _lru_cache_wrapper)]
