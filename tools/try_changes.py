"""Change cells, put them into comparison pages, and see whether the book is misled, and whether ``verify`` finds them.

    python tools/try_changes.py EDITIONS [--cells 10000] [--seed 1] [--show 20] [--enough 0.5]

EDITIONS is ``cells.jsonl[.gz]``: a line a cell, with ``country``, ``topic``, ``field``, ``text``, ``editions``. Cells
are put into pages of two countries as one edition prints them, and some are changed. A row that the book decides must
be divided where the cells were put together; the exit code is 1 if one is not. A row that took in the next one, whose
label was not seen, is told apart: it is wrong before any cell is looked at. What ``verify`` makes of the changed cells
is told by kind of change, and of cells that stand under the other country's name.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from factparse import Page, Row, VerifiedCell, parse, verify
from factparse.book.folding import folded
from factparse.book.packaged import Books
from factparse.book.pieces import pieces
from factparse.columns.stage import KNOWN, SURE
from factparse.verifying import ENOUGH
from factparse.vocabulary import country_named, field_named

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.json_lines import json_lines

ROWS = 4  # of a page, of which half have a changed cell
BOTH = 0.2  # of the changed rows have two
CUT_LEAST = 20  # characters of a cell that is cut

Cells = dict[tuple[str, str], dict[str, dict[str, str]]]
"""From edition and topic to label to country to text."""


class Change(NamedTuple):
    """A changed text, and where it differs from what it was made of: an empty range where something is missing."""

    kind: str
    text: str
    start: int
    end: int


def spun(text: str, chance: random.Random, words: Sequence[str]) -> Change | None:
    """Another word in the place of one."""
    found = list(re.finditer(r"[A-Za-z]{4,}", text))
    if not found:
        return None
    word, other = chance.choice(found), chance.choice(words)
    return Change("word", text[: word.start()] + other + text[word.end() :], word.start(), word.start() + len(other))


def updated(text: str, chance: random.Random, words: Sequence[str]) -> Change | None:
    """Other digits in the place of those of one number."""
    found = list(re.finditer(r"\d+", text))
    if not found:
        return None
    number = chance.choice(found)
    other = "".join(chance.choice("123456789") for _ in number[0])
    return Change("number", text[: number.start()] + other + text[number.end() :], *number.span())


def cut(text: str, chance: random.Random, words: Sequence[str]) -> Change | None:
    """One end is missing."""
    if len(text) < CUT_LEAST:
        return None
    at = chance.randrange(5, len(text) - 5)
    if chance.random() < 0.5:
        return Change("cut", text[at:].lstrip(), 0, 0)
    left = text[:at].rstrip()
    return Change("cut", left, len(left), len(left))


def mistyped(text: str, chance: random.Random, words: Sequence[str]) -> Change | None:
    """A character is missing, doubled or changes places with the next one."""
    at = chance.randrange(len(text))
    one, two = text[at], text[at + 1 : at + 2]
    other = chance.choice(["", one + one + two, two + one]) or two
    return Change("typo", text[:at] + other + text[at + 2 :], at, at + len(other))


def lengthened(text: str, chance: random.Random, words: Sequence[str]) -> Change | None:
    """Some words more at one end."""
    more = " ".join(chance.choice(words) for _ in range(chance.randint(1, 4)))
    if chance.random() < 0.5:
        return Change("more", f"{more} {text}", 0, len(more))
    joint = chance.choice([" ", "; ", ", ", ". "])
    return Change("more", f"{text}{joint}{more}", len(text), len(text) + len(joint) + len(more))


KINDS: tuple[Callable[[str, random.Random, Sequence[str]], Change | None], ...] = (
    spun,
    updated,
    cut,
    mistyped,
    lengthened,
)


class MadeRow(NamedTuple):
    """A row of a made page: the texts of its two cells, what was changed in each, and what is between them."""

    label: str
    cells: tuple[str, str]
    changes: tuple[Change | None, Change | None]
    gap: str


class MadePage(NamedTuple):
    """A made page: its countries, the topic that its rows stand under, the rows."""

    countries: tuple[str, str]
    topic: str
    rows: tuple[MadeRow, ...]

    @property
    def text(self) -> str:
        """The page as an extractor leaves it: rows whose cells nothing divides, or line breaks."""
        lines = [f"{row.label}{row.gap}{row.cells[0]}{row.gap}{row.cells[1]}" for row in self.rows]
        title, header = " vs. ".join(self.countries), "".join(self.countries)
        return "\n".join(["Home", "", title, "", self.topic, "", header, *lines, "Source: CIA Factbook", ""])


def read_cells(path: Path) -> Cells:
    """The cells of countries and fields that the vocabulary knows, as each edition prints them."""
    found: Cells = {}
    for cell in json_lines(path):
        country, label = country_named(cell["country"]), cell["field"]
        if country is not None and field_named(label) is not None and folded(cell["text"]):
            for edition in cell["editions"]:
                some = found.setdefault((edition, cell["topic"]), {}).setdefault(label, {})
                some.setdefault(country.name, cell["text"])
    return found


def made_pages(cells: Cells, count: int, seed: int) -> Iterator[MadePage]:
    """Pages of two countries with ``count`` changed cells in all."""
    chance = random.Random(seed)
    words = _words(cells)
    names = sorted(cells)
    while count > 0:
        name = chance.choice(names)
        printed = cells[name]
        some = sorted({country for texts in printed.values() for country in texts})
        one, two = chance.sample(some, 2) if len(some) > 1 else (some[0], some[0])
        shared = sorted(label for label, texts in printed.items() if one != two and one in texts and two in texts)
        rows = []
        for number, label in enumerate(chance.sample(shared, min(ROWS, len(shared)))):
            texts = printed[label][one], printed[label][two]
            rows.append(_made_row(label, texts, chance, words) if number % 2 == 0 else _row(label, texts, chance))
        count -= sum(change is not None for row in rows for change in row.changes)
        if rows:
            yield MadePage((one, two), name[1], tuple(rows))


def _words(cells: Cells) -> list[str]:
    texts = (text for some in next(iter(cells.values())).values() for text in some.values())
    return sorted({word for text in texts for word in re.findall(r"[a-z]{4,}", text)})


def _row(label: str, texts: tuple[str, str], chance: random.Random) -> MadeRow:
    return MadeRow(label, texts, (None, None), chance.choice(["", "", "\n", "\n\n"]))


def _made_row(label: str, texts: tuple[str, str], chance: random.Random, words: Sequence[str]) -> MadeRow:
    """A row with one changed cell or two; a change that no folded form shows is none."""
    sides = (0, 1) if chance.random() < BOTH else (chance.randrange(2),)
    changes: list[Change | None] = [None, None]
    for side in sides:
        change = chance.choice(KINDS)(texts[side], chance, words)
        if change is not None and folded(change.text) not in (b"", folded(texts[side])):
            changes[side] = change
    one, two = (text if change is None else change.text for text, change in zip(texts, changes, strict=True))
    return _row(label, (one, two), chance)._replace(changes=(changes[0], changes[1]))


def read_rows(page: Page, rows: Sequence[MadeRow]) -> Iterator[tuple[MadeRow, Row, bool]]:
    """The rows that were made, each as it was read, and whether it took in the next one; lost ones are left out."""
    read = {row.label: row for row in page.rows}
    for number, made in enumerate(rows):
        if made.label in read:
            yield made, read[made.label], number + 1 < len(rows) and rows[number + 1].label not in read


def is_right(made: MadeRow, row: Row) -> bool:
    """Whether the cells are those that were put together."""
    return len(row.cells) == 2 and all(
        folded(cell.text) == folded(text) for cell, text in zip(row.cells, made.cells, strict=True)
    )


def is_shown(change: Change, cell_start: int, found: VerifiedCell) -> bool:
    """Whether a span that ``verify`` reports holds the place of a change, or a part of it."""
    start, end = cell_start + change.start, cell_start + change.end
    return any(span.start <= end and start <= span.end for span in found.changed)


class Outcome:
    """Counts what becomes of changed cells."""

    def __init__(self, enough: float = ENOUGH) -> None:
        self._enough = enough
        self.made: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.sure: Counter[str] = Counter()
        self.decided: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.statuses: dict[str, Counter[str]] = defaultdict(Counter)
        self.single: Counter[str] = Counter()
        self.shown: Counter[str] = Counter()
        self.spans: Counter[str] = Counter()
        self.sizes: Counter[str] = Counter()
        self.examples: list[str] = []

    def add_swapped(self, made_page: MadePage, books: Books = None) -> None:
        """Verify the cells that were not changed under the wrong names: they are not these countries' cells."""
        rows = [row for row in made_page.rows if row.changes == (None, None)]
        page = parse(MadePage(made_page.countries[::-1], made_page.topic, tuple(rows)).text, books=books)
        verified = {cell.span: cell for cell in verify(page, enough=self._enough).cells}
        for made, row, _ in read_rows(page, rows):
            for cell in row.cells if is_right(made, row) else ():
                self._count("other's", verified[cell.span], cell.text)

    def add(self, made_page: MadePage, books: Books = None) -> None:
        """Read a made page and verify it."""
        page = parse(made_page.text, books=books)
        verified = {cell.span: cell for cell in verify(page, enough=self._enough).cells}
        for made, row, longer in read_rows(page, made_page.rows):
            kinds = [change.kind for change in made.changes if change is not None]
            kind = "longer row" if longer else "two changes" if len(kinds) > 1 else "".join(kinds) or "none"
            right = is_right(made, row)
            self.made[kind] += 1
            self.right[kind] += right
            self.sure[kind] += not right and row.confidence >= SURE
            if row.confidence == KNOWN:
                self.decided[kind] += 1
                if not right:
                    self.wrong[kind] += 1
                    self.examples.append(f"{kind}: {_example(made_page.countries, made, row)}")
            for change, cell in zip(made.changes, row.cells, strict=False) if right else ():
                if change is not None:
                    self._count(change.kind, verified[cell.span], cell.text)
                    self.shown[change.kind] += is_shown(change, cell.span.start, verified[cell.span])

    def _count(self, kind: str, found: VerifiedCell, text: str) -> None:
        self.statuses[kind][found.status] += 1
        if found.status == "unknown" and len(list(pieces(folded(text)))) == 1:
            self.single[kind] += 1
        if found.status == "changed":
            self.spans[kind] += sum(span.size for span in found.changed)
            self.sizes[kind] += found.span.size

    def lines(self) -> Iterator[str]:
        """What was counted, as lines."""
        yield "rows             made    right wrong, but sure  by the book  wrongly"
        for kind, made in sorted(self.made.items()):
            yield (
                f"  {kind:11} {made:8,} {self.right[kind]:8,} {self.sure[kind]:15,}"
                f" {self.decided[kind]:12,} {self.wrong[kind]:8,}"
            )
        yield "cells       changed  unknown  (of one piece) verbatim  place shown   reported of the cell"
        for kind, each in sorted(self.statuses.items()):
            changed = each["changed"]
            yield (
                f"  {kind:7} {changed:9,} {each['unknown']:8,} {self.single[kind]:15,} {each['verbatim']:8,}"
                f" {self.shown[kind] / max(changed, 1):12.1%} {self.spans[kind] / max(self.sizes[kind], 1):22.1%}"
            )


def _example(countries: tuple[str, str], made: MadeRow, row: Row) -> str:
    read = [(cell.country, cell.text) for cell in row.cells]
    return f"{' vs. '.join(countries)}: {made.label}\n  put   {made.cells}\n  read  {read}\n  {made.changes}"


def main() -> int:
    """Make the pages, count, and tell; 1 if the book decided a row wrongly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("editions", type=Path)
    parser.add_argument("--cells", type=int, default=10_000, help="changed cells")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20, help="wrong decisions to show")
    parser.add_argument("--enough", type=float, default=ENOUGH, help="of a cell, known in pieces, if it was changed")
    arguments = parser.parse_args()
    outcome = Outcome(arguments.enough)
    for page in made_pages(read_cells(arguments.editions), arguments.cells, arguments.seed):
        outcome.add(page)
        outcome.add_swapped(page)
    print("\n".join([*outcome.lines(), *outcome.examples[: arguments.show]]))
    return int(bool(outcome.wrong))


if __name__ == "__main__":
    sys.exit(main())
