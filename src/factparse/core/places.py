"""Finds the grammar files: in the package of a wheel, at the top of a checkout or an editable install."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from factparse.core.errors import GrammarError


@cache
def folder() -> Path:
    """The folder of the grammar files.

    Raises :class:`~factparse.GrammarError` (``grammar-missing``) if the installation has none.

    >>> (folder() / "layout.lark").is_file()
    True
    """
    here = Path(__file__).resolve()
    for place in (here.parents[1] / "grammars", here.parents[3] / "grammars"):
        if (place / "layout.lark").is_file():
            return place
    raise GrammarError("grammar-missing", "the grammar files are not installed; install factparse again")
