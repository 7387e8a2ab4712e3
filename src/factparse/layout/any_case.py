"""Finds labels in small letters or capitals, on pages that print none as the Factbook does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from factparse.layout.index import LEAD
from factparse.layout.marks import BARS, LABEL, LINE, TABS, Mark
from factparse.vocabulary import label_named

_LINE = re.compile(
    rf"^{LEAD}(?P<label>[^\W\d_][^|\t\n\r]{{2,80}}?)(?::\*\*|:__)?[ \xa0]{{0,9}}"
    rf"(?:(?P<{BARS}>\|)|(?P<{TABS}>\t)|[ \t\r]*$)",
    re.M,
)


def any_case_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the marks of lines between ``start`` and ``end`` that are a label, or begin with one before a bar or tab.

    A line of a cell may be such a word, too (``population``): it is for pages that a title and a header tell already.
    """
    for line in _LINE.finditer(text, start, end):
        label = label_named(line["label"])
        if label is not None and not label.part:
            at, stop = line.span("label")
            printed = attrs.evolve(label, text=text[at:stop])
            yield Mark(
                LABEL, line.start(), at, stop, line.lastgroup if line.lastgroup in (BARS, TABS) else LINE, printed
            )
