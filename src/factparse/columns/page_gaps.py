"""How a page divides its rows: which gap stands between two cells, told by the rows that are certain without it."""

from __future__ import annotations

import math

from factparse.columns.cells import BLANK

_SMOOTH = 0.25
_GLUED = ("", "")
_USUAL = {"": "", " ": " ", "\n": "n", "\n\n": "nn"}


class PageGaps:
    """Counts gaps, given what leads to the row's text and how the first cell's own lines are divided.

    >>> gaps = PageGaps()
    >>> for _ in range(9):
    ...     gaps.learn("a\\nb", 0, 2, "")
    >>> gaps.border("c\\nd e", 0, 2, "") > 0 > gaps.border("c d\\ne", 0, 2, "")
    True
    """

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], dict[str, int]] = {}

    def learn(self, text: str, start: int, at: int, lead: str) -> None:
        """Count a row whose cells stand at ``start`` and ``at``; ``lead`` is what stands before it."""
        if not lead and text[at - 1] not in BLANK and text.find("\n", start, at) < 0:
            key, gap = _GLUED, ""
        else:
            key, gap = _situation(text, start, at, lead)
        counts = self._counts.setdefault(key, {})
        counts[gap] = counts.get(gap, 0) + 1

    def border(self, text: str, start: int, at: int, lead: str) -> float:
        """The log-likelihood of a border at ``at``, relative to knowing nothing: nats."""
        key, gap = _situation(text, start, at, lead)
        counts = self._counts.get(key)
        if not counts:
            return 0.0
        return math.log((counts.get(gap, 0) + _SMOOTH) / (sum(counts.values()) + 4 * _SMOOTH) / _SMOOTH)


def gap_kind(gap: str) -> str:
    """What a gap looks like: nothing, a space, a line break, a blank line.

    >>> [gap_kind(gap) for gap in ("", " ", " \\n", "\\n \\n")]
    ['', ' ', 'n', 'nn']
    """
    kind = _USUAL.get(gap)
    if kind is not None:
        return kind
    breaks = gap.count("\n")
    return " " if gap and not breaks else "n" * min(breaks, 2)


def gap_start(text: str, start: int, at: int) -> int:
    """Where the white space before ``at`` begins."""
    while at > start and text[at - 1] in BLANK:
        at -= 1
    return at


def _situation(text: str, start: int, at: int, lead: str) -> tuple[tuple[str, str], str]:
    """What leads to the row and divides its first cell's lines, and the gap before ``at``.

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
