"""Reads a value that holds figures into drafts, item by item.

The grammar (``item`` in ``grammars/cell.lark``) divides an item into figures with the words and brackets around them.
What these mean turns on the words themselves: here whether a bracket breaks a figure down or remarks on it, in
``naming.py`` what the words name.
"""

from __future__ import annotations

from typing import Final

from factparse.core.facts import Item, Quantity, Share, TextValue
from factparse.extract.figures import naming
from factparse.extract.figures.drafts import Draft, Kind
from factparse.extract.figures.lists import bare, item
from factparse.language.figures import Behind, has_digit, read_behind, read_figure, read_rest
from factparse.language.items import Entry, Recipe, cut_items, item_codes
from factparse.language.parts import Part
from factparse.language.plans import CELL, Range, terminal

_LONGEST_LEAD: Final = 400  # characters before or behind a figure; more are prose and not looked into
_WHERE: Final = frozenset({"in ", "at ", "on "})
_TAKEN: Final = frozenset({TextValue, Item})  # what may be a part of the next figure
_DASHES: Final = ' -–—":'

Region = tuple[str, int, int]
"""How a range of the cell was read (a key of :data:`factparse.extract.figures.tree.NODES`), its start and its end."""


class Reader:
    """Reads the values of one cell into drafts, and notes for the tree what it read where.

    One reader serves a whole cell, since a part can change the drafts before it: a world rank is a part of its own, and
    belongs to a figure before it.
    """

    __slots__ = ("broken", "clauses", "codes", "drafts", "first", "named", "parts", "regions", "text")

    def __init__(self, text: str, named: tuple[str, ...] = ()) -> None:
        self.text = text
        self.codes = item_codes()
        self.named = named  # the parts of a breakdown without names: (13%/5%/82%)
        self.drafts: list[Draft] = []
        self.parts: list[Part] = []
        self.regions: list[Region] = []  # what was read as what, for the tree
        self.clauses: bool | None = None  # whether commas are inside the entries of the cell's lists; asked once
        self.first = 0  # the first draft of the value at hand; a date looks no further back
        self.broken: tuple[Draft, Draft] | None = None  # the last draft with a breakdown, and the last one of that

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
        text, known = self.text, self.codes
        date = None
        start = spans[0][0]
        if plan.lead and shape[0] == known.dated:
            # A date in front belongs to the figure before the item, if the value has one: else to the figure it opens.
            date = self._date_back(spans[0])
            start = start if date else spans[1][0]
        last = len(plan.entries) - 1
        mark = len(self.drafts)
        for number, entry in enumerate(plan.entries):
            figure_start, figure_end = spans[entry.figure]
            draft = Draft(kind, path, start, spans[entry.details - 1][1])
            if start < figure_start and not naming.read_lead(
                draft, text[spans[0][1] if date else start : figure_start]
            ):
                self._plain(path, start, spans[-1][1], kind)  # a sentence: its figures are no facts of their own
                return
            draft.date, date = date, None
            draft.figure = read = read_figure(text[figure_start:figure_end])
            if read.value is None and read.low is None and "NA" not in text[figure_start:figure_end]:
                draft.note = text[figure_start:figure_end]  # "negligible" says more than "NA"
            self.drafts.append(draft)
            if entry.end > entry.figure + 1 or number < last:
                start = self._behind(draft, shape, spans, entry, number < last)
            if number == 0 and mark > self.first and (before := self.drafts[mark - 1].kind) in _TAKEN:
                (naming.take_name if before is TextValue else naming.take_whole)(text, self.drafts, mark)
        for draft in self.drafts[mark:]:
            if draft.name[:3] in _WHERE and draft.kind is Quantity:  # in the Gulf of Alpha - 3 nm
                draft.name, draft.note = "", f"{draft.name}; {draft.note}" if draft.note else draft.name
        if last and known.other in shape:
            naming.share_units(text, self.drafts[mark:])

    def _behind(self, draft: Draft, shape: str, spans: list[Range], entry: Entry, more: bool) -> int:
        """Read all that stands behind a figure; return where the next entry begins, if ``more`` follow."""
        figure, after, details, end = entry.figure, entry.after, entry.details, entry.end
        start = draft.end
        if more or after > figure + 1:
            start = self._described(draft, shape, spans, entry, more)
        if details == after + 1 and shape[after] == self.codes.dated:
            draft.date = draft.date or spans[after]
        elif details > after and draft.end >= spans[details - 1][1]:  # the brackets are not those of the next name
            self._details(draft, shape[after:details], spans[after:details])
        if not more and details < end:
            self._trailed(draft, shape, spans, entry)
        return start

    def _described(self, draft: Draft, shape: str, spans: list[Range], entry: Entry, more: bool) -> int:
        """Read the words that belong to a figure, and the gauge behind it; return where the next entry begins.

        ``more`` tells that another entry follows: what trails this one is its name, unless it says of which kind this
        figure is (``3,652 km 1.000-meter gauge (26 km electrified) and 32 km``).
        """
        start = spans[entry.details][0] if entry.details < entry.end else draft.end
        if more and entry.details < entry.end and shape[entry.details] in self.codes.described:
            start = self._gauged(draft, shape, spans, entry)
        if entry.after > entry.figure + 1 and shape[entry.figure + 1] != self.codes.missing:
            words = spans[entry.figure + 1][0], spans[entry.after - 1][1]
            named = more and (entry.details == entry.after or self._joined(words, shape[entry.after : entry.details]))
            rest = self._after(draft, *words, named)
            if rest:
                start = draft.end = rest
        return start

    def _gauged(self, draft: Draft, shape: str, spans: list[Range], entry: Entry) -> int:
        """Read the gauge behind a figure, and the brackets behind that; return where they end."""
        known = self.codes
        at = entry.details
        draft.of = self.text[slice(*spans[at])]
        draft.end = spans[at][1]
        end = next((n for n in range(at + 1, entry.end) if shape[n] not in known.bracket + known.dated), entry.end)
        self._details(draft, shape[at + 1 : end], spans[at + 1 : end])
        return spans[end - 1][1]

    def _joined(self, words: Range, brackets: str) -> bool:
        """Whether ``and`` behind a figure begins the next name, with brackets: ``8 km and Spain (Melilla) 10 km``."""
        return self.codes.dated not in brackets and read_behind(self.text[slice(*words)]).rest.startswith("and ")

    def _trailed(self, draft: Draft, shape: str, spans: list[Range], entry: Entry) -> None:
        """Read what trails the last figure of an item: words and then a breakdown, or a remark and a date."""
        if self._broken_down(draft, shape, spans, entry):
            return
        dates = shape[-1] == self.codes.dated and entry.details < len(spans) - 1
        draft.date = draft.date or (spans[-1] if dates else None)
        start = spans[entry.details][0]
        if draft.of and shape[entry.details] == self.codes.described:  # narrow gauge 1.000 meter: one name
            draft.of = f"{draft.of} {self.text[slice(*spans[entry.details])]}"
        else:
            words = self.text[start : spans[-1][1]].strip(_DASHES)
            if words and not any(map(str.isalnum, words)):
                return  # a bracket that closes nothing, a full stop
            self._trail(draft, start, spans[-2 if dates else -1][1])
        self._reach(draft, start, spans[-1][1])
        if dates and self.broken is not None and self.broken[0] is draft:  # the date is that of the breakdown too
            self.broken[1].date = self.broken[1].date or draft.date

    def _broken_down(self, draft: Draft, shape: str, spans: list[Range], entry: Entry) -> bool:
        """Read words and a breakdown behind them, ``1.435-m gauge (27 km electrified)``; tell whether it was that."""
        known = self.codes
        first = shape.find(known.bracket, entry.details, entry.end)
        if first <= entry.details or shape[first:].strip(known.dated + known.bracket):
            return False
        if not has_digit(self.text, *spans[first]):
            return False
        self._trail(draft, spans[entry.details][0], spans[first - 1][1])
        self._details(draft, shape[first:], spans[first:])
        return True

    def _details(self, draft: Draft, shape: str, spans: list[Range]) -> None:
        """Read the brackets behind a figure: a date, breakdowns, remarks; the date holds for the breakdowns too."""
        dated = self.codes.dated
        mark = len(self.drafts)
        for code, (start, end) in zip(shape, spans, strict=True):
            if code == dated:
                draft.date = draft.date or (start, end)
                self._reach(draft, start, end)
            else:
                self._bracket(draft, start, end)
        for below in self.drafts[mark:]:
            below.date = below.date or draft.date

    def _after(self, draft: Draft, start: int, end: int, more: bool) -> int:
        """Read the words behind a figure; return where the name of the next figure begins among them, or 0.

        ``more`` tells that another figure follows with nothing between but these words.
        """
        words = self.text[start:end]
        # An "and" before the next figure belongs to that, with its verb and qualifier: of GDP and employs over 30%.
        joined = terminal(CELL, "JOINED_NEXT").search(words) if more and " and" in words else None
        words = words[: joined.start()] if joined else words
        unit, of, rest, size = read_behind(words) if len(words) < _LONGEST_LEAD else Behind(None, None, words, 0)
        draft.unit = unit
        unnamed_share = draft.kind is Share and not draft.name
        if of is not None:
            naming.part_of(draft, of)
        elif rest and unnamed_share:
            draft.name = rest
        elif rest and more and not (joined or words[0] in "-−"):
            # Words between two figures name the second, but for what is counted before an "and", or a "12-km canal".
            return start + words.index(rest.split()[0], size)
        elif rest:
            naming.read_remark(draft, rest)
        return start + joined.start() + 1 if joined else 0

    def _trail(self, draft: Draft, start: int, end: int) -> None:
        """Read what trails the brackets of ``draft``: a unit that comes late, what it is of, or a remark."""
        words = self.text[start:end].strip(_DASHES)
        if not words:
            return
        unit = read_behind(words)
        if words[0] == "(":  # a bracket that nothing closes remarks too
            draft.noted(words[1:].strip())
        elif unit.unit and not unit.rest and draft.unit is None and draft.figure and draft.figure.unit is None:
            draft.unit = unit.unit
        elif not draft.name and draft.of is None and draft.kind is Quantity:
            name, _, remark = read_rest(naming.take_year(draft, words))
            draft.of = name or None
            draft.noted(remark)
        else:
            draft.noted(words)
        self._reach(draft, start, end)

    def _reach(self, draft: Draft, start: int, end: int) -> None:
        """Let the text of ``draft`` reach over ``text[start:end]``, which belongs to it.

        Behind the drafts of a breakdown that is a piece apart: so texts never overlap, and have no bracket of others.
        """
        if draft is self.drafts[-1]:
            draft.end = max(draft.end, end)
        elif draft.tail and draft.tail[-2] <= start <= draft.tail[-1]:
            draft.tail = (*draft.tail[:-1], end)
        else:
            draft.tail += (start, end)

    def _bracket(self, draft: Draft, start: int, end: int) -> None:
        """Read a bracket behind a figure: a breakdown, which gives drafts of its own, or a remark.

        It is a breakdown if it holds figures only: ``Protestant 54.9% (Congregationalist 29%, Methodist 12.4%)``.
        """
        text = self.text[start + 1 : end - 1]
        if text[:1] in "eE" and terminal(CELL, "ESTIMATE").fullmatch(text):  # it says nothing else: 1,100 (est.)
            draft.estimated = True
            return
        aged = text.isdecimal() and self.text.endswith("age ", 0, start)  # "reach military age (19)"
        if (has_digit(text) or "NA%" in text) and not aged:
            if self._opens_with_date(draft, start, text) or self._breaks_down(draft, start, end, text):
                return
            dated = terminal(CELL, "CLOSING_DATE").search(text)
            if dated and not draft.date:
                draft.date = (start + 1 + dated.start(), start + 1 + dated.end())
        elif (whole := terminal(CELL, "WHOLE").fullmatch(text)) and draft.of is None:
            naming.part_of(draft, whole["whole"])
            return
        draft.noted(text)

    def _opens_with_date(self, draft: Draft, start: int, text: str) -> bool:
        """Read a bracket that opens with a date, ``(1991 - a Chinese statistic)``; tell whether it was that."""
        opening = terminal(CELL, "OPENING_DATE").match(text)
        if opening is None or draft.date is not None:
            return False
        draft.date = (start + 1, start + 1 + len(opening["date"]))
        draft.noted(text[opening.end() :].strip())
        return True

    def _breaks_down(self, draft: Draft, start: int, end: int, text: str) -> bool:
        """Read a bracket that holds figures only, its ``text``, into drafts below ``draft``; tell whether it does."""
        if terminal(CELL, "NO_BREAKDOWN").search(text):
            return False
        inner = Reader(self.text)
        inner.figures(draft.path, start + 1, end - 1, draft.kind)
        if not inner.drafts or any(found.figure is None for found in inner.drafts):
            return False
        if len(inner.drafts) == len(self.named) and not any(found.name for found in inner.drafts):
            for found, name in zip(inner.drafts, self.named, strict=True):
                found.name = name
        self._below(draft, inner.drafts)
        draft.end = min(draft.end, start)  # the bracket is now other facts' text
        return True

    def _below(self, draft: Draft, inner: list[Draft]) -> None:
        """Put the drafts of a breakdown under ``draft``, their whole.

        A figure without a name says the same of the whole in another unit, and keeps the whole's name.
        """
        path = (*draft.path, draft.name) if draft.name else draft.path
        for found in inner:
            # Shares may be broken down into counts, which are no percentages.
            if found.kind is Share and (found.figure is None or found.figure.unit != "%"):
                found.kind = Quantity
            if not found.name and found.of and draft.kind is Quantity:
                found.path = path  # "Alpha 9 km (3 km electrified)": a part of the whole, by what it counts
            elif not found.name:
                found.name = draft.name
            elif draft.kind is Quantity:
                found.path, found.name = (*path, found.name), ""
            else:
                found.path = path
        self.drafts += inner
        self.broken = draft, inner[-1]

    def _loose(self, path: tuple[str, ...], shape: str, spans: list[Range], kind: Kind) -> None:
        """Read an item that has no figure outside brackets: a date, a name with its figure in brackets, or text."""
        known = self.codes
        alone = shape == known.dated
        if alone and (self._date_back(spans[0]) is None or naming.take_date(self.drafts, path, spans[0])):
            return
        closed = shape[-1] == known.dated  # then the bracket to look at is the one before the date
        last = len(shape) - (2 if closed else 1)
        if last > 0 and shape[last] == known.bracket and self._bracketed(path, spans, last, kind):
            return
        self._plain(path, spans[0][0], spans[-1][1], kind, spans[-1] if closed else None)

    def _bracketed(self, path: tuple[str, ...], spans: list[Range], last: int, kind: Kind) -> bool:
        """Read a name whose figure stands in the bracket behind it, token ``last``; tell whether it was that."""
        start, end = spans[last]
        if not has_digit(self.text, start, end):
            return False
        inner = Reader(self.text)
        inner.figures(path, start + 1, end - 1, kind)
        drafts = inner.drafts
        if not drafts or drafts[0].name or any(draft.figure is None for draft in drafts):
            return False
        first = drafts[0]
        first.name = self.text[spans[0][0] : start].strip()
        if len(drafts) > 1:  # the bracket holds others too, so the figure in it is a piece apart from the name
            first.tail = (first.start, first.end, *first.tail)
            end = spans[last - 1][1]
        first.start, first.end = spans[0][0], end
        for below in drafts[1:]:
            below.path = (*path, first.name)
        self.drafts += drafts
        self.broken = first, drafts[-1]
        if last + 1 < len(spans):
            self._reach(first, *spans[-1])
            first.date = spans[-1]
            drafts[-1].date = drafts[-1].date or spans[-1]  # so that those between have it too
        return True

    def _plain(self, path: tuple[str, ...], start: int, end: int, kind: Kind, date: Range | None = None) -> None:
        """Keep ``text[start:end]`` as it is printed: as an item where shares are read, else as text.

        Only dividers cut a text here, so it goes on with a text of the same ``path`` right before it.
        """
        before = self.drafts[-1] if self.drafts else None
        if not any(map(str.isalnum, self.text[start:end])):
            return
        if self._ends_list(path, start, end):
            self.drafts[-1].date = date or self.drafts[-1].date
        elif kind is Share:
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

    def _ends_list(self, path: tuple[str, ...], start: int, end: int) -> bool:
        """Take ``text[start:end]`` for the end of the name of the figure before it; tell whether it was that.

        ``6 petroleum, oils, and lubricants tanker``: the name is a list, and its end begins with ``and``.
        """
        text, drafts = self.text, self.drafts
        if not text.startswith("and ", start) or len(drafts) == self.first:
            return False
        apart = drafts[-1].kind is TextValue  # the middle of the list
        draft = drafts[-2] if apart and len(drafts) > self.first + 1 else drafts[-1]
        name = draft.of or draft.unit or ""
        if draft.kind is not Quantity or draft.path != path or start - draft.end > _LONGEST_LEAD:
            return False
        if not name or not text.endswith(name, draft.start, draft.end):
            return False
        if read_behind(name).unit or not terminal(CELL, "LIST_MIDDLE").fullmatch(text, draft.end, start):
            return False
        if draft.unit == name:
            draft.unit = None
        draft.of, draft.end = text[draft.end - len(name) : end], end
        del drafts[len(drafts) - apart :]
        return True

    def _date_back(self, span: Range) -> Range | None:
        """Give a date that stands alone to the draft before it in this value.

        Where there is none the date is returned, since it belongs to the draft that comes next.
        """
        if len(self.drafts) == self.first:
            return span
        last = whole = self.drafts[-1]
        if self.broken is not None and self.broken[1] is last:
            whole = self.broken[0]
            whole.date = whole.date or span
        last.date = last.date or span
        self._reach(whole, *span)
        return None
