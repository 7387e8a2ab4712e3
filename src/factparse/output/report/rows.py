"""The two columns of a page, and under each row the reasons for its border."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from factparse.columns.table import Cell, Row, Section
from factparse.core.spans import Span
from factparse.output.markup import Html, element, join
from factparse.output.report.marks import MarkedText
from factparse.output.report.sureness import badge, level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factparse.columns.explain import Explanation, Reading

_STRENGTHS: Final = ((3.0, "strongly"), (1.0, "clearly"), (0.05, "a little"))  # nats, and the word for as many
_ONE: Final = "No other reading is likely. The source text shows the border as an upright line."
_SEVERAL: Final = (
    "These readings were weighed; the first was followed. The source text shows its border as an upright line, those "
    "of the others as dotted ones."
)
_TABLES: Final = {
    "html": "The cells are those of the page's own HTML table.",
    "pipes": "Bars divide the cells.",
    "tabs": "Tabs divide the cells.",
    "aligned": "The cells stand in columns.",
}


def section_html(
    section: Section,
    first: int,
    countries: Sequence[str],
    marked: MarkedText,
    explained: Sequence[Explanation | None],
) -> Html:
    """A section as a table with a column for each country. Its rows are numbered from ``first`` on.

    ``explained`` has the explanation of each row of the section, or ``None`` where there is none.
    """
    names = _columns(countries)
    head = element("tr", element("th", "Field", scope="col"), *(element("th", name, scope="col") for name in names))
    body = [
        join(*_row(row, number, names, marked, explanation))
        for number, (row, explanation) in enumerate(zip(section.rows, explained, strict=True), first)
    ]
    return element(
        "section",
        element("h2", section.topic or "No topic"),
        element("table", element("thead", head), *body, class_=f"rows of{len(names)}"),
        class_="topic",
    )


def _columns(countries: Sequence[str]) -> tuple[str, ...]:
    """The names over the columns: those of the page, or numbers if the page names no countries."""
    return tuple(countries) if countries else ("First country", "Second country")


def _row(
    row: Row, number: int, names: Sequence[str], marked: MarkedText, explanation: Explanation | None
) -> Iterator[Html]:
    printed = element("small", row.label, class_="printed") if row.name != row.label else None
    label = element("th", element("span", row.name, class_="name"), printed, badge(row.confidence), scope="row")
    line = element("tr", label, *_cells(row, names, marked))
    why = element("td", _why(row, number, explanation), colspan=len(names) + 1)
    yield element(
        "tbody",
        line,
        element("tr", why, class_="why"),
        class_=level(row.confidence),
        data_row=number,
        data_field=row.name,
        data_sure=f"{row.confidence:.3f}",
    )


def _cells(row: Row, names: Sequence[str], marked: MarkedText) -> Iterator[Html]:
    cells = row.cells
    if len(cells) == 1 and len(names) > 1:
        owner = cells[0].country
        if owner is None:
            likelier = f"; {row.likelier}'s is likelier" if row.likelier else ""
            note = element("small", f"Whose cell this is cannot be told{likelier}.", class_="note")
            yield element("td", note, marked.html(cells[0].span), colspan=len(names), class_="nobody")
            return
        cells = tuple(cells[0] if name == owner else _nothing(name) for name in names)
    for name, cell in zip(names, cells, strict=False):
        words = marked.html(cell.span) if cell.text else element("span", "nothing", class_="nothing")
        yield element("td", words, data_country=name)


def _nothing(name: str) -> Cell:
    return Cell(name, "", Span((0, 0)))


def _why(row: Row, number: int, explanation: Explanation | None) -> Html:
    summary = element("summary", "Why here?", aria_label=f"Why {row.name} is divided here")
    return element("details", summary, *_told(row, number, explanation))


def _told(row: Row, number: int, explanation: Explanation | None) -> Iterator[Html]:
    if explanation is None:
        yield element(
            "p",
            "The page was loaded without its text, so what was weighed is not known. Read the page itself to see it.",
        )
    elif not explanation.readings:
        yield element("p", _TABLES.get(row.layout, "The layout shows the cells."))
    else:
        readings = explanation.readings
        yield element("p", _SEVERAL if len(readings) > 1 else _ONE)
        yield element("ol", *(_reading(reading, place) for place, reading in enumerate(readings)), class_="readings")


def _reading(reading: Reading, place: int) -> Html:
    if reading.at is None:
        words = join("All of it is one cell: ", element("b", f"{reading.alone}'s"), ".")
    else:
        words = join(
            element("span", f"… {reading.before.lstrip()}", class_="before"),
            element("b", "┃", class_="bar", title="the border"),
            element("span", f"{reading.behind.rstrip()} …", class_="behind"),
        )
    chance = element("meter", value=f"{reading.chance:.4f}", max=1, aria_label="probability")
    head = element("div", chance, element("b", chance_of(reading)), element("q", words), class_="reading")
    return element("li", head, _evidence(reading), class_="taken" if not place else None)


def chance_of(reading: Reading) -> str:
    """The probability of a reading in percent, with a decimal if that matters."""
    percent = reading.chance * 100
    return f"{percent:.0f} %" if percent >= 99.95 or percent == 0 else f"{percent:.1f} %"


def _evidence(reading: Reading) -> Html | None:
    why = _reasons()
    told = [element("li", "The book of editions knows: ", reading.known)] if reading.known else []
    for kind, value in sorted(reading.evidence.items(), key=lambda item: -abs(item[1])):
        strength = next((word for least, word in _STRENGTHS if abs(value) >= least), None)
        if strength is not None:
            side = "for" if value > 0 else "against"
            speaks = element("b", f"{strength} {side} it", class_=side)
            told.append(element("li", speaks, f": {why.get(kind, kind)} ", element("small", f"({value:+.1f})")))
    return element("ul", *told) if told else None


def _reasons() -> dict[str, str]:
    from factparse.columns.evidence import EVIDENCE

    return {kind.name: kind.why for kind in EVIDENCE}
