"""Cells with marks of formats: they are read as their author wrote them, and texts and spans are as printed."""

from __future__ import annotations

from html.entities import html5

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import factparse
from factparse.core.facts import AnyFact, Share
from factparse.extract import cell_tree
from factparse.language.marks import unmarked

PLAIN = [
    ("Ethnic groups", "Guaraní 5%, Trinidad & Tobago 18%, other <1%"),
    ("Languages", "São Toméan 57.5%, Forro (official), other 2%"),
    ("Refugees and internally displaced persons", "refugees (country of origin): 9,300 (Côte d’Ivoire) (2022)"),
    ("Disputes - international", "claims the “Isle” of Sand & the Réef; none other"),
    ("Area", "total: 180 sq km; land: >170 sq km (2011 est.)"),
    ("Nationality", "noun: Sãotoméan(s) adjective: Sãotoméan"),
    ("Illicit drugs", "transit point for heroin & cannabis bound for Réunion"),
]
REFERENCES = {
    "í": ["&iacute;", "&#237;", "&#xED;", "&amp;iacute;"],
    "ã": ["&atilde;", "&#227;"],
    "é": ["&eacute;", "&#xe9;"],
    "ô": ["&ocirc;"],
    "’": ["&rsquo;", "&#8217;"],
    "“": ["&ldquo;"],
    "”": ["&rdquo;"],
    "&": ["&amp;", "&#38;", "&amp;amp;"],
    "<": ["&lt;", "&amp;lt;", "&#60;"],
    ">": ["&gt;"],
    "%": ["&#37;", "&percnt;"],
    " ": ["&nbsp;", "&#160;", "&#32;", "&ensp;"],
    ";": ["&#59;"],
    "(": ["&#40;"],
}


def said(facts: tuple[AnyFact, ...]) -> list[dict[str, object]]:
    """What facts say, without where they say it."""
    return [attrs.asdict(fact, filter=lambda a, _: a.name not in ("span", "text")) for fact in facts]


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, str, str]:
    """A field, a cell, and the same with some of its characters written as references."""
    field, plain = draw(st.sampled_from(PLAIN))
    written = [
        draw(st.sampled_from([letter, *REFERENCES[letter]])) if letter in REFERENCES and letter != "&" else letter
        for letter in plain
    ]
    # A bare ampersand may begin a reference with what is behind it, so it is always written as one.
    text = "".join(draw(st.sampled_from(REFERENCES["&"])) if letter == "&" else letter for letter in written)
    return field, plain, text


@given(marked())
def test_references_change_no_fact(case: tuple[str, str, str]) -> None:
    field, plain, text = case
    facts = factparse.extract(field, text)
    assert said(facts) == said(factparse.extract(field, plain))
    for fact in facts:
        assert fact.span.cut(text) == fact.text
    assert "".join(leaf.text(text) for leaf in cell_tree(field, text).leaves()) == text


@given(st.sampled_from(PLAIN))
def test_quotes_of_a_table_change_no_fact(case: tuple[str, str]) -> None:
    field, plain = case
    text = '"' + plain.replace('"', '""') + '"'
    facts = factparse.extract(field, text)
    assert said(facts) == said(factparse.extract(field, plain))
    assert [fact.text for fact in facts] == [fact.text for fact in factparse.extract(field, plain)]
    assert all(fact.span.cut(text) == fact.text for fact in facts)


@given(st.text(alphabet='&;#amplt x"“12%()', max_size=40))
def test_any_text_has_a_lossless_tree(text: str) -> None:
    assert "".join(leaf.text(text) for leaf in cell_tree("Area", text).leaves()) == text
    assert all(fact.span.cut(text) == fact.text for fact in factparse.extract("Area", text))


@pytest.mark.parametrize(
    ("field", "text", "read"),
    [
        ("Population", '"NA"', ("NA", (1, 3))),
        ("Territorial sea", '"12 nm"', ("12 nm", (1, 6))),
        ("Territorial sea", "12&nbsp;nm", ("12&nbsp;nm", (0, 10))),
        ("Capital", '"name: Praia"', ("Praia", (7, 12))),
        ("Capital", '"name: the ""Old"" Praia"', ('the ""Old"" Praia', (7, 24))),
        ("Languages", "Lao&nbsp;", ("Lao", (0, 3))),
    ],
)
def test_text_and_span_are_as_printed(field: str, text: str, read: tuple[str, tuple[int, int]]) -> None:
    (fact,) = factparse.extract(field, text)
    assert (fact.text, tuple(fact.span)) == read


@pytest.mark.parametrize(
    "text", ["R&D; AT&T", "&foo;", 'the "Isle" of Sand', '"Isle" and "Sand"', '""', '"', "&", '5" pipe']
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert unmarked(text) is None


def test_every_reference_that_html_knows() -> None:
    for name, meant in html5.items():
        if name.endswith(";"):
            plain = unmarked(f"x&{name}y")
            assert plain is not None, name
            assert plain.text == f"x{' ' if meant.isspace() else meant}y"


def test_a_cell_of_a_page() -> None:
    text = (
        "Home\n\nChad vs. Mali\n\nPeople and Society\n\nChadMali\n"
        "Ethnic groupsSara &amp; Mbum 30%, other &lt;1%\n\nBambara &amp; Bozo 33%, Fulani 13%\nSource: CIA Factbook\n"
    )
    facts = factparse.parse(text).facts()
    assert [fact.name for fact in facts if isinstance(fact, Share)] == [
        "Sara & Mbum",
        "other",
        "Bambara & Bozo",
        "Fulani",
    ]
    assert all(fact.span.cut(text) == fact.text for fact in facts)
