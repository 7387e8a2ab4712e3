"""Draw graphs of disputes: ``python -m tools.draw_disputes [PAGE...] [--out FILE] [--most N]``.

``PAGE`` is anything ``factparse.read`` takes; without one the entries below are drawn, as ``docs/disputes.svg`` shows
them. ``--editions FOLDER`` draws, of all entries of one edition in its ``cells.jsonl.gz``, the parties with the most
disputes: ``docs/disputes_of_an_edition.svg``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import chain
from pathlib import Path

from factparse import read
from factparse.extract import extract
from factparse.output.dispute_graph import Disputes, disputes
from tools.editions import cells_of

DOCS = Path(__file__).parents[1] / "docs"
OUT = DOCS / "disputes.svg"
FIELD = "Disputes - international"
EDITION = "2021-07"
MOST = 60
ENTRIES = {
    "Fiji": "maritime boundary dispute with Tonga; claims Minerva Reef, occupied by Tonga since 1972; maritime "
    "boundary talks with Tuvalu were concluded in 2014",
    "Tonga": "maritime boundary dispute with Fiji; Fiji claims Minerva Reef; Tonga and Samoa continue to negotiate a "
    "maritime boundary; fishing vessels from Samoa are held",
    "Samoa": "since 2009, maritime boundary negotiations with Tonga continue; refugees from Tuvalu live in camps",
    "Tuvalu": "the maritime boundary treaty of 2014 with Fiji is in force; Vanuatu claims Turtle Island, administered "
    "by Tuvalu",
    "Vanuatu": "claims Turtle Island; dormant claim to Hunter Island, also claimed by Fiji",
}


def example() -> Disputes:
    """Return the graph of the entries above."""
    return disputes(chain.from_iterable(extract(FIELD, text, subject=name) for name, text in ENTRIES.items()))


def of_pages(names: list[str]) -> Disputes:
    return disputes(page for name in names for page in read(name))


def of_edition(folder: Path, edition: str = EDITION) -> Disputes:
    """Return the graph of all entries of an edition."""
    cells = (cell for cell in cells_of(folder, FIELD) if edition in cell.editions)
    return disputes(chain.from_iterable(extract(FIELD, cell.text, subject=cell.country) for cell in cells))


def busiest(graph: Disputes, most: int) -> Disputes:
    """Return the disputes among the ``most`` parties that have the most of them."""
    counted = Counter(party for dispute in graph for party in dispute.parties)
    chosen = {party for party, _ in sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:most]}
    return Disputes(tuple(dispute for dispute in graph if chosen.issuperset(dispute.parties)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", nargs="*")
    options.add_argument("--editions", type=Path, help="the folder of cells.jsonl.gz")
    options.add_argument("--most", type=int, default=MOST)
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    if given.editions:
        graph = busiest(of_edition(given.editions), given.most)
        out = given.out or DOCS / "disputes_of_an_edition.svg"
    else:
        graph = busiest(of_pages(given.pages), given.most) if given.pages else example()
        out = given.out or OUT
    out.write_text(graph.to_svg(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
