"""Reads the data files of the vocabulary, and folds text into the keys by which they are searched."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_DASHES = re.compile(r"\s*(?:[\u2010-\u2015\u2212]|-{1,3})\s*")
_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'"})


def rows(name: str) -> list[list[str]]:
    """The rows of ``data/<name>.tsv`` as lists of cells, without the row of headings.

    >>> rows("topics")[0]
    ['Introduction', 'Introduction']
    """
    text = (_DATA / f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n")[1:] if line]


def fold(text: str) -> str:
    """The key of ``text`` for look-ups: case, accents, kind of apostrophe and amount of white space do not matter.

    >>> fold("  C\u00f4te  d\u2019Ivoire ")
    "cote d'ivoire"
    """
    if not text.isascii():  # NFKD parts letters from their accents, which are then left out
        parts = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
        text = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def fold_dashes(text: str) -> str:
    """The key of ``text`` for look-ups, as :func:`fold` makes it, in which all ways to print a dash are the same too.

    The editions differ in them: ``Debt - external`` (1997, 2000 and later), ``Debt-external`` (1998),
    ``Debt--external`` (1999).

    >>> fold_dashes("Debt--external") == fold_dashes("Debt - External") == fold_dashes("debt\u2013external")
    True
    """
    return _DASHES.sub("-", fold(text.translate(_APOSTROPHES)))
