"""Treaties, agreements, rulings and other papers that a clause names."""

from __future__ import annotations

import re

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# Words in small letters that belong to the name of a paper when they stand before its noun.
_PLAIN = (
    "maritime|boundary|border|land|sea|seabed|delimitation|demarcation|delimiting|bilateral|trilateral|comprehensive|"
    "technical|joint|binding|international|arbitration|peace|framework|development|zone|and|revenue|sharing|interim|"
    "cease-fire|ceasefire|armistice|cooperation|resource|fishing|fisheries|water|draft|general|common|territorial|river|"
    "provisional|permanent|court|bilateral|colonial|convention|status|trade|customs|security|friendship"
)
_NAME_WORD = re.compile(rf"(?:[A-Z0-9][\w.'’-]*+|{_PLAIN})\Z")
_NOT_NAME = frozenset(
    ["The", "A", "An", "In", "On", "As", "And", "Under", "Per", "This", "Its", "Their", "Since", "No", "By", "Both"]
)
_OF = re.compile(
    r"(?: (?:of|on|for|to|regarding|concerning)(?: the)? (?:\d{4} )?[A-Z][\w'’-]*+"
    r"(?:,? (?:(?:and|of|on|in|for|the) ){0,3}+(?:[A-Z][\w'’-]*+|shelf)){0,12}+){1,3}+"
)
_YEAR = re.compile(r"\d{4}\Z")
_NUMBER = re.compile(r" \d+(?:/\d+)?\b")
_WHEN = re.compile(rf" (?:in|of) (?:(?:{_MONTH}) )?\d{{4}}\b")
_ON = re.compile(
    r" (?:on|to) (?:the )?(?:[a-z-]++ ){0,3}?(?:activities|boundary|delimitation|demarcation|border|Commission)\b"
)
_NEGATED = re.compile(
    r"\b(?:lacking|lack of|lacks|no|any|without|seeks?|awaits|signing|not|negotiat\w+|toward)"
    r"(?: an?| any| the| their)?\Z"
)
_MADE = re.compile(
    r"\b(?:signed|ratified|concluded|reached|facilitated|initialed|made|under|with|per|referr\w+ to|according to|"
    r"abide by)(?: an?| their)?\Z"
)
_RULING = re.compile(r"(?:ruling|decision|judg|award|submission|statement)", re.IGNORECASE)
_ALONE = re.compile(r"(?:unclos|letters of exchange|declaration on|antarctic treaty|differendum)", re.IGNORECASE)
_JUDGED = re.compile(r"(?:ruling|decision|judg|award)", re.IGNORECASE)
_PROPER = re.compile(r"[A-Z]|\d")
_REACH = 120
_SHORT_REACH = 50  # what is said of a paper in the words right before its name


def instrument(text: str, start: int, end: int) -> str | None:
    """Return the name of the paper whose noun is ``text[start:end]``, or ``None`` if it has none.

    >>> text = "both ratified the June 2006 Lake Ore Agreement"
    >>> instrument(text, 37, 46)
    'June 2006 Lake Ore Agreement'
    """
    if text.startswith("-", end) or text.startswith("resolution", start):
        return None
    low, before = _left(text, start)
    before = before[-_SHORT_REACH:]
    if _NEGATED.search(before):
        return None
    high = _right(text, start, end)
    noun = text[start:end]
    if low == start and _RULING.match(noun) and (noun.endswith("s") or not _PROPER.search(text, end, high)):
        return None  # a ruling on the border, submissions to a court: told of, not named
    if low == start and high == end and not _ALONE.match(noun):
        bare = noun.split(" ")
        if len(bare) == 1 and (_RULING.match(noun) or not _MADE.search(before)):
            return None
    return text[low:high]


def _left(text: str, start: int) -> tuple[int, str]:
    """Return where the name begins, and what stands before it."""
    words = text[max(0, start - _REACH) : start].split(" ")
    if words[-1] != "":
        return start, text[max(0, start - _REACH) : start].rstrip()
    words.pop()
    taken: list[str] = []
    while words and _is_of_name(words, first=not taken):
        taken.append(words.pop())
    while taken and taken[-1] in ("and", "to", "of"):
        words.append(taken.pop())
    low = start - sum(len(word) + 1 for word in taken)
    if taken and taken[-1][0] in '"“':
        low += 1
    return low, " ".join(words).rstrip()


def _is_of_name(words: list[str], *, first: bool) -> bool:
    """Whether the last of ``words`` belongs to the name; right before the noun any word does that follows a year."""
    bare = words[-1].strip('"“”')
    if first and bare.isalpha() and len(words) > 1 and _YEAR.match(words[-2]):
        return True
    return bool(_NAME_WORD.match(bare)) and bare not in _NOT_NAME and not bare.endswith(("'s", "’s"))


def _right(text: str, start: int, end: int) -> int:
    """Return where the name ends."""
    ruling = _RULING.match(text, start)
    if (
        (
            (match := _OF.match(text, end - len(" of") if text.endswith(" of", start, end) else end))
            and not (_JUDGED.match(text, start) and text.startswith((" for ", " to "), end))
        )
        or (match := _ON.match(text, end))
        or (match := _NUMBER.match(text, end))
    ):
        end = match.end()
    if ruling and (match := _WHEN.match(text, end)):
        end = match.end()
    return end
