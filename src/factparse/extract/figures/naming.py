"""What the words around a figure say of it: its name, what it is a part of, its year, a remark.

:class:`~factparse.extract.figures.items.Reader` finds the words; these functions put what they say into drafts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from factparse.core.facts import Item, Quantity, Share
from factparse.extract.figures.drafts import Draft
from factparse.language.dates import read_as_of
from factparse.language.figures import has_digit, read_before, read_rest, unjoined
from factparse.language.plans import CELL, Range, terminal

_LONGEST_NAME: Final = 8  # words before a figure; more are a sentence
_LONGEST_PLACE: Final = 20  # of a highest or lowest point
_LONGEST_BEFORE: Final = 80  # characters of a name that goes on behind a comma
_LONGEST_LEAD: Final = 400  # characters before or behind a figure; more are prose and not looked into
_LONGEST_UNIT: Final = 3  # words behind a figure that name what is counted; more are a remark


def read_lead(draft: Draft, words: str) -> bool:
    """Read the words before a figure into its name, note and qualifier; return whether they can be a name.

    More words than a name has are a sentence. The names of highest and lowest points may be longer.
    """
    if len(words) > _LONGEST_LEAD:
        return False
    if "(" in words:
        name, _, inside = words.partition("(")
        inside, _, behind = inside.rpartition(")")
        draft.estimated = terminal(CELL, "ESTIMATE").fullmatch(inside) is not None  # agriculture (est.) 60%
        draft.note = None if draft.estimated else inside.strip() or None
        words = f"{name.rstrip()} {behind}"
    draft.name, draft.qualifier = read_before(words.strip())
    if draft.name[:4] == "from" and (lead := terminal(CELL, "FROM_WHERE").match(draft.name)):
        draft.name = draft.name[lead.end() :]
    draft.name = unjoined(draft.name)
    place = draft.path and draft.path[-1].endswith("point")
    return draft.name.count(" ") <= (_LONGEST_PLACE if place else _LONGEST_NAME)


def share_units(text: str, drafts: Sequence[Draft]) -> None:
    """Give the unit of a figure behind a slash to the one before it: ``200/350 nm``."""
    for before, draft in pairwise(drafts):
        if text[draft.start] == "/" and before.unit is None and before.end == draft.start:
            before.unit = draft.unit
            draft.start += 1


def take_name(text: str, drafts: list[Draft], at: int) -> None:
    """Give the figure ``drafts[at]`` the name and date that the text before its comma is, if that is how it is printed.

    ``Eastern commitments (1970-87), $20 million``: the text in front ends in a date, and the figure has neither a name
    nor a date. ``Mount Alpha, on Cat Island 63 m``: the figure's name goes on with where it is. That text is no draft
    of its own any more.
    """
    before, draft = drafts[at - 1], drafts[at]
    if draft.kind is not Quantity or before.path != draft.path or text[before.end : draft.start].strip() != ",":
        return
    date = before.date
    if draft.name:
        if before.end - before.start > _LONGEST_BEFORE or not terminal(CELL, "NAME_GOES_ON").match(draft.name):
            return
        draft.name = f"{read_before(text[before.start : before.end].strip()).name}, {draft.name}"
    elif isinstance(date, tuple) and not draft.date:
        draft.name, draft.date = read_before(text[before.start : date[0]].strip()).name, date
    else:
        return
    draft.start = before.start
    del drafts[at - 1]


def take_whole(text: str, drafts: list[Draft], at: int) -> None:
    """Give the share ``drafts[at]`` the names of the entries before it, if they are printed as one with its own.

    ``China, including Hong Kong 37%`` is China's share, ``Luba, Kongo, and Mongo 45%`` that of the three together. The
    entries are no drafts of their own any more.
    """
    draft = drafts[at]
    joined, includes = text.startswith("and ", draft.start), text.startswith("including ", draft.start)
    part = draft.kind is Share and draft.figure is not None and draft.figure.unit == "%"
    if not part or not (joined or includes or not draft.name):
        return
    first = at
    while first and _goes_before(text, drafts[first - 1], drafts[first]):
        first -= 1
    names = [before.name for before in drafts[first:at]]
    if not names:
        return
    if joined:
        draft.name = ", ".join([*names, f"and {draft.name}"])
    elif includes:
        draft.name, included, first = names[-1], draft.name, at - 1
        draft.note = "; ".join(filter(None, (f"including {included}", draft.note)))
    elif len(names) > 1 and text.startswith("including ", drafts[at - 1].start):
        draft.name, first = names[-2], at - 2  # raw materials, including coal, 7%
        draft.noted(names[-1])
    else:
        draft.name, first = names[-1], at - 1
    draft.start = drafts[first].start
    del drafts[first:at]


def _goes_before(text: str, before: Draft, draft: Draft) -> bool:
    """Whether ``before`` is an entry without a share, and only a comma divides it from ``draft``."""
    listed = before.kind is Item and before.path == draft.path and before.date is None
    return listed and text[before.end : draft.start].strip() == ","


def take_date(drafts: Sequence[Draft], path: tuple[str, ...], span: Range) -> bool:
    """Give a date, which is all that its line or its side of a bar holds, to the figure before it; tell whether it is.

    The figure has no date, and stands under the same sub-labels.
    """
    if not drafts or drafts[-1].path != path or drafts[-1].date is not None or not drafts[-1].counts:
        return False
    drafts[-1].date = span
    drafts[-1].tail += span
    return True


def part_of(draft: Draft, whole: str) -> None:
    """Say of which ``whole`` the figure is a part; what it is called itself becomes a label of it.

    What is said of the whole, ``the labor force is foreign``, is a remark.
    """
    said = terminal(CELL, "SAID").search(whole)
    if said is not None and said.start() > 0:
        draft.noted(whole[said.start() :].strip())
        whole = whole[: said.start()]
    if draft.kind is Share:
        draft.name, draft.note = (draft.name, f"of {whole}") if draft.name else (whole, draft.note)
        return
    if draft.name:
        draft.path, draft.name = (*draft.path, draft.name), ""
    draft.of = whole


def take_year(draft: Draft, words: str) -> str:
    """Take the year that the words behind an undated figure tell for its date; return the other words."""
    if draft.date is not None or not has_digit(words):
        return words
    found = terminal(CELL, "TOLD_WHEN").search(words)
    if found is None:
        return words
    draft.date, draft.inner = read_as_of(found["date"]), True
    return (words[: found.start()] + words[found.end() :].lstrip()).strip()


def read_remark(draft: Draft, rest: str) -> None:
    """Take the words behind a figure that name no known unit for what it counts, what it is of, or a remark."""
    name, kind, draft.note = read_rest(take_year(draft, rest))
    if not name:
        return
    bare = draft.unit is None and draft.figure is not None and draft.figure.unit is None
    # A few small words are what is counted ("5 main lines"): no table could name all of these.
    if bare and not kind and name[0].islower() and name.count(" ") < _LONGEST_UNIT:
        draft.unit = name
    elif not draft.name and name.count(" ") < _LONGEST_NAME:
        draft.of = name
    else:
        draft.note = f"{name}; {draft.note}" if draft.note else name
