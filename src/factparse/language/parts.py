"""Divides a cell at its sub-labels, line breaks and notes, even where the scraper ran them together.

A sub-label is found from its colon backwards: it is the longest label of ``sublabels.tsv`` that ends there. This also
finds a glued one (``5 kmland: 3 km``), if the end of a value stands before it. Where a line or a cell begins, any few
words before a colon are a label. This is code and not a rule of the grammar because only the end of a label is certain.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from factparse.core.frozen import Frozen
from factparse.core.words import RANK, forms
from factparse.language.plans import CELL, terminal

_MARKS: Final = ":\n|"
_REACH: Final = 90  # the most characters a sub-label may have in a long cell; it bounds the search at each colon
_SHORT: Final = 300  # in a cell this short, a sub-label may be as long as the cell
_SURE: Final = 10  # a known sub-label of so many characters is not the end of a longer one
# Sub-labels are looked up by their last letters: 8 of them, or 4, or all if the label is shorter still.
_TAILS: Final = (8, 4, 3, 2)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return terminal(CELL, name)


class Part(Frozen, frozen=True):
    """A part of a cell: the text ``start`` to ``end``, and the sub-labels it stands under (``path``, outermost first).

    ``kind`` is ``value``, ``note`` or ``rank``. ``head`` is where the part begins with its sub-labels. All three are
    offsets in the cell.
    """

    kind: str
    path: tuple[str, ...]
    start: int
    end: int
    head: int

    @property
    def label(self) -> str:
        """The innermost sub-label; an empty string if the part has none."""
        return self.path[-1] if self.path else ""


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
def _divided() -> frozenset[str]:
    """The known sub-labels under which names go before the parts of a list."""
    return frozenset(form for word in forms("sublabels", "divided") for form in (word, word[0].upper() + word[1:]))


@cache
def _printed() -> frozenset[str]:
    """The known sub-labels as the table prints them, and with a capital at the start."""
    return frozenset(form for word in forms("sublabels") for form in (word, word[0].upper() + word[1:]))


def _known_size(text: str, first: int, end: int) -> int:
    """The length of the longest known sub-label that ends at ``end``, with a number behind it; 0 if there is none."""
    at = end
    # A number behind a label is part of it, but not of the form in the table: it is stepped over first.
    if text[at - 1 : at] == ")" and (counted := _pattern("COUNTED_END").search(text, max(first, at - 7), at)):
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
        ages = _pattern("AGES_END").search(text, max(first, at - 22), at)
        return end - ages.start() if ages else 0
    return 0


def _in_place(text: str, first: int, start: int, end: int) -> bool:
    """Whether a known label may stand at ``text[start:end]``; in other capitals than the table's it may be a name.

    Then it must begin the line, have three words (``Head of Government``), or stand behind the end of a value.
    """
    label = text[start:end]
    return (
        label in _printed()
        or start == first
        or label.count(" ") > 1
        or _pattern("VALUE_END").search(text[max(first, start - 16) : start].rstrip()) is not None
    )


def _label_start(text: str, low: int, colon: int, line: bool, under: str | None, names: bool) -> int:
    """Where the sub-label that ends at ``colon`` begins, or -1 if the colon ends none.

    ``low`` is the first place it may begin at; ``line`` says that a line or the cell begins there. ``under`` is the
    label of what stands before it, ``None`` where words within a line are no label unless a table knows them. Labels
    have ``names`` behind them, not figures, in a list.
    """
    end = colon
    while end > low and text[end - 1] == " ":
        end -= 1
    reach = _REACH if len(text) > _SHORT else _SHORT
    if end - low > 2 * reach:
        low, line = end - 2 * reach, False  # the line began too far back for a label to start with it
    elif line and text[low:end].lower() in _whole():
        return low
    first = low
    while first < end and text[first] in ' "\t\xa0':
        first += 1
    reached = max(first, end - reach)
    size = _known_size(text, reached, end)
    # At the start of a line any few words are a label. A short known one ("total") may be only the end of them.
    known = text[end - size : end].lower()
    longer = line and size < end - first and (size < _SURE or known in _divided()) and known != "note"
    # Union Party, Ann ODD reformers: the label is only what stands behind the last name.
    rest = _label_of_rest(text, (first, end), size, under) if names else -1
    if rest >= 0 and text.find(",", text.rfind(";", first, rest) + 1, rest) >= first:
        return first if line and _pattern("INTRODUCED").fullmatch(text, first, end) else rest
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
    # Words in small letters behind a percent sign or bracket are a label that no table has to know.
    closer = max(text.rfind(mark, reached, end) for mark in "%)]")
    loose = _pattern("LOOSE_LABEL").match(text, closer, end) if closer >= 0 else None
    if loose is not None and len(loose["words"]) > size and (not size or text[loose.start()] == "%"):
        return end - len(loose["words"])
    return start if size else -1


def _label_of_rest(text: str, where: tuple[int, int], size: int, under: str | None) -> int:
    """Where in a list the words in small letters begin that are a label behind a name, or -1."""
    if size or (under in _printed() and under not in _divided()):
        return -1
    found = _pattern("LABEL_OF_REST").search(text, max(where[0], where[1] - _REACH), where[1])
    return found.start("words") if found else -1


def _is_free(text: str, first: int, end: int, colon: int, *, listed: bool) -> bool:
    """Whether ``text[first:end]`` is a label that no table knows: a few words, or a list of such before a figure.

    Where what follows may be ``listed``, words that say so are one, be they many (``the main, ruling parties are``).
    """
    if _pattern("FREE_LABEL").fullmatch(text, first, end):
        return True
    if listed and _pattern("INTRODUCED").fullmatch(text, first, end):
        return True
    told = listed and text.find(", and ", first, end) > 0  # Ministry of Mines, Rivers, and Roads:
    figure = text.find(",", first, end) > 0 and _pattern("BEFORE_FIGURE").match(text, colon + 1) is not None
    return (told or figure) and _pattern("LISTED_LABEL").fullmatch(text, first, end) is not None


def _free_start(text: str, low: int, where: tuple[int, int], colon: int, size: int, under: str) -> int:
    """Where a label within a line begins that no table knows, or -1: behind a label, a figure, a semicolon, a name.

    ``where`` is the text that it may fill, ``low`` where the part before it begins. A known label of ``size``
    characters gives way to it where it is the end of one: ``with runways under 914 m``.
    """
    first, end = where
    before_figure = _pattern("BEFORE_FIGURE").match(text, colon + 1) is not None
    divided = under in _divided()
    # What stands under a known label may be a list of names that hold colons.
    if not before_figure and under in _printed() and not divided:
        return -1
    if before_figure and (not size or _pattern("LABEL_GOES_ON").search(text, first, end - size)):
        behind = _pattern("LABEL_BEHIND").fullmatch(text, first, end)
        if behind is not None:
            return behind.start("words")
        after = None if size else _pattern("LABEL_AFTER").search(text, max(first, end - _REACH), end)
        if after is not None:
            return after.start("words")
    # paved: Northern Isle: 4 km
    nested = (before_figure or divided) and not size and text[low - 1 : low] == ":" and under[:4].lower() != "note"
    if nested and _pattern("FREE_LABEL").fullmatch(text, first, end):
        return first
    if size >= _SURE:
        return -1
    start = _behind_semicolon(text, first, end)
    free = 0 <= start < end - size and _is_free(text, start, end, colon, listed=not before_figure)
    return start if free else -1


def _behind_semicolon(text: str, first: int, end: int) -> int:
    """Where the words behind the last semicolon of ``text[first:end]`` begin, or -1; brackets hide theirs."""
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
    if size > 5 or _pattern("VALUE_END").search(text[max(low, start - 16) : start]):
        return False
    # A note is often glued to the text before it; "footnote:" and "banknote:" are words of their own.
    end = start + size
    return size != 4 or text[start:end] != "note" or bool(_pattern("OTHER_NOTE").search(text, max(low, end - 12), end))


def split(
    text: str, *, free: bool = False, names: bool = False, dashed: bool = True, dashed_names: bool = False
) -> list[Part]:
    """The parts of the cell ``text`` in reading order.

    Words that no table knows are a sub-label where a line begins with them. If they are ``free``, they are one within a
    line too, behind a semicolon or a figure: that is so in lists and series, and not in prose. In a list of ``names``
    words in small letters behind one are a label as well. The labels of the old editions, ``livestock--goats``, are
    sub-labels up to the next semicolon where text is ``dashed``, and not in prose, where two dashes set off a remark;
    so are names, ``Sabah--Muslim 38%``, where they may be (``dashed_names``). Outside the parts stand only sub-labels
    with their colons or dashes, the heads of notes, line breaks, bars and white space. A cell without any of these is
    one part with an empty ``path``.

    >>> [(part.path, "total: 5 kmland: 3 km"[part.start : part.end]) for part in split("total: 5 kmland: 3 km")]
    [(('total',), ' 5 km'), (('land',), ' 3 km')]
    """
    dashes = _note_dashes(text)
    if dashed and "--" in text:
        dashes = sorted([*dashes, *_dashed_labels(text, dashed_names)])
    if not dashes and ":" not in text and "\n" not in text and "|" not in text:
        return [Part("value", (), 0, len(text), 0)]
    splitter = _Splitter(text, free, names)
    for place in _marks(text):
        while dashes and dashes[0][0] < place:
            splitter.dash(dashes.pop(0))
        if text[place] == ":":
            splitter.colon(place)
        else:
            splitter.line(place)
    for dash in dashes:
        splitter.dash(dash)
    splitter.close(len(text))
    return splitter.parts


def _marks(text: str) -> list[int]:
    """Where a part may end, in order. Looking for each mark by itself is four times as fast as one pattern for all."""
    found: list[int] = []
    for mark in _MARKS:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


_BEFORE_NOTE: Final = ("", ";", ".", "(", ")", "\n", ":")


def _note_dashes(text: str) -> list[_Dash]:
    """Where ``note -`` stands as a word of its own: from the ``n`` to behind the dash."""
    found: list[_Dash] = []
    if "ote" not in text:  # a fast look first
        return found
    # The pattern begins with plain letters, which is fast; its first letter, large or small, is looked at afterwards.
    for match in _pattern("NOTE_DASH").finditer(text):
        start = match.start() - 1
        if start >= 0 and text[start] in "Nn" and not text[max(0, start - 1) : start].isalpha():
            near = max(0, start - _SHORT)
            # Glued to its words, note-includes, it opens a value or a line, or stands behind a divider.
            if match[0][-2:] == "e-" and text[near:start].rstrip(" ")[-1:] not in _BEFORE_NOTE:
                continue
            if match[0].endswith("--") and text.rfind("(", near, start) > text.rfind(")", near, start):
                continue  # it is a remark within a bracket
            found.append(_Dash(start, match.end(), None))
    return found


class _Dash(NamedTuple):
    """Where dashes end a label or begin a note (``label`` is ``None``), or where a label's reach ends (it is empty)."""

    start: int
    end: int
    label: str | None


def _dashed_labels(text: str, names: bool) -> list[_Dash]:
    """The labels that two dashes end, each with the end of its reach; what brackets hold is passed over."""
    found: list[_Dash] = []
    depth = seen = 0
    for match in _pattern("DASHED_LABEL").finditer(text):
        start, label = match.start("label"), match["label"]
        depth += text.count("(", seen, start) - text.count(")", seen, start)
        seen = start
        # Behind a comma a list goes on, unless the words are known for a label.
        if (
            depth > 0
            or label.endswith("note")
            or (not names and label[0].isupper())
            or (match["before"] == "," and not _known_size(text, start, match.end("label")))
        ):
            continue
        found.append(_Dash(start, match.end(), label))
    ends = [dash.start for dash in found[1:]] + [len(text)]
    for dash, end in list(zip(found, ends, strict=False)):
        stop = _clause_end(text, dash.end, end)
        if stop >= 0:
            found.append(_Dash(stop, stop + 1, ""))
    return found


def _clause_end(text: str, start: int, end: int) -> int:
    """Where the first semicolon stands in ``text[start:end]`` that no bracket holds, or -1."""
    depth = 0
    for at in range(start, end):
        depth += (text[at] == "(") - (text[at] == ")")
        if text[at] == ";" and depth <= 0:
            return at
    return -1


class _Splitter:
    """The parts found so far, and the one that is open. Each mark of the cell either ends the open part or is text."""

    def __init__(self, text: str, free: bool, names: bool) -> None:
        self.text = text
        self.free = free
        self.names = names
        self.parts: list[Part] = []
        self.kind = "value"
        self.path: tuple[str, ...] = ()
        self.before: tuple[str, ...] = ()  # the path outside notes
        self.outer: tuple[str, ...] = ()  # the path outside a label that two dashes end
        self.group: tuple[str, ...] = ()  # the label over those that follow: it had no text of its own
        self.loose = False  # whether the labels under that are such as no table knows; then a known one is not
        self.head = 0
        self.start = 0
        self.begins = True  # whether a line begins where the open part does

    def close(self, end: int) -> bool:
        """End the open part at ``end`` and keep it if it has any text; return whether it had."""
        start = self.start
        if end > start and not self.text[start:end].isspace():
            self.parts.append(Part(self.kind, self.path, start, end, self.head))
            return True
        return False

    def _open(self, kind: str, path: tuple[str, ...], head: int, start: int, begins: bool) -> None:
        self.kind, self.path, self.head, self.start, self.begins = kind, path, head, start, begins

    def label(self) -> str:
        """The innermost label of the open part, or an empty string.

        It is compared with the next one, since editions of 2025 print some labels twice.
        """
        return self.path[-1] if self.path else ""

    def line(self, place: int) -> None:
        """End the line at ``place``: the next one goes on under the same label unless it has its own."""
        self.close(place)
        self._open("value", self.before, place + 1, place + 1, True)

    def dash(self, dash: _Dash) -> None:
        """Begin the note or the label that two dashes end, or go on behind the reach of one."""
        if dash.label is None:
            self.note(dash.start, dash.end)
        elif dash.start >= self.start and (dash.label or self.kind == "value"):
            self.close(dash.start)
            if dash.label:
                self.outer = self.before
            self.before = (*self.group, dash.label) if dash.label else self.outer
            self._open("value", self.before, dash.start, dash.end, not dash.label)

    def note(self, start: int, end: int) -> None:
        """Begin the note whose ``note -`` stands from ``start`` to ``end``."""
        if start >= self.start:
            self.close(
                start - 1 if self.text[start - 1 : start] == "(" else start
            )  # (note - ...): the bracket is its own
            self._open("note", (*self.before, "note"), start, end, False)

    def colon(self, place: int) -> None:
        """Begin a new part if the colon at ``place`` ends a sub-label."""
        text = self.text
        behind = text[place + 1 : place + 2]
        # The colon of a web address, and that between the digits of a time or ratio, end no label.
        if (behind == "/" and text.startswith("//", place + 1)) or (
            place and behind.isdigit() and text[place - 1].isdigit()
        ):
            return
        under = None if not self.free else self.path[-1] if self.path else ""
        start = _label_start(text, self.start, place, self.begins, under, self.names)
        if start < 0:
            return
        label = text[start:place].rstrip()
        if "  " in label or "\n" in label:
            label = " ".join(label.split())
        if not self.parts and not self.path and self.kind == "value" and text[self.start : start].isdecimal():
            self.start = start  # a stray number, glued to the first label of the cell: 24total: 19.7 years
        # A label with no text of its own goes over the labels behind it, and they begin where it did.
        bare = not self.close(start) and bool(self.path) and (not self.begins or self._parts_of(label))
        empty = bare and self.kind == "value"
        head = self.head if bare else start
        if label == RANK:
            self._rank(start, place)
        elif len(label) < 8 and label[:4].lower() == "note":
            self._open("note", ("note",), head, place + 1, False)
        else:
            if empty and label != self.label():
                self.group, self.loose = self.path[-1:], label not in _printed()
            elif self.loose and label in _printed():
                self.group, self.loose = (), False
            self.kind, self.path, self.head, self.start, self.begins = (
                "value",
                (*self.group, label),
                head,
                place + 1,
                False,
            )
            self.before = self.path

    def _parts_of(self, label: str) -> bool:
        """Whether a ``label`` that begins a line names a part of the list that the label before it announced."""
        if self.label() not in _divided() or label in _printed():
            return False
        return not self.parts or self.parts[-1].path != self.path  # it has no list of its own

    def _rank(self, start: int, place: int) -> None:
        """Keep the world rank, and go on under the label before it: a rank is no label of what follows it."""
        digits = _pattern("RANK_VALUE").match(self.text, place + 1)
        end = digits.end() if digits else place + 1
        self.parts.append(Part("rank", self.before, start, end, start))
        self._open("value", self.before, end, end, False)
