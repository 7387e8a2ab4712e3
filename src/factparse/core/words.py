"""Reads the word tables of ``grammars/words/``. Each word of the language stands there once, with its meaning.

A grammar asks for the forms of a table (``<months>``), and an extractor asks for their meaning. So neither spells a
word, and both know the same words.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from factparse.core.errors import GrammarError
from factparse.core.places import folder

FORM = "form"
"""The name of the first column of every table, which holds the word or words as printed."""

RANK: Final = "country comparison to the world"
"""The words with which the editions of 2009 to 2017 say which place a country's figure has among all countries."""


@cache
def table_text(name: str) -> str:
    """What the file ``grammars/words/<name>.tsv`` holds.

    Raises :class:`~factparse.GrammarError` (``grammar-missing``) if there is no such table.

    >>> table_text("months").startswith("form\\tnumber")
    True
    """
    path = folder() / "words" / f"{name}.tsv"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise GrammarError("grammar-missing", f"cannot read the table of words {path}: {error}") from error


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``grammars/words/<name>.tsv`` in the table's order, each a mapping from column to cell.

    Lines that begin with ``#`` are comments. Cells at the end of a row may be left out, and are then empty.

    Raises :class:`~factparse.GrammarError`: ``grammar-missing`` if there is no such table, ``bad-words`` if its first
    column is not called ``form``, or if a form stands in it twice.

    >>> rows("months")[0]["form"], rows("months")[0]["number"]
    ('January', '1')
    """
    path = folder() / "words" / f"{name}.tsv"
    text = table_text(name)
    head, *body = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    if head[0] != FORM:
        raise GrammarError("bad-words", f"{path}: the first column is {head[0]!r}; it must be {FORM!r}")
    # Empty cells are added to each row, and zip() drops those that are too many.
    found = tuple(dict(zip(head, [*cells, *[""] * len(head)], strict=False)) for cells in body)
    if len({row[FORM] for row in found}) < len(found):
        raise GrammarError("bad-words", f"{path}: a form stands there twice; each needs one row")
    return found


def forms(name: str, group: str = "") -> tuple[str, ...]:
    """The forms of the table ``name``, in order. With a ``group``, only those whose column ``group`` holds that word.

    >>> "October" in forms("months")
    True
    """
    return tuple(row[FORM] for row in rows(name) if not group or group in row["group"].split())


@cache
def mapping(name: str, column: str) -> dict[str, str]:
    """A mapping from each form of the table ``name`` to its cell in ``column``.

    Raises ``KeyError`` if the table has no such column.

    >>> mapping("months", "number")["Oct"]
    '10'
    """
    return {row[FORM]: row[column] for row in rows(name)}
