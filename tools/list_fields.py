"""Write ``docs/fields.md``: every canonical field, its labels by edition, how it is read, what facts it gives.

    python tools/list_fields.py [--check]

``--check`` writes nothing and fails if the page does not hold.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

from factparse.core.facts import Fact
from factparse.extract import Extractor, extractors, figures
from factparse.extract.figures.extractor import table
from factparse.vocabulary.labels import Field, fields, labels

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.scanning.table import left, markdown

PAGE = Path(__file__).resolve().parent.parent / "docs" / "fields.md"

# How a shape is read (the rule of the grammar, or the pattern in the code), and the facts that it gives.
SHAPES = {
    "figures": ("`cell.lark`: `item`", "Quantity, TextValue"),
    "shares": ("`cell.lark`: `item`, as shares", "Share, Item, Quantity, TextValue"),
    "rates": ("`cell.lark`: `item`, the unit before it", "Quantity, TextValue"),
    "list": ("`cell.lark`: `names`", "Item, Share, Quantity, TextValue"),
    "clauses": ("`cell.lark`: `clauses`", "Item, Share, Quantity, TextValue"),
    "divisions": ("`cell.lark`: `item`, then a list", "Quantity, Item, TextValue"),
    "elections": ("`cell.lark`: `elections`, `item`; the rest `told`, `days`", "TextValue, Share, Quantity"),
    "suffrage": ("`cell.lark`: `item`; elections behind it", "Quantity, TextValue, Share"),
    "service": ("`cell.lark`: `service`, `told`", "Quantity, TextValue"),
    "comparative": ("`cell.lark`: `comparison`, `told`", "Quantity, TextValue"),
    "strengths": ("clauses; counts by `cell.lark`: `item`, `told`", "Quantity, TextValue"),
    "places": ("`cell.lark`: `places`", "Coordinates, TextValue"),
    "dated": ("labelled text; `cell.lark`: `days`", "TextValue"),
    "text": ("labelled text; sub-labels with a shape of their own", "TextValue, Quantity, Item, Coordinates"),
    "told": ("`cell.lark`: `told`", "Quantity, TextValue"),
    "telecom": ("`cell.lark`: `told`; names of cables", "Quantity, Item, TextValue"),
    "events": ("`cell.lark`: `told`, `days`", "Quantity, TextValue"),
    "fiscal": ("the first day and the last", "TextValue"),
    "prose": ("prose; no number is read", "TextValue"),
}
HEAD = """# Fields

Made by `python tools/list_fields.py`; not edited by hand. Every canonical field of the editions 1990-2026, the labels
it was printed under with their first and last edition, how it is read, and the classes of facts it gives. A field is
read by a module of its own (`extract/NAME`), or by its shape in `src/factparse/extract/figures/shapes.tsv`. Then notes
are a `TextValue` of their own, world ranks go to the `rank` of the figure before them, and sub-labels are known from
`grammars/words/sublabels.tsv`.

| field | topic | labels (editions) | read as | facts |
|---|---|---|---|---|
"""


SCAN = """
## What looks wrong
`python tools/scan_cells.py EDITIONS` looks at each of the 481,655 cells of all editions for facts that look wrong,
with a detector for each kind of fault (`tools/scanning/`), and keeps the counts in `tools/scanning/counts.tsv`. A count
is of cells; *before* is the code without any of these kinds mended, *now* the code at hand. A detector knows a fault
by its marks, so a few of its cells are right. The cells of the editions have lost their ranks: A1 and B15 are tried
on cells into which a seeded script puts them back, with the words `country comparison to the world` (A1) and without
(B15). Where a detector was changed since, *before* was counted anew with it, on the code of then (commit 48bbb16, with
the `tools/` of today and `scanning/cells.py` of a08a9ce, which knows the calls of then).

"""

# What the cells that are still found look like, from reading them.
LEFT = """
### What is left
Of these kinds some cells are left. What they are, as they were read:

- **A2**: figures whose label stands in a sentence (`Ministry of Mines: 900` among strengths, `vote: 161-1`), a
  label in capitals right behind a bare unit (`12 nm Protection Zone: 200 nm`), brackets within brackets that break
  a gauge down.
- **A3, A4, A5, A7, A18**: single cells, each of its own shape.
- **A10**: labels in capitals behind a name without a divider (`Greens, Ann ODD Eastern area: Reds`), for nothing
  tells where the name ends; lists whose count stands in a sentence (`but there are 10 parishes: Anse`); the next
  field glued to a list.
- **A12**: figures of sentences whose whole stands before them.
- **A13, A17**: sentences in fields of figures (`which handles vessels up to 500 metric tons`), two gauges of one
  length.
- **D1, D2**: what the drug is bound for stands in a clause that tells no role; directions in small letters (`south
  African`).
- **D4**: a territory that is claimed is no party to the claim, and `implied` names who administers it; these are
  not counted.
- **twice**: the same number of judges or members that two sentences tell of two bodies, each named in words only; equal
  years of a series, and what an edition prints twice.
- **of**, **half**: brackets that the cell itself prints without their other half.
"""

DIGITS = """
### Digits in no fact
`python tools/scan_cells.py EDITIONS --digits FIELDS` says of each digit whose it is, in all fields but those of natural
prose. *In no fact* is one that no fact, no date of one and no sub-label holds; *in a text only* one that stands in a
`TextValue` and in nothing else. What the latter are the grammar of told figures says. In percent of all digits, on the
150,000 cells of `--sample 150000 --seed 7`:

| | 1990-1996 | 2021-2024 |
|---|---|---|
| in no fact | 0.05 | 0.14 |
| in a text only | 1.89 | 3.41 |
| of these: days and years in sentences | 0.79 | 1.83 |
| of these: names and codes (`5G`, `COVID-19`) | 0.10 | 0.84 |
| of these: figures | 1.00 | 0.74 |
| in addresses and numbers to dial | 7.26 | 3.32 |

The figures in a text are, as read, mostly the definition of a measure in its note (`ages 15 or older`, `index
(0-100)`), which counts nothing, and ages in the definition of literacy; then remarks on ships, settlers and rates in
notes of 1990-96, and distances in Location. `prose=True` offers them. Years in sentences stay in their text: to divide
a sentence at each of its years was tried, and loses the date that closes the whole.
"""


def line(field: Field) -> str:
    """Return the row of a field; raises KeyError if it has no extractor."""
    extractor = extractors()[field.name]
    rule, facts = SHAPES[table()[0][field.name][0]] if extractor.facts is figures.facts else own(extractor)
    printed = "; ".join(
        f"{label.text} ({label.first_edition}-{label.last_edition})" for label in labels() if label.field == field.name
    )
    return f"| {field.name} | {field.topic} | {printed} | {rule} | {facts} |\n"


def own(extractor: Extractor) -> tuple[str, str]:
    """Return where a field's own extractor stands, and the facts that it gives, as its annotation tells them."""
    given = [part for part in parts(get_type_hints(extractor.facts)["return"]) if isinstance(part, type)]
    place = extractor.facts.__module__.removeprefix("factparse.extract.").split(".")[0]
    return f"`extract/{place}`", ", ".join(kind.__name__ for kind in given if issubclass(kind, Fact))


def parts(hint: object) -> Iterator[object]:
    """Yield an annotation and all that it is made of."""
    yield hint
    for part in get_args(hint):
        yield from parts(part)


def page() -> str:
    """Return the page."""
    rows = "".join(line(field) for field in sorted(fields(), key=lambda field: field.name.lower()))
    return HEAD + rows + SCAN + markdown() + LEFT + left() + DIGITS


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true")
    if not options.parse_args().check:
        PAGE.write_text(page(), encoding="utf-8")
    elif page() != PAGE.read_text(encoding="utf-8"):
        sys.exit("docs/fields.md does not hold: run tools/list_fields.py")


if __name__ == "__main__":
    main()
