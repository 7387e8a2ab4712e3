"""Tells lists of fields (menus, tables of contents, definitions, data models) from pages of the Factbook.

Such a list has labels as well. What stands behind them gives it away: nothing, a definition, or always the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from factparse.core.trie import trie_pattern
from factparse.core.words import forms
from factparse.layout.marks import Mark

_LOOKED_AT = 100  # characters of a value show how it is worded
_WORD = re.compile(r"[^\W\d_]+")


class Said(NamedTuple):
    """What holds of most labels of a page: nothing stands behind them, or a definition of the field."""

    empty: bool
    defined: bool


def said_behind(text: str, marks: list[Mark], end: int) -> Said:
    """What holds of the labels among the ``marks`` of a page that ends at ``end``.

    >>> from factparse.layout.country.heads import head_marks
    >>> said_behind(text := "Birth rate: this entry gives births\\nDeath rate: 9", head_marks(text), len(text))
    Said(empty=False, defined=False)
    """
    values = [value for _, value in _values(text, marks, end)]
    defined = sum(map(_is_definition, values))
    filled = sum(any(map(str.isalnum, value)) for value in values)
    return Said(2 * filled < len(values), 2 * defined > len(values))


def _is_definition(value: str) -> bool:
    """Whether a definition is all that stands behind a label. On pages of the CIA it stands above the value."""
    opening = definition_opening().match(value)
    lines = value[opening.end() :].split("\n")[1:] if opening is not None else []
    return opening is not None and not any(any(map(str.isalnum, line)) and line.strip() != "more" for line in lines)


def alike(text: str, marks: list[Mark], end: int) -> bool:
    """Whether behind most labels stands the same as behind others, but for figures and the label's own words.

    >>> from factparse.layout.country.heads import head_marks
    >>> alike(text := "Birth rate: see page 5\\nDeath rate: see page 7\\n", head_marks(text), len(text))
    True
    """
    values = [(label, value) for label, value in _values(text, marks, end) if any(map(str.isalnum, value))]
    wordings = {_wording(label, value) for label, value in values}
    return len(values) > 1 and 2 * len(wordings) <= len(values)


def _values(text: str, marks: list[Mark], end: int) -> Iterator[tuple[str, str]]:
    """Yield the words of each label, one a name, and what stands between it and the next mark."""
    seen = set()
    for mark, after in pairwise([*marks, Mark("", end, end, end)]):
        if mark.label is not None and mark.label.text not in seen:
            seen.add(mark.label.text)
            yield mark.label.text, text[mark.end : after.start]


def _wording(label: str, value: str) -> tuple[str, ...]:
    own = set(_WORD.findall(label.casefold()))
    return tuple(word for word in _WORD.findall(value[:_LOOKED_AT].casefold()) if word not in own)


@cache
def definition_opening() -> re.Pattern[str]:
    """The pattern of how a text begins that says what a field is: ``This entry gives ...``.

    >>> bool(definition_opening().match(":\\n This entry gives births")), bool(definition_opening().match("41 births"))
    (True, False)
    """
    return re.compile(rf"[\W_]*+(?i:{trie_pattern(forms('definition_openings'))})\b")
