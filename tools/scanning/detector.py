"""What a detector is: the name of a kind of fault, what it looks for, and the function that finds it in a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from tools.scanning.cells import Cell

Find = Callable[[Cell], Iterator[str]]


@attrs.frozen
class Detector:
    """A kind of fault; ``find`` yields an example for each time it stands in a cell."""

    kind: str
    title: str
    find: Find


class Detectors(list[Detector]):
    """The detectors of one module, in order; a function becomes one by its decorator."""

    def __call__(self, kind: str, title: str) -> Callable[[Find], Find]:
        def add(find: Find) -> Find:
            self.append(Detector(kind, title, find))
            return find

        return add
