"""Cuts a value into items, which are what stands between two dividers, and reads them off a plan.

The rule is ``item`` of ``grammars/cell.lark``. Extractors read a flat form of the plan (:class:`Recipe`), for which no
node is made. :func:`item_nodes` lays the same plan over the same tokens, for those who want to see the tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from factparse.core.frozen import Frozen
from factparse.language.plans import CELL, Plan, Range, Rules, expanded, filled, laid, rules
from factparse.language.tree import Value

_LONGEST: Final = 400  # tokens; a longer item is prose, not figures
_FIGURES: Final = frozenset({"figure", "minus_figure", "missing", "no_money", "no_runways"})


class Entry(Frozen, frozen=True):
    """An entry is a figure with what belongs to it. Here it is told by indices of its item's tokens.

    Each part behind the figure begins where the one before it ends; a part that is missing is empty.
    """

    figure: int
    after: int  # end of the words right behind the figure: its unit, and what it is a part of
    details: int  # end of its brackets: date, breakdown or remark
    end: int  # end of what trails them, and of the entry


class Recipe(Frozen, frozen=True):
    """The plan of an item, flat: how many tokens come before its first figure, and its entries in order."""

    lead: int
    entries: tuple[Entry, ...]


class Tokens(Frozen, frozen=True):
    """An item as it was cut: the string of its token types, where each stands in the cell, its flat plan, if any."""

    shape: str
    spans: list[Range]
    plan: Recipe | None


class ItemCodes(Frozen, frozen=True):
    """The rules of an item, and the codes of those tokens that extractors ask for by name."""

    rules: Rules
    divider: str  # the code of a comma, and of what is read alike
    alike: dict[int, str]  # codes that are read as another: of dividers, and of a date that lost its brackets
    tag: str
    dated: str
    bracket: str
    opening: str
    words: str
    missing: str
    described: str  # what says of which kind the figure before it is
    other: str


@cache
def item_codes() -> ItemCodes:
    """The rules of an item and the codes of its tokens, made once."""
    known = rules(CELL, "item")
    codes = known.codes
    # All dividers are read as commas, so that one split finds them; a date that lost its brackets as one that has them.
    divider = codes["COMMA"]
    alike = {ord(codes[name]): divider for name in ("SEMICOLON", "SLASH")} | {ord(codes["BARE_DATE"]): codes["AS_OF"]}
    named = (codes[name] for name in ("TAG", "AS_OF", "BRACKET", "OPEN", "WORDS", "MISSING", "GAUGE", "OTHER"))
    return ItemCodes(known, divider, alike, *named)


@lru_cache(4096)
def recipe(shape: str) -> Recipe | None:
    """The flat plan of an item with these token types; ``None`` if it has no figure, or no rule takes it."""
    plan = item_codes().rules.plan(shape) if len(shape) < _LONGEST else None
    if plan is None:
        return None
    lead = next((part.end for part in plan.parts if part.kind == "lead"), 0)
    entries = tuple(_entry(part) for part in plan.parts if part.kind == "entry")
    return Recipe(lead, entries) if entries else None


def _entry(plan: Plan) -> Entry:
    # Where a part is missing, it ends where the one before it does, so that each range may be empty.
    after = details = plan.first + 1
    for part in plan.parts[1:]:
        if part.kind == "after":
            after = details = part.end
        elif part.kind == "detail":
            details = part.end
    return Entry(plan.first, after, details, plan.end)


def cut_items(text: str, start: int, end: int) -> list[Tokens]:
    """The items of ``text[start:end]``, in order, with offsets in ``text``.

    What divides them, and HTML that was left in, is in no item.
    """
    known = item_codes()
    shape, spans = known.rules.cut(text, start, end)
    if known.tag in shape:  # HTML that was left in: the item is read as if it were not there
        spans = [span for code, span in zip(shape, spans, strict=True) if code != known.tag]
        shape = shape.replace(known.tag, "")
    return [Tokens(piece, spans[first:last], plan) for piece, first, last, plan in _divided(shape)]


@lru_cache(8192)
def _divided(shape: str) -> tuple[tuple[str, int, int, Recipe | None], ...]:
    """The items of a string of token types: of each its types, the range of its tokens, its flat plan or ``None``."""
    known = item_codes()
    found = []
    at = 0
    for piece in shape.translate(known.alike).split(known.divider):
        end = at + len(piece)
        if piece:
            found.append((piece, at, end, recipe(piece)))
        at = end + 1
    return tuple(found)


def item_nodes(text: str, start: int, end: int) -> Iterator[Value]:
    """Yield the items of ``text[start:end]`` as nodes; an item that no rule takes is an ``unparsed`` one.

    What divides the items has no node here. The caller makes one of each gap.

    >>> [node] = item_nodes("Kenya about 5 km (2020)", 0, 23)
    >>> [(leaf.kind, leaf.text("Kenya about 5 km (2020)")) for leaf in node.leaves() if leaf.kind != "space"]
    [('name', 'Kenya '), ('qualifier', 'about'), ('number', '5'), ('unit', 'km'), ('years', '2020')]
    """
    kinds = item_codes().rules.kinds
    for item in cut_items(text, start, end):
        plan = item_codes().rules.plan(item.shape)
        tokens = [_token(text, kinds[code], *span) for code, span in zip(item.shape, item.spans, strict=True)]
        if plan is None:
            yield filled("unparsed", tokens[0].start, tokens[-1].end, tokens)
            continue
        for part in plan.parts:
            if part.kind == "entry":
                _expand_words(text, tokens, part)
            elif part.kind == "lead" and part.end - part.first == 1 and tokens[part.first].kind == "words":
                token = tokens[part.first]
                tokens[part.first] = expanded("before", text, token)
        yield laid(plan, tokens)


def _expand_words(text: str, tokens: list[Value], entry: Plan) -> None:
    """Put the node of unit and rest in the place of the words behind each figure of ``entry``, in ``tokens``."""
    for part in entry.parts:
        if part.kind == "after":
            token = filled("words", tokens[part.first].start, tokens[part.end - 1].end, ())
            # The plan counts tokens, so their number must stay: empty nodes stand for those that were joined.
            tokens[part.first : part.end] = [
                expanded("behind", text, token),
                *[Value("space", token.end, token.end)] * (part.end - part.first - 1),
            ]


def _token(text: str, kind: str, start: int, end: int) -> Value:
    """The node of a token with what is inside it. A bracket holds items of its own."""
    if kind in _FIGURES:
        return expanded("figure", text, Value("figure", start, end))
    if kind == "as_of":
        return expanded("date", text, Value("as_of", start, end))
    if kind == "bracket":
        inside = list(item_nodes(text, start + 1, end - 1))
        return filled("bracket", start, end, inside)
    return Value(kind, start, end)
