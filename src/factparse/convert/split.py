"""Divides inputs into shards. Small files share a shard. Large files are cut, if their format allows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from factparse.convert.report import Shard, Stretch
from factparse.sources.files import Input
from factparse.sources.record import Options

_MOST: Final = 64 * 1024 * 1024  # bytes of a shard by default
_LEAST: Final = 512 * 1024
_SHARDS: Final = 32  # so many processes get work; the real number must not change the output


def usual_size(total: int) -> int:
    """The size of shards for ``total`` bytes of input: 64 MB, or less if that would give few shards.

    >>> usual_size(10 << 30) >> 20, usual_size(64 << 20) >> 20, usual_size(1000) >> 10
    (64, 2, 512)
    """
    return min(_MOST, max(_LEAST, total // _SHARDS))


def shards_of(inputs: Iterable[Input], size: int, options: Options | None = None) -> list[Shard]:
    """The numbered shards of about ``size`` bytes in which ``inputs`` are read, in their order.

    >>> small = [Input(f"{n}.txt", f"{n}.txt", 40, ".txt") for n in range(3)]
    >>> [[stretch.input.name for stretch in shard.stretches] for shard in shards_of(small, 100)]
    [['0.txt', '1.txt'], ['2.txt']]
    """
    found: list[Shard] = []
    held: list[Stretch] = []
    full = 0
    for stretch in _stretches(inputs, size, options):
        if held and full + stretch.size > size:
            found.append(Shard(len(found), tuple(held)))
            held, full = [], 0
        held.append(stretch)
        full += stretch.size
    return [*found, Shard(len(found), tuple(held))] if held else found


def _stretches(inputs: Iterable[Input], size: int, options: Options | None) -> Iterator[Stretch]:
    for entry in inputs:
        extents = entry.split(size, options)
        # The extents need not count bytes, so each gets its share of the bytes of the file.
        spans = [(extent.end or 1) - extent.start for extent in extents]
        for extent, span in zip(extents, spans, strict=True):
            yield Stretch(entry, extent, entry.size * span // sum(spans))
