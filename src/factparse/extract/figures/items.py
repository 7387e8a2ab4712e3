"""Reads a value that holds figures into drafts, item by item.

The grammar (``item`` in ``grammars/cell.lark``) divides an item into figures with the words and brackets around them.
Two questions it cannot answer, since they turn on the words themselves and not on their types: whether words behind a
figure are its unit or the name of the next figure, and whether a bracket breaks a figure down or remarks on it. This
module answers them.
"""

from __future__ import annotations

from typing import Final

from factparse.core.facts import Quantity, Share, TextValue
from factparse.extract.figures.drafts import Draft, Kind
from factparse.extract.figures.lists import bare, item
from factparse.language.figures import Behind, read_before, read_behind, read_figure
from factparse.language.items import Entry, Recipe, cut_items, item_codes
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, terminal

_LONGEST_NAME: Final = 8  # words before a figure; more are a sentence
_LONGEST_PLACE: Final = 20  # of a highest or lowest point
_LONGEST_LEAD: Final = 400  # characters before or behind a figure; more are prose and not looked into
_LONGEST_UNIT: Final = 3  # words behind a figure that name what is counted; more are a remark


Region = tuple[str, int, int]
"""How a range of the cell was read (a key of :data:`factparse.extract.figures.tree.NODES`), its start and its end."""


class Reader:
    """Reads the values of one cell into drafts, and notes for the tree what it read where.

    One reader serves a whole cell, since a part can change the drafts before it: a world rank is a part of its own, and
    belongs to a figure before it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[Draft] = []
        self.parts: list[Part] = []
        self.regions: list[Region] = []  # what was read as what, for the tree
        self.first = 0  # the first draft of the value at hand; a date looks no further back

    def figures(self, path: tuple[str, ...], start: int, end: int, kind: Kind = Quantity) -> None:
        """Read ``text[start:end]`` into one draft of class ``kind`` for each figure, under the sub-labels ``path``.

        What holds no figure becomes text, or, where figures are shares, an item without a percentage.
        """
        self.first = len(self.drafts)
        self.regions.append(("items", start, end))
        for tokens in cut_items(self.text, start, end):
            if tokens.plan is None:
                self._loose(path, tokens.shape, tokens.spans, kind)
            else:
                self._item(path, tokens.shape, tokens.spans, kind, tokens.plan)

    def apart(self, path: tuple[str, ...], start: int, end: int, kind: Kind = Quantity) -> list[Draft]:
        """Read as :meth:`figures` does, but return the drafts: the caller chooses which of them to keep."""
        first = len(self.drafts)
        self.figures(path, start, end, kind)
        read = self.drafts[first:]
        del self.drafts[first:]
        return read

    def _item(self, path: tuple[str, ...], shape: str, spans: list[Range], kind: Kind, plan: Recipe) -> None:
        text, known = self.text, item_codes()
        date = None
        start = spans[0][0]
        if plan.lead and shape[0] == known.dated:
            # A date in front belongs to the figure before the item, if the value has one: else to the figure it opens.
            date = self._date_back(spans[0])
            start = start if date else spans[1][0]
        last = len(plan.entries) - 1
        for number, entry in enumerate(plan.entries):
            figure, after, details, end = entry.figure, entry.after, entry.details, entry.end
            figure_start, figure_end = spans[figure]
            draft = Draft(kind, path, start, spans[details - 1][1])
            if start < figure_start and not _lead(draft, text[spans[0][1] if date else start : figure_start]):
                self._plain(path, start, spans[-1][1], kind)  # a sentence: its figures are no facts of their own
                return
            draft.date, date = date, None
            printed = text[figure_start:figure_end]
            draft.figure = read = read_figure(printed)
            if read.value is None and read.low is None and "NA" not in printed:
                draft.note = printed  # "negligible" and its like have no number, but say more than "NA"
            if number < last or after > figure + 1:
                start = self._described(draft, shape, spans, entry, number < last)
            self.drafts.append(draft)
            if details == after + 1 and shape[after] == known.dated:
                draft.date = draft.date or spans[after]
            elif details > after:
                self._details(draft, shape[after:details], spans[after:details])
            if number == last and details < end:
                self._trailed(draft, shape, spans, entry)

    def _described(self, draft: Draft, shape: str, spans: list[Range], entry: Entry, more: bool) -> int:
        """Read the words that belong to a figure, and the gauge behind it; return where the next entry begins.

        ``more`` tells that another entry follows: what trails this one is its name, unless it says of which kind this
        figure is (``3,652 km 1.000-meter gauge and 32 km``).
        """
        start = spans[entry.details][0] if entry.details < entry.end else draft.end
        if more and entry.details < entry.end and shape[entry.details] in item_codes().described:
            draft.of, start = self.text[slice(*spans[entry.details])], spans[entry.details][1]
            draft.end = start
        if entry.after > entry.figure + 1 and shape[entry.figure + 1] != item_codes().missing:
            named = more and entry.details == entry.after
            rest = self._after(draft, spans[entry.figure + 1][0], spans[entry.after - 1][1], named)
            if rest:
                start = draft.end = rest
        return start

    def _trailed(self, draft: Draft, shape: str, spans: list[Range], entry: Entry) -> None:
        """Read what trails the last figure of an item: words and then a breakdown, or a remark and a date."""
        if self._broken_down(draft, shape, spans, entry):
            return
        dates = shape[-1] == item_codes().dated and entry.details < len(spans) - 1
        draft.date = draft.date or (spans[-1] if dates else None)
        self._trail(draft, spans[entry.details][0], spans[-2 if dates else -1][1])
        self.drafts[-1].end = max(self.drafts[-1].end, spans[-1][1])

    def _broken_down(self, draft: Draft, shape: str, spans: list[Range], entry: Entry) -> bool:
        """Read words and a breakdown behind them, ``1.435-m gauge (27 km electrified)``; tell whether it was that."""
        known = item_codes()
        first = shape.find(known.bracket, entry.details, entry.end)
        if first <= entry.details or shape[first:].strip(known.dated + known.bracket):
            return False
        if not any(map(str.isdecimal, self.text[slice(*spans[first])])):
            return False
        self._trail(draft, spans[entry.details][0], spans[first - 1][1])
        self._details(draft, shape[first:], spans[first:])
        return True

    def _details(self, draft: Draft, shape: str, spans: list[Range]) -> None:
        """Read the brackets behind a figure: a date, breakdowns, remarks; the date holds for the breakdowns too."""
        dated = item_codes().dated
        mark = len(self.drafts)
        for code, (start, end) in zip(shape, spans, strict=True):
            if code == dated:
                draft.date = draft.date or (start, end)
                # A span grows on the last draft, which may be one of a breakdown: so spans never overlap.
                self.drafts[-1].end = max(self.drafts[-1].end, end)
            else:
                self._bracket(draft, start, end)
        for below in self.drafts[mark:]:
            below.date = below.date or draft.date

    def _after(self, draft: Draft, start: int, end: int, more: bool) -> int:
        """Read the words behind a figure; return where the name of the next figure begins among them, or 0.

        ``more`` tells that another figure follows with nothing between but these words.
        """
        words = self.text[start:end]
        unit, of, rest, size = read_behind(words) if len(words) < _LONGEST_LEAD else Behind(None, None, words, 0)
        draft.unit = unit
        unnamed_share = draft.kind is Share and not draft.name
        if of is not None:
            draft.of = None if draft.name else of
            if draft.name:
                draft.note = f"of {of}"
            if unnamed_share:
                draft.name = of
        elif rest and unnamed_share:
            draft.name = rest.removesuffix(" and")
        elif rest and more and not (unit is None and rest.endswith(" and") and rest.islower()):
            # Words between two figures name the second one, but for what is counted before an "and".
            return start + words.index(rest.split()[0], size)
        elif rest:
            _remark(draft, rest.removeprefix("of ").removesuffix(" and"))
        return 0

    def _trail(self, draft: Draft, start: int, end: int) -> None:
        """Read what trails the brackets of ``draft``: a unit that comes late, what it is of, or a remark."""
        words = self.text[start:end].strip(' -–—":')
        if not words:
            return
        unit = read_behind(words)
        if unit.unit and not unit.rest and draft.unit is None and draft.figure and draft.figure.unit is None:
            draft.unit = unit.unit
        elif not draft.name and draft.of is None and draft.kind is Quantity:
            draft.of = words
        else:
            draft.note = f"{draft.note}; {words}" if draft.note else words
        self.drafts[-1].end = end

    def _bracket(self, draft: Draft, start: int, end: int) -> None:
        """Read a bracket behind a figure: a breakdown, which gives drafts of its own, or a remark.

        It is a breakdown if it holds figures only: ``Protestant 54.9% (Congregationalist 29%, Methodist 12.4%)``.
        """
        text = self.text[start + 1 : end - 1]
        aged = text.isdecimal() and self.text.endswith("age ", 0, start)  # "reach military age (19)"
        if any(map(str.isdecimal, text)) and not aged and not terminal(CELL, "NO_BREAKDOWN").search(text):
            inner = Reader(self.text)
            inner.figures(draft.path, start + 1, end - 1, draft.kind)
            if inner.drafts and all(found.figure is not None for found in inner.drafts):
                self._below(draft, inner.drafts)
                draft.end = min(draft.end, start)  # the bracket is now other facts' text
                return
            dated = terminal(CELL, "CLOSING_DATE").search(text)
            if dated and not draft.date:
                draft.date = (start + 1 + dated.start(), start + 1 + dated.end())
        draft.note = f"{draft.note}; {text}" if draft.note else text

    def _below(self, draft: Draft, inner: list[Draft]) -> None:
        """Put the drafts of a breakdown under ``draft``, their whole.

        A figure without a name says the same of the whole in another unit, and keeps the whole's name.
        """
        path = (*draft.path, draft.name) if draft.name else draft.path
        for found in inner:
            # Shares may be broken down into counts, which are no percentages.
            if found.kind is Share and (found.figure is None or found.figure.unit != "%"):
                found.kind = Quantity
            if not found.name:
                found.name = draft.name
            elif draft.kind is Quantity:
                found.path, found.name = (*path, found.name), ""
            else:
                found.path = path
        self.drafts += inner

    def _loose(self, path: tuple[str, ...], shape: str, spans: list[Range], kind: Kind) -> None:
        """Read an item that has no figure outside brackets: a date, a name with its figure in brackets, or text."""
        known = item_codes()
        if shape == known.dated and self._date_back(spans[0]) is None:
            return
        closed = shape[-1] == known.dated  # then the bracket to look at is the one before the date
        last = len(shape) - (2 if closed else 1)
        if last > 0 and shape[last] == known.bracket and self._bracketed(path, spans, last, kind):
            return
        self._plain(path, spans[0][0], spans[-1][1], kind, spans[-1] if closed else None)

    def _bracketed(self, path: tuple[str, ...], spans: list[Range], last: int, kind: Kind) -> bool:
        """Read a name whose figure stands in the bracket behind it, token ``last``; tell whether it was that."""
        start, end = spans[last]
        if not any(map(str.isdecimal, self.text[start:end])):
            return False
        inner = Reader(self.text)
        inner.figures(path, start + 1, end - 1, kind)
        drafts = inner.drafts
        if not drafts or drafts[0].name or any(draft.figure is None for draft in drafts):
            return False
        first = drafts[0]
        first.start, first.name = spans[0][0], self.text[spans[0][0] : start].strip()
        first.end = end if len(drafts) == 1 else first.end
        for below in drafts[1:]:
            below.path = (*path, first.name)
        self.drafts += drafts
        if last + 1 < len(spans):
            drafts[-1].end = spans[-1][1]
            first.date = spans[-1]
        return True

    def _plain(self, path: tuple[str, ...], start: int, end: int, kind: Kind, date: Range | None = None) -> None:
        """Keep ``text[start:end]`` as it is printed: as an item where shares are read, else as text.

        Only dividers cut a text here, so it goes on with a text of the same ``path`` right before it.
        """
        before = self.drafts[-1] if self.drafts else None
        if not any(map(str.isalnum, self.text[start:end])):
            return
        if kind is Share:
            self.drafts.append(item(self.text, path, *bare(self.text, start, end)))
        elif (
            before is not None
            and before.kind is TextValue
            and before.path == path
            and not self.text[before.end : start].strip(" ,;/")
        ):
            before.end = end
            before.date = date or before.date
        else:
            self.drafts.append(Draft(TextValue, path, start, end))
            self.drafts[-1].date = date

    def _date_back(self, span: Range) -> Range | None:
        """Give a date that stands alone to the draft before it in this value.

        Where there is none the date is returned, since it belongs to the draft that comes next.
        """
        if len(self.drafts) == self.first:
            return span
        draft = self.drafts[-1]
        draft.date = draft.date or span
        draft.end = max(draft.end, span[1])
        return None


def _lead(draft: Draft, words: str) -> bool:
    """Read the words before a figure into its name, note and qualifier; return whether they can be a name.

    More words than a name has are a sentence. The names of highest and lowest points may be longer.
    """
    if len(words) > _LONGEST_LEAD:
        return False
    if "(" in words:
        name, _, inside = words.partition("(")
        inside, _, behind = inside.rpartition(")")
        draft.note = inside.strip() or None
        words = f"{name.rstrip()} {behind}"
    draft.name, draft.qualifier = read_before(words.strip())
    place = draft.path and draft.path[-1].endswith("point")
    return draft.name.count(" ") <= (_LONGEST_PLACE if place else _LONGEST_NAME)


def _remark(draft: Draft, rest: str) -> None:
    """Take the words behind a figure that name no known unit for what it counts, what it is of, or a remark."""
    bare = draft.unit is None and draft.figure is not None and draft.figure.unit is None
    # A few small words are what is counted ("5 main lines"): no table could name all of these.
    if bare and rest[0].islower() and rest.count(" ") < _LONGEST_UNIT:
        draft.unit = rest
    elif not draft.name and rest.count(" ") < _LONGEST_NAME:
        draft.of = rest
    else:
        draft.note = rest
