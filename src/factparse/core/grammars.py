"""Builds the grammars of ``grammars/`` with Lark, the words of its tables put into them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factparse.core.errors import GrammarError
from factparse.core.places import folder
from factparse.core.trie import trie_pattern
from factparse.core.words import forms

if TYPE_CHECKING:
    from lark import Lark

# The words of a table within a pattern (<months>, <qualifiers:before>), but no lookbehind and no named group; and a
# terminal that is nothing but such words (MONTH: <months>), with its flags.
_WORDS = r"(?<!\?)(?<!\?P)<(?P<table>[a-z_]+)(?::(?P<group>[a-z_]+))?>"
_WITHIN = re.compile(_WORDS)
_ALONE = re.compile(rf"(?m)^(?P<head>\w+(?:\.-?\d+)?\s*:\s*){_WORDS}(?P<flags>[imslux]*)(?=\s*(?://|$))")


def with_words(grammar: str) -> str:
    """Write out the words of tables in the text of a grammar: each ``<table>`` becomes an alternation of its forms.

    ``<table:group>`` takes only the rows whose column ``group`` holds that word.

    >>> with_words("MONTH.3: <months>")[:24]
    'MONTH.3: /(?:J(?:an(?:ua'
    """
    alone = _ALONE.sub(lambda found: f"{found['head']}/{_alternation(found)}/{found['flags']}", grammar)
    return _WITHIN.sub(_alternation, alone)


def _alternation(found: re.Match[str]) -> str:
    return trie_pattern(forms(found["table"], found["group"] or "")).replace("/", r"\/")


def _read(path: Path) -> str:
    try:
        return with_words(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GrammarError("grammar-missing", f"cannot read the grammar {path}: {error}") from error


def _imported(_base: str | None, name: str) -> tuple[str, str]:
    """Load a grammar that another one imports, as Lark asks for it: where it is and what it holds."""
    path = folder() / name
    if not path.is_file():
        raise OSError(f"no grammar {name}")  # Lark goes on to its own
    return str(path), _read(path)


def build(name: str, **options: Any) -> Lark:  # noqa: ANN401 (Lark's own options)
    """Build the Lark parser of ``grammars/<name>``; LALR unless ``options`` say otherwise.

    Lark is imported here and not at the top: it takes longer to import than everything else together.

    Raises :class:`~factparse.GrammarError` (``grammar-missing``) if there is no such grammar or table of words.
    """
    from lark import Lark

    return Lark(_read(folder() / name), **{"parser": "lalr", "import_paths": [_imported], **options})
