"""A cell divided at its sub-labels, line breaks and notes, also where the scraper left nothing to divide them.

A sub-label is found from its colon, backwards: the longest label of ``sublabels.tsv`` that stands there. That works
glued as well (``5 kmland: 3 km``), if what stands before is the end of a value. Where a line or a cell begins, any few
words before a colon are a label. This is code, and no rule of the grammar, since a label is known by where it ends.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from factparse.core.words import forms
from factparse.language.plans import CELL, Range, terminal

_MARKS: Final = ":\n|"
_REACH: Final = 90  # characters that a sub-label may have
_SHORT: Final = 300  # in a cell so short no sub-label is too long
_RANK_LABEL: Final = "country comparison to the world"
# Letters by which sub-labels are looked up, from their end: as many as they have.
_TAILS: Final = (8, 4, 3, 2)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return terminal(CELL, name)


class Part(NamedTuple):
    """A value of the cell: its sub-labels, where the first of them begins, and where its text does and ends.

    ``kind`` is ``value``, ``note`` or ``rank``; ``label`` is its own label (the last of ``path``), if it has one.
    """

    kind: str
    path: tuple[str, ...]
    start: int
    end: int
    head: int

    @property
    def label(self) -> str:
        """The innermost sub-label, or nothing."""
        return self.path[-1] if self.path else ""


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """The sub-labels by their last letters, the longest first."""
    found: dict[str, list[str]] = {}
    for label in {form for word in forms("sublabels") for form in (word, word[0].upper() + word[1:])}:
        size = next((size for size in _TAILS[:2] if len(label) >= size), len(label))
        found.setdefault(label[-size:], []).append(label)
    return {tail: tuple(sorted(some, key=len, reverse=True)) for tail, some in found.items()}


@cache
def _whole() -> frozenset[str]:
    """The sub-labels that end in no number: those at which to look for longer ones is idle."""
    return frozenset(
        label for some in _known().values() for label in some if label[-1] != ")" and not label[-1].isdecimal()
    )


def _known_size(text: str, first: int, end: int) -> int:
    """Measure the longest sub-label that ends at ``end``, a number behind it included; 0 if none does."""
    at = end
    if text[at - 1 : at] == ")" and (counted := _pattern("COUNTED_END").search(text, max(first, at - 7), at)):
        at = counted.start()
    elif text[at - 1 : at].isdecimal():
        if text[at - 2] == " ":
            at -= 2
        elif text[at - 5 : at - 4] == " " and text[at - 4 : at].isdecimal():
            at -= 5
    known = _known()
    for tail in _TAILS:
        if at - tail >= first:
            for word in known.get(text[at - tail : at], ()):
                if text.endswith(word, first, at):
                    return len(word) + end - at
    if text.endswith(("years", "over", "above"), first, at):
        ages = _pattern("AGES_END").search(text, max(first, at - 22), at)
        return end - ages.start() if ages else 0
    return 0


def _label_start(text: str, low: int, colon: int, line: bool) -> int:
    """Find where the sub-label that ends at ``colon`` begins, or -1; ``line`` says that a line begins at ``low``."""
    end = colon
    while end > low and text[end - 1] == " ":
        end -= 1
    reach = _REACH if len(text) > _SHORT else _SHORT
    if line and text[low:end] in _whole():
        return low
    if end - low > 2 * reach:
        low, line = end - 2 * reach, False
    first = low
    while first < end and text[first] in ' "\t\xa0':
        first += 1
    reached = max(first, end - reach)
    size = _known_size(text, reached, end)
    longer = line and size < end - first and size < 10 and text[end - size : end].lower() != "note"
    if longer and _pattern("FREE_LABEL").fullmatch(text, first, end):
        return first
    start = end - size
    if size and start == first:
        return start
    if size and start > first and text[start - 1] == " " and text[start - 2] in "%)":
        return start
    closer = max(text.rfind("%", reached, end), text.rfind(")", reached, end))
    loose = _pattern("LOOSE_LABEL").match(text, closer, end) if closer >= 0 else None
    if loose is not None and len(loose["words"]) > size and (not size or text[loose.start()] == "%"):
        return end - len(loose["words"])
    if not size:
        return -1
    before = text[start - 1]
    if not before.isalnum() and before not in "/-'":
        return start
    if size > 5 or _pattern("VALUE_END").search(text[max(low, start - 16) : start]):
        return start
    return (
        start
        if size == 4 and text[start:end] == "note" and not _pattern("OTHER_NOTE").search(text, max(low, end - 12), end)
        else -1
    )


def split(text: str) -> list[Part]:
    """The parts of a cell in reading order; what stands outside is labels, colons and white space.

    >>> [(part.path, "total: 5 kmland: 3 km"[part.start : part.end]) for part in split("total: 5 kmland: 3 km")]
    [(('total',), ' 5 km'), (('land',), ' 3 km')]
    """
    dashes = _note_dashes(text)
    if not dashes and ":" not in text and "\n" not in text and "|" not in text:
        return [Part("value", (), 0, len(text), 0)]
    splitter = _Splitter(text)
    for place in _marks(text):
        while dashes and dashes[0][0] < place:
            splitter.note(*dashes.pop(0))
        if text[place] == ":":
            splitter.colon(place)
        else:
            splitter.line(place)
    for start, end in dashes:
        splitter.note(start, end)
    splitter.close(len(text))
    return splitter.parts


def _marks(text: str) -> list[int]:
    """Find where a part may end, in order; looked for one by one, since that is four times as fast as a pattern."""
    found: list[int] = []
    for mark in _MARKS:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


def _note_dashes(text: str) -> list[Range]:
    """Find where ``note -`` stands, as a word of its own."""
    found: list[Range] = []
    if "ote" not in text:
        return found
    for match in _pattern("NOTE_DASH").finditer(text):
        start = match.start() - 1
        if start >= 0 and text[start] in "Nn" and not text[max(0, start - 1) : start].isalpha():
            found.append((start, match.end()))
    return found


class _Splitter:
    """The parts found so far, and the one that is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[Part] = []
        self.kind = "value"
        self.path: tuple[str, ...] = ()
        self.before: tuple[str, ...] = ()  # the path outside notes
        self.group: tuple[str, ...] = ()
        self.head = 0
        self.start = 0
        self.begins = True  # whether a line begins where the open part does

    def close(self, end: int) -> bool:
        """End the open part, if it has any text; return whether it had."""
        start = self.start
        if end > start and not self.text[start:end].isspace():
            self.parts.append(Part(self.kind, self.path, start, end, self.head))
            return True
        return False

    def _open(self, kind: str, path: tuple[str, ...], head: int, start: int, begins: bool) -> None:
        self.kind, self.path, self.head, self.start, self.begins = kind, path, head, start, begins

    def label(self) -> str:
        """The label of the open part: editions of 2025 print some twice."""
        return self.path[-1] if self.path else ""

    def line(self, place: int) -> None:
        """A line ends: the next one goes on with the same label unless it has its own."""
        self.close(place)
        self._open("value", self.before, place + 1, place + 1, True)

    def note(self, start: int, end: int) -> None:
        """``note -`` begins a note."""
        if start >= self.start:
            self.close(start)
            self._open("note", (*self.before, "note"), start, end, False)

    def colon(self, place: int) -> None:
        """A colon may end a sub-label."""
        text = self.text
        behind = text[place + 1 : place + 2]
        if (behind == "/" and text.startswith("//", place + 1)) or (
            place and behind.isdigit() and text[place - 1].isdigit()
        ):
            return
        start = _label_start(text, self.start, place, self.begins)
        if start < 0:
            return
        label = text[start:place].rstrip()
        if "  " in label or "\n" in label:
            label = " ".join(label.split())
        bare = not self.close(start) and bool(self.path) and not self.begins
        empty = bare and self.kind == "value"
        head = self.head if bare else start
        if label == _RANK_LABEL:
            self._rank(start, place)
        elif len(label) < 8 and label[:4].lower() == "note":
            self._open("note", ("note",), head, place + 1, False)
        else:
            if empty and label != self.label():
                self.group = self.path[-1:]
            self.kind, self.path, self.head, self.start, self.begins = (
                "value",
                (*self.group, label),
                head,
                place + 1,
                False,
            )
            self.before = self.path

    def _rank(self, start: int, place: int) -> None:
        digits = _pattern("RANK_VALUE").match(self.text, place + 1)
        end = digits.end() if digits else place + 1
        self.parts.append(Part("rank", self.before, start, end, start))
        self._open("value", self.before, end, end, False)
