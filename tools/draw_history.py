"""Draws what facts of all editions tell: ``docs/refugees_by_origin.svg`` and ``docs/tiers_by_edition.svg``.

    python -m tools.draw_history EDITIONS [--out FOLDER]

EDITIONS is the folder of ``cells.jsonl.gz``. Every cell of the two fields is read once; its facts count for each
edition that prints it.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from factparse import DisplacedPersons, TierRating, extract
from factparse.core.facts import Tier
from factparse.output.markup import Html, element, start
from factparse.vocabulary import country_named
from tools.editions import cells_of

DOCS = Path(__file__).parents[1] / "docs"
ORIGINS = 8  # lines that can be told apart
WIDTH, HEIGHT = 760, 400
LEFT, RIGHT, TOP, BOTTOM = 56, 170, 48, 62
# Of the palette of Okabe and Ito; tiers go from blue to red, so that both ends are told apart by all who see.
LINES = ("#0067a3", "#b85200", "#007a59", "#a3487b", "#b27a00", "#2c94c9", "#6a6f75", "#1c2024")
TIERS: Mapping[str, str] = dict(zip(get_args(Tier), ("#0067a3", "#8cc0e0", "#efb15e", "#b03c00"), strict=True))

Table = Mapping[str, Mapping[str, int]]
"""For each edition, how many of what."""


def refugees(folder: Path) -> Table:
    """Return for each edition the refugees by the country that they fled from, over all countries of refuge."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for cell in cells_of(folder, "Refugees and internally displaced persons"):
        counted: Counter[str] = Counter()
        for fact in extract("Refugees and internally displaced persons", cell.text, subject=cell.country):
            if isinstance(fact, DisplacedPersons) and fact.population == "refugees" and fact.origin and fact.count:
                counted[_short(fact.origin)] += fact.count
        for edition in cell.editions:
            found[edition].update(counted)
    return found


def tiers(folder: Path) -> Table:
    """Return for each edition how many countries it places in each tier."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for cell in cells_of(folder, "Trafficking in persons"):
        rated = {fact.tier for fact in extract("Trafficking in persons", cell.text) if isinstance(fact, TierRating)}
        for edition in cell.editions:
            found[edition].update(rated)
    return found


def _short(name: str) -> str:
    """The short name of a country; of others what stands before a bracket, which some editions print differently."""
    country = country_named(name)
    return country.short if country else name.partition("(")[0].strip().capitalize()


def _told(table: Table) -> list[tuple[str, Mapping[str, int]]]:
    """Return the editions that tell anything, in order, with what they tell."""
    return [(edition, table[edition]) for edition in sorted(table) if sum(table[edition].values())]


def origins_svg(table: Table) -> str:
    """Return a picture with a line for each of the origins with the most refugees in any edition."""
    told = _told(table)
    most = Counter[str]()
    for _, counted in told:
        most |= Counter(counted)
    names = [name for name, _ in most.most_common(ORIGINS)]
    top = max(most.values())
    parts = [*_amounts(top, 1e6), *_editions([edition for edition, _ in told]), *_lines(told, names, top)]
    return _picture("Refugees by origin, in millions, as each edition counts them", parts)


def _lines(told: Sequence[tuple[str, Mapping[str, int]]], names: Sequence[str], top: float) -> Iterator[Html]:
    labels = _apart({name: _y(told[-1][1].get(name, 0), top) for name in names})
    for name, colour in zip(names, LINES, strict=False):
        points = [(_x(place, len(told)), _y(counted.get(name, 0), top)) for place, (_, counted) in enumerate(told)]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        yield element("path", element("title", name), d=path, fill="none", stroke=colour, stroke_width=2.2)
        yield element("text", name, x=WIDTH - RIGHT + 10, y=f"{labels[name] + 4:.1f}", fill=colour)


def _apart(places: Mapping[str, float], gap: float = 17) -> dict[str, float]:
    """Return the places moved up as far as needed for labels not to lie on each other."""
    moved: dict[str, float] = {}
    last = HEIGHT - BOTTOM + gap
    for name in sorted(places, key=lambda name: -places[name]):
        last = moved[name] = min(places[name], last - gap)
    return moved


def tiers_svg(table: Table) -> str:
    """Return a picture with a bar for each edition, of as many countries as it places in each tier."""
    told = _told(table)
    top = max(sum(counted.values()) for _, counted in told)
    parts = [*_amounts(top, 1), *_editions([edition for edition, _ in told]), *_bars(told, top)]
    return _picture("Countries by trafficking tier, as each edition names them", parts)


def _bars(told: Sequence[tuple[str, Mapping[str, int]]], top: float) -> Iterator[Html]:
    thick = 0.7 * (WIDTH - LEFT - RIGHT) / len(told)
    for place, (edition, counted) in enumerate(told):
        below = 0
        for tier, colour in TIERS.items():
            count = counted.get(tier, 0)
            high, low = _y(below + count, top), _y(below, top)
            said = element("title", f"{edition}, {tier}: {count}")
            x, size = (
                f"{_x(place, len(told)) - thick / 2:.1f}",
                {"width": f"{thick:.1f}", "height": f"{low - high:.1f}"},
            )
            yield element("rect", said, x=x, y=f"{high:.1f}", fill=colour, **size)
            below += count
    printed = [tier for tier in TIERS if any(counted.get(tier) for _, counted in told)]
    for row, tier in enumerate(reversed(printed)):
        y = TOP + 20 + 22 * row
        yield element("rect", x=WIDTH - RIGHT + 14, y=y - 10, width=12, height=12, fill=TIERS[tier])
        yield element("text", tier, x=WIDTH - RIGHT + 32, y=y)


def _x(place: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (place + 0.5) / count


def _y(value: float, top: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / (top * 1.02))


def _amounts(top: float, unit: float) -> Iterator[Html]:
    """Yield the lines across, at round amounts."""
    step = next(step for step in _steps() if top / step <= 6)
    for number in range(int(top / step) + 1):
        y = _y(number * step, top)
        yield element("path", d=f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}", stroke="#dfddd6")
        words = f"{number * step / unit:g}"
        yield element("text", words, x=LEFT - 10, y=f"{y + 4:.1f}", text_anchor="end", fill="#59626b")


def _steps() -> Iterator[int]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _editions(names: Sequence[str]) -> Iterator[Html]:
    for place, name in enumerate(names):
        at = f"translate({_x(place, len(names)) + 4:.1f} {HEIGHT - BOTTOM + 14}) rotate(-50)"
        yield element("text", name, transform=at, text_anchor="end", fill="#59626b", font_size=11)


def _picture(title: str, parts: Sequence[Html]) -> str:
    head = start(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", font_size=13, role="img",
        font_family="system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif",
    )  # fmt: skip
    ground = element("rect", width=WIDTH, height=HEIGHT, fill="#fff")
    words = element("text", title, x=LEFT, y=26, font_size=15, font_weight=600)
    return "\n".join([head, element("title", title), ground, words, *parts, "</svg>", ""])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("editions", type=Path)
    options.add_argument("--out", type=Path, default=DOCS)
    given = options.parse_args()
    for name, picture in (
        ("refugees_by_origin", origins_svg(refugees(given.editions))),
        ("tiers_by_edition", tiers_svg(tiers(given.editions))),
    ):
        (given.out / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
