"""What a border would break: a number, a date, a bracket, a quote, a word, or a value that goes on.

Both cells of a row begin and end as whole values. So a place inside ``7.58%`` or ``(31 December 2014)`` is hardly a
border, and one that leaves two whole numbers of ``2,00055,000`` is one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from typing import Final, NamedTuple

from factparse.core.words import forms

__all__ = ["Broken", "broken_at", "cuts", "joined"]

_NUMBER = re.compile(r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?")
_BRACKET = re.compile(r"[()\[\]]")
_NUMERIC: Final = "0123456789.,"
_LONGEST: Final = 40  # characters of a number or a word
_DIGITS = re.compile(r"\d[\d,.]*(?<!\.)(?<!,)")
_MONTH = "|".join(sorted({form for form in forms("months") if len(form) > 2}, key=len, reverse=True))
_AFTER_MONTH = re.compile(rf"(?:{_MONTH})\.? (?:\d\d?, )?\Z")
_BEFORE_MONTH = re.compile(rf" ?(?:{_MONTH})\b")
_GOES_ON = re.compile(r"[),;%/.\]]|\d{1,3}(?:\$|-\d|\n\d|NA)|(?:and|or|of|to|in|from|the|by|with|for) |est\.")
_UNFINISHED = re.compile(
    r"(?:[(,;:/\[–$<>~±]|(?<![A-Za-z0-9)])[-+]|\b(?:and|or|of|to|in|from|the|by|with|for|a|an)) ?\Z"
)
# Each begins with a letter or sign that is found fast.
_SEPARATED = re.compile(r"[.,](?<=\d[.,])[.,]*\d[\d,.]*")
_NO_VALUE = (
    ("NA", re.compile(r"NA(?:\b(?<=\dNA)|(?<!\wNA)(?:[\d$(]|-\d))")),
    ("none", re.compile(r"none\b(?<=\dnone)")),
    ("-", re.compile(r"-(?<=[A-Za-z]{3}-)\d+\.\d")),
)
# What one of the above may begin with, and end with.
_ON_FIRST: Final = frozenset("),;%/.]0123456789aotifbwe")
_UNDONE_LAST: Final = frozenset("(,;:/[–$<>~±-+drfonmehya")


class Broken(NamedTuple):
    """What a border would break: a number or date, a bracket, a word; and how many ends are no end of a value."""

    numbers: bool
    brackets: bool
    words: bool
    ends: int


def broken_at(text: str, places: Sequence[int], words: Container[str]) -> list[Broken]:
    """What a border at each of ``places`` would break. ``words`` are known ones.

    >>> [broken.numbers for broken in broken_at("9.5%12.1%", [2, 4, 6], set())]
    [True, False, True]
    """
    opened, closed = _enclosed(text)
    return [
        Broken(_number(text, at), _inside(at, opened, closed), _word(text, at, words), _end(text, at)) for at in places
    ]


def cuts(text: str) -> list[int]:
    """The places inside digits run together that leave a whole number on both sides.

    >>> cuts("2,00055,000"), cuts("40.845.4"), cuts("2,000 km")
    ([5], [4, 5], [])
    """
    found: list[int] = []
    if "," not in text and text.count(".") < 2:
        return found
    for match in _DIGITS.finditer(text):
        digits, start = match[0], match.start()
        if len(digits) < _LONGEST and _is_joined(digits):
            places = range(1, len(digits))
            found += [start + at for at in places if _is_number(digits[:at]) and _is_number(digits[at:])]
    return found


def _is_joined(digits: str) -> bool:
    return ("," in digits or digits.count(".") > 1) and not _is_number(digits)


def _is_number(digits: str) -> bool:
    return _NUMBER.fullmatch(digits) is not None


def joined(text: str) -> int:
    """How many values of ``text`` are run together so that they are none: ``2,00055,000``. ``NA5.6%`` counts twice.

    >>> joined("NA5.6%"), joined("2,00055,000"), joined("2,000 km (2012)")
    (2, 1, 0)
    """
    runs = sum([_is_joined(digits) for digits in _separated(text)])
    return runs + 2 * any(sign in text and no_value.search(text) for sign, no_value in _NO_VALUE)


def _separated(text: str) -> Iterator[str]:
    """Yield the digits of a text that points or commas divide, whole."""
    for match in _SEPARATED.finditer(text):
        start = match.start()
        while start and text[start - 1].isdecimal():
            start -= 1
        yield text[start : match.end()].rstrip(".,")


def _enclosed(text: str) -> tuple[list[int], list[int]]:
    """The outermost brackets of a text: where they open, and where they close."""
    starts: list[int] = []
    ends: list[int] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text) if "(" in text or "[" in text else ():
        at = match.start()
        if match[0] in "([":
            opened.append(at)
        elif opened:
            first = opened.pop()
            if not opened:
                starts.append(first)
                ends.append(at)
    return starts, ends


def _inside(at: int, opened: Sequence[int], closed: Sequence[int]) -> bool:
    """Tell whether a place stands in one of the brackets."""
    index = bisect_left(opened, at) - 1
    return index >= 0 and at <= closed[index]


def _number(text: str, at: int) -> bool:
    """Tell whether a border at ``at`` breaks a number or a date."""
    before, behind = text[at - 1], text[at]
    if not (before in _NUMERIC and behind in _NUMERIC) or not (behind.isdecimal() or before.isdecimal()):
        return before in "-$" and behind.isdecimal()
    start, end = _around(text, at, _NUMERIC)
    left, right = text[start:at], text[at:end].rstrip(".,")
    # A year may end a sentence, a figure hardly.
    if before in ".," and not (before == "." and len(left) == len("2012.")):
        return True
    left = left.rstrip(".,")
    return not (_is_number(left) and _is_number(right)) or _breaks_date(text, start, end, left, right)


def _breaks_date(text: str, start: int, end: int, left: str, right: str) -> bool:
    """Tell whether what is left of a number is no year behind a month, or the rest no day before one."""
    if len(left) != len("2012") and _AFTER_MONTH.search(text, max(0, start - 16), start):
        return True
    return _BEFORE_MONTH.match(text, end) is not None and not (len(right) < 3 and 0 < int(right) < 32)


def _word(text: str, at: int, words: Container[str]) -> bool:
    """Tell whether a border breaks a word: one that is known, or one of which neither half is."""
    if not (text[at].islower() and text[at - 1].isalpha()):
        return False
    start, end = _around(text, at, None)
    left, right, whole = text[start:at], text[at:end], text[start:end]
    if whole in words or whole.lower() in words:
        return True
    # A letter by itself is hardly the last word of a cell.
    return len(left) == 1 or not (left in words or left.lower() in words) or right not in words


def _around(text: str, at: int, letters: str | None) -> tuple[int, int]:
    """The range about ``at`` of characters in ``letters``, or of letters; no further than a number or word goes."""
    start, end = at, at
    least, most = max(0, at - _LONGEST), min(len(text), at + _LONGEST)
    while start > least and (text[start - 1] in letters if letters is not None else text[start - 1].isalpha()):
        start -= 1
    while end < most and (text[end] in letters if letters is not None else text[end].isalpha()):
        end += 1
    return start, end


def _end(text: str, at: int) -> int:
    """Count the sides that end or begin as no value does."""
    found = text[at] in _ON_FIRST and _GOES_ON.match(text, at) is not None
    before = text[max(0, at - 8) : at].rstrip("\n")
    if before and (before[-1] in _UNDONE_LAST or before[-1] == " "):
        return found + (_UNFINISHED.search(before) is not None)
    return int(found)
