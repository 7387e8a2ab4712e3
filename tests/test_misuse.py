"""What a user gets wrong is told in a sentence that says what to do."""

from pathlib import Path
from typing import Any

import pytest

import factparse
from factparse import UsageError

PAGE = "Chad vs. Mali\nGeography\nChad | Mali | |\nCoastline | 0 km | 5 km |\n"


@pytest.mark.parametrize("call", [factparse.parse, factparse.parse_pages, factparse.parse_html, factparse.parse_tree])
def test_a_path_is_no_text(call: Any) -> None:  # noqa: ANN401 (a function)
    with pytest.raises(UsageError, match=r"no \w*Path: factparse.read reads files.*not-text"):
        call(Path("page.txt"))
    with pytest.raises(UsageError, match="text is a str or bytes, and no NoneType"):
        call(None)


@pytest.mark.parametrize(
    "text", ["page.txt", "dump/more pages.jsonl.gz", "s3://bucket/crawl.warc", "../a.HTML".lower()]
)
def test_the_name_of_a_file_is_seen(text: str) -> None:
    page = factparse.parse(text)
    assert not page
    assert page.diagnostics[0].message.endswith(f"factparse.read({text!r}) reads files")


@pytest.mark.parametrize("text", ["", "nothing", "a\nb.txt", "see page.txt for more", f"{'x' * 300}.txt"])
def test_other_text_is_only_no_page(text: str) -> None:
    assert "factparse.read" not in factparse.parse(text).diagnostics[0].message


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (lambda: factparse.parse(PAGE, source="a.txt"), "write Source('a.txt')"),  # type: ignore[arg-type]
        (lambda: factparse.extract("Area", None), "the text is a str, and no NoneType; extract(field, text)"),  # type: ignore[arg-type]
        (lambda: factparse.extract(None, "5 km"), "the field is a str"),  # type: ignore[arg-type]
        (lambda: factparse.convert([], "out.jsonl", workerz=2), "convert has no option 'workerz'"),
        (lambda: factparse.convert([], "out.jsonl", emitt="facts"), "did you mean 'emit'?"),
        (lambda: factparse.disputes(["a.txt"]), "and no str; factparse.read gives pages"),  # type: ignore[list-item]
        (lambda: factparse.frame(PAGE), "factparse.parse makes a page of text"),  # type: ignore[arg-type]
    ],
)
def test_what_to_do_is_said(work: Any, said: str) -> None:  # noqa: ANN401 (a function)
    with pytest.raises(UsageError) as told:
        work()
    assert said in told.value.message


def test_one_page_is_as_good_as_a_list_of_it() -> None:
    row = "Disputes - international | maritime boundary dispute with Tonga | none |"
    page = factparse.parse(f"Fiji vs. Togo\nTransnational Issues\nFiji | Togo | |\n{row}\n")
    of_page = factparse.disputes(page)
    assert len(of_page) == 1
    assert of_page == factparse.disputes([page])
    assert [edge.parties for edge in factparse.disputes(page.facts())] == [edge.parties for edge in of_page]
