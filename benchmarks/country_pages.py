"""Makes country pages of the cells of editions in ten layouts; says how many rows, cells and countries come back.

    FACTPARSE_EDITIONS=/path/to/folder python -m benchmarks.country_pages [--pages 300] [--seed 14] [--no-book]

The folder holds ``cells.jsonl.gz``: one cell a line with ``country``, ``topic``, ``field``, ``text`` and ``editions``.
The layouts are those that pages on the web were seen in: S1 label lines, S2 label and colon, S3 remnants of pipes, S4
labels lost in part, S5 a hard-wrapped book of several countries, S6 one field's text, S7 lines of categories, S8 keys
and values, S9 archives, S10 slides.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import factparse
from factparse.vocabulary import country_named, field_named
from tools.json_lines import CELLS, json_lines

EDITIONS = ("1993", "1996", "1999", "2002", "2005", "2008", "2012", "2015-12", "2021-07", "2024-06")
PARTLY = ("S4", "S6", "S10")


class Printed(NamedTuple):
    """A cell to print: its topic, label and text."""

    topic: str
    label: str
    text: str


class Made(NamedTuple):
    """A page to read: its text, the name of its source, and the rows of each country that stand in it with a label."""

    text: str
    name: str | None
    rows: dict[str, list[Printed]]
    unlabelled: int = 0


Country = tuple[str, str, list[Printed]]  # name, GEC code, cells


def editions(folder: Path) -> dict[str, dict[tuple[str, str], list[Printed]]]:
    """The cells of each edition of :data:`EDITIONS`, by country and code."""
    found: dict[str, dict[tuple[str, str], list[Printed]]] = {each: defaultdict(list) for each in EDITIONS}
    for cell in json_lines(folder / CELLS):
        for edition in set(cell["editions"]) & set(EDITIONS):
            found[edition][cell["country"], cell["code"]].append(Printed(cell["topic"], cell["field"], cell["text"]))
    return found


def _by_topic(cells: list[Printed]) -> Iterator[tuple[str, list[Printed]]]:
    groups: dict[str, list[Printed]] = defaultdict(list)
    for cell in cells:
        groups[cell.topic].append(cell)
    return iter(groups.items())


def _lines(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def _address(rng: random.Random, name: str, code: str) -> str:
    slug = name.lower().replace(",", "").replace(" ", "-")
    return rng.choice([f"https://www.cia.gov/library/publications/the-world-factbook/geos/{code}.html", f"{slug}.txt"])


def _head(rng: random.Random, country: Country) -> tuple[str, str | None]:
    """A heading that names the country, or none and an address that does."""
    name, code, _ = country
    heads = [
        f"{name}\n\n",
        f"{name} Facts\n\n",
        f"South America :: {name.upper()}\n\n",
        f"The World Factbook: {name}\n\n",
    ]
    return (rng.choice(heads), None) if rng.random() < 0.6 else ("", _address(rng, name, code))


def s1(rng: random.Random, country: Country) -> Made:
    head, name = _head(rng, country)
    recased = rng.random() < 0.3
    out = [head]
    for topic, cells in _by_topic(country[2]):
        out.append(f"{topic}\n\n")
        for cell in cells:
            label = " ".join(word[:1].upper() + word[1:] for word in cell.label.replace(" -", "").split())
            out.append(f"{label if recased else cell.label}\n\n{_lines(cell.text)}\n\n")
    return Made("".join(out), name, {country[0]: country[2]})


def s2(rng: random.Random, country: Country) -> Made:
    head, name = _head(rng, country)
    out, rows = [head], []
    for topic, cells in _by_topic(country[2]):
        out.append(f"{topic} :: {country[0].upper()}\n" if rng.random() < 0.5 else f"{topic}\n")
        for cell in cells:
            text = _lines(cell.text)
            if rng.random() < 0.1:
                text += f"country comparison to the world: {rng.randint(1, 230)}"
            rows.append(cell._replace(text=text))
            out.append(f"{cell.label}:\n{text.replace(': ', ':') if rng.random() < 0.5 else text}\n")
    return Made("".join(out), name, {country[0]: rows})


def s3(rng: random.Random, country: Country) -> Made:
    head, name = _head(rng, country)
    out, rows = [head], []
    for topic, cells in _by_topic(country[2]):
        out.append(f"{topic}\n")
        for cell in cells:
            text = " ".join(cell.text.split()) if rng.random() < 0.9 else ""
            rows.append(cell._replace(text=text))
            words = cell.label.split()
            label = cell.label
            if len(words) > 2 and words[1] in ("and", "or", "-") and rng.random() < 0.5 and words[1] != "-":
                label = f"{words[0]}\n{' '.join(words[1:])}"
            shape = rng.choice([":\n | {} |\n", ":\n|\n|\n{} |\n"])
            out.append(label + shape.format(text or "void"))
    return Made("".join(out), name, {country[0]: rows})


def s4(rng: random.Random, country: Country) -> Made:
    out, rows, lost = [], [], 0
    for topic, cells in _by_topic(country[2]):
        out.append(f"\u2022 {topic} :: {country[0].upper()}\n")
        for cell in cells:
            text = _lines(cell.text).replace(": ", " : ")
            if rng.random() < 0.5:
                rows.append(cell._replace(text=text))
                out.append(f"{cell.label} :\n{text}\n")
            else:
                lost += 1
                out.append(f"{text}\n")
    return Made("".join(out), None, {country[0]: rows}, lost)


def _wrapped(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, 70, break_long_words=False, break_on_hyphens=False) for line in _lines(text).split("\n")
    )


def s5(rng: random.Random, *countries: Country) -> Made:
    out, rows = [], {}
    style = rng.choice(
        ["{topic} {name}\n\n", "{topic} - {name}\n\n", "@{name}, {topic}\n\n", "*{name}, {topic}\n\n", "lone"]
    )
    for name, _, cells in countries:
        rows[name] = cells
        if style == "lone":
            out.append(f"{name}\n\n")
        for topic, some in _by_topic(cells):
            out.append(f"{topic}\n\n" if style == "lone" else style.format(topic=topic, name=name))
            out += [f"{cell.label}:\n{_wrapped(cell.text)}\n\n" for cell in some]
    return Made("".join(out), None, rows)


def s6(rng: random.Random, country: Country) -> Made:
    cells = [cell for cell in country[2] if cell.label == "Disputes - international"]
    return Made("\n".join(_lines(cell.text) for cell in cells), _address(rng, country[0], country[1]), {}, len(cells))


def s7(rng: random.Random, country: Country) -> Made:
    prefix = rng.choice(["Category: ", ""])
    rows = [cell._replace(text="; ".join(_lines(cell.text).split("\n"))) for cell in country[2]]
    text = "".join(f"{prefix}{cell.topic} - {cell.label}: {cell.text}\n" for cell in rows)
    return Made(text, _address(rng, country[0], country[1]), {country[0]: rows})


def s8(rng: random.Random, country: Country) -> Made:
    head, name = _head(rng, country)
    out = [head]
    for cell in country[2]:
        lines = _lines(cell.text).split("\n")
        known = [
            line for line in lines if ":" in line and line.split(":")[0] in ("total", "land", "water", "male", "female")
        ]
        if len(known) == len(lines) and rng.random() < 0.8:
            out += [f"{cell.label} {line}\n" for line in lines]
        else:
            out.append(f"{cell.label}: {' '.join(lines)}\n")
    return Made("".join(out), name, {country[0]: country[2]})


def s9(rng: random.Random, country: Country) -> Made:
    out = [f"{country[0]}\n1990 | 1991 | 1992 | 1993 | 1994\n"]
    for topic, cells in _by_topic(country[2]):
        out.append(f"{topic}\n")
        for cell in cells:
            old = "(Highways)\n" if cell.label == "Roadways" else ""
            out.append(f"{cell.label}\n{old}[time series]\n{_lines(cell.text)}\n")
    return Made("".join(out), None, {country[0]: country[2]})


def s10(rng: random.Random, *countries: Country) -> Made:
    out, rows = [], {}
    for name, _, cells in countries:
        some = [cell._replace(text=" ".join(cell.text.split())) for cell in rng.sample(cells, min(8, len(cells)))]
        rows[name] = some
        out.append(f"{name}\n" + " ".join(f"{cell.label}: {cell.text}" for cell in some) + "\n")
    return Made("".join(out), None, rows)


LAYOUTS: dict[str, Callable[..., Made]] = {
    "S1": s1, "S2": s2, "S3": s3, "S4": s4, "S5": s5, "S6": s6, "S7": s7, "S8": s8, "S9": s9, "S10": s10,
}  # fmt: skip


def made_pages(folder: Path, pages: int, seed: int) -> Iterator[tuple[str, str, Made]]:
    """Yield the layout, the edition and the page, of ``pages`` pages; the same seed gives the same pages."""
    rng = random.Random(seed)
    cells = editions(folder)
    for number in range(pages):
        layout = list(LAYOUTS)[number % len(LAYOUTS)]
        edition = EDITIONS[number // len(LAYOUTS) % len(EDITIONS)] if layout != "S6" else "2024-06"
        known = [
            (name, code, some)
            for (name, code), some in cells[edition].items()
            if country_named(name) is not None and len(some) >= 20
        ]
        many = rng.randint(2, 4) if layout == "S5" else 2 if layout == "S10" else 1
        yield layout, edition, LAYOUTS[layout](rng, *rng.sample(known, many))


def _plain(text: str) -> str:
    return "".join(text.split())


class Score:
    """Counts of one layout."""

    def __init__(self, books: tuple[()] | None = None) -> None:
        self.books = books
        self.counts: Counter[str] = Counter()
        self.misses: list[str] = []

    def add(self, edition: str, made: Made) -> None:
        """Read the page, and count what comes back."""
        source = factparse.Source(made.name) if made.name else None
        pages = [
            page for page in factparse.parse_pages(made.text, source=source, books=self.books) if page.kind == "country"
        ]
        self.counts["pages"] += 1
        self.counts["wanted countries"] += len(made.rows)
        by_country = {page.countries[0] if page.countries else None: page for page in pages}
        for name, rows in made.rows.items():
            entry = country_named(name)
            page = by_country.get(entry.name if entry else name)
            self.counts["countries"] += page is not None
            if page is None:
                self.misses.append(f"{edition} {name}: no page of it, but {list(by_country)}")
            page = page or (pages[0] if len(pages) == 1 else None)
            self._rows(edition, name, rows, page)

    def _rows(self, edition: str, name: str, rows: list[Printed], page: factparse.Page | None) -> None:
        found = defaultdict(list)
        for row in page.rows if page is not None else ():
            found[row.name].append(row)
        self.counts["found rows"] += len(page.rows) if page is not None else 0
        for cell in rows:
            self.counts["rows"] += 1
            some = found.get(field_named(cell.label) or cell.label, [])
            self.counts["found"] += bool(some)
            exact = any(_plain(row.cells[0].text) == _plain(cell.text) for row in some)
            self.counts["exact"] += exact
            if not exact:
                self.counts["wrong and sure"] += any(row.confidence >= 0.9 for row in some)
                got = [row.cells[0].text[:300] for row in some]
                self.misses.append(f"{edition} {name} | {cell.label} | {cell.text[:200]!r} | {got!r}")

    def line(self) -> str:
        """The counts in words."""
        c = self.counts
        rows, countries = max(c["rows"], 1), max(c["wanted countries"], 1)
        return (
            f"{c['pages']} pages, rows {c['rows']}, found {100 * c['found'] / rows:.2f} %"
            f", exact {100 * c['exact'] / rows:.2f} %"
            f", rows too many {c['found rows'] - c['found']}, wrong at 0.9 {c['wrong and sure']}"
            f", countries {100 * c['countries'] / countries:.2f} %"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--show", type=int, default=0, help="how many misses of each layout to print")
    parser.add_argument("--layout", help="only this one")
    parser.add_argument("--no-book", action="store_true", help="read without a book of known cells")
    given = parser.parse_args()
    folder = os.environ.get("FACTPARSE_EDITIONS")
    if not folder:
        sys.exit("FACTPARSE_EDITIONS names no folder; it must hold cells.jsonl.gz")
    scores = {layout: Score(() if given.no_book else None) for layout in LAYOUTS}
    for layout, edition, made in made_pages(Path(folder), given.pages, given.seed):
        if given.layout in (None, layout):
            scores[layout].add(edition, made)
    for layout, score in scores.items():
        print(f"{layout:4}{score.line()}")
        for miss in score.misses[: given.show]:
            print("      ", miss)


if __name__ == "__main__":
    main()
