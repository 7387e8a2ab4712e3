"""HTML cut into tokens: what browsers see in each mark, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factparse.layout.html_tokens import Attributes, HtmlTokens

Token = tuple[object, ...]


class Listed(HtmlTokens):
    """Lists the tokens of a document: what each is, what it holds, where it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Token] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        self.found.append(("start", tag, dict(attributes), self.at))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("end", tag, self.at))

    def handle_data(self, data: str) -> None:
        self.found.append(("text", data, self.at))

    def handle_reference(self, meant: str, width: int) -> None:
        self.found.append(("meant", meant, self.at))


def text(html: str) -> str:
    """The text of a document, its tags left out."""
    return "".join(str(token[1]) for token in Listed(html).found if token[0] in ("text", "meant"))


@pytest.mark.parametrize(
    ("tag", "attributes"),
    [
        ("<td>", {}),
        ("<TD/>", {}),
        ("<td \n class = 'a b' id=x/y HIDDEN>", {"class": "a b", "id": "x/y", "hidden": None}),
        ('<td title="2 > 1">', {"title": "2 > 1"}),
        ("<td a=>", {"a": ""}),
        ("<td a='' b>", {"a": "", "b": None}),
        ("<td =a>", {"=a": None}),
        ("<td a=1&amp;2>", {"a": "1&2"}),
    ],
)
def test_attributes(tag: str, attributes: dict[str, str | None]) -> None:
    assert Listed(f"x{tag}y").found == [
        ("text", "x", 0),
        ("start", "td", attributes, 1),
        ("text", "y", 1 + len(tag)),
    ]


@pytest.mark.parametrize("tag", ["</td>", "</TD >", "</td\nclass='>'>", "</td/>"])
def test_end_tags(tag: str) -> None:
    assert Listed(tag).found == [("end", "td", 0)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&amp;", "&"),
        ("&nbsp;", "\xa0"),
        ("&#65;", "A"),
        ("&#x41;", "A"),
        ("&copy 2020", "© 2020"),
        ("AT&T", "AT&T"),
        ("a & b", "a & b"),
        ("&nosuch;", "&nosuch;"),
        ("&", "&"),
        ("&#", "&#"),
        ("&#;", "&#;"),
        ("&#99999999;", "\ufffd"),
        ("&#" + "1" * 5_000 + ";", "\ufffd" + "1" * 4_991 + ";"),
    ],
)
def test_character_references(written: str, meant: str) -> None:
    assert text(written) == meant


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- a > b -->",
        "<!---->",
        "<!-->",
        "<!--->",
        "<!-- a -- b -->",
        "<!DOCTYPE html>",
        "<![CDATA[x]]>",
        "<![if !IE]>",
        "<![endif]>",
        "<!>",
        "<?xml version='1.0'?>",
        "</>",
        "</ a>",
        "</1>",
        "<!-- never closed, as a tag is >",
    ],
)
def test_what_is_not_read(comment: str) -> None:
    assert text(f"x{comment}y") == "xy"


@pytest.mark.parametrize("written", ["<", "1 < 2", "<1>", "< td>", "5 <a b", "</", "<<b>"])
def test_a_mark_that_begins_nothing_is_text(written: str) -> None:
    assert text(written) == written.replace("<b>", "")


@pytest.mark.parametrize("tag", ["<td", "<td class='a'", "</td", '<div class="a b" style="pad', "<a href=x/y", "<br/"])
def test_a_tag_that_the_end_of_the_document_cuts_off_is_not_read(tag: str) -> None:
    assert text(f"<p>5 km{tag}") == "5 km"
    assert Listed(f"<p>5 km{tag}").cut
    assert not Listed(f"<p>5 km{tag}>").cut


def test_a_quote_that_is_never_closed_hides_nothing() -> None:
    assert text('<td title="5>total: 5</td>') == "total: 5"


@pytest.mark.parametrize("tag", ["script", "style"])
def test_scripts_and_styles_are_passed_over_up_to_their_end_tag(tag: str) -> None:
    assert text(f"a<{tag}>if (a<b && c) '</{tag[:-1]}>'</{tag.upper()} >z") == "az"
    assert text(f"a<{tag}>never closed <td>") == "a"


MARKS = st.sampled_from(
    ["<", ">", "</", "<!--", "-->", "<!", "<?", "&", "&#", "&amp", ";", '"', "'", "=", "/", " ", "a", "td", "script"]
)


@given(st.lists(MARKS).map("".join) | st.text())
def test_any_text_is_read_and_every_token_stands_where_it_says(html: str) -> None:
    last = 0
    for token in Listed(html).found:
        at = token[-1]
        assert isinstance(at, int)
        assert at >= last
        last = at
        if token[0] == "text":
            assert html.startswith(str(token[1]), at)
            last += len(str(token[1]))
        else:
            assert html[at] == ("&" if token[0] == "meant" else "<")
