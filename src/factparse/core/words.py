"""The word tables of ``grammars/words/``: each word of the language stands there once, with what it means.

A grammar asks for the forms of a table (``<months>``), an extractor for what they mean: neither spells a word itself.
"""

from __future__ import annotations

from functools import cache

from factparse.core.errors import GrammarError
from factparse.core.places import folder

FORM = "form"
"""The first column of every table: the word or words as printed."""


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Read the table ``grammars/words/<name>.tsv``: a mapping from column to cell for each row, in the table's order.

    Lines that begin with ``#`` are comments; cells at the end of a row may be left out.

    Raises :class:`~factparse.GrammarError` (``grammar-missing``) if there is no such table, ``bad-words`` if its first
    column is not called ``form``, or if a form stands in it twice.

    >>> rows("months")[0]["form"], rows("months")[0]["number"]
    ('January', '1')
    """
    path = folder() / "words" / f"{name}.tsv"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GrammarError("grammar-missing", f"cannot read the table of words {path}: {error}") from error
    head, *body = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    if head[0] != FORM:
        raise GrammarError("bad-words", f"{path}: the first column is {head[0]!r}; it must be {FORM!r}")
    found = tuple(dict(zip(head, [*cells, *[""] * len(head)], strict=False)) for cells in body)
    if len({row[FORM] for row in found}) < len(found):
        raise GrammarError("bad-words", f"{path}: a form stands there twice; each needs one row")
    return found


def forms(name: str, group: str = "") -> tuple[str, ...]:
    """List the forms of a table; with a ``group``, those whose column ``group`` holds that word.

    >>> "October" in forms("months")
    True
    """
    return tuple(row[FORM] for row in rows(name) if not group or group in row["group"].split())


@cache
def mapping(name: str, column: str) -> dict[str, str]:
    """Map each form of a table to what stands in ``column``.

    >>> mapping("months", "number")["Oct"]
    '10'
    """
    return {row[FORM]: row[column] for row in rows(name)}
