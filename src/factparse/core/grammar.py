"""Finds and builds the Lark grammars of ``grammars/``.

In a wheel the grammars lie inside the package; in a checkout (and in an editable install) at the top level.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factparse.core.errors import GrammarError

if TYPE_CHECKING:
    from lark import Lark


@cache
def folder() -> Path:
    """Return the folder of the grammar files.

    Raises :class:`~factparse.GrammarError` (``grammar-missing``) if the installation has none.

    >>> (folder() / "layout.lark").is_file()
    True
    """
    here = Path(__file__).resolve()
    for place in (here.parents[1] / "grammars", here.parents[3] / "grammars"):
        if (place / "layout.lark").is_file():
            return place
    raise GrammarError("grammar-missing", "the grammar files are not installed; install factparse again")


def build(name: str, **options: Any) -> Lark:  # noqa: ANN401 (Lark's own options)
    """Return a Lark parser for ``grammars/<name>``; LALR unless ``options`` say otherwise.

    Lark is imported here and not at the top: it takes longer to import than everything else together.
    """
    from lark import Lark

    path = folder() / name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GrammarError("grammar-missing", f"cannot read the grammar {path}: {error}") from error
    return Lark(text, **{"parser": "lalr", "source_path": str(path), "import_paths": [str(folder())], **options})
