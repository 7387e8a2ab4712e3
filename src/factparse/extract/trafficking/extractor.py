"""Trafficking in persons: the tier, with its year and reason, and what the text calls the country.

``grammars/fields/tiers.lark`` finds the ratings, ``grammars/fields/trafficking.lark`` the statements of a role.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from factparse.core.facts import Tier, TierRating, TraffickingRole
from factparse.extract.context import Context
from factparse.language import AsOf, is_as_of, read_as_of, split_clauses
from factparse.language.plans import Cut, Plan
from factparse.language.scanner import Words, words
from factparse.vocabulary import country_named, find_countries

FIELDS = ("Trafficking in persons",)

_WORDS = "fields/trafficking.lark"

_TIERS: dict[str, Tier] = {
    "1": "Tier 1",
    "2": "Tier 2",
    "3": "Tier 3",
    "one": "Tier 1",
    "two": "Tier 2",
    "three": "Tier 3",
}
_ROLE_WORDS = ("source", "transit", "transshipment", "destination", "origin")
_JOINTS = ("-", "'", "’")
_LEVEL = re.compile(r"tier (\w+)", re.IGNORECASE)
_LIST_HEAD = re.compile(r"(?:[^;()]*;)?\s*\(\d+ countries\)\s*")
_NOT_VICTIMS = re.compile(r"(?: (?:country|point))? for (?:\w+ ){0,2}?sex touris")
# Words that a rating or a heading holds, and how far before one of them such a phrase may begin.
_NEAR = ("tier ", "current situation", "trafficking profile")
_REACH = 60
_PIECE = re.compile(r"[^,;]+")
_DASH = " \t\r\n-–—:;,."

_ROLES = {
    "source": "source",
    "origin": "source",
    "transit": "transit",
    "transshipment": "transit",
    "destination": "destination",
}


def facts(context: Context) -> tuple[TierRating | TraffickingRole, ...]:
    """Return the roles and ratings of the cell, in reading order; of a list of countries by tier, one rating a country.

    >>> from factparse.extract import extract
    >>> text = ("current situation: Chad is a source and, to a lesser extent, destination country for children "
    ...         "tier rating: Tier 2 Watch List - up from Tier 3; a plan was drawn up (2009)")
    >>> for fact in extract("Trafficking in persons", text, subject="Chad"):
    ...     print(getattr(fact, "tier", None) or (fact.role, fact.hedged), fact.year)
    ('source', False) None
    ('destination', True) None
    Tier 2 Watch List 2009
    """
    found: list[TierRating | TraffickingRole] = [*_roles(context), *_ratings(context)]
    return tuple(sorted(found, key=lambda fact: fact.span.start))


def _tier(label: str) -> Tier | None:
    level = _LEVEL.search(label)
    tier = _TIERS.get(level[1].lower()) if level else None
    return "Tier 2 Watch List" if tier == "Tier 2" and "watch" in label.lower() else tier


def _ratings(context: Context) -> Iterator[TierRating]:
    """Yield the rating of each section that gives one."""
    text = context.text
    table = words("fields/tiers.lark")
    tokens = _rating_words(text, table)
    plan = table.plan(tokens)
    headed = any(part.kind == "section" and part.parts[0].parts[0].kind == "rating" for part in plan.parts)
    for index, section in enumerate(plan.parts):
        name, start, _ = tokens[section.first]
        if name == "DECOY":  # the sentence that tells of a move begins before it
            start = text.rfind(";", 0, start) + 1
        end = tokens[section.end][1] if section.end < len(tokens) else len(text)
        if section.kind == "section":
            if section.parts[0].parts[0].kind == "situation" and headed:
                continue
            start = tokens[section.first][2]
        elif headed and index + 1 < len(plan.parts):
            continue
        inside = [token for token in tokens[section.first : section.end] if token[0] not in ("RATING", "SITUATION")]
        if any(name == "LISTED" for name, _, _ in inside):
            yield from _listed(context, inside, end)
        else:
            yield from _rating(context, inside, start, end)


def _rating_words(text: str, table: Words) -> list[Cut]:
    """Return the tokens of ``tiers.lark``, which all stand near a few words; a heading may be glued to a word."""
    lower = text.lower() if len(text.lower()) == len(text) else text
    places = sorted(at for word in _NEAR for at in _finds(lower, word, 0, len(text)))
    found: list[Cut] = []
    done = 0
    for at in places:
        glued = text[at - 1 : at].isalpha()
        start = max(done, at if glued else text.rfind(" ", 0, max(0, at - _REACH)) + 1)
        if start <= at:
            found += table.tokens(text, start, at + len("tier"), len(text))
            done = max(at, found[-1][2] if found else 0)
    return found


def _finds(text: str, word: str, start: int, end: int) -> Iterator[int]:
    """Yield where ``word`` stands in ``text[start:end]``."""
    at = text.find(word, start, end)
    while at >= 0:
        yield at
        at = text.find(word, at + 1, end)


def _rating(context: Context, tokens: list[Cut], start: int, end: int) -> Iterator[TierRating]:
    """Yield the rating that ``text[start:end]`` gives: its first tier that is no decoy."""
    text = context.text
    named = next((token for token in tokens if token[0] in ("TIER", "LISTED")), None)
    tier = _tier(text[named[1] : named[2]]) if named else None
    if named is None or tier is None:
        return
    date, stop = _closing(tokens, text, end)
    before = text[start : named[1]].strip(_DASH)
    reason = text[start if before else named[2] : stop].strip().lstrip(_DASH).rstrip()
    yield context.fact(TierRating, start, end, date, tier=tier, rationale=reason or None)


def _closing(tokens: list[Cut], text: str, end: int) -> tuple[AsOf | None, int]:
    """Return the date in the bracket that closes a rating, and where the rating's words end."""
    bracket = text.rfind("(", 0, end)
    if bracket >= (tokens[0][1] if tokens else end):
        close = text.find(")", bracket, end)
        if close >= 0 and not text[close + 1 : end].strip(' \t\r\n|"”.;,') and is_as_of(text[bracket + 1 : close]):
            return read_as_of(text[bracket : close + 1]), bracket
    return None, end


def _listed(context: Context, tokens: list[Cut], end: int) -> Iterator[TierRating]:
    """Yield one rating a country of a page that lists countries by tier."""
    text = context.text
    heads = [index for index, token in enumerate(tokens) if token[0] == "LISTED"]
    ends = [*(tokens[index][1] for index in heads[1:]), end]
    last, _ = _closing(tokens, text, end)
    for at, (index, stop) in enumerate(zip(heads, ends, strict=True)):
        later = heads[at + 1] if at + 1 < len(heads) else len(tokens)
        own, close = _closing(tokens[index:later], text, stop)
        start = tokens[index][2]
        tier = _tier(text[tokens[index][1] : start])
        head = _LIST_HEAD.match(text, start, close) if tier else None
        names = [] if tier is None else list(_names(text, head.end() if head else start, close))
        if tier and not _is_list(text, names, head.end() if head else start, close):
            yield from _rating(context, tokens[index:later], tokens[index][1], stop)
            continue
        for first, behind in names:
            country = country_named(text[first:behind])
            name = country.name if country else text[first:behind]
            code = (country.alpha3 or None) if country else None
            yield context.fact(TierRating, first, behind, own or last, subject=name, subject_code=code, tier=tier)


def _is_list(text: str, names: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``names`` make ``text[start:end]`` a list of countries: several, or one and no more words."""
    return len(names) > 1 or (len(names) == 1 and text[start:end].strip(_DASH) == text[slice(*names[0])])


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the country names of a list, whose last may be joined by ``and``."""
    for match in _PIECE.finditer(text, start, end):
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


def _roles(context: Context) -> Iterator[TraffickingRole]:
    """Yield each role once, where it is first stated for the subject; plainly stated before hedged."""
    text = context.text
    places = sorted(at for word in _ROLE_WORDS for at in _finds(text, word, 0, len(text)))
    found: dict[str, TraffickingRole] = {}
    for start, end in split_clauses(text) if places else ():
        index = bisect_left(places, start)
        if index < len(places) and places[index] < end:
            for fact in _clause_roles(context, start, end):
                known = found.get(fact.role)
                if known is None or (known.hedged and not fact.hedged):
                    found[fact.role] = fact
    yield from found.values()


def _clause_roles(context: Context, start: int, end: int) -> Iterator[TraffickingRole]:
    for run in _runs(context.text, words(_WORDS).tokens(context.text, start, end)):
        if any(token[0] == "ROLE" for token in run):
            yield from _statements(context, start, run)


def _runs(text: str, tokens: list[Cut]) -> Iterator[list[Cut]]:
    """Yield the runs of ``tokens`` between which nothing stands but commas, which are links too."""
    run: list[Cut] = []
    for token in tokens:
        at = token[1]
        if run:
            gap = text[run[-1][2] : at].strip()
            if gap == ",":
                run.append(("LINK", at - 1, at))
            elif gap:
                yield run
                run = []
        if text[at - 1 : at] in _JOINTS and at:
            continue  # it is the end of another word
        run.append(token)
    yield run


def _statements(context: Context, start: int, tokens: list[Cut]) -> Iterator[TraffickingRole]:
    """Yield the roles of a run of words that matter, of a clause that begins at ``start``."""
    text = context.text
    for stated in words(_WORDS).plan(tokens).parts:
        if stated.kind != "stated" or not _about_subject(context, start, tokens[stated.first]):
            continue
        if _NOT_VICTIMS.match(text, tokens[stated.end - 1][2]):
            continue
        lasting = hedged = False
        for name, first, last in tokens[stated.first : stated.end]:
            word = text[first:last].lower()
            if name == "HEDGE":
                hedged, lasting = True, lasting or word.startswith("to a")
            elif name == "ROLE":
                role = _ROLES[word.rpartition(" ")[2]]
                close = _behind_role(tokens, stated, first)
                yield context.fact(TraffickingRole, tokens[stated.first][1], close, role=role, hedged=hedged or lasting)
                hedged = False


def _behind_role(tokens: list[Cut], stated: Plan, role: int) -> int:
    """Return where the statement of a role ends: with its last role."""
    return max(last for name, first, last in tokens[stated.first : stated.end] if name == "ROLE" and first >= role)


def _about_subject(context: Context, start: int, opening: Cut) -> bool:
    """Whether the words before a statement do not give it to another country (``Turkey is a destination ...``)."""
    if context.subject is None:
        return True
    text = context.text[start : opening[2]]
    before = text[: opening[1] - start].rstrip()
    for mention in find_countries(text):
        if mention.how == "name" and (mention.end >= len(before)) and mention.country.name != context.subject:
            return False
    return True
