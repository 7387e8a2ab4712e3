"""The border model's first look at every likely place: it ranks them, and lets few through to be scored in full.

The rank is a small log-linear model of its own, fitted as the large one is: the characters around the place, those
before and behind it as the field's cells end and begin, and whether the run's first characters come again. Where it
is certain there is no need to look further.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["AGAIN", "BEGUN", "ENDED", "HEAD", "LEAD", "TAIL", "admit", "echo", "gate_keys", "ranks"]

#: How many characters the field is asked about: before a place, and behind it.
TAIL, HEAD = 4, 5
#: The keys of the weights for the run's first characters that come again, and for an :func:`echo` of its beginning or
#: end: not to be mixed up with the characters around a place.
AGAIN, BEGUN, ENDED, NONE = "again", "begun", "ended", "none"
#: Stand for the white space before a place.
LINE, PARAGRAPH = "\n", "\v"
#: By how much (64 to the nat) a place must look better than any other to be the border for sure; by how much it may
#: look worse and be let through; how many places are let through, and one more for each so many characters.
LEAD, SHUT, MOST, EACH = 320, 256, 6, 64
#: The same where every space is a place.
SPACED_SHUT, SPACED_MOST, SPACED_EACH = 400, 12, 32

#: The least rank of an echo that is relied upon without a look at other places.
CLEAR = {BEGUN: 288, ENDED: 320, NONE: 0}
#: How many of a run's last characters must come again to be an echo, and how long its first sub-label may be.
_ENDING, _LABEL = 6, 40
_WHITE = frozenset(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")


def gate_keys(shaped: str, at: int) -> tuple[str, str, str, str]:
    """Return what is looked at of the place ``at``: four and two characters around it, those before and behind it.

    White space before the place is one character there: that of a line break, or of a paragraph break.

    >>> gate_keys("15 km\\n25 km", 6)
    ('km\\n25', 'm\\n2', '5 km\\n', '25 km')
    """
    if shaped[at - 1] in _WHITE:
        stem, head = _stem(shaped, at), shaped[at : at + HEAD]
        return stem[-3:] + head[:2], stem[-2:] + head[:1], stem, head
    return shaped[at - 2 : at + 2], shaped[at - 1 : at + 1], shaped[at - TAIL : at], shaped[at : at + HEAD]


def ranks(
    shaped: str, starts: Sequence[int], gate: Mapping[str, int], tails: Mapping[str, int], heads: Mapping[str, int]
) -> list[int]:
    """Return the log-odds of a border at each of ``starts``, by a first look.

    ``gate`` holds the weights of the characters around a place (:func:`gate_keys`; those of four include those of the
    two in their middle), ``tails`` and ``heads`` the field's own.
    """
    around, before, behind = gate.get, tails.get, heads.get
    first = shaped[:4]
    found = []
    for at in starts:
        head = shaped[at : at + HEAD]
        if shaped[at - 1] in _WHITE:
            stem = _stem(shaped, at)
            rank = around(stem[-3:] + head[:2])
            if rank is None:
                rank = around(stem[-2:] + head[:1], 0)
            rank += before(stem, 0)
        else:
            rank = around(shaped[at - 2 : at + 2])
            if rank is None:
                rank = around(shaped[at - 1 : at + 1], 0)
            rank += before(shaped[at - TAIL : at], 0)
        rank += behind(head, 0)
        found.append(rank + gate[AGAIN] if head.startswith(first) else rank)
    return found


def _stem(shaped: str, at: int) -> str:
    """Return the characters before a place at white space, which is one character of them."""
    if at > TAIL + 2:
        if shaped[at - 2] not in _WHITE:
            return shaped[at - 1 - TAIL : at] if shaped[at - 1] == LINE else shaped[at - 1 - TAIL : at - 1] + LINE
        if shaped[at - 3] not in _WHITE:
            return shaped[at - 2 - TAIL : at - 2] + PARAGRAPH
    left = shaped[at - 12 if at > 12 else 0 : at].rstrip()
    return left[-TAIL:] + (PARAGRAPH if shaped[at - 2] in _WHITE else LINE)


def echo(shaped: str) -> tuple[int, str]:
    """Return the place behind what comes again as the run's end, or that where its first sub-label comes again.

    Cells of a field often end alike, or begin with the same sub-label. 0 stands for none, or for several. The string is
    the key of the gate's weight for it.

    >>> echo("total: 5 kmland: 5 kmtotal: 15 kmland: 25 km"), echo("15.5% of GDP20% of GDP"), echo("5 km12 km")
    ((21, 'begun'), (12, 'ended'), (0, 'none'))
    """
    size = len(shaped)
    tail = shaped[-_ENDING:]
    behind, found = shaped.find(tail), NONE
    if behind + 2 * _ENDING > size or shaped.find(tail, behind + 1) + _ENDING != size:
        behind = 0
    else:
        behind, found = behind + _ENDING, ENDED
        end = behind
        while shaped[behind] in _WHITE:
            behind += 1
        if end < behind and shaped.find("\n", end, behind) < 0:
            behind, found = 0, NONE  # a mere space divides no cells
    colon = shaped.find(":", 2, _LABEL)
    if colon < 0:
        return behind, found
    label = shaped[: colon + 1]
    at = shaped.find(label, colon)
    if at < 0 or at == behind or shaped.find(label, at + 1) >= 0:
        return behind, found
    return (0, NONE) if behind else (at, BEGUN)


def admit(
    starts: Sequence[int], found: Sequence[int], size: int, limit: int, spaced: bool
) -> tuple[Sequence[int], Sequence[int]]:
    """Return those of ``starts`` to score in full, with their ranks: seven and one more for each 48 characters.

    More are let through where every space is a place (``spaced``); one that ranks far below the best is passed over.
    ``size`` is that of the run.
    """
    floor = max(found) - (SPACED_SHUT if spaced else SHUT)
    if min(found) < floor:
        kept = [(start, rank) for start, rank in zip(starts, found, strict=True) if rank >= floor]
        starts, found = [start for start, _ in kept], [rank for _, rank in kept]
    if len(starts) <= MOST and len(starts) <= limit:
        return starts, found
    most = max(1, min(SPACED_MOST + size // SPACED_EACH if spaced else MOST + size // EACH, limit))
    return (starts, found) if len(starts) <= most else _best_of(starts, found, most)


def _best_of(starts: Sequence[int], found: Sequence[int], most: int) -> tuple[list[int], list[int]]:
    """Return the ``most`` of ``starts`` that rank best, with their ranks; of those that rank alike, the first."""
    least = sorted(found, reverse=True)[most - 1]
    ties = most - sum([rank > least for rank in found])
    kept = []
    for start, rank in zip(starts, found, strict=True):
        ties -= rank == least
        if rank > least or (rank == least and ties >= 0):
            kept.append((start, rank))
    return [start for start, _ in kept], [rank for _, rank in kept]
