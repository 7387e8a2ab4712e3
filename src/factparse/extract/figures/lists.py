"""Lists of names: divided by commas and semicolons, or by semicolons alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from factparse.core.facts import Item
from factparse.extract.figures.drafts import Draft
from factparse.language import read_as_of
from factparse.language.plans import CELL, Range, rules

_BLANKS: Final = ' \t\n\xa0"'
_LONGEST_DATE: Final = 30  # characters


def entries(text: str, start: int, end: int, *, clauses: bool = False) -> Iterator[Range]:
    """Cut the entries of a list: semicolons divide them, and commas unless they are ``clauses``."""
    for token in rules(CELL, "clauses" if clauses else "names").pattern.finditer(text, start, end):
        yield bare(text, *token.span())


def bare(text: str, start: int, end: int) -> Range:
    """Leave out the white space and quotes around ``text[start:end]``."""
    name = text[start:end]
    stripped = name.strip(_BLANKS)
    start += name.find(stripped)
    return start, start + len(stripped)


def bracket_of(name: str) -> int:
    """Find where the bracket opens that ends ``name``; -1 if none does, or if it is all of it."""
    opening = -1
    if name.endswith("]"):
        opening = name.rfind("[")
    elif name.endswith(")"):
        depth = 0
        for at in range(len(name) - 1, -1, -1):
            depth += (name[at] == ")") - (name[at] == "(")
            if not depth:
                opening = at
                break
    return opening if opening > 0 else -1


def is_date(inside: str) -> bool:
    """Tell whether what stands in a bracket behind a name is a date, and no remark."""
    closes = inside[-1:].isdigit() or inside.endswith("est.")
    return closes and len(inside) < _LONGEST_DATE and read_as_of(inside).year is not None


def item(text: str, path: tuple[str, ...], start: int, end: int) -> Draft:
    """Read a list entry: its name, the bracket behind it as its note or date."""
    start, end = bare(text, start, end)
    name = text[start:end]
    draft = Draft(Item, path, start, end)
    opening = bracket_of(name)
    if opening > 0:
        inside = name[opening + 1 : -1]
        if is_date(inside):
            draft.date = (start + opening + 1, end - 1)
        else:
            draft.note = inside
        name = name[:opening].rstrip()
    draft.name = name.removeprefix("and ").rstrip(".")
    return draft


def items(text: str, path: tuple[str, ...], start: int, end: int, *, clauses: bool = False) -> list[Draft]:
    """Read the entries of ``text[start:end]``."""
    found = (item(text, path, *entry) for entry in entries(text, start, end, clauses=clauses))
    return [draft for draft in found if draft.name]
