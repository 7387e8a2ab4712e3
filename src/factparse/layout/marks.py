"""Finds the lines that may be structure: titles, topic headings, field labels, source lines, rules.

This pass only proposes marks. Whether a line that starts like a label is a row depends on the rest of the page, and is
decided by :mod:`factparse.layout.readings`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, repeat
from typing import TYPE_CHECKING, NamedTuple

import attrs

from factparse.layout.index import lines
from factparse.layout.tables import LAYOUTS, PIPES
from factparse.layout.tables import TABS as TABBED
from factparse.vocabulary import (
    Label,
    country_at,
    country_named,
    label_as_printed,
    name_begins,
    topic_named,
    without_edition,
)

if TYPE_CHECKING:
    import regex

# Kinds of marks.
TITLE, TOPIC, HEADER, LABEL, SOURCE = "title", "topic", "header", "label", "source"
RULE, NOISE = "rule", "noise"

# Forms of a label: what follows it. The line's end; a space; a value; a small letter; or what a table has there.
LINE, SPACED, GLUED, JOINED = "line", "spaced", "glued", "joined"
TABLED = frozenset(layout.form for layout in LAYOUTS)
BARS, TABS = PIPES.form, TABBED.form

LONGEST_TITLE = 200
"""The most characters of a line that a title fills. In a longer one it is ``GLUED``: line breaks are lost."""

# Each pattern starts with a plain, rare letter, so that the search is fast. What follows it is tested before what
# precedes it. Capitals are looked for only where small letters found no title.
VERSUS = re.compile(r"v(?=[s. \t\xa0]|ersus)(?<= v)(?:s?\.?|ersus)[ \t\xa0]++")
CAPITAL_VERSUS = re.compile(r"V(?=[Ss])(?<= V)[Ss]\.?[ \t\xa0]++")
# A name may start behind a space, a mark, or glued to a word in small letters.

BEGINNING = 12
"""So many characters show whether a name of any list may begin (:func:`~factparse.vocabulary.name_begins`)."""

_MOST_WORDS = 9
_WORD_END = re.compile(r"\w[.);]{0,2}(?!\w)")
_LONGEST_NAME = 80


_NO_SPOTS = (0, 0, 0, 0)


class Mark(NamedTuple):
    """A line, or a piece of one, that may be structure; all its numbers are offsets in the text.

    ``start`` is where the line (or glued piece) starts, ``at`` and ``end`` are the range of its heading. ``spots``
    are the start and end of the first name of a title or header, then of the second.
    """

    kind: str
    start: int
    at: int
    end: int
    form: str = LINE
    label: Label | None = None
    topic: str | None = None
    spots: tuple[int, int, int, int] = _NO_SPOTS


@attrs.define
class PageMarks:
    """The marks of one page in reading order, where the page starts and ends in the text, and the names in its title.

    ``names`` is ``None`` for a page without a title. ``one`` says that it is the page of one country.
    """

    start: int
    end: int
    names: tuple[str, str] | None
    marks: list[Mark]
    one: bool = False


_mark = tuple.__new__  # in half the time of calling the class


def line_marks(text: str) -> list[Mark]:
    """The topic, label, source and rule marks of ``text``, in reading order."""
    found: list[Mark] = []
    for match in lines().finditer("\n" + text):  # a match then starts at the line's own offset, its groups one too late
        form = match.lastgroup
        name = match[LABEL]
        if name is not None:
            at, end = match.span(LABEL)
            label = label_as_printed(name)
            found.append(_mark(Mark, (LABEL, match.start(), at - 1, end - 1, form, label, None, _NO_SPOTS)))
        elif form == TOPIC:
            at, end = match.span(TOPIC)
            found.append(Mark(TOPIC, match.start(), at - 1, end - 1, LINE, topic=topic_named(match[TOPIC])))
        else:
            found.append(Mark(form or "", match.start(), match.start(), match.end() - 1))
    return found


def title_marks(text: str, versus: re.Pattern[str] = VERSUS) -> list[Mark]:
    """The titles ``A vs. B`` of ``text``, in reading order. Both sides must be names of the vocabulary.

    ``versus`` is the pattern of what stands between: :data:`VERSUS`, or :data:`CAPITAL_VERSUS`.
    """
    return [mark for match in versus.finditer(text) if (mark := _title(text, match)) is not None]


def has_title(text: str) -> bool:
    """Whether ``text`` has a title ``A vs. B`` anywhere.

    >>> has_title("Home\\nChad vs. Mali"), has_title("tea vs. coffee")
    (True, False)
    """
    # Most texts have nothing of the kind, and a search costs half of a generator.
    return VERSUS.search(text) is not None and any(map(_title, repeat(text), VERSUS.finditer(text)))


def _title(text: str, versus: re.Match[str]) -> Mark | None:
    """The title around ``versus``: one that fills its line, or a ``GLUED`` one that more of the page follows."""
    middle = versus.start()
    while middle > 0 and text[middle - 1] in " \t\xa0":
        middle -= 1
    end = _right_end(text, versus.end())
    if not end:
        return None
    start = text.rfind("\n", 0, middle) + 1
    first = max(start, middle - LONGEST_TITLE)
    middle = without_edition(text, first, middle)
    at = _left_name(text, first, middle)
    if at is None:
        return None
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    fills = at - start <= LONGEST_TITLE and stop - end <= LONGEST_TITLE
    spots = (at, middle, versus.end(), end)
    if fills and stop - start <= LONGEST_TITLE and not _prose(text, start, at, end, stop):
        return Mark(TITLE, start, at, stop, LINE, spots=spots)
    # In a line of prose it is no title, unless the line begins with it, or goes on for over LONGEST_TITLE.
    return Mark(TITLE, at, at, end, GLUED, spots=spots) if at - start <= 1 or not fills else None


@cache
def _word_start() -> regex.Pattern[str]:
    import regex  # few pages need it

    return regex.compile(r"(?<=[\s#*\[(>|:\p{Ll}])(?=\p{Lu})")


def _left_name(text: str, start: int, end: int) -> int | None:
    """Where the longest country name that ends at ``end`` starts, at ``start`` or later; ``None`` if there is none."""
    at = start
    while at < end:
        if not text[at].isspace() and country_named(text[at:end]) is not None:
            return at
        following = _word_start().search(text, at + 1, end)
        if following is None:
            return None
        at = following.start()
    return None


def _right_end(text: str, start: int) -> int:
    """Where the longest name that starts at ``start`` ends, within its line; 0 if none starts there.

    Other lists go on behind a name that is written as the Factbook writes it (``Congo, DRC``), or have another one.
    """
    right = country_at(text, start)
    if right is None and not name_begins(text[start : start + BEGINNING]):
        return 0
    end = right[1] if right is not None else 0
    line = text[start : start + _LONGEST_NAME].partition("\n")[0]
    if end and not line[end - start :].strip():
        return end
    ends = [start + word.end() for word in islice(_WORD_END.finditer(line), _MOST_WORDS)]
    return next((at for at in reversed(ends) if at > end and country_named(text[start:at]) is not None), end)


def _prose(text: str, start: int, at: int, end: int, stop: int) -> bool:
    """Whether the line says more than a title does: over 6 words before the names, or over 12 behind them."""
    return len(text[start:at].split()) > 6 or len(text[end:stop].split()) > 12
