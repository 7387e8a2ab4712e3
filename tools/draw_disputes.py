"""Draw the graph of disputes of ``docs/disputes.md``: ``python -m tools.draw_disputes [PAGE...] [--out FILE]``.

``PAGE`` is anything ``factparse.read`` takes; without one the entries below are drawn. Nodes stand on a circle, an edge
is a dispute: its colour tells the kind, a dashed line that nothing is open, its label places and years, or the status.
"""

from __future__ import annotations

import argparse
from collections import Counter
from html import escape
from itertools import chain
from math import cos, hypot, pi, sin
from pathlib import Path

from factparse import read
from factparse.extract import extract
from factparse.output.dispute_graph import Dispute, Disputes, disputes

OUT = Path(__file__).parents[1] / "docs" / "disputes.svg"
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
COLOURS = {
    "land boundary": "#8c564b",
    "maritime boundary": "#1f77b4",
    "territorial sovereignty": "#d62728",
    "water or resources": "#17becf",
    "cross-border security or migration": "#ff7f0e",
    "treaty or legal": "#9467bd",
    "other": "#7f7f7f",
}
SETTLED = ("resolved", "dormant or suspended", "unclear")
ALONG = (0.42, 0.72, 0.3)  # where on its curve a label stands
WIDTH, HEIGHT, RADIUS, NODE = 760, 560, 190, 34


def drawn(graph: Disputes) -> str:
    """Return the graph as SVG."""
    names = sorted({party for dispute in graph for party in dispute.parties})
    centre = WIDTH / 2, HEIGHT / 2 - 40
    places = {
        name: (
            centre[0] + 1.35 * RADIUS * sin(2 * pi * i / len(names)),
            centre[1] - RADIUS * cos(2 * pi * i / len(names)),
        )
        for i, name in enumerate(names)
    }
    seen: Counter[tuple[str, str]] = Counter()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    labels = []
    for dispute in graph:
        curve, label = edge(dispute, places, seen[dispute.parties])
        parts.append(curve)
        labels.append(label)
        seen[dispute.parties] += 1
    parts += labels  # above all curves
    for name, (x, y) in places.items():
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{NODE}" fill="#f4f4f4" stroke="#333"/>')
        parts.append(f'<text x="{x:.0f}" y="{y + 4:.0f}" text-anchor="middle">{escape(name)}</text>')
    return "\n".join([*parts, *legend(dict.fromkeys(dispute.kind for dispute in graph)), "</svg>"]) + "\n"


def edge(dispute: Dispute, places: dict[str, tuple[float, float]], number: int) -> tuple[str, str]:
    """Return the curve of a dispute, the further out the more there are between the same two, and its label.

    The labels of such curves stand at different heights, so that none hides another.
    """
    (ax, ay), (bx, by) = (places[party] for party in dispute.parties)
    length = hypot(bx - ax, by - ay) or 1
    bend = (number + 1) // 2 * 46 * (1 if number % 2 else -1)
    mx, my = (ax + bx) / 2 - (by - ay) / length * bend, (ay + by) / 2 + (bx - ax) / length * bend
    dashes = ' stroke-dasharray="6 4"' if dispute.status in SETTLED else ""
    label = ", ".join([*dispute.places, *map(str, dispute.years)]) or dispute.status
    colour = COLOURS[dispute.kind]
    at = ALONG[number % len(ALONG)]
    tx, ty = (
        (1 - at) ** 2 * one + 2 * at * (1 - at) * middle + at**2 * two
        for one, middle, two in ((ax, mx, bx), (ay, my, by))
    )
    curve = (
        f'<path d="M{ax:.0f} {ay:.0f}Q{mx:.0f} {my:.0f} {bx:.0f} {by:.0f}" fill="none" stroke="{colour}" '
        f'stroke-width="{1 + len(dispute.evidence)}"{dashes}/>'
    )
    words = f'<text x="{tx:.0f}" y="{ty + 4:.0f}" text-anchor="middle"'
    halo = f'{words} stroke="white" stroke-width="5">{escape(label)}</text>'
    return curve, f'{halo}\n{words} fill="{colour}">{escape(label)}</text>'


def legend(kinds: dict[str, None]) -> list[str]:
    """Return what the colours mean."""
    lines = []
    for row, kind in enumerate(kinds):
        y = HEIGHT - 20 - 18 * row
        lines.append(f'<path d="M20 {y}H50" stroke="{COLOURS[kind]}" stroke-width="3"/>')
        lines.append(f'<text x="58" y="{y + 4}">{kind}</text>')
    lines.append(f'<text x="330" y="{HEIGHT - 34}">dashed: settled, dormant or of the past</text>')
    lines.append(f'<text x="330" y="{HEIGHT - 16}">a thicker line: told by more entries</text>')
    return lines


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pages", nargs="*")
    options.add_argument("--out", type=Path, default=OUT)
    given = options.parse_args()
    given.out.write_text(drawn(of_pages(given.pages) if given.pages else example()), encoding="utf-8")


def example() -> Disputes:
    """Return the graph of the entries above."""
    return disputes(
        chain.from_iterable(extract("Disputes - international", text, subject=name) for name, text in ENTRIES.items())
    )


def of_pages(names: list[str]) -> Disputes:
    return disputes(page for name in names for page in read(name))


if __name__ == "__main__":
    main()
