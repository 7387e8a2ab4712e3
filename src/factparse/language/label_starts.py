"""Finds where a sub-label begins, from its colon backwards: it is the longest one of ``sublabels.tsv`` that ends there.

This also finds a glued one (``5 kmland: 3 km``), if the end of a value stands before it. Where a line or a cell begins,
any few words before a colon are a label. This is code and not a rule of the grammar because only the end of a label is
certain.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from factparse.core.words import forms
from factparse.language.plans import CELL, terminal

SHORT: Final = 300
"""In a cell of so many characters, or fewer, a sub-label may be as long as the cell."""

_REACH: Final = 90  # the most characters a sub-label may have in a long cell; it bounds the search at each colon
_SURE: Final = 10  # a known sub-label of so many characters is not the end of a longer one
# Sub-labels are looked up by their last letters: 8 of them, or 4, or all if the label is shorter still.
_TAILS: Final = (8, 4, 3, 2)


@cache
def _known() -> dict[str, tuple[str, ...]]:
    """The known sub-labels by their last letters. The longest comes first, so that the first match is the longest.

    All are in small letters, since editions differ in capitals.
    """
    found: dict[str, list[str]] = {}
    for label in {word.lower() for word in forms("sublabels")}:
        size = next((size for size in _TAILS[:2] if len(label) >= size), len(label))
        found.setdefault(label[-size:], []).append(label)
    return {tail: tuple(sorted(some, key=len, reverse=True)) for tail, some in found.items()}


@cache
def _whole() -> frozenset[str]:
    """The sub-labels that end in neither a digit nor a bracket: if one fills the text, nothing longer can be found."""
    return frozenset(
        label for some in _known().values() for label in some if label[-1] != ")" and not label[-1].isdecimal()
    )


@cache
def divided_labels() -> frozenset[str]:
    """The known sub-labels under which names go before the parts of a list."""
    return frozenset(form for word in forms("sublabels", "divided") for form in (word, word[0].upper() + word[1:]))


@cache
def over_labels() -> frozenset[str]:
    """The known sub-labels under which those of the next lines stand, where they have no text of their own."""
    return frozenset(form for word in forms("sublabels", "over") for form in (word, word[0].upper() + word[1:]))


@cache
def printed_labels() -> frozenset[str]:
    """The known sub-labels as the table prints them, and with a capital at the start."""
    return frozenset(form for word in forms("sublabels") for form in (word, word[0].upper() + word[1:]))


def known_size(text: str, first: int, end: int) -> int:
    """The length of the longest known sub-label that ends at ``end``, with a number behind it; 0 if there is none."""
    at = end
    # A number behind a label is part of it, but not of the form in the table: it is stepped over first.
    if text[at - 1 : at] == ")" and (counted := terminal(CELL, "COUNTED_END").search(text, max(first, at - 7), at)):
        at = counted.start()  # border countries (4):
    elif text[at - 1 : at].isdecimal():
        if text[at - 2] == " ":
            at -= 2  # a single digit, as in "note 2:"
        elif text[at - 5 : at - 4] == " " and text[at - 4 : at].isdecimal():
            at -= 5  # a year
    known = _known()
    small = text[max(first, at - _TAILS[0]) : at].lower()
    for tail in _TAILS:
        if tail <= len(small):
            for word in known.get(small[-tail:], ()):
                start = at - len(word)
                if start >= first and text[start:at].lower() == word and _in_place(text, first, start, at):
                    return end - start
    # Bands of ages (0-14 years, 65 years and over) are known by a pattern, and stand in no table.
    if text.endswith(("years", "over", "above"), first, at):
        ages = terminal(CELL, "AGES_END").search(text, max(first, at - 22), at)
        return end - ages.start() if ages else 0
    return 0


def _in_place(text: str, first: int, start: int, end: int) -> bool:
    """Whether a known label may stand at ``text[start:end]``; in other capitals than the table's it may be a name.

    Then it must begin the line, have three words (``Head of Government``), or stand behind the end of a value.
    """
    label = text[start:end]
    return (
        label in printed_labels()
        or start == first
        or label.count(" ") > 1
        or terminal(CELL, "VALUE_END").search(text[max(first, start - 16) : start].rstrip()) is not None
    )


def label_start(text: str, low: int, colon: int, line: bool, under: str | None, names: bool) -> int:
    """Where the sub-label that ends at ``colon`` begins, or -1 if the colon ends none.

    ``low`` is the first place it may begin at; ``line`` says that a line or the cell begins there. ``under`` is the
    label of what stands before it, ``None`` where words within a line are no label unless a table knows them. Labels
    have ``names`` behind them, not figures, in a list.
    """
    end = colon
    while end > low and text[end - 1] == " ":
        end -= 1
    reach = _REACH if len(text) > SHORT else SHORT
    if end - low > 2 * reach:
        low, line = end - 2 * reach, False  # the line began too far back for a label to start with it
    elif line and text[low:end].lower() in _whole():
        return low
    first = low
    while first < end and text[first] in ' "\t\xa0':
        first += 1
    reached = max(first, end - reach)
    size = known_size(text, reached, end)
    if text.startswith(" last held", colon + 1) and (held := _held_start(text, reached, end)) >= 0:
        return min(held, end - size)
    # Union Party, Ann ODD reformers: the label is only what stands behind the last name.
    rest = _label_of_rest(text, (first, end), size, under) if names else -1
    if rest >= 0 and text.find(",", text.rfind(";", first, rest) + 1, rest) >= first:
        return first if line and terminal(CELL, "INTRODUCED").fullmatch(text, first, end) else rest
    longer = line and size < end - first and _goes_on(text[end - size : end].lower(), size)
    if longer and _is_free(text, first, end, colon, listed=names and not size):
        return first
    start = end - size
    if size and start == first:
        return start
    if size and _glued(text, low, start, size):
        size = 0
    if under is not None and (free := _free_start(text, low, (first, end), colon, size, under)) >= 0:
        return free
    if rest >= 0:
        return rest
    if size and start > first and text[start - 1] == " " and text[start - 2] in "%)":
        return start
    return _loose_start(text, reached, end, size)


def _loose_start(text: str, first: int, end: int, size: int) -> int:
    """Where a label begins that a known one of ``size`` characters ends, or words in small letters, or -1.

    Such words behind a percent sign or bracket are a label that no table has to know.
    """
    before = text[first:end]
    if "%" in before or ")" in before or "]" in before:  # much cheaper to ask than where
        loose = terminal(CELL, "LOOSE_LABEL").match(text, first + max(map(before.rfind, "%)]")), end)
        if loose is not None and len(loose["words"]) > size and (not size or text[loose.start()] == "%"):
            return end - len(loose["words"])
    return end - size if size else -1


def _goes_on(known: str, size: int) -> bool:
    """Whether the ``known`` label may be only the end of a longer one at the start of a line, as ``total`` may."""
    return (size < _SURE and known != "note") or known in divided_labels()


def _held_start(text: str, first: int, end: int) -> int:
    """Where the name of a chamber or office begins whose last election follows, or -1 if it has words before it."""
    held = terminal(CELL, "HELD_LABEL").search(text, first, end)
    return held.start() if held and not text.endswith((" by ", " of ", " the "), first, held.start()) else -1


def _label_of_rest(text: str, where: tuple[int, int], size: int, under: str | None) -> int:
    """Where in a list the words in small letters begin that are a label behind a name, or -1."""
    if size or (under in printed_labels() and under not in divided_labels()):
        return -1
    found = terminal(CELL, "LABEL_OF_REST").search(text, max(where[0], where[1] - _REACH), where[1])
    return found.start("words") if found else -1


def _is_free(text: str, first: int, end: int, colon: int, *, listed: bool) -> bool:
    """Whether ``text[first:end]`` is a label that no table knows: a few words, or a list of such before a figure.

    Where what follows may be ``listed``, words that say so are one, be they many (``the main, ruling parties are``).
    """
    if terminal(CELL, "FREE_LABEL").fullmatch(text, first, end):
        return True
    if listed and terminal(CELL, "INTRODUCED").fullmatch(text, first, end):
        return True
    told = listed and text.find(", and ", first, end) > 0  # Ministry of Mines, Rivers, and Roads:
    figure = text.find(",", first, end) > 0 and terminal(CELL, "BEFORE_FIGURE").match(text, colon + 1) is not None
    return (told or figure) and terminal(CELL, "LISTED_LABEL").fullmatch(text, first, end) is not None


def _free_start(text: str, low: int, where: tuple[int, int], colon: int, size: int, under: str) -> int:
    """Where a label within a line begins that no table knows, or -1: behind a label, a figure, a semicolon, a name.

    ``where`` is the text that it may fill, ``low`` where the part before it begins. A known label of ``size``
    characters gives way to it where it is the end of one: ``with runways under 914 m``.
    """
    first, end = where
    before_figure = terminal(CELL, "BEFORE_FIGURE").match(text, colon + 1) is not None
    divided = under in divided_labels()
    # What stands under a known label may be a list of names that hold colons.
    if not before_figure and under in printed_labels() and not divided:
        return -1
    if before_figure and (not size or terminal(CELL, "LABEL_GOES_ON").search(text, first, end - size)):
        behind = terminal(CELL, "LABEL_BEHIND").fullmatch(text, first, end)
        if behind is not None:
            return behind.start("words")
        after = None if size else terminal(CELL, "LABEL_AFTER").search(text, max(first, end - _REACH), end)
        if after is not None:
            return after.start("words")
    # paved: Northern Isle: 4 km
    nested = (before_figure or divided) and not size and text[low - 1 : low] == ":" and under[:4].lower() != "note"
    if nested and terminal(CELL, "FREE_LABEL").fullmatch(text, first, end):
        return first
    if size >= _SURE:
        return -1
    start = _behind_semicolon(text, first, end)
    free = 0 <= start < end - size and _is_free(text, start, end, colon, listed=not before_figure)
    return start if free else -1


def _behind_semicolon(text: str, first: int, end: int) -> int:
    """Where the words behind the last semicolon of ``text[first:end]`` begin, or -1; brackets hide theirs."""
    if ";" not in text[first:end]:
        return -1
    opening = text.rfind("(", first, end) if text[end - 1] == ")" else end
    divider = text.rfind(";", first, opening)
    if divider < 0 or text.rfind("(", first, divider) > text.rfind(")", first, divider):
        return -1
    start = divider + 1
    while start < end and text[start].isspace():
        start += 1
    return start


def _glued(text: str, low: int, start: int, size: int) -> bool:
    """Whether a known label of ``size`` characters is only the end of a word, as ``land`` is of ``island``."""
    before = text[start - 1]
    if not before.isalnum() and before not in "/-'":
        return False
    # A label of six characters or more is taken, a shorter one needs the end of a value before it.
    if size > 5 or terminal(CELL, "VALUE_END").search(text[max(low, start - 16) : start]):
        return False
    # A note is often glued to the text before it; "footnote:" and "banknote:" are words of their own.
    end = start + size
    return (
        size != 4
        or text[start:end] != "note"
        or bool(terminal(CELL, "OTHER_NOTE").search(text, max(low, end - 12), end))
    )
