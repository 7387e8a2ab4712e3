"""Finds the tier ratings of a cell, section by section; headings divide it, as ``grammars/fields/tiers.lark`` says.

A cell may name more tiers than the one the country is on now: the one it moved from, or one it has just avoided. The
grammar calls these decoys.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple, cast

from factparse.core.facts import Tier
from factparse.core.words import forms, rows
from factparse.language import is_as_of
from factparse.language.plans import Cut, Range, terminal
from factparse.language.scanner import Words, cell, finds, lowered, words
from factparse.vocabulary import country_named

TIERS: Final = "fields/tiers.lark"
_REACH: Final = 60  # characters before one of the words of _near() in which a token may begin
_DASH: Final = " \t\r\n-–—:;,."  # what parts a tier from its reason, or ends a name
_AROUND: Final = ' \t\r\n|"”.;,'


class Section(NamedTuple):
    """A heading with what follows it up to the next, or what stands before all headings.

    ``heading`` is the token of the heading, ``tokens`` are the others of the section. ``passed`` means that its tiers
    are passed over, since a heading of the cell says where the rating is, and that is elsewhere.
    """

    start: int
    end: int
    heading: Cut | None
    tokens: list[Cut]
    passed: bool


class Rating(NamedTuple):
    """A tier as a section gives it, to the country of the cell; if ``listed``, to the one named at its place.

    ``mark`` is where the tier itself stands, ``date`` where its date does, with the bracket.
    """

    start: int
    end: int
    tier: Tier
    mark: Range
    date: Range | None
    reason: str | None
    listed: bool = False


def sections(text: str) -> Iterator[Section]:
    """Yield the sections of a cell in reading order; what holds no tier and no heading is in none."""
    table = words(TIERS)
    tokens = _tokens(text, table)
    plan = table.plan(tokens)
    # With a heading that says "tier rating:", a tier under another heading is none of the country's now.
    headed = any(part.kind == "section" and part.parts[0].parts[0].kind == "rating" for part in plan.parts)
    for index, part in enumerate(plan.parts):
        first = tokens[part.first]
        end = tokens[part.end][1] if part.end < len(tokens) else len(text)
        if part.kind == "section":
            passed = headed and part.parts[0].parts[0].kind == "situation"
            yield Section(first[2], end, first, tokens[part.first + 1 : part.end], passed)
        else:
            # The sentence that tells of a move begins before it.
            start = text.rfind(";", 0, first[1]) + 1 if first[0] == "DECOY" else first[1]
            yield Section(start, end, None, tokens[part.first : part.end], headed and index + 1 < len(plan.parts))


def ratings(text: str, section: Section) -> Iterator[Rating]:
    """Yield the ratings of a section: that of the country of the cell, or one for each country of a list by tier."""
    if section.passed:
        return
    if any(name == "LISTED" for name, _, _ in section.tokens):
        yield from _listed(text, section.tokens, section.end)
    else:
        yield from _rating(text, section.tokens, section.start, section.end)


@cache
def _near() -> tuple[str, ...]:
    """Return the words of which each token holds one, in small letters: so prose far from them need not be cut."""
    return ("tier ", *forms("tier_headings", "situation"))


def _tokens(text: str, table: Words) -> list[Cut]:
    """Return the tokens of a cell, which are looked for only around a few words; a heading may be glued to a word."""
    lower = lowered(text)
    places = sorted(at for word in _near() for at in finds(lower, word))
    found: list[Cut] = []
    done = 0
    for at in places:
        glued = text[at - 1 : at].isalpha()
        # Glued, it begins right here ("landtier rating:"); else some words before, where a decoy may begin.
        start = max(done, at if glued else text.rfind(" ", 0, max(0, at - _REACH)) + 1)
        if start <= at:
            found += table.tokens(text, cell(text[start : at + len("tier")]), start)
            done = max(at, found[-1][2] if found else 0)
    return found


def _tier(printed: str) -> Tier | None:
    """Return the tier that is printed, which may be that of the watch list; ``None`` if it is no tier of a fact."""
    label = printed.lower()
    tier = next((row["tier"] for row in rows("tiers") if label.startswith(row["form"].lower())), None)
    return cast(Tier, "Tier 2 Watch List" if tier == "Tier 2" and "watch" in label else tier)


def _rating(text: str, tokens: Sequence[Cut], start: int, end: int) -> Iterator[Rating]:
    """Yield the rating that ``text[start:end]`` gives, if any: its first tier that is no decoy.

    The reason is what follows the tier up to the date; if words stand before the tier in the section, it is all of it.
    """
    named = next((token for token in tokens if token[0] in ("TIER", "LISTED")), None)
    tier = _tier(text[named[1] : named[2]]) if named else None
    if named is None or tier is None:
        return
    date = _closing(tokens, text, end)
    before = text[start : named[1]].strip(_DASH)
    reason = text[start if before else named[2] : date[0] if date else end].strip().lstrip(_DASH).rstrip()
    if "http" in reason:
        reason = terminal(TIERS, "POINTER").sub("", reason)
    yield Rating(start, end, tier, named[1:], date, reason or None)


def _closing(tokens: Sequence[Cut], text: str, end: int) -> Range | None:
    """Return where the date stands that closes a rating, with its bracket, or ``None``."""
    bracket = text.rfind("(", 0, end)
    # A bracket before the tokens is not of this rating.
    if bracket < (tokens[0][1] if tokens else end):
        return None
    close = text.find(")", bracket, end)
    closed = close >= 0 and not text[close + 1 : end].strip(_AROUND) and is_as_of(text[bracket + 1 : close])
    return (bracket, close + 1) if closed else None


def _listed(text: str, tokens: Sequence[Cut], end: int) -> Iterator[Rating]:
    """Yield one rating for each country of a list by tier, as the page of the world prints it.

    A date behind the whole list is that of each tier without its own. What follows a tier and a colon but is no list of
    countries is read as a rating of the cell's country.
    """
    heads = [index for index, token in enumerate(tokens) if token[0] == "LISTED"]
    ends = [*(tokens[index][1] for index in heads[1:]), end]
    last = _closing(tokens, text, end)
    for index, later, stop in zip(heads, [*heads[1:], len(tokens)], ends, strict=True):
        own = _closing(tokens[index:later], text, stop)
        _, first, start = tokens[index]
        close = own[0] if own else stop
        tier = _tier(text[first:start])
        head = terminal(TIERS, "LIST_HEAD").match(text, start, close) if tier else None
        start = head.end() if head else start
        names = [] if tier is None else list(_names(text, start, close))
        if tier is None or not _is_list(text, names, start, close):
            yield from _rating(text, tokens[index:later], first, stop)
            continue
        for name in names:
            yield Rating(*name, tier, tokens[index][1:], own or last, None, listed=True)


def _is_list(text: str, names: Sequence[Range], start: int, end: int) -> bool:
    """Return whether ``names`` make ``text[start:end]`` a list of countries: several, or one and no more words."""
    return len(names) > 1 or (len(names) == 1 and text[start:end].strip(_DASH) == text[slice(*names[0])])


def _names(text: str, start: int, end: int) -> Iterator[Range]:
    """Yield where the country names of a list stand; ``and`` may join the last ones, or be part of a name."""
    for match in terminal(TIERS, "LIST_PIECE").finditer(text, start, end):
        piece = match[0]
        first, behind = match.start() + len(piece) - len(piece.lstrip()), match.start() + len(piece.rstrip(_DASH))
        if text.startswith("and ", first):
            first += len("and ")
        if country_named(text[first:behind]) is not None:
            yield first, behind
            continue
        joint = text.find(" and ", first, behind)
        while joint >= 0:  # "Trinidad and Tobago and Fiji": at the joint that leaves two names
            pair = ((first, joint), (joint + len(" and "), behind))
            if all(country_named(text[a:b]) is not None for a, b in pair):
                yield from pair
                break
            joint = text.find(" and ", joint + 1, behind)
