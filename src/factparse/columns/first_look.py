"""The border model's first look at every likely place, which lets few of them through to the full score.

It is a small log-linear model of its own, fitted as the large one is. It looks at the characters around the place, at
those before and behind it as cells of the field end and begin, and at whether the run's first characters come again.
Where it is certain, nothing else need be looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from factparse.columns.likely_places import WHITE

__all__ = ["AGAIN", "BEGUN", "ENDED", "HEAD", "LEAD", "TAIL", "admit", "echo", "look_keys", "looks_of"]

#: How many characters before a place, and behind it, are looked up among those of the field.
TAIL, HEAD = 4, 5
#: The keys of the weights for the run's first characters that come again, and for an :func:`echo` of its beginning or
#: end: not to be mixed up with the characters around a place.
AGAIN, BEGUN, ENDED, NONE = "again", "begun", "ended", "none"
#: These stand for the white space before a place: a single character of it, or more.
LINE, PARAGRAPH = "\n", "\v"
#: By how much (64 to the nat) a place must look better than any other to be the border for sure; by how much it may
#: look worse and be let through; how many places are let through, and one more for each so many characters.
LEAD, SHUT, MOST, EACH = 320, 256, 6, 64
#: The same where every space is a place.
SPACED_SHUT, SPACED_MOST, SPACED_EACH = 400, 12, 32

#: The least look of an echo that is relied upon without a look at other places.
CLEAR = {BEGUN: 288, ENDED: 320, NONE: 0}
#: How many of a run's last characters must come again to be an echo, and how long its first sub-label may be.
_ENDING, _LABEL = 6, 40


def look_keys(coarse: str, at: int) -> tuple[str, str, str, str]:
    """The strings that are looked up for the place ``at``: four and two characters around it, those before and behind.

    White space before the place, however long, is one character there: that of a line break or of a paragraph break.

    >>> look_keys("15 km\\n25 km", 6)
    ('km\\n25', 'm\\n2', '5 km\\n', '25 km')
    """
    if coarse[at - 1] in WHITE:
        stem, head = _stem(coarse, at), coarse[at : at + HEAD]
        return stem[-3:] + head[:2], stem[-2:] + head[:1], stem, head
    return coarse[at - 2 : at + 2], coarse[at - 1 : at + 1], coarse[at - TAIL : at], coarse[at : at + HEAD]


def looks_of(
    coarse: str, starts: Sequence[int], weights: Mapping[str, int], tails: Mapping[str, int], heads: Mapping[str, int]
) -> list[int]:
    """The log-odds of a border at each of ``starts``, by a first look: 64 to the nat.

    ``weights`` are those of the characters around a place (:func:`look_keys`); the weight of four characters includes
    that of the two in their middle. ``tails`` and ``heads`` are the field's own, for the text before and behind.
    """
    around, before, behind = weights.get, tails.get, heads.get
    first = coarse[:4]
    found = []
    for at in starts:
        head = coarse[at : at + HEAD]
        if coarse[at - 1] in WHITE:
            stem = _stem(coarse, at)
            look = around(stem[-3:] + head[:2])
            if look is None:
                look = around(stem[-2:] + head[:1], 0)
            look += before(stem, 0)
        else:
            look = around(coarse[at - 2 : at + 2])
            if look is None:
                look = around(coarse[at - 1 : at + 1], 0)
            look += before(coarse[at - TAIL : at], 0)
        look += behind(head, 0)
        found.append(look + weights[AGAIN] if head.startswith(first) else look)
    return found


def _stem(coarse: str, at: int) -> str:
    """The characters before a place at white space, all of which becomes the last of them."""
    # The usual cases, one and two characters of white space, need no search.
    if at > TAIL + 2:
        if coarse[at - 2] not in WHITE:
            return coarse[at - 1 - TAIL : at] if coarse[at - 1] == LINE else coarse[at - 1 - TAIL : at - 1] + LINE
        if coarse[at - 3] not in WHITE:
            return coarse[at - 2 - TAIL : at - 2] + PARAGRAPH
    left = coarse[at - 12 if at > 12 else 0 : at].rstrip()
    return left[-TAIL:] + (PARAGRAPH if coarse[at - 2] in WHITE else LINE)


def echo(coarse: str) -> tuple[int, str]:
    """A place that repetition alone shows, 0 if there is none, and the key of the first look's weight for it.

    Cells of a field often end alike, or begin with the same sub-label. So the place is the one behind an earlier
    occurrence of the run's end, or the one where its first sub-label comes again. If either shows more than one place,
    or the two disagree, there is none.

    >>> echo("total: 5 kmland: 5 kmtotal: 15 kmland: 25 km"), echo("15.5% of GDP20% of GDP"), echo("5 km12 km")
    ((21, 'begun'), (12, 'ended'), (0, 'none'))
    """
    size = len(coarse)
    tail = coarse[-_ENDING:]
    # The run's end must come exactly once before, and not overlap itself.
    behind, found = coarse.find(tail), NONE
    if behind + 2 * _ENDING > size or coarse.find(tail, behind + 1) + _ENDING != size:
        behind = 0
    else:
        behind, found = behind + _ENDING, ENDED
        end = behind
        while coarse[behind] in WHITE:
            behind += 1
        if end < behind and coarse.find("\n", end, behind) < 0:
            behind, found = 0, NONE  # a mere space divides no cells
    colon = coarse.find(":", 2, _LABEL)
    if colon < 0:
        return behind, found
    label = coarse[: colon + 1]
    at = coarse.find(label, colon)
    if at < 0 or at == behind or coarse.find(label, at + 1) >= 0:
        return behind, found
    return (0, NONE) if behind else (at, BEGUN)  # an end and a beginning at different places settle nothing


def admit(
    starts: Sequence[int], found: Sequence[int], size: int, limit: int, spaced: bool, shown: Collection[int] = ()
) -> tuple[Sequence[int], Sequence[int]]:
    """Those of ``starts`` that are to be scored in full, with their looks: six and one more for each 64 characters.

    More are let through where every space is a place (``spaced``), and none that looks far worse than the best, but for
    those that something else has ``shown``.
    ``found`` are the looks of ``starts``, ``size`` is the length of the run, ``limit`` the most to return.
    """
    floor = max(found) - (SPACED_SHUT if spaced else SHUT)
    if min(found) < floor:
        kept = [(start, look) for start, look in zip(starts, found, strict=True) if look >= floor or start in shown]
        starts, found = [start for start, _ in kept], [look for _, look in kept]
    if len(starts) <= MOST and len(starts) <= limit:
        return starts, found
    most = max(1, min(SPACED_MOST + size // SPACED_EACH if spaced else MOST + size // EACH, limit))
    if len(starts) <= most:
        return starts, found
    best, looks = _best_of(starts, found, most)
    if not shown:
        return best, looks
    seen = dict(zip(starts, found, strict=True))
    both = sorted({*best, *[at for at in shown if at in seen][:limit]})
    return both, [seen[at] for at in both]


def _best_of(starts: Sequence[int], found: Sequence[int], most: int) -> tuple[list[int], list[int]]:
    """The ``most`` of ``starts`` that look best, in order, with their looks; of those that look alike, the first."""
    least = sorted(found, reverse=True)[most - 1]
    ties = most - sum([look > least for look in found])
    kept = []
    for start, look in zip(starts, found, strict=True):
        ties -= look == least
        if look > least or (look == least and ties >= 0):
            kept.append((start, look))
    return [start for start, _ in kept], [look for _, look in kept]
