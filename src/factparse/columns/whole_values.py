"""What a border would break: a number, a date, a bracket, a quote, a word, or a value that goes on.

Both cells of a row begin and end as whole values. So a place inside ``7.58%`` or ``(31 December 2014)`` is hardly a
border, and one that leaves two whole numbers of ``2,00055,000`` is one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from factparse.core.words import forms

__all__ = ["Broken", "broken_at", "joined"]

_NUMBER = re.compile(r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?")
_BRACKET = re.compile(r"[()\[\]]")
_DIGITS = re.compile(r"\d[\d,.]*(?<!\.)(?<!,)")
_MONTH = "|".join(sorted({form for form in forms("months") if len(form) > 2}, key=len, reverse=True))
_AFTER_MONTH = re.compile(rf"(?:{_MONTH})\.? (?:\d\d?, )?\Z")
_BEFORE_MONTH = re.compile(rf" ?(?:{_MONTH})\b")
_GOES_ON = re.compile(r"[),;%/.\]]|\d{1,3}(?:\$|-\d|\n\d|NA)|(?:and|or|of|to|in|from|the|by|with|for) |est\.")
_UNFINISHED = re.compile(
    r"(?:[(,;:/\[–$<>~±]|(?<![A-Za-z0-9)])[-+]|\b(?:and|or|of|to|in|from|the|by|with|for|a|an)) ?\Z"
)
_NO_VALUE = re.compile(r"\bNA(?:[\d$(]|-\d)|\d(?:NA|none)\b|[A-Za-z]{3}-\d+\.\d")


class Broken(NamedTuple):
    """What a border would break, each a count: numbers and dates, brackets, words, values that go on."""

    numbers: int
    brackets: int
    words: int
    ends: int


def broken_at(text: str, places: Sequence[int], words: Container[str]) -> list[Broken]:
    """What a border at each of ``places`` would break. ``words`` are known ones.

    >>> broken_at("9.5%12.1%", [2, 4, 5], set())
    [Broken(numbers=1, brackets=0, words=0, ends=0), Broken(numbers=0, brackets=0, words=0, ends=0), \
Broken(numbers=1, brackets=0, words=0, ends=0)]
    """
    inner = _enclosed(text)
    return [
        Broken(_number(text, at), any(one < at <= two for one, two in inner), _word(text, at, words), _end(text, at))
        for at in places
    ]


def joined(text: str) -> int:
    """How many values of ``text`` are run together so that they are none: ``2,00055,000``. ``NA5.6%`` counts twice.

    >>> joined("NA5.6%"), joined("2,00055,000"), joined("2,000 km (2012)")
    (2, 1, 0)
    """
    runs = sum([_NUMBER.fullmatch(found[0]) is None and "," in found[0] for found in _DIGITS.finditer(text)])
    return runs + 2 * (_NO_VALUE.search(text) is not None)


def _enclosed(text: str) -> list[tuple[int, int]]:
    """The outermost brackets of a text: where each opens and closes."""
    found, opened = [], []
    for match in _BRACKET.finditer(text):
        at = match.start()
        if match[0] in "([":
            opened.append(at)
        elif opened:
            first = opened.pop()
            if not opened:
                found.append((first, at))
    return found


def _number(text: str, at: int) -> int:
    """Tell whether a border at ``at`` breaks a number or a date."""
    before, behind = text[at - 1], text[at]
    if behind.isspace() or before.isspace():
        return 0
    if not (behind.isdecimal() or before.isdecimal()) or not (behind in "0123456789.," and before in "0123456789.,-$"):
        return 0
    if before in "-$":
        return 1
    start, end = at, at
    while start and (text[start - 1].isdecimal() or text[start - 1] in ".,"):
        start -= 1
    while end < len(text) and (text[end].isdecimal() or text[end] in ".,"):
        end += 1
    left, right = text[start:at], text[at:end].rstrip(".,")
    if before in ".," and not (before == "." and start + 5 == at):
        return 1  # a year may end a sentence, a figure hardly
    left = left.rstrip(".,")
    if not _NUMBER.fullmatch(left) or not _NUMBER.fullmatch(right):
        return 1
    if len(left) != 4 and _AFTER_MONTH.search(text, max(0, start - 16), start):
        return 1
    return _BEFORE_MONTH.match(text, end) is not None and not (len(right) < 3 and 0 < int(right) < 32)


def _word(text: str, at: int, words: Container[str]) -> int:
    """Tell whether a border breaks a word: one that is known, or one of which neither half is."""
    if not (text[at].islower() and text[at - 1].isalpha()):
        return 0
    start, end = at, at
    while start and text[start - 1].isalpha() and at - start < 30:
        start -= 1
    while end < len(text) and text[end].isalpha() and end - at < 30:
        end += 1
    left, right, whole = text[start:at], text[at:end], text[start:end]
    if whole in words or whole.lower() in words:
        return 1
    return not (left in words or left.lower() in words) or right not in words


def _end(text: str, at: int) -> int:
    """Count the sides that end or begin as no value does."""
    return (_GOES_ON.match(text, at) is not None) + (
        _UNFINISHED.search(text[max(0, at - 8) : at].rstrip("\n")) is not None
    )
