"""Divides a cell at its sub-labels, line breaks and notes, even where the scraper ran them together."""

from __future__ import annotations

from typing import Final, NamedTuple

from factparse.core.frozen import Frozen
from factparse.core.words import RANK
from factparse.language.label_starts import (
    SHORT,
    divided_labels,
    known_size,
    label_start,
    over_labels,
    printed_labels,
)
from factparse.language.plans import CELL, terminal

_MARKS: Final = ":\n|"


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
        at = text.find(mark) if mark in text else -1
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
    for match in terminal(CELL, "NOTE_DASH").finditer(text):
        start = match.start() - 1
        if start >= 0 and text[start] in "Nn" and not text[max(0, start - 1) : start].isalpha():
            near = max(0, start - SHORT)
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
    for match in terminal(CELL, "DASHED_LABEL").finditer(text):
        start, label = match.start("label"), match["label"]
        depth += text.count("(", seen, start) - text.count(")", seen, start)
        seen = start
        # Behind a comma a list goes on, unless the words are known for a label.
        if (
            depth > 0
            or label.endswith("note")
            or (not names and label[0].isupper())
            or (match["before"] == "," and not known_size(text, start, match.end("label")))
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


def _dates(label: str) -> bool:
    """Whether a label is a year, or a month of one: ``2019``, ``September 2023``."""
    return label[-4:].isdecimal() and terminal(CELL, "DATED_LABEL").fullmatch(label) is not None


class _Splitter:
    """The parts found so far, and the one that is open. Each mark of the cell either ends the open part or is text."""

    __slots__ = (
        *("text", "free", "names", "parts", "kind", "path", "before", "outer", "group", "loose"),
        *("head", "start", "begins"),
    )

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
        start = label_start(text, self.start, place, self.begins, under, self.names)
        if start < 0:
            return
        if self.begins and self.parts:
            start = self._broken(start)
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
                self.group, self.loose = self.path[-1:], label not in printed_labels()
            elif self.loose and label in printed_labels():
                self.group, self.loose = (), False
            # Results by year stay under their label.
            over = tuple(each for each in self.before if not _dates(each)) if _dates(label) else self.group
            self.kind, self.path, self.head, self.start, self.begins = (
                "value",
                (*over, label),
                head,
                place + 1,
                False,
            )
            self.before = self.path

    def _broken(self, start: int) -> int:
        """Return where a label begins of which only the end is at ``start``: a line break cuts it behind ``and``."""
        last = self.parts[-1]
        gap = self.text[last.end : start]
        if not gap.isspace() or last.kind != "value":
            return start
        cut = terminal(CELL, "BROKEN_LABEL").fullmatch(self.text, last.start, last.end)
        if cut is None:
            return start
        self.parts.pop()
        self.start = cut.start("words")
        return self.start

    def _parts_of(self, label: str) -> bool:
        """Whether a ``label`` that begins a line names a part of the list that the label before it announced."""
        if self.label() in over_labels():
            return label not in over_labels()
        if self.label() not in divided_labels() or label in printed_labels():
            return False
        return not self.parts or self.parts[-1].path != self.path  # it has no list of its own

    def _rank(self, start: int, place: int) -> None:
        """Keep the world rank, and go on under the label before it: a rank is no label of what follows it."""
        digits = terminal(CELL, "RANK_VALUE").match(self.text, place + 1)
        end = digits.end() if digits else place + 1
        self.parts.append(Part("rank", self.before, start, end, start))
        self._open("value", self.before, end, end, False)
