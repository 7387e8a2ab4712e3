"""Finds the lines of a text that may be structure of a country page: headings, topics, and labels.

Each line is looked at by itself here; :mod:`factparse.layout.country.choice` decides which of them are what they seem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from factparse.core.words import forms
from factparse.layout.country.headings import heading_of, topic_of
from factparse.layout.index import LEADING, any_label, topic_first
from factparse.layout.marks import LABEL, LINE, SOURCE, TOPIC, Mark
from factparse.vocabulary import Label, label_at, label_of_words, topic_named

HEADING: Final = "heading"
LONE: Final = "lone"
"""The form of a heading that is nothing but a name."""

COLON, KEY, SUB, BAR = "colon", "key", "sub", "bar"
"""Forms of a label: a colon ends its line; the value follows the colon; a sub-label and a colon follow; a bar does."""

_MARKS = LEADING + "\r\u2022\u00b7\u25aa\u25ba\u00bb@%-"  # before a head: indentation, bullets, marks of old editions
_EDGE = " \t\r\xa0|*_"
_LONGEST = 80  # characters; no label is longer
_LONGEST_LINE = 100  # characters; no heading is longer
_FEWEST = 3  # labels with a colon in one line show that line breaks are lost
_SOURCE = re.compile(r"(?i:source:?[ \t]*+(?:the[ \t]++)?(?:cia|central intelligence agency)\b)[^\n]{0,60}")
_COLON_BELOW = re.compile(r"[ \t\r\xa0]*+\n\s*+:[ \t\r\xa0]*+(?!\S)")
_LINES = re.compile(rf"[{re.escape(_MARKS)}]*+([^\n]*+)\n?")


@cache
def _sublabels() -> frozenset[str]:
    return frozenset(word.casefold() for word in forms("sublabels"))


def head_marks(text: str) -> list[Mark]:
    """The marks of ``text``, in reading order: what a line's beginning says that it may be."""
    found: list[Mark] = []
    at, size = 0, len(text)
    waiting: tuple[int, int] | None = None  # the line before, if a label may go on in this one
    while at < size:
        match = _LINES.match(text, at)
        assert match is not None  # it matches a line break at least
        start, stop = match.span(1)
        stop = start + len(text[start:stop].rstrip(_EDGE))
        if found and _COLON_BELOW.match(text, found[-1].end, stop) is not None:
            found[-1] = _with_colon(found[-1])
        marks = list(_marks_of(text, at, start, stop)) if start < stop else []
        if not marks and waiting is not None and stop - start <= _LONGEST:
            marks = list(_broken(text, waiting, start, stop))
        found += marks
        if start < stop:
            waiting = None if marks and marks[0].form != LINE else (start, stop)
        at = match.end()
    return _without_covered(found)


def _with_colon(mark: Mark) -> Mark:
    """The ``mark`` of a line below which its colon stands on a line of its own: extractors part tags by line breaks."""
    return mark._replace(form=COLON) if mark.form == LINE and mark.kind in (LABEL, TOPIC) else mark


def _without_covered(marks: list[Mark]) -> list[Mark]:
    """The marks without one whose line turned out to be the first half of a label."""
    return [mark for mark, after in pairwise([*marks, Mark("", -1, -1, -1)]) if mark.start != after.start]


def _broken(text: str, first: tuple[int, int], start: int, stop: int) -> Iterator[Mark]:
    """Yield the mark of a label that is broken over two lines: ``Ports`` / ``and Harbors:``."""
    end = stop - 1 if text[stop - 1] == ":" else stop
    if end == stop or not text[start].islower() or first[1] - first[0] > _LONGEST:
        return
    label = _label(f"{text[slice(*first)]} {text[start:end]}")
    if label is not None and text[first[0]].isupper():
        line = text.rfind("\n", 0, first[0]) + 1
        yield Mark(LABEL, line, first[0], end, COLON, label)


def _marks_of(text: str, line: int, start: int, stop: int) -> Iterator[Mark]:
    """Yield the marks of the line that begins at ``line`` and holds ``text[start:stop]``."""
    if not text[start].isupper():
        return
    short = stop - start <= _LONGEST_LINE
    if short and (topic := _topic(text[start:stop])) is not None:
        also = _label(text[start:stop])
        yield Mark(TOPIC, line, start, stop, COLON if text[stop - 1] == ":" else LINE, also, topic)
        return
    if short and (found := heading_of(text[start:stop].replace("\xa0", " "))) is not None:
        a, b = (start + at for at in found.name)
        c, d = (start + at for at in found.topic or (0, 0))
        form = LONE if found.alone else LINE
        yield Mark(HEADING, line, start, stop, form, None, topic_of(found, text[start:stop]), (a, b, c, d))
    elif labels := list(_labels(text, line, start, stop)):
        yield from labels
    elif short and _SOURCE.fullmatch(text, start, stop) is not None:
        yield Mark(SOURCE, line, start, stop)


@lru_cache(4096)
def _topic(line: str) -> str | None:
    """The topic that fills a line; behind it may stand the two colons of a heading whose name is on the next line."""
    return topic_named(line.removesuffix(":"))


def _labels(text: str, line: int, start: int, stop: int) -> Iterator[Mark]:
    """Yield the label at the beginning of a line, and those behind it if line breaks are lost."""
    first = _first_label(text, line, start, stop)
    if first is None:
        return
    yield first
    if first.form == KEY and text.count(":", start, stop) >= _FEWEST:
        more = list(_inner(text, first.end, stop))
        if len(more) >= _FEWEST - 1:
            yield from more


def _inner(text: str, start: int, stop: int) -> Iterator[Mark]:
    """Yield the labels within a line that have a colon behind them and a blank before them."""
    for found in any_label().finditer(text, start, stop):
        end = found.end()
        if text[end : end + 1] == ":" and text[found.start() - 1].isspace():
            label = _label(found[0])
            if label is not None:
                yield Mark(LABEL, found.start(), found.start(), end, KEY, label)


def _first_label(text: str, line: int, start: int, stop: int) -> Mark | None:
    mark = _headed(text, line, start, stop)
    if mark is None and (topic := topic_first().match(text, line, stop)) is not None:
        mark = _headed(text, line, topic.end(), stop)
    return mark


def _headed(text: str, line: int, start: int, stop: int) -> Mark | None:
    """The mark of a label that begins at ``start``; ``None`` if what stands before a colon, bar or end is no label."""
    near = min(stop, start + _LONGEST + 1)
    end = text.find(":", start, near)
    bar = text.find("|", start, end if end >= 0 else near)
    if bar >= 0:
        end = bar
    if end < 0:
        end = stop
    if end - start > _LONGEST:
        return None
    label = _label(text[start:end])
    if label is not None:
        return Mark(LABEL, line, start, start + len(text[start:end].rstrip(_EDGE)), _form(text, end, stop), label)
    return _with_sublabel(text, line, start, end) if text[end : end + 1] == ":" else None


def _form(text: str, end: int, stop: int) -> str:
    if end >= stop:
        return LINE
    if text[end] == "|":
        return BAR
    return COLON if end + 1 >= stop else KEY


def _with_sublabel(text: str, line: int, start: int, end: int) -> Mark | None:
    """The mark of a label with one of its sub-labels behind it, before the same colon: ``Area total:``."""
    label = label_at(text[start:end])
    if label is None:
        return None
    stop = start + len(label.text)
    words = text[stop:end]
    if not words[:1].isspace() or words.strip().casefold() not in _sublabels():
        return None
    return Mark(LABEL, line, start, stop, SUB, label)


def _label(words: str) -> Label | None:
    return label_of_words(words)
