"""Draws how often rows of each confidence are right: ``docs/reliability.svg``.

    python -m tools.draw_reliability CORPUS.jsonl[.gz] FOLDER [--out FILE]

The corpus and the folder are as for ``tools.ablate_columns``. Each dot is a tenth of the range of confidences; its area
grows with the number of rows there. Dots on the diagonal are confidences that mean what they say; above it they are too
modest.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log10
from pathlib import Path

from tools.training.scoring import Elsewhere, Scored, calibration_error, read_corpus, score

SIDE, EDGE = 400, 56
EDGES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


def dots(rows: Sequence[Scored]) -> Iterator[tuple[float, float, int]]:
    """Yield for each bin the mean confidence, the share that is right, and how many rows it holds."""
    for low, high in pairwise(EDGES):
        inside = [row for row in rows if low <= row.confidence < high]
        if inside:
            many = len(inside)
            yield sum(row.confidence for row in inside) / many, sum(row.right for row in inside) / many, many


def _x(value: float) -> float:
    return round(EDGE + SIDE * value, 1)


def _y(value: float) -> float:
    return round(EDGE + SIDE * (1 - value), 1)


def drawing(found: Iterable[tuple[float, float, int]], caption: str) -> Iterator[str]:
    """Yield the lines of the SVG file."""
    whole = SIDE + 2 * EDGE
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif">'
    yield f'<rect width="{whole}" height="{whole}" fill="white"/>'
    for tenth in range(0, 11, 2):
        value = tenth / 10
        grid = 'stroke="#ddd"'
        yield f'<line x1="{_x(value)}" y1="{_y(0)}" x2="{_x(value)}" y2="{_y(1)}" {grid}/>'
        yield f'<line x1="{_x(0)}" y1="{_y(value)}" x2="{_x(1)}" y2="{_y(value)}" {grid}/>'
        yield f'<text x="{_x(value)}" y="{_y(0) + 18}" font-size="12" text-anchor="middle">{value:.1f}</text>'
        yield f'<text x="{_x(0) - 8}" y="{_y(value) + 4}" font-size="12" text-anchor="end">{value:.1f}</text>'
    yield f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#888" stroke-dasharray="4 4"/>'
    for confidence, right, many in found:
        radius = round(2 + 1.8 * log10(many), 1)
        yield f'<circle cx="{_x(confidence)}" cy="{_y(right)}" r="{radius}" fill="#1f6fb2" fill-opacity="0.7">'
        yield f"<title>{many} rows at {confidence:.3f}: {right:.3f} right</title></circle>"
    middle = whole / 2
    yield f'<text x="{middle}" y="{whole - 14}" font-size="13" text-anchor="middle">confidence</text>'
    yield f'<text transform="translate(16 {middle}) rotate(-90)" font-size="13" text-anchor="middle">right</text>'
    yield f'<text x="{middle}" y="30" font-size="14" text-anchor="middle">{caption}</text>'
    yield "</svg>"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path, help="the folder of cells.jsonl.gz")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "docs" / "reliability.svg")
    args = parser.parse_args()
    rows = list(score(read_corpus(args.corpus), None, Elsewhere(args.folder)))
    caption = f"{len(rows):,} rows, expected calibration error {calibration_error(rows):.4f}"
    args.out.write_text("\n".join(drawing(dots(rows), caption)) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
