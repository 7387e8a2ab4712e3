"""Lists of names, which commas and semicolons divide, or semicolons alone where names hold commas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from factparse.core.facts import Item
from factparse.extract.figures.drafts import Draft
from factparse.language import is_as_of, unquoted
from factparse.language.plans import CELL, Range, rules, terminal

_BLANKS: Final = ' \t\n\xa0"'
_DIVIDERS: Final = " ,:/-–—"
_LONGEST_DATE: Final = 30  # characters
_CLOSING: Final = frozenset(")]")
_DATE_ENDS: Final = frozenset("0123456789.")


def entries(text: str, start: int, end: int, *, clauses: bool = False) -> Iterator[Range]:
    """Yield where the entries of the list ``text[start:end]`` stand, less the white space and quotes around them.

    Semicolons divide entries, and so do commas, unless the entries are ``clauses``; none divides inside brackets.
    """
    run = text.count(" or ", start, end) > 1
    for token in rules(CELL, "clauses" if clauses else "names").pattern.finditer(text, start, end):
        first, last = token.span()
        if text[last - 1] in _BLANKS and not text[first:last].strip(_BLANKS):
            continue  # nothing stands there
        # Lines that lost their breaks: "Red Alliance or RA Blue Party or BP".
        for cut in terminal(CELL, "RUN_TOGETHER").finditer(text, first, last) if run else ():
            yield bare(text, first, cut.end())
            first = cut.end()
        yield bare(text, first, last)


def bare(text: str, start: int, end: int) -> Range:
    """Return the range of ``text[start:end]`` without the white space and quotes at its ends."""
    name = text[start:end]
    stripped = name.strip(_BLANKS)
    start += name.find(stripped)
    return start, start + len(stripped)


def bracket_of(name: str) -> int:
    """Return where in ``name`` the bracket opens that ends it; -1 if no bracket does, or if it is the whole name."""
    opening = -1
    if name.endswith("]"):
        opening = name.rfind("[")
    elif name.endswith(")"):
        depth = 0  # round brackets may nest, so they are counted from the right
        for at in range(len(name) - 1, -1, -1):
            depth += (name[at] == ")") - (name[at] == "(")
            if not depth:
                opening = at
                break
    return opening if opening > 0 else -1


def is_date(inside: str) -> bool:
    """Return whether what stands in a bracket behind a name is a date, and not a remark that mentions a year."""
    return inside[-1:] in _DATE_ENDS and len(inside) < _LONGEST_DATE and is_as_of(inside)


def item(text: str, path: tuple[str, ...], start: int, end: int) -> Draft:
    """Return the draft of one :func:`bare` list entry: its name, and the bracket that ends it as its date or note."""
    name = text[start:end]
    if '"' in name:
        start, end = unquoted(text, start, end)
        name = text[start:end]
    draft = Draft(Item, path, start, end)
    # Before the bracket of a date another one may stand: Army (Maavoimat) (2019).
    while name[-1:] in _CLOSING and (opening := bracket_of(name)) > 0 and draft.note is None:
        inside = name[opening + 1 : -1]
        if is_date(inside):
            if draft.date is not None:
                break
            draft.date = (start + opening + 1, start + len(name) - 1)
        else:
            draft.note = inside
        name = name[:opening].rstrip()
        name = name.rstrip('"') if name.count('"') == 1 else name
    draft.name = name.removeprefix("and ").rstrip(".")
    if "--" in draft.name and (short := terminal(CELL, "SHORT_NAME").match(draft.name)):
        draft.note, draft.name = draft.name[short.end() :], short["short"]
    return draft


def unstarred(text: str, drafts: Sequence[Draft]) -> None:
    """Take the stars from the names in a list, and note what the count with the same stars calls them.

    ``18 districts and 2 autonomous regions*; Beja, Madeira*`` notes that Madeira is of the ``autonomous regions``. What
    a star stands for that no count has is not told; then the star is the note.
    """
    called: dict[str, str] = {}
    for draft in drafts:
        if draft.unit and draft.counts:
            # They may stand behind a bracket too: 2 zones (singular - zona)*.
            stars = _stars(draft.unit) or _stars(text[draft.start : draft.end + 1].rstrip(" ;,"))
            draft.unit = called[stars] = draft.unit.rstrip("*")
    for draft in drafts:
        stars = _stars(draft.name)
        if stars and draft.kind is Item:
            draft.name = draft.name.rstrip("* ")
            if (opening := bracket_of(draft.name)) > 0:  # Acores (Azores)*
                draft.noted(draft.name[opening + 1 : -1])
                draft.name = draft.name[:opening].rstrip()
            draft.noted(called.get(stars, stars))


def _stars(printed: str) -> str:
    return printed[len(printed.rstrip("*")) :]


def add_item(found: list[Draft], text: str, draft: Draft) -> None:
    """Add the ``draft`` of a list entry to those ``found`` before it, if it has a name.

    What a comma or a dash sets off behind the bracket of an entry remarks on it, if it begins in small letters (``Reds
    [Ann ODD], the ruling party``).
    """
    if found and _remarks(found[-1], draft, text):
        return
    name = draft.name.lstrip(_DIVIDERS)
    if any(map(str.isalnum, name)) and name != "and":
        led = len(draft.name) - len(name)
        draft.start += led if led and text.startswith(draft.name, draft.start) else 0
        draft.name = name.removeprefix("and ").rstrip(" ,:").removesuffix(" -")
        found.append(draft)


def _remarks(before: Draft, draft: Draft, text: str) -> bool:
    """Add the entry ``draft`` to the one ``before`` it if it only remarks on that; tell whether it does."""
    name = draft.name.lstrip(_DIVIDERS)
    enclosed = name[:1] == "(" and bracket_of(f" {name}") == 1
    small = name[:1].islower() and len(name) < len(draft.name) and not name.startswith("and ")
    if not (enclosed or small or (not name and draft.note is not None)):
        return False
    words = text[draft.start : draft.end].lstrip(_DIVIDERS)
    inside = words[1:-1] if words[:1] == "(" and words[-1:] == ")" else words
    if enclosed and is_date(inside):
        before.date = before.date or (draft.end - 1 - len(inside), draft.end - 1)
    else:
        before.noted(inside)
    before.end = draft.end
    return True
