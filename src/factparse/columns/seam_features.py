"""What the seam model looks at around one place: shared by the model and the script that fits it.

Every feature has a weight. Features over longer and longer strings back off to shorter ones: the stored weight of a
string is the sum over it and all its shorter forms, so that one look-up that succeeds is enough.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

import attrs

__all__ = [
    "CROSS",
    "FIELD_CROSS",
    "FIELD_LEFT",
    "FIELD_RIGHT",
    "FIRST",
    "LAST",
    "LEFT",
    "RIGHT",
    "Place",
    "look",
    "traits",
]

#: How many characters of the left and right text the strings of each table hold, longest first.
LEFT = (9, 6, 4, 3, 2, 1)
RIGHT = (12, 8, 5, 3, 2, 1)
CROSS = ((4, 5), (3, 3), (2, 2), (1, 1))
FIELD_LEFT = (10, 6, 3, 1)
FIELD_RIGHT = (16, 10, 6, 3, 1)
FIELD_CROSS = ((4, 6), (2, 3))

#: Stand for the edges of the run in the strings around a place.
FIRST, LAST = "\x02", "\x03"

_LABEL = re.compile(r"[A-Za-z0-9][^:;.\n$%]{0,50}+:")
_LAST_WORD = re.compile(r"[A-Za-z\xaa-\xff]++\Z")
_FIRST_WORD = re.compile(r"[A-Za-z\xaa-\xff]++")
_NEAR = 24
_BUCKET = (0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6)


@attrs.define(slots=True)
class Place:
    """A place seen in its run: where the first cell ends, where the second begins, and what divides them.

    ``kind`` is ``g`` (glued), ``n`` (a line break), ``p`` (a paragraph break) or ``x`` (a break with a filler in it).
    ``traits`` are the features that are no strings of the text.
    """

    end: int
    start: int
    kind: str
    left: str
    right: str
    traits: Sequence[str] = ()


def _kind(gap: str) -> str:
    if not gap:
        return "g"
    if "\xa0" in gap or "\t" in gap:
        return "x"
    return "p" if gap.count("\n") > 1 else "n"


def look(shaped: str, starts: Sequence[int]) -> list[Place]:
    """Return the places at ``starts``, without their traits; ``shaped`` is :func:`shape` of the run."""
    seen = []
    for start in starts:
        left = shaped[max(0, start - _NEAR) : start]
        bare = left.rstrip()
        end = start - len(left) + len(bare)
        kind = _kind(left[len(bare) :]) if end != start else "g"
        right = shaped[start : start + 16]
        seen.append(
            Place(
                end,
                start,
                kind,
                bare[-12:] if end >= 12 else FIRST + bare,
                right if len(right) == 16 else right + LAST,
            )
        )
    return seen


def _alike(one: str, other: str) -> int:
    size = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            return size
        size += 1
    return size


def _ratio(first: int, second: int) -> int:
    low, high = (first, second) if first < second else (second, first)
    if high * 4 < low * 5:
        return 0
    return 1 if high < low * 2 else 2 if high < low * 4 else 3 if high < low * 10 else 4


def _restarts(shaped: str, seen: Sequence[Place]) -> list[str]:
    """Return for each place how the sub-labels before and behind it repeat (a cell has each once, mostly)."""
    if ":" not in shaped:
        return [""] * len(seen)
    first = _LABEL.match(shaped, 0, 60)
    heads = [first.group() if first else ""]
    for place in seen:
        match = _LABEL.match(shaped, place.start, place.start + 60)
        heads.append(match.group() if match else "")
    known: set[str] = set()
    early = len(heads)
    repeated = []
    for index, head in enumerate(heads):
        again = bool(head) and head in known and not head.startswith("note")
        repeated.append(again)
        if again and index < early:
            early = index
        known.add(head)
    known.clear()
    late = -1
    for index in range(len(heads) - 1, -1, -1):
        head = heads[index]
        if head and head in known and not head.startswith("note"):
            late = index
            break
        known.add(head)
    return [
        f"d{early < index:d}{index <= late:d}{repeated[index]:d}{head == heads[0]:d}{bool(head):d}"
        for index, head in enumerate(heads)
        if index
    ]


def _glue(place: Place, words: Container[str]) -> str:
    """Return what is known of the two words that a place between letters would part."""
    left = _LAST_WORD.search(place.left)
    right = _FIRST_WORD.match(place.right)
    if not left or not right:
        return ""
    one, two = left.group(), right.group()
    joined = one + two in words
    return f"w{one in words:d}{min(len(one), 4)}{two in words:d}{min(len(two), 4)}{joined:d}"


def traits(shaped: str, seen: Sequence[Place], words: Container[str], spread: str = "?") -> None:
    """Give every place its traits. ``spread`` tells how far the lengths of the field's cells spread."""
    size = len(shaped)
    head, tail = shaped[:16], shaped[size - 12 :]
    kinds = "".join(sorted({place.kind for place in seen}))
    many = min(len(seen), 3) if len(seen) < 4 else 4 if len(seen) < 9 else 5
    for place, restart in zip(seen, _restarts(shaped, seen), strict=True):
        kind = place.kind
        same = _alike(place.right, head)
        closing = _alike(place.left[::-1], tail[::-1])
        near = (*_BUCKET, 7)[min(same, 16)]
        place.traits = [
            f"k{kind}{kinds}",
            f"m{many}{kind}",
            f"r{near}{kind}",
            f"t{(*_BUCKET, 7)[min(closing, 16)]}{kind}",
            f"b{min(near, 5)}{min((*_BUCKET, 7)[min(closing, 16)], 5)}",
            f"l{_ratio(place.end, size - place.start)}{spread}{kind}",
            f"{restart}{kind}" if restart else "d",
            (_glue(place, words) if kind == "g" else "") or "w",
        ]
