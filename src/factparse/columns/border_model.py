"""The border model: it scores where one country's cell ends and the other's begins in text that has lost the border.

``opiateslimited`` holds the border of two cells. A log-linear model scores every likely place by how cells of the field
end and begin, how text goes on across the place, whether what follows begins as the run began, and whether both halves
of a word are words. A score is the log-odds of a border against none, in nats; the difference of two scores tells how
much likelier one place is than the other. ``tools/train_border_model.py`` fits the weights on two public packages and
writes the package data. ``docs/border_model.md`` says how good it is.
"""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from factparse.columns import priors
from factparse.columns.border_features import (
    CROSS,
    FIELD_CROSS,
    FIELD_LEFT,
    FIELD_RIGHT,
    LEFT,
    RIGHT,
    TRAITS,
    SeenPlace,
    goes_on,
    survey,
)
from factparse.columns.first_look import CLEAR, LEAD, admit, echo, looks_of
from factparse.columns.likely_places import coarse_digits, fold_digits, inside, places

__all__ = ["SCALE", "Border", "BorderModel", "Store", "load", "package_data"]

#: Weights are stored as whole numbers: this many to the nat.
SCALE = 64
#: A place that the first look gives this much (5 nats) needs no full score, unless the caller says another number.
SURE = 5 * SCALE
_SEPARATOR = "\x1f"
# The pieces of the text around a place that are looked up, the longest first.
_LEFT, _FIELD_LEFT = ([slice(-size, None) for size in sizes] for sizes in (LEFT, FIELD_LEFT))
_RIGHT, _FIELD_RIGHT = ([slice(size) for size in sizes] for sizes in (RIGHT, FIELD_RIGHT))
_CROSS, _FIELD_CROSS = (
    [(slice(-before, None), slice(behind)) for before, behind in sizes] for sizes in (CROSS, FIELD_CROSS)
)
_MOST_FIELDS = 2_000  # the tables of so many fields are kept, for a caller may name any field
# One object for each weight, so that the few that there are stay near the processor. A negative weight is found from
# the end of the list, as Python counts.
_SHARED = 1024
_NUMBERS = [*range(_SHARED), *range(-_SHARED, 0)]
_MOST_KEPT, _LONGEST_KEPT = 50_000, 80  # tokens whose places are remembered, and how long one may be


class Border(NamedTuple):
    """A likely border: the second cell begins at ``at``, behind any white space; log-odds in nats."""

    at: int
    score: float


class FieldTables(NamedTuple):
    """The weights of one field's own cells.

    ``kinds``, ``left``, ``right`` and ``cross`` serve the full score: by the kind of place, and by the text on its
    left, its right and both sides. ``tails`` and ``heads`` serve the first look: by the text before and behind a place.
    ``spread`` is the class of how far the lengths of the cells spread.
    """

    kinds: dict[str, int]
    left: dict[str, int]
    right: dict[str, int]
    cross: dict[str, int]
    tails: dict[str, int]
    heads: dict[str, int]
    spread: int


class Store:
    """The package data: named tables of strings, with or without weights. A table is read when it is asked for.

    ``docs/border_model.md`` describes the bytes.
    """

    def __init__(self, data: bytes) -> None:
        size = int.from_bytes(data[:4], "little")
        self.index: dict[str, list[int]] = json.loads(data[4 : 4 + size])
        self._data = memoryview(data)[4 + size :]

    def strings(self, name: str) -> list[str]:
        """The strings of the table ``name``, in order; ``KeyError`` if there is no such table."""
        start, size, _ = self.index[name]
        return str(self._data[start : start + size], "latin-1").split(_SEPARATOR)

    def weights(self, name: str) -> dict[str, int]:
        """The weights of the table ``name`` by string, ``SCALE`` to the nat; empty if there is no such table."""
        return dict(zip(self.strings(name), self._values(name), strict=True)) if name in self.index else {}

    def _values(self, name: str) -> list[int]:
        start, size, count = self.index[name]
        values = array("h")
        values.frombytes(self._data[start + size : start + size + 2 * count])
        if sys.byteorder == "big":  # the file is little-endian
            values.byteswap()
        if values and not -_SHARED <= min(values) <= max(values) < _SHARED:
            return values.tolist()
        return list(map(_NUMBERS.__getitem__, values))

    def parts(self, name: str) -> dict[str, dict[str, int]]:
        """The weights of the table ``name`` in parts: by the first letter of each string, then by what is left of it.

        The strings are sorted, so those of a part stand together, and one ``split`` cuts them all.
        """
        if name not in self.index:
            return {}
        start, size, _ = self.index[name]
        text, values = _SEPARATOR + str(self._data[start : start + size], "latin-1"), self._values(name)
        parts: dict[str, dict[str, int]] = {}
        at = done = 0
        while at < len(text):
            mark = text[at : at + 2]  # a separator and the letter of the part
            stop = text.rfind(mark) + 1
            end = text.find(_SEPARATOR, stop)
            end = len(text) if end < 0 else end
            keys = text[at + 2 : end].split(mark)
            parts[mark[1]] = dict(zip(keys, values[done : done + len(keys)], strict=True))
            at, done = end, done + len(keys)
        return parts


class BorderModel:
    """The fitted model, which scores borders between two cells.

    :func:`load` makes it. What it remembers changes no answer, so one model serves all pages.
    """

    def __init__(self, store: Store, spread: Callable[[str], int]) -> None:
        self._store = store
        self._spread = spread
        self._fields: dict[str, FieldTables] = {}
        self._seen: dict[str, tuple[int, ...]] = {}

    # Each table is read when it is first asked for: where a book decides all rows of a page, only the words are.

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The tokens that the model knows."""
        return frozenset(self._store.strings("tokens"))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that the model knows."""
        return frozenset(self._store.strings("words"))

    @cached_property
    def _around(self) -> dict[str, int]:
        return self._store.weights("first look")

    @cached_property
    def _left(self) -> dict[str, int]:
        return self._store.weights("left")

    @cached_property
    def _right(self) -> dict[str, int]:
        return self._store.weights("right")

    @cached_property
    def _cross(self) -> dict[str, int]:
        return self._store.weights("cross")

    @cached_property
    def _traits(self) -> list[int]:
        traits = self._store.weights("traits")
        return [traits.get(str(trait), 0) for trait in range(TRAITS)]

    def _field(self, field: str) -> FieldTables:
        tables = self._fields.get(field)
        if tables is not None:
            return tables
        parts = self._store.parts(f"field {field}")
        kinds, left, right, cross, tails, heads = (parts.get(letter, {}) for letter in "KLRXTH")
        tables = FieldTables(kinds, left, right, cross, tails, heads, self._spread(field))
        if len(self._fields) < _MOST_FIELDS:
            self._fields[field] = tables
        return tables

    def _inside(self, token: str) -> tuple[int, ...]:
        """The likely places in an unknown token. Tokens come again (``(0000)total:``), so the answer is remembered."""
        known = self._seen.get(token)
        if known is None:
            known = inside(token, self.words)
            if len(token) <= _LONGEST_KEPT:
                if len(self._seen) >= _MOST_KEPT:
                    self._seen.clear()
                self._seen[token] = known
        return known

    def borders(
        self,
        text: str,
        field: str = "",
        start: int = 0,
        end: int | None = None,
        *,
        spaced: bool = False,
        limit: int = 512,
    ) -> list[Border]:
        """The likely borders in ``text[start:end]``, in reading order, with offsets into ``text``.

        ``field`` is the row's canonical field name; without it only what all fields share is known. ``spaced`` says
        that a single space may part the cells, as one parts the label from the first of them: then every space is a
        place. The list is empty if nothing looks like a border.

        Time is linear in the length of the run: six places and one more for each 64 characters are scored (more where
        every space is a place), ``limit`` at most. A place that stands out so far that no other comes into question
        comes back alone, with the first look's score.

        >>> run = "producer of opiateslimited transshipment point for cocaine"
        >>> max(load().borders(run, "Illicit drugs"), key=lambda border: border.score).at
        19
        """
        run = text[start:end]
        starts, found, scores = self.weigh(run, fold_digits(run), coarse_digits(run), field, spaced, SURE, limit)
        return [Border(start + at, score / SCALE) for at, score in zip(starts, scores or found, strict=True)]

    def weigh(
        self,
        run: str,
        folded: str,
        coarse: str,
        field: str,
        spaced: bool = False,
        sure: float = SURE,
        limit: int = 512,
        never: float = -math.inf,
        shown: Sequence[int] = (),
    ) -> tuple[Sequence[int], Sequence[int], Sequence[int]]:
        """The likely places as offsets into ``run``, what the first look says of each, and the score of each.

        Looks and scores are log-odds, ``SCALE`` to the nat. ``folded`` and ``coarse`` are ``run`` as
        :func:`fold_digits` and :func:`coarse_digits` make it: the caller can do a whole page at once.

        The scores are empty in two cases. The first look may give one place ``sure`` or more, and leave no other: then
        that place comes alone. Or it gives no place more than ``never``. Where a run's beginning or end comes again
        (:func:`echo`), no other place is even looked for.
        """
        table = self._fields.get(field) or self._field(field)
        again, weight = 0, 0
        if not spaced:
            again, kind = echo(coarse)
        # An echo in the middle of a word is none: the ``male`` of ``female``.
        if again and not goes_on(coarse[max(0, again - 12) : again], coarse[again : again + 16], self.words):
            weight = self._around[kind]
            look = looks_of(coarse, (again,), self._around, table.tails, table.heads)[0] + weight
            if look >= sure and look >= CLEAR[kind]:
                return (again,), (look,), ()
        likely: Sequence[int] = places(run, folded, self.tokens, self._inside, spaced=spaced)
        if shown:
            likely = sorted({*likely, *shown})
        if not likely:
            return (), (), ()
        found = looks_of(coarse, likely, self._around, table.tails, table.heads)
        if weight and again in likely:
            found[likely.index(again)] += weight
        best = max(found)
        if len(likely) == 1:
            if best >= sure:
                return likely, found, ()
        else:
            if best >= sure and sorted(found)[-2] <= best - LEAD:  # so far ahead of the next that no score is needed
                return (likely[found.index(best)],), (best,), ()
            likely, found = admit(likely, found, len(coarse), limit, spaced, shown)  # type: ignore[assignment]
        if best <= never:
            return likely, found, ()
        return likely, found, self._scores(survey(run, coarse, likely, self.words, table.spread, self._traits), table)

    def scores(self, run: str, starts: Sequence[int], field: str) -> list[int]:
        """The log-odds of a border at each of ``starts``, offsets into ``run``, by full score; ``SCALE`` to the nat."""
        table = self._fields.get(field) or self._field(field)
        return self._scores(survey(run, coarse_digits(run), starts, self.words, table.spread, self._traits), table)

    def _scores(self, seen: Sequence[SeenPlace], field: FieldTables) -> list[int]:
        """The log-odds of a border at each place. In every table the longest string that is known counts, and no other.

        The weights of its shorter forms are in its own already.
        """
        around_left, around_right, around = self._left.get, self._right.get, self._cross.get
        own_left, own_right, own_cross = field.left.get, field.right.get, field.cross.get
        own_kinds = field.kinds
        scores = []
        for _, _, kind, left, right, total in seen:
            for cut in _LEFT:
                if (weight := around_left(left[cut])) is not None:
                    total += weight
                    break
            for cut in _RIGHT:
                if (weight := around_right(right[cut])) is not None:
                    total += weight
                    break
            for cut, to in _CROSS:
                if (weight := around(f"{kind}{left[cut]}\0{right[to]}")) is not None:
                    total += weight
                    break
            if own_kinds:
                total += own_kinds.get(kind, 0)
                for cut in _FIELD_LEFT:
                    if (weight := own_left(left[cut])) is not None:
                        total += weight
                        break
                for cut in _FIELD_RIGHT:
                    if (weight := own_right(right[cut])) is not None:
                        total += weight
                        break
                for cut, to in _FIELD_CROSS:
                    if (weight := own_cross(f"{left[cut]}\0{right[to]}")) is not None:
                        total += weight
                        break
            scores.append(total)
        return scores

    @staticmethod
    def shares(borders: Sequence[Border]) -> list[float]:
        """The probability of each border, given that there is at most one; the rest of 1 is that of "no border".

        >>> [round(share, 2) for share in BorderModel.shares([Border(3, 0.0), Border(9, 2.0)])]
        [0.11, 0.79]
        """
        top = max((border.score for border in borders), default=0.0)
        top = max(top, 0.0)  # "no border" scores 0; the largest is taken away, so that no exponential overflows
        odds = [math.exp(border.score - top) for border in borders]
        total = sum(odds) + math.exp(-top)
        return [each / total for each in odds]


def package_data() -> bytes:
    """The bytes of the package's model file."""
    return (Path(__file__).parent / "data" / "border_model.bin").read_bytes()


@cache
def load() -> BorderModel:
    """The model that comes with the package, read once in a process.

    >>> load() is load()
    True
    """
    return BorderModel(Store(package_data()), priors.spread)
