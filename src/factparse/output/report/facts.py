"""The facts of a page: as a table to read and filter, and as data that the script of the page shows and copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from factparse.core.facts import Fact
from factparse.core.plain import shown_json
from factparse.output.json import encoded
from factparse.output.markup import Html, element, join
from factparse.output.report.sureness import badge

# Other columns of the table show these.
_APART: Final = frozenset(
    ("type", "subject", "subject_code", "subject_gec", "topic", "field", "edition", "text", "span", "confidence")
)
_DATES: Final = frozenset(("date", "start", "end", "year", "estimated", "period"))
_YEARS: Final = frozenset(("year", "years"))  # these are no amounts


def data_block(name: str, value: object) -> Html:
    """``value`` as JSON for the script of the page. No text in it can end the block or steer an editor.

    >>> data_block("facts", ["</script>"])
    '<script type="application/json" id="facts">["\\\\u003c/script>"]</script>'
    """
    written = shown_json(encoded(value).decode()).replace("<", "\\u003c")
    return element("script", Html(written), type="application/json", id=name)


def facts_table(facts: Sequence[Fact]) -> Html:
    """All facts as a table: whose, of which field, of which type, what it says, when, and how sure."""
    names = ("Country", "Field", "Type", "Says", "Date", "Sure")
    head = element("tr", *(element("th", name, scope="col") for name in names))
    body = join(*(_line(number, fact) for number, fact in enumerate(facts)))
    return element("table", element("thead", head), element("tbody", body), class_="facts")


def _line(number: int, fact: Fact) -> Html:
    return element(
        "tr",
        element("td", fact.subject or "not told"),
        element("td", fact.field),
        element("td", element("span", type(fact).__name__, class_="type", data_type=type(fact).__name__)),
        element("td", *_says(fact), class_="says"),
        element("td", getattr(fact, "date", None) or ""),
        element("td", badge(fact.confidence)),
        id=f"fact-{number}",
        tabindex="0" if not number else "-1",
        data_fact=number,
    )


def _says(fact: Fact) -> Iterator[Html | str]:
    for name, value in fact.to_dict().items():
        if name not in _APART and name not in _DATES:
            yield element("span", element("i", name.replace("_", " ")), " ", value_text(name, value))
            yield " "


def value_text(name: str, value: object) -> str:
    """The value of a field as people write it.

    >>> value_text("count", 256186), value_text("years", [1990, 2004]), value_text("hedged", True)
    ('256,186', '1990, 2004', 'yes')
    """
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join("not given" if each is None else value_text(name, each) for each in value)
    if isinstance(value, int | float) and name not in _YEARS:
        return f"{value:,}"
    return str(value)


def type_buttons(facts: Sequence[Fact]) -> Html:
    """A button for each type of facts on the page, with how many there are: legend and filter in one."""
    counted = Counter(type(fact).__name__ for fact in facts)
    return join(
        *(
            element(
                "button", element("span", name, class_="type", data_type=name), f" {count:,}", type="button",
                aria_pressed="true", data_filter=name,
            )
            for name, count in counted.most_common()
        )
    )  # fmt: skip
