"""Builds the grammars of ``grammars/`` with Lark. Before that, it puts the words of the tables into them."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from factparse.core.cache import cache_folder
from factparse.core.errors import GrammarError, OutputError
from factparse.core.outfiles import complete_file
from factparse.core.places import folder
from factparse.core.trie import trie_pattern
from factparse.core.words import forms, table_text

if TYPE_CHECKING:
    from lark import Lark

# The words of a table within a pattern (<months>, <qualifiers:before>), but not the name of a group, (?P<name>...).
_WORDS = r"(?<!\(\?P)<(?P<table>[a-z_]+)(?::(?P<group>[a-z_]+))?>"
_WITHIN = re.compile(_WORDS)
# Another terminal of the same grammar within a pattern (<YEAR>).
_PIECE = re.compile(r"(?<!\(\?P)<(?P<name>[A-Z][A-Z_]*)>")
# A terminal that is one pattern and so may stand within others; and one that is only words (MONTH: <months>), to which
# the slashes of a pattern must be added.
_TERMINAL = re.compile(r"(?m)^(?P<name>[A-Z_]+)(?:\.-?\d+)?\s*:\s*/(?P<pattern>(?:\\.|[^/\\])+)/")
_ALONE = re.compile(rf"(?m)^(?P<head>\w+(?:\.-?\d+)?\s*:\s*){_WORDS}(?P<flags>[imslux]*)(?=\s*(?://|$))")


def with_words(grammar: str) -> str:
    """The text of a ``grammar`` with its words written out: each ``<table>`` becomes a pattern of all its forms.

    ``<table:group>`` takes only the rows whose column ``group`` holds that word, and ``<TERMINAL>`` becomes the pattern
    of that terminal. Raises :class:`~factparse.GrammarError` (``grammar-missing``) for a table that is not there, and
    ``bad-grammar`` for a terminal that is not.

    >>> with_words("MONTH.3: <months>")[:24]
    'MONTH.3: /(?:J(?:an(?:ua'
    """
    alone = _ALONE.sub(lambda found: f"{found['head']}/{_alternation(found)}/{found['flags']}", grammar)
    return _with_pieces(_WITHIN.sub(_alternation, alone))


def _with_pieces(grammar: str) -> str:
    """The text of a grammar in which terminals within the patterns of others are written out.

    Lark can join terminals, but not put one inside a lookahead or lookbehind.

    >>> _with_pieces("YEAR: /[12][0-9]{3}/ SINCE: /since(?= <DAY>)/")
    Traceback (most recent call last):
    factparse.core.errors.GrammarError: no terminal <DAY> begins a line of the grammar [bad-grammar]
    """
    patterns = {found["name"]: found["pattern"] for found in _TERMINAL.finditer(grammar)}

    def piece(found: re.Match[str]) -> str:
        # It is removed while it is written out, so that a terminal within itself is an error, and not an endless loop.
        pattern = patterns.pop(found["name"], None)
        if pattern is None:
            raise GrammarError("bad-grammar", f"no terminal {found[0]} begins a line of the grammar")
        written = _PIECE.sub(piece, pattern)
        patterns[found["name"]] = written
        return f"(?:{written})"

    return _PIECE.sub(piece, grammar)


def _alternation(found: re.Match[str]) -> str:
    return trie_pattern(forms(found["table"], found["group"] or "")).replace("/", r"\/")


def _read(name: str) -> str:
    """The text of ``grammars/<name>``, as it is written."""
    path = folder() / name
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise GrammarError("grammar-missing", f"cannot read the grammar {path}: {error}") from error


def build(name: str, start: Sequence[str]) -> Lark:
    """The Lark parser of ``grammars/<name>`` with the start rules ``start``. It parses tuples of tokens, not texts.

    Lark is imported here and not at the top, because its import takes longer than all others together. Built grammars
    are kept in :func:`~factparse.core.cache.cache_folder`, and built again if the kept one cannot be read.

    Raises :class:`~factparse.GrammarError` (``grammar-missing``) if there is no such grammar or table of words.
    """
    from lark import Lark

    from factparse.core.token_lexer import TokenLexer

    grammar = _read(name)
    kept = cache_folder()
    file = kept / _kept_name(name, grammar, start) if kept is not None else None
    parser = _loaded(file) if file is not None else None
    if parser is None:
        parser = Lark(with_words(grammar), parser="lalr", lexer=TokenLexer, start=list(start))
        if file is not None:
            _keep(parser, file)
    return parser


def _kept_name(name: str, grammar: str, start: Sequence[str]) -> str:
    """The name of the file in which a built grammar is kept. Whatever it was built of has a part in the name.

    So two versions in use have a file each. With one for both, they would overwrite it in turns. The words are not put
    into the grammar for this: that takes as long as loading what was built.
    """
    import lark

    digest = blake2b(repr((lark.__version__, sys.version_info[:2], start, grammar)).encode(), digest_size=12)
    for table in sorted({found["table"] for found in _WITHIN.finditer(grammar)}):
        digest.update(table_text(table).encode())
    return f"{name.replace('/', '-')}-{digest.hexdigest()}"


def _loaded(file: Path) -> Lark | None:
    """The parser that is kept in ``file``; ``None`` if there is none, or it is damaged."""
    from lark import Lark

    try:
        with file.open("rb") as stream:
            return Lark.load(stream)
    except Exception:  # damaged bytes raise anything; the grammar is then built anew
        return None


def _keep(parser: Lark, file: Path) -> None:
    """Keep a built parser in ``file``, if that can be written."""
    with suppress(OutputError), complete_file(file) as stream:
        parser.save(stream)
