"""The tier ratings of a cell, by the sections that headings divide it into: ``grammars/fields/tiers.lark``."""

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
_REACH: Final = 60  # how far before a word that each rating has one may begin
_DASH: Final = " \t\r\n-–—:;,."
_AROUND: Final = ' \t\r\n|"”.;,'


class Section(NamedTuple):
    """A heading with what follows it up to the next, or what stands before all headings; its tokens, less the heading.

    ``heading`` is its token; ``passed`` tells that its tiers are not the country's now.
    """

    start: int
    end: int
    heading: Cut | None
    tokens: list[Cut]
    passed: bool


class Rating(NamedTuple):
    """A tier as a section gives it: for the country of the cell, or for the one whose name stands at its place."""

    start: int
    end: int
    tier: Tier
    mark: Range
    date: Range | None
    reason: str | None
    listed: bool = False


def sections(text: str) -> Iterator[Section]:
    """Divide a cell at its headings, as far as there is a tier or a heading."""
    table = words(TIERS)
    tokens = _tokens(text, table)
    plan = table.plan(tokens)
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
    """Read the ratings of a section: that of the country, or of a list of countries by tier one each."""
    if section.passed:
        return
    if any(name == "LISTED" for name, _, _ in section.tokens):
        yield from _listed(text, section.tokens, section.end)
    else:
        yield from _rating(text, section.tokens, section.start, section.end)


@cache
def _near() -> tuple[str, ...]:
    """Words of which a rating or a heading holds one, in small letters."""
    return ("tier ", *forms("tier_headings", "situation"))


def _tokens(text: str, table: Words) -> list[Cut]:
    """The tokens of a cell, which all stand near a few words; a heading may be glued to a word."""
    lower = lowered(text)
    places = sorted(at for word in _near() for at in finds(lower, word))
    found: list[Cut] = []
    done = 0
    for at in places:
        glued = text[at - 1 : at].isalpha()
        start = max(done, at if glued else text.rfind(" ", 0, max(0, at - _REACH)) + 1)
        if start <= at:
            found += table.tokens(text, cell(text[start : at + len("tier")]), start)
            done = max(at, found[-1][2] if found else 0)
    return found


def _tier(printed: str) -> Tier | None:
    """The tier that is printed, with or without its watch list."""
    label = printed.lower()
    tier = next((row["tier"] for row in rows("tiers") if label.startswith(row["form"].lower())), None)
    return cast(Tier, "Tier 2 Watch List" if tier == "Tier 2" and "watch" in label else tier)


def _rating(text: str, tokens: Sequence[Cut], start: int, end: int) -> Iterator[Rating]:
    """Read the rating that ``text[start:end]`` gives: its first tier that is no decoy."""
    named = next((token for token in tokens if token[0] in ("TIER", "LISTED")), None)
    tier = _tier(text[named[1] : named[2]]) if named else None
    if named is None or tier is None:
        return
    date = _closing(tokens, text, end)
    before = text[start : named[1]].strip(_DASH)
    reason = text[start if before else named[2] : date[0] if date else end].strip().lstrip(_DASH).rstrip()
    yield Rating(start, end, tier, named[1:], date, reason or None)


def _closing(tokens: Sequence[Cut], text: str, end: int) -> Range | None:
    """Where the date stands that closes a rating, with its bracket."""
    bracket = text.rfind("(", 0, end)
    if bracket < (tokens[0][1] if tokens else end):
        return None
    close = text.find(")", bracket, end)
    closed = close >= 0 and not text[close + 1 : end].strip(_AROUND) and is_as_of(text[bracket + 1 : close])
    return (bracket, close + 1) if closed else None


def _listed(text: str, tokens: Sequence[Cut], end: int) -> Iterator[Rating]:
    """Read one rating a country of a page that lists countries by tier."""
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
    """Whether ``names`` make ``text[start:end]`` a list of countries: several, or one and no more words."""
    return len(names) > 1 or (len(names) == 1 and text[start:end].strip(_DASH) == text[slice(*names[0])])


def _names(text: str, start: int, end: int) -> Iterator[Range]:
    """Find the country names of a list, whose last may be joined by ``and``."""
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
