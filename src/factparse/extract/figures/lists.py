"""Lists of names: divided by commas and semicolons, or by semicolons alone."""

from __future__ import annotations

import re

from factparse.extract.figures.figures import read_date
from factparse.extract.figures.rows import ITEM, Row

_ROUND = r"\([^()]*+(?:\([^()]*+\)[^()]*+)*+\)"
_ITEM = re.compile(rf'[ \t\n\xa0"]*+((?:[^,;()\[\]]++|{_ROUND}|\[[^\[\]]*+\]|[()\[\]])++)')
# A bracket of leaders ends an entry, also where nothing divides it from the next.
_CLAUSE = re.compile(rf'[ \t\n\xa0"]*+((?:[^;()\[\]]++|{_ROUND}|[()\]])++(?:\[[^\[\]]*+\])?+|\[)')


_BLANK = frozenset(' \t\n\xa0"')
_BLANKS = ' \t\n\xa0"'
_CLOSERS = frozenset(")]")


def _opening(name: str) -> int:
    """Return where the bracket that ends ``name`` opens, or -1."""
    if name[-1] == "]":
        return name.rfind("[")
    depth = 0
    for at in range(len(name) - 1, -1, -1):
        depth += (name[at] == ")") - (name[at] == "(")
        if not depth:
            return at
    return -1


def item(text: str, path: tuple[str, ...], start: int, end: int) -> Row:
    """Return the row of a list entry: its name, the bracket behind it as its note or date."""
    name = text[start:end]
    if name[:1] in _BLANK or name[-1:] in _BLANK:
        bare = name.strip(_BLANKS)
        start += name.find(bare)
        end = start + len(bare)
        name = bare
    row = Row(ITEM, path, start, end)
    if name[-1:] in _CLOSERS:
        opening = _opening(name)
        if opening > 0:
            inside = name[opening + 1 : -1]
            if inside[-1:].isdigit() or inside.endswith("est."):
                dated = len(inside) < 30 and read_date(inside).year
                row.date = (start + opening + 1, start + len(name) - 1) if dated else None
            row.note = None if row.date else inside
            name = name[:opening].rstrip()
    row.name = (name[4:] if name.startswith("and ") else name).rstrip(".")
    return row


def items(text: str, path: tuple[str, ...], start: int, end: int, *, clauses: bool = False) -> list[Row]:
    """Return the entries of ``text[start:end]``, which semicolons divide, and commas unless they are ``clauses``."""
    found: list[Row] = []
    for match in (_CLAUSE if clauses else _ITEM).finditer(text, start, end):
        row = item(text, path, *match.span(1))
        if row.name:
            found.append(row)
    return found
