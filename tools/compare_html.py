"""Compare the CIA's pages with the cells of editions: are all fields of a page found, and do its cells say the same?

    python -m tools.compare_html PAGES CELLS.jsonl[.gz] [--show N]

PAGES is a folder of HTML (or of anything else that :func:`factparse.read` takes); a line of CELLS has ``code``,
``field``, ``text`` and ``editions``. Each page is held against the edition that it shares most cells with. White space
does not count, nor do world ranks, which CELLS lacks. A cell that differs is *alike* if its letters and figures are
those of the edition, or of the one before or behind it, for the page was printed between two. ``--show`` prints as many
of the others of each page: what was edited in between, and what was read wrong.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from factparse import Page, read
from factparse.vocabulary import country_named, label_of_words
from tools.json_lines import json_lines

_RANK = re.compile(r"country comparison to the world: ?\d+", re.IGNORECASE)
_REMARK = re.compile(r"[\W_]+")

Cells = dict[str, dict[str, str]]
"""Of each edition, the cell of each field."""


class Compared(NamedTuple):
    """A page held against an edition: its fields there, here and in both, and the cells of these by what they are."""

    edition: str
    there: int
    here: int
    both: int
    equal: int
    alike: int
    other: tuple[tuple[str, str, str], ...]

    def line(self, name: str) -> str:
        """The figures as one line."""
        recall, precision = 100 * self.both / max(1, self.there), 100 * self.both / max(1, self.here)
        share = 100 / max(1, self.both)
        cells = f"{self.equal * share:6.2f} {(self.equal + self.alike) * share:6.2f}"
        return f"{name:<32} {self.edition:<8} {self.there:5} {recall:7.2f} {precision:9.2f} {cells}"


def cells_of(path: Path, codes: set[str]) -> dict[str, Cells]:
    """Return the cells of the countries with the GEC ``codes``, by code, edition and field."""
    found: dict[str, Cells] = defaultdict(lambda: defaultdict(dict))
    for cell in json_lines(path):
        if (code := cell["code"].upper()) in codes:
            for edition in cell["editions"]:
                found[code][edition][_field(cell["field"])] = _plain(cell["text"])
    return found


def _field(label: str) -> str:
    named = label_of_words(label)
    return named.field if named is not None else _REMARK.sub(" ", label.casefold()).strip()


def _plain(text: str) -> str:
    return "".join(_RANK.sub("", text).split())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def compared(page: Page, editions: Cells) -> Compared:
    """Hold ``page`` against the edition that it shares most cells with."""
    here = {row.field or _field(row.label): _plain(row.cells[0].text) for row in page.rows}
    here = {field: text for field, text in here.items() if text}
    names = sorted(editions)
    best = max(names, key=lambda name: len(here.items() & editions[name].items()))
    at = names.index(best)
    there, beside = editions[best], [editions[name] for name in names[max(0, at - 1) : at + 2]]
    both = here.keys() & there.keys()
    differ = [field for field in sorted(both) if here[field] != there[field]]
    other = [
        field for field in differ if _letters(here[field]) not in {_letters(cells.get(field, "")) for cells in beside}
    ]
    return Compared(
        best,
        len(there),
        len(here),
        len(both),
        len(both) - len(differ),
        len(differ) - len(other),
        tuple((field, here[field], there[field]) for field in other)
        + tuple((field, "", there[field]) for field in sorted(there.keys() - here.keys()))
        + tuple((field, here[field], "") for field in sorted(here.keys() - there.keys())),
    )


def pages_of(folder: Path) -> Iterator[tuple[str, str, Page]]:
    """Yield the name, the GEC code and the page of each country page under ``folder``."""
    for page in read(folder, form="html"):
        country = country_named(page.countries[0]) if page.kind == "country" and page.countries else None
        if country is not None and country.gec:
            path = Path(page.source.name or "")
            yield f"{path.parent.name}/{path.name}", country.gec.upper(), page


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", type=Path)
    options.add_argument("cells", type=Path)
    options.add_argument("--show", type=int, default=0, metavar="N")
    given = options.parse_args()
    pages = list(pages_of(given.pages))
    cells = cells_of(given.cells, {code for _, code, _ in pages})
    print(f"{'page':<32} {'edition':<8} fields  recall precision  equal or alike")
    sums = [0] * 5
    for name, code, page in pages:
        if code not in cells:
            continue
        found = compared(page, cells[code])
        print(found.line(name))
        for field, here, there in found.other[: given.show]:
            print(f"    {field}: {here[:150]!r} / {there[:150]!r}")
        sums = [total + figure for total, figure in zip(sums, found[1:6], strict=True)]
    all_there, all_here, both, equal, alike = sums
    print(Compared("", all_there, all_here, both, equal, alike, ()).line("all"))


if __name__ == "__main__":
    main()
