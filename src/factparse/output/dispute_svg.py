"""The graph of disputes as a picture: parties on a circle, a curve for each dispute."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import atan2, cos, degrees, hypot, pi, sin
from typing import TYPE_CHECKING, Final

import attrs

from factparse.output.markup import Html, element, join, start

if TYPE_CHECKING:
    from factparse.output.dispute_graph import Dispute

# The palette of Okabe and Ito, darkened so that lines and words stand out from white.
_COLOURS: Final = {
    "land boundary": "#b85200",
    "maritime boundary": "#0067a3",
    "territorial sovereignty": "#a3487b",
    "water or resources": "#2c94c9",
    "cross-border security or migration": "#b27a00",
    "treaty or legal": "#007a59",
    "other": "#6a6f75",
}
_OTHER: Final = "#6a6f75"
_SETTLED: Final = frozenset(("resolved", "dormant or suspended", "unclear"))
_FEW: Final = 12  # up to so many curves get a label
_ROUNDS: Final = 24  # rounds of moving parties toward their opponents
_LEAST_RADIUS, _APART = 150, 27  # pixels: the smallest radius, and the room for a name along the circle
_LEAST_WIDTH = 460
_MARGIN, _LINE, _GAP = 24, 20, 9
_BEND: Final = 24  # pixels between the curves of the same two parties
_NEAR: Final = 0.35  # a share of the radius: a curve that comes so near to the centre may bend to either side
_WIDTH_OF_LETTER: Final = 7.2
_ALONG: Final = (0.5, 0.38, 0.62)  # where on its curve a label stands


@attrs.frozen
class _Circle:
    """The places of the parties: a circle around ``x``, ``y``, with an angle for each party, clockwise from the top."""

    x: float
    y: float
    radius: float
    angles: Mapping[str, float]

    def at(self, party: str, beyond: float = 0) -> tuple[float, float]:
        """The place of ``party``, or one ``beyond`` it from the centre."""
        angle, reach = self.angles[party], self.radius + beyond
        return self.x + reach * sin(angle), self.y - reach * cos(angle)


def graph_svg(disputes: Sequence[Dispute]) -> str:
    """The graph of ``disputes`` as an SVG file that needs nothing else.

    A thicker line stands in more entries. A dashed line is settled, dormant or unclear. Pointing at a line
    shows the parties, the kind, the state, the places and the years. Up to twelve lines have labels.
    """
    parties = _ordered(disputes)
    kinds = Counter[str](dispute.kind for dispute in disputes)
    circle, width, top = _laid_out(parties)
    height = top + (len(kinds) + 2) * _LINE
    head = start(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:.0f} {height:.0f}", font_size=13,
        font_family="system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif", role="img",
    )  # fmt: skip
    what = f"{len(disputes)} disputes of {len(parties)} parties"
    drawn = (
        element("title", what),
        element("rect", width="100%", height="100%", fill="#fff"),
        element("g", *_curves(disputes, circle), fill="none", stroke_linecap="round"),
        element("g", *(_party(name, circle) for name in parties)),
        element("g", *_labels(disputes, circle), font_size=11, text_anchor="middle") if len(disputes) <= _FEW else None,
        element("g", *_legend(kinds, what, top)),
    )
    return "\n".join([head, *(str(part) for part in drawn if part is not None), "</svg>", ""])


def _laid_out(parties: Sequence[str]) -> tuple[_Circle, float, float]:
    """The circle of ``parties``, the width of the picture, and the height of the part above the legend."""
    radius = max(_LEAST_RADIUS, len(parties) * _APART / (2 * pi))
    angles = {name: 2 * pi * place / len(parties) for place, name in enumerate(parties)}
    ends = [_Circle(0, 0, radius, angles).at(name, _GAP + len(name) * _WIDTH_OF_LETTER) for name in parties]
    left, right = min((x for x, _ in ends), default=-radius), max((x for x, _ in ends), default=radius)
    above, below = min((y for _, y in ends), default=-radius), max((y for _, y in ends), default=radius)
    width = max(right - left + 2 * _MARGIN, _LEAST_WIDTH)
    circle = _Circle((width - left - right) / 2, _MARGIN - above, radius, angles)
    return circle, width, below - above + 3 * _MARGIN


def _ordered(disputes: Iterable[Dispute]) -> list[str]:
    """The parties in an order that puts opponents near each other, so that few curves cross.

    Each party moves to the middle of its opponents, several times. Parties that are not linked stay in separate groups.
    """
    sides: dict[str, dict[str, None]] = {}
    for dispute in disputes:
        one, two = dispute.parties
        sides.setdefault(one, {})[two] = None
        sides.setdefault(two, {})[one] = None
    return [name for group in _groups(sides) for name in _untangled(group, sides)]


def _groups(sides: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The groups of parties that are linked to each other, directly or through others. The largest comes first."""
    left, found = set(sides), []
    for name in sorted(sides):
        if name not in left:
            continue
        group, reached = [], [name]
        left.discard(name)
        while reached:
            group.append(reached.pop(0))
            near = sorted(left.intersection(sides[group[-1]]))
            left.difference_update(near)
            reached += near
        found.append(group)
    return sorted(found, key=lambda group: -len(group))


def _untangled(group: list[str], sides: Mapping[str, Iterable[str]]) -> list[str]:
    best, order = group, group
    for _ in range(_ROUNDS):
        place = {name: number for number, name in enumerate(order)}
        middle = {name: _middle([place[other] for other in sides[name]], len(order)) for name in order}
        order = sorted(order, key=lambda name: (0.5 * (middle[name] + place[name]), name))
        best = min(best, order, key=lambda each: _length(each, sides))
    return best


def _middle(places: Sequence[int], count: int) -> float:
    """The middle of ``places`` on a circle of ``count``."""
    turns = [2 * pi * place / count for place in places]
    angle = atan2(sum(map(sin, turns)), sum(map(cos, turns))) % (2 * pi)
    return angle * count / (2 * pi)


def _length(order: Sequence[str], sides: Mapping[str, Iterable[str]]) -> int:
    """The sum of the distances between opponents, along the circle."""
    place = {name: number for number, name in enumerate(order)}
    apart = (abs(place[name] - place[other]) for name in order for other in sides[name])
    return sum(min(steps, len(order) - steps) for steps in apart)


def _curves(disputes: Iterable[Dispute], circle: _Circle) -> Iterator[Html]:
    for dispute, number in _bent(disputes):
        (ax, ay), (mx, my), (bx, by) = _path(dispute, number, circle)
        yield element(
            "path", element("title", _said(dispute)),
            d=f"M{ax:.1f} {ay:.1f}Q{mx:.1f} {my:.1f} {bx:.1f} {by:.1f}",
            stroke=_COLOURS.get(dispute.kind, _OTHER), stroke_width=f"{1 + min(len(dispute.evidence), 5) * 0.6:.1f}",
            stroke_dasharray="5 5" if dispute.status in _SETTLED else None, stroke_opacity=0.8,
        )  # fmt: skip


def _bent(disputes: Iterable[Dispute]) -> Iterator[tuple[Dispute, int]]:
    """Each dispute with its number among the disputes of the same two parties. So no curve hides another."""
    seen: Counter[tuple[str, str]] = Counter()
    for dispute in disputes:
        yield dispute, seen[dispute.parties]
        seen[dispute.parties] += 1


def _path(dispute: Dispute, number: int, circle: _Circle) -> tuple[tuple[float, float], ...]:
    """Both ends of a curve, and the point that bends it toward the centre. A higher number bends it more."""
    (ax, ay), (bx, by) = (circle.at(party) for party in dispute.parties)
    length = hypot(bx - ax, by - ay) or 1
    across = (ay - by) / length, (bx - ax) / length
    inward = circle.x - (ax + bx) / 2, circle.y - (ay + by) / 2
    if hypot(*inward) < _NEAR * circle.radius:
        bend = (number + 1) // 2 * _BEND * (1 if number % 2 else -1)
    else:
        bend = number * _BEND * (1 if across[0] * inward[0] + across[1] * inward[1] > 0 else -1)
    pull = 0.25 + 0.3 * length / (2 * circle.radius)  # the further apart, the nearer to the centre
    mx = (ax + bx) / 2 + inward[0] * pull + across[0] * bend
    my = (ay + by) / 2 + inward[1] * pull + across[1] * bend
    return (ax, ay), (mx, my), (bx, by)


def _said(dispute: Dispute) -> str:
    told = [f"{dispute.parties[0]} and {dispute.parties[1]}: {dispute.kind}, {dispute.status}"]
    told += [", ".join(dispute.places)] if dispute.places else []
    told += [", ".join(map(str, dispute.years))] if dispute.years else []
    count = len(dispute.evidence)
    return "; ".join([*told, f"told by {count} {'entry' if count == 1 else 'entries'}"])


def _party(name: str, circle: _Circle) -> Html:
    """A dot and the name. Names read outwards; on the left they are turned, so that none is upside down."""
    x, y = circle.at(name)
    tx, ty = circle.at(name, _GAP)
    turned = degrees(circle.angles[name]) - 90
    left = circle.angles[name] > pi
    words = element(
        "text", name, text_anchor="end" if left else "start", dominant_baseline="central",
        transform=f"translate({tx:.1f} {ty:.1f}) rotate({turned - 180 if left else turned:.1f})",
    )  # fmt: skip
    return join(start("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=4, fill="#222"), Html("</circle>"), words)


def _labels(disputes: Iterable[Dispute], circle: _Circle) -> Iterator[Html]:
    for place, (dispute, number) in enumerate(_bent(disputes)):
        one, middle, two = _path(dispute, number, circle)
        at = _ALONG[place % len(_ALONG)]
        x, y = ((1 - at) ** 2 * a + 2 * at * (1 - at) * b + at**2 * c for a, b, c in zip(one, middle, two, strict=True))
        words = ", ".join([*dispute.places, *map(str, dispute.years)]) or dispute.status
        x, y = round(x, 1), round(y + 4, 1)
        yield element("text", words, x=x, y=y, stroke="#fff", stroke_width=5, stroke_linejoin="round")
        yield element("text", words, x=x, y=y, fill=_COLOURS.get(dispute.kind, _OTHER))


def _legend(kinds: Counter[str], what: str, top: float) -> Iterator[Html]:
    """The legend: the meaning of colours, dashes and widths, with the number of disputes of each kind."""
    told = [(f"{kind} ({count})", _COLOURS.get(kind, _OTHER), None) for kind, count in kinds.most_common()]
    lines = [*told, ("settled, dormant or of the past", "#333", "5 5")]
    for row, (words, colour, dashes) in enumerate(lines):
        y = top + row * _LINE
        yield element("path", d=f"M{_MARGIN} {y:.0f}h36", stroke=colour, stroke_width=2.5, stroke_dasharray=dashes)
        yield element("text", words, x=_MARGIN + 46, y=f"{y + 4:.0f}")
    y = top + len(lines) * _LINE
    yield element("text", f"{what}; a thicker line is told by more entries", x=_MARGIN, y=f"{y + 4:.0f}", fill="#555")
