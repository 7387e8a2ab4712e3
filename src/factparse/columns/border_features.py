"""The features that the border model sees around a place: the model and the script that fits it share them.

Every feature has a weight. Strings around a place come in several lengths, and a longer one backs off to a shorter: the
stored weight of a string already holds those of its shorter forms, so the longest string that is known is enough, and
the rest need no look-up. Every other feature is a *trait*: a small number, the index of its weight.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence

from factparse.columns.likely_places import WHITE

__all__ = [
    "CROSS",
    "FIELD_CROSS",
    "FIELD_LEFT",
    "FIELD_RIGHT",
    "FIRST",
    "LAST",
    "LEFT",
    "RIGHT",
    "TRAITS",
    "SeenPlace",
    "goes_on",
    "survey",
]

#: The lengths of the strings in each table, the longest first: characters left or right of the place, or on both sides.
LEFT = (6, 3, 1)
RIGHT = (8, 4, 1)
CROSS = ((3, 4), (2, 2))
FIELD_LEFT = (9, 4)
FIELD_RIGHT = (12, 6, 3)
FIELD_CROSS = ((3, 5),)
#: These stand for the edges of the run in the strings around a place.
FIRST, LAST = "\x02", "\x03"

# Where the indexes of each family of traits begin. In most families a number comes five times, once for each kind of
# place, since a feature may mean one thing at a line break and another in glued text.
_EDGES, _YEARS, _LENGTHS, _SUBLABELS, _WORDS, _COUNTS, _HEADS = 0, 320, 400, 600, 800, 940, 1160
#: The size of the table of traits: every index is below it.
TRAITS = 1200

_LETTERS = "".join(chr(code) for code in (*range(65, 91), *range(97, 123), *range(0xAA, 0x100)))
_LETTER = frozenset(_LETTERS)
_YEAR = re.compile(r"[12](?:(?<=1)9|(?<=2)0)[0-9][0-9](?![0-9,.])")
_BEFORE, _BEHIND = 120, 90  # characters within which a year counts as that before, or behind, a place
_ZERO = (0,)
#: The kinds of places: nothing between the cells, a line break, a paragraph break, a break with a filler, a space.
KINDS = "gnpxs"
_NOTHING, _LINE, _PARAGRAPH, _FILLER, _SPACE = range(5)
#: The upper ends of the buckets of how alike both sides are in length: the shorter as a share of the longer, negative,
#: for bisection needs them to rise.
_SHARES = (-0.95, -0.88, -0.75, -0.5, -0.25, -0.1)


#: A place seen in its run: where the first cell ends, where the second begins, what divides them (``g`` nothing, ``s``
#: a space, ``n`` a line break, ``p`` a paragraph break, ``x`` a break with a filler in it), the characters before and
#: behind, and the sum of the weights of its traits. It is a plain tuple because very many are made.
SeenPlace = tuple[int, int, str, str, str, int]


# A bucket of likeness, and how many characters must be the same for the next bucket.
_BUCKETS = ((1, 2), (2, 3), (3, 4), (4, 6), (5, 9))
_USUAL_GAPS = {"\n": _LINE, "\n\n": _PARAGRAPH, " ": _SPACE}


def _kind(gap: str) -> int:
    # A no-break space or a tab is the filler.
    if "\xa0" in gap or "\t" in gap:
        return _FILLER
    breaks = gap.count("\n")
    return _PARAGRAPH if breaks > 1 else _LINE if breaks else _SPACE


def _common(one: str, other: str) -> int:
    """How far two strings begin alike: a bucket, 1 (not even two characters) to 7 (all 16)."""
    for bucket, size in _BUCKETS:
        if one[:size] != other[:size]:
            return bucket
    return 7 if one[:16] == other[:16] else 6


def _closing(one: str, other: str) -> int:
    """How far two strings end alike: a bucket, 1 (not even two characters) to 7 (all 12)."""
    for bucket, size in _BUCKETS:
        if one[-size:] != other[-size:]:
            return bucket
    return 7 if one[-12:] == other[-12:] else 6


def _sublabels(coarse: str, starts: Sequence[int]) -> Sequence[int]:
    """A number for each place: bits that tell how the sub-labels before and behind it repeat.

    A cell mostly has each sub-label once. So a border that leaves one twice on the same side is an unlikely one.
    """
    if ":" not in coarse:
        return [0] * len(starts)
    find = coarse.find
    # The sub-label at each place, empty if there is none; the first one is that of the run itself.
    heads = [coarse[start : find(":", start, start + 48) + 1] for start in (0, *starts)]
    first = heads[0]
    # A note may stand several times in one cell, so its repetition tells nothing.
    countable = [head for head in heads if head and head[:4] != "note"]
    if len(countable) == len(set(countable)):
        return [1 + 8 * (head == first) + 16 * (head != "") for head in heads[1:]]
    # A border behind ``early`` leaves a sub-label twice in the first cell, one up to ``late`` twice in the second.
    seen: set[str] = set()
    early, late = len(heads), -1
    again = []
    for index, head in enumerate(heads):
        repeated = head in seen
        again.append(repeated)
        if head and head[:4] != "note":
            if repeated and index < early:
                early = index
            seen.add(head)
    if early < len(heads):
        seen.clear()
        for index in range(len(heads) - 1, -1, -1):
            if heads[index] in seen:
                late = index
                break
            if heads[index] and heads[index][:4] != "note":
                seen.add(heads[index])
    return [
        1 + (early < index) + 2 * (index <= late) + 4 * again[index] + 8 * (head == first) + 16 * bool(head)
        for index, head in enumerate(heads)
        if index
    ]


def goes_on(left: str, right: str, words: Container[str]) -> bool:
    """Tell whether a known word runs across the place: some end of ``left`` and the first letters of ``right`` make it.

    ``right`` may begin with a word of its own all the same: ``fe|male`` is no border, though ``male`` is a word.

    >>> goes_on("(2022 est.)fe", "male: 11,000", {"female", "male"}), goes_on("5 sq km", "total: 7", {"total"})
    (True, False)
    """
    if left[-1:] not in _LETTER:
        return False
    before = left[len(left.rstrip(_LETTERS)) :]
    word = right[: len(right) - len(right.lstrip(_LETTERS))]
    return any(before[at:] + word in words for at in range(len(before)))


def _word(left: str, right: str, words: Container[str]) -> int:
    """The trait of a place between letters: how long its two words are, and whether each, or both as one, is known."""
    first, second = left[len(left.rstrip(_LETTERS)) :], right[: len(right) - len(right.lstrip(_LETTERS))]
    if not first or not second:
        return _WORDS
    sizes = 16 * (min(len(first), 4) - 1) + 4 * (min(len(second), 4) - 1)
    return _WORDS + 1 + sizes + 2 * (first in words) + (second in words) + 64 * (first + second in words)


def _years(run: str, starts: Sequence[int]) -> Sequence[int]:
    """A number for each place: how the first year behind it compares with the last one before it.

    The years of a series fall, so a year that rises points to the beginning of the second cell.
    """
    if "20" not in run and "19" not in run:
        return [0] * len(starts)
    offsets = [match.start() for match in _YEAR.finditer(run)]
    if not offsets:
        return [0] * len(starts)
    first, many = run[offsets[0] : offsets[0] + 4], len(offsets)
    numbers = []
    for start in starts:
        index = bisect_left(offsets, start)
        before = index > 0 and start - offsets[index - 1] < _BEFORE
        behind = index < many and offsets[index] - start < _BEHIND
        if before and behind:
            last, following = offsets[index - 1], offsets[index]
            one, other = run[last : last + 4], run[following : following + 4]
            numbers.append(1 + (other > one) + 2 * (other == one) + 4 * (other == first))
        else:
            numbers.append(8 + before + 2 * behind)
    return numbers


def _look(coarse: str, start: int) -> tuple[int, int, str]:
    """The end of the first cell, the kind of the place, and the characters before it."""
    if coarse[start - 1] not in WHITE:
        return start, _NOTHING, coarse[start - 12 : start] if start >= 12 else FIRST + coarse[:start]
    low = start - 24 if start > 24 else 0  # no further, so that time stays linear
    end = start - 1
    while end > low and coarse[end - 1] in WHITE:
        end -= 1
    gap = coarse[end:start]
    kind = _USUAL_GAPS.get(gap)
    left = coarse[max(low, end - 12) : end] if end >= 12 and end > low else FIRST + coarse[low:end]
    return end, _kind(gap) if kind is None else kind, left


def survey(
    run: str, coarse: str, starts: Sequence[int], words: Container[str], spread: int, weights: Sequence[int]
) -> list[SeenPlace]:
    """Each of the places at ``starts`` with the strings around it and the sum of the ``weights`` of its traits.

    ``coarse`` is ``coarse_digits(run)``; ``spread`` tells how far the lengths of the field's cells spread, 0 to 3, or 4
    if that is not known (:func:`factparse.columns.priors.spread`). The fit passes ``weights[i]`` of ``1 << i``: the
    sum then tells which traits a place has. Time is linear in the number of places.
    """
    size, many = len(coarse), len(starts)
    following = coarse[:5]
    first, last = coarse[0], coarse[-1]
    # Both are about one place among others; a single one is not asked.
    sublabels, years = (_ZERO, _ZERO) if many == 1 else (_sublabels(coarse, starts), _years(run, starts))
    looks = [_look(coarse, start) for start in starts]
    # How many places there are, and of which kinds: the same for all places of the run.
    group = _COUNTS + 5 * (many if many < 4 else 4 if many < 9 else 5)
    mixed = 0
    for look in looks:
        mixed |= 1 << look[1]
    kinds = _COUNTS + 30 + 5 * mixed
    lengths = _LENGTHS + 35 * spread
    result = []
    for index, start in enumerate(starts):
        end, kind, left = looks[index]
        right = coarse[start : start + 16] if start + 16 <= size else coarse[start:] + LAST
        # Does the second cell begin as the first did, and the first end as the second will?
        edge = _EDGES + 64 * kind
        if right[0] == first:
            edge += 8 * _common(right, coarse[:16])
        if left[-1] == last:
            edge += _closing(left, coarse[-12:])
        # Is it the middle one of all places, and do the place before (or the run) and the next one begin alike?
        here = right[:5]
        heads = _HEADS + 8 * kind + 4 * (2 * index + 1 == many) + (here == following)
        following = here
        if index + 1 < many and coarse.startswith(here, starts[index + 1]):
            heads += 2
        rest = size - start
        total = (
            weights[edge]
            + weights[_YEARS + 5 * years[index] + kind]
            + weights[lengths + 5 * bisect_left(_SHARES, -end / rest if end < rest else -rest / end) + kind]
            + weights[_SUBLABELS + 5 * sublabels[index] + kind]
            + weights[heads]
            + weights[group + kind]
            + weights[kinds + kind]
        )
        if not kind and left[-1].isalpha() and right[0].isalpha():
            total += weights[_word(left, right, words)]
        result.append((end, start, KINDS[kind], left, right, total))
    return result
