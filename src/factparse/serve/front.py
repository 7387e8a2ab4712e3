"""The page of the server: paste a text or drop a file, and see the report beside it."""

from __future__ import annotations

from factparse.output.markup import Html, element, start
from factparse.output.report.document import document, written

_EXAMPLE = (
    "Kenya vs. Ecuador\n\nTransnational Issues\n\nKenyaEcuador\nRefugees and internally displaced persons"
    "refugees (country of origin): 256,186 (Somalia) (2020)\n\nstateless persons: 18,500 (2019)\n"
    "refugees (country of origin): 374,020 (Venezuela), 54,400 (Colombia) (2019)\nSource: CIA Factbook\n"
)


def front_page() -> bytes:
    """The page as bytes of HTML. Its content security policy lets it talk to this server only."""
    return written(
        document(
            "factparse",
            element("header", element("h1", "factparse"), element("p", "Facts from the text of a Factbook page")),
            _form(),
            element("p", id="state", role="status"),
            # The frame may run the script of the report. It has no origin, so it cannot reach the server.
            element(
                "iframe", id="view", title="The report", sandbox="allow-scripts", allow="clipboard-write", hidden=True
            ),
            script="serve",
            framed=("page",),
            rules="connect-src 'self'",
        )
    )  # fmt: skip


def _form() -> Html:
    area = element("textarea", id="words", rows=9, spellcheck="false", placeholder="Paste the text or HTML of a page")
    file = start("input", type="file", id="file", accept=".txt,.html,.htm,.json,.jsonl,.csv")
    return element(
        "form",
        element("label", element("span", "Text or HTML"), area, class_="area"),
        element(
            "div",
            element("button", "Read it", type="submit", class_="main"),
            element("label", element("span", "or a file, which may also be dropped here"), file),
            element("button", "Example", type="button", id="example", data_text=Html(_quoted(_EXAMPLE))),
            element("label", element("span", "Page"), element("select", id="page"), id="pages", hidden=True),
            class_="line",
        ),
        element("p", "All of it stays on this machine, and nothing is stored.", class_="note"),
        id="given",
    )


def _quoted(words: str) -> str:
    """``words`` for an attribute that keeps its line breaks."""
    from html import escape

    return escape(words).replace("\n", "&#10;")
