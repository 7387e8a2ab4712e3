"""What the stages remember of cells, emptied now and then: a long run needs no more memory than a short one.

Each of their memories is bounded, but fills for hundreds of pages, and where cells come again it is their printed facts
(:mod:`factparse.output.printed`) that save the work. The answers are the same with memories and without.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import _lru_cache_wrapper, cache
from types import ModuleType
from typing import Any, Final

import attrs

from factparse.columns.words import words_of
from factparse.extract import extract, extractors
from factparse.vocabulary import countries

EVERY: Final = 32  # pages
_SAMPLE: Final = "total: 5 (2020 est.); transit point for cocaine bound for Europe; dispute with Chad over Lake Chad"


@attrs.define
class Memories:
    """What the package's modules remember: bounded caches, and what those that have a ``forget_cells()`` empty by it.

    Tables that are read once have no bound, and stay.
    """

    pages: int = 0

    def met(self, pages: int) -> None:
        """Take note of pages that were converted; after some dozens of them, empty the memories."""
        if not pages:
            return
        prepare()
        self.pages += pages
        if self.pages >= EVERY:
            self.pages = 0
            self.empty()

    def empty(self) -> int:
        """Empty the memories; return how many answers the caches held."""
        modules = _modules()
        bounded = {id(each): each for each in _caches(modules) if each.cache_parameters()["maxsize"] is not None}
        held = sum(each.cache_info().currsize for each in bounded.values())
        for each in bounded.values():
            each.cache_clear()
        for module in modules:
            if (forget := vars(module).get("forget_cells")) is not None:
                forget()
        return held


MEMORIES: Final = Memories()


@cache
def prepare() -> None:
    """Load, once in a process, the tables that would be read country by country and field by field for many pages."""
    for country in countries():
        words_of(country)
    for field in extractors():
        extract(field, _SAMPLE)


def _modules() -> list[ModuleType]:
    package = __name__.partition(".")[0]
    return [module for name, module in list(sys.modules.items()) if name.partition(".")[0] == package]


def _caches(modules: Iterable[ModuleType]) -> list[_lru_cache_wrapper[Any]]:
    return [value for module in modules for value in vars(module).values() if isinstance(value, _lru_cache_wrapper)]
