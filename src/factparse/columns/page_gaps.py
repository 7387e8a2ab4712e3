"""The gaps by which a page divides its cells, learned from the rows that are certain without them."""

from __future__ import annotations

import math
import re

from factparse.columns.cells import BLANK

_SMOOTH = 0.25  # added to the count of each of the four kinds of gap, and the chance of each if none is counted
_GLUED = ("", "")
_GAP = re.compile(r"\s*\n\s*")
_USUAL = {"": "", " ": " ", "\n": "n", "\n\n": "nn"}


class PageGaps:
    """Counts of gaps, kept apart by what leads to the row's text and by how the first cell's own lines are divided.

    >>> gaps = PageGaps()
    >>> for _ in range(9):
    ...     gaps.learn("a\\nb", 0, 2, "")
    >>> gaps.border("c\\nd e", 0, 2, "") > 0 > gaps.border("c d\\ne", 0, 2, "")
    True
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], dict[str, int]] = {}

    def learn(self, text: str, start: int, at: int, lead: str) -> None:
        """Count a row whose cells begin at ``start`` and ``at``; ``lead`` is the white space before the first."""
        # The usual row of glued text needs no search.
        if not lead and text[at - 1] not in BLANK and text.find("\n", start, at) < 0:
            key, gap = _GLUED, ""
        else:
            key, gap = _situation(text, start, at, lead)
        counts = self._counts.setdefault(key, {})
        counts[gap] = counts.get(gap, 0) + 1

    def border(self, text: str, start: int, at: int, lead: str) -> float:
        """What the gap before ``at`` says for a border there, in nats; 0 if no row like this one was counted."""
        key, gap = _situation(text, start, at, lead)
        counts = self._counts.get(key)
        if not counts:
            return 0.0
        return math.log((counts.get(gap, 0) + _SMOOTH) / (sum(counts.values()) + 4 * _SMOOTH) / _SMOOTH)


def gap_kind(gap: str) -> str:
    """The kind of a gap: nothing, a space, ``n`` for a line break, ``nn`` for a blank line.

    >>> [gap_kind(gap) for gap in ("", " ", " \\n", "\\n \\n")]
    ['', ' ', 'n', 'nn']
    """
    kind = _USUAL.get(gap)
    if kind is not None:
        return kind
    breaks = gap.count("\n")
    return " " if gap and not breaks else "n" * min(breaks, 2)


def filler_place(body: str) -> int | None:
    """The place behind a run's only break, if that holds a no-break space: an extractor left it of an empty paragraph.

    >>> filler_place("5 km\\n\xa0\\n7 km"), filler_place("5 km\\n7 km\\n\xa0\\n9 km")
    (7, None)
    """
    if "\xa0" not in body:
        return None
    gaps = list(_GAP.finditer(body))
    return gaps[0].end() if len(gaps) == 1 and "\xa0" in gaps[0][0] else None


def gap_start(text: str, start: int, at: int) -> int:
    """The beginning of the white space before ``at``, not before ``start``; ``at`` itself if there is none."""
    while at > start and text[at - 1] in BLANK:
        at -= 1
    return at


def _situation(text: str, start: int, at: int, lead: str) -> tuple[tuple[str, str], str]:
    """The kinds of what leads to the row and of what divides its first cell's lines; and that of the gap before ``at``.

    Only the first cell's first and last break are looked at, so that a long cell costs no more than a short one.
    """
    end = gap_start(text, start, at)
    first = text.find("\n", start, end)
    inner = ""
    if first >= 0:
        last = text.rfind("\n", start, end)
        inner = "nn" if _blank_line(text, first, end) or _blank_line(text, gap_start(text, start, last), end) else "n"
    return (gap_kind(lead), inner), gap_kind(text[end:at])


def _blank_line(text: str, at: int, end: int) -> bool:
    """Tell whether the break at ``at`` is a blank line."""
    breaks = 0
    while at < end and text[at].isspace():
        breaks += text[at] == "\n"
        at += 1
    return breaks > 1
