"""What a user gets wrong is told in a sentence that says what to do."""

from pathlib import Path
from typing import Any

import pytest

import factparse
from factparse import UsageError

PAGE = "Chad vs. Mali\nGeography\nChad | Mali | |\nCoastline | 0 km | 5 km |\n"


@pytest.mark.parametrize("call", [factparse.parse, factparse.parse_pages, factparse.parse_html, factparse.parse_tree])
def test_a_path_is_no_text(call: Any) -> None:  # noqa: ANN401 (a function)
    with pytest.raises(UsageError, match=r"not \w*Path: factparse.read reads files.*not-text"):
        call(Path("page.txt"))
    with pytest.raises(UsageError, match="text must be a str or bytes, not NoneType"):
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
        (lambda: factparse.extract("Area", None), "the text must be a str, not NoneType; extract(field, text)"),  # type: ignore[arg-type]
        (lambda: factparse.extract(None, "5 km"), "the field must be a str"),  # type: ignore[arg-type]
        (lambda: factparse.convert([], "out.jsonl", workerz=2), "convert has no option 'workerz'"),
        (lambda: factparse.convert([], "out.jsonl", emitt="facts"), "did you mean 'emit'?"),
        (lambda: factparse.disputes(["a.txt"]), "not str; factparse.read gives pages"),  # type: ignore[list-item]
        (lambda: factparse.frame(PAGE), "factparse.parse makes a page of text"),  # type: ignore[arg-type]
        (lambda: factparse.diff("a.txt", "b.txt"), "diff takes pages, not str"),  # type: ignore[arg-type]
        (lambda: factparse.diff(factparse.parse(PAGE), "b.txt"), "diff takes pages, not str"),  # type: ignore[arg-type]
        (lambda: factparse.compare("a", "b"), "factparse.read gives those of a file"),  # type: ignore[arg-type]
        (lambda: factparse.verify(Path("a.txt")), "verify takes pages, not PosixPath"),  # type: ignore[arg-type]
        (lambda: factparse.resolve("ab"), "resolve takes pages, not str"),  # type: ignore[arg-type]
        (lambda: factparse.parse(PAGE).row_of("5 km"), "a fact of the page is needed, not str"),  # type: ignore[arg-type]
        (lambda: factparse.parse(PAGE).only(min_confidence="high"), "between 0 and 1; 'high' is not"),  # type: ignore[arg-type]
        (lambda: factparse.Page.from_json(Path("a.json")), "not PosixPath; give its read_text()"),  # type: ignore[arg-type]
        (lambda: factparse.Page.from_json({}), "give what to_json or convert wrote"),  # type: ignore[arg-type]
        (lambda: factparse.facts_from_json([]), "JSON must be a str or bytes, not list"),  # type: ignore[arg-type]
        (lambda: factparse.convert([], "out.jsonl", workers=-1), "workers must be a number of processes"),
        (lambda: factparse.convert([], "out.jsonl", workers="2"), "workers must be a number of processes"),  # type: ignore[arg-type]
        (lambda: factparse.convert([], "out.jsonl", shard_bytes="64M"), "shard_bytes must be a number"),
        (lambda: factparse.parse(PAGE, books=False), "() stands for no book"),  # type: ignore[arg-type]
        (lambda: factparse.parse(PAGE, books=["own.book"]), "[Book.open(path)]"),  # type: ignore[list-item]
        (lambda: factparse.convert([], "out.xlsx"), "looks like a file, but must end in .jsonl"),
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


def test_text_is_no_path() -> None:
    with pytest.raises(factparse.SourceError, match="parse reads text") as told:
        list(factparse.read(PAGE))
    assert PAGE not in str(told.value)


def test_a_row_is_asked_for_by_its_field() -> None:
    page = factparse.parse(PAGE)
    with pytest.raises(KeyError, match=r"page\.rows has all rows"):
        page[0]  # type: ignore[index]
    assert page["Coastline"]["MLI"] == page["Coastline"]["Mali"]


def test_the_name_of_a_file_is_no_json() -> None:
    with pytest.raises(factparse.SourceError, match="not the name of its file"):
        factparse.facts_from_json("facts.jsonl")


def test_a_misspelt_name_is_warned_of() -> None:
    with pytest.warns(UserWarning, match="there is no field 'Illict drugs'; did you mean 'Illicit drugs'"):
        (fact,) = factparse.extract("Illict drugs", "transit point for heroin")
    assert isinstance(fact, factparse.TextValue)
    with pytest.warns(UserWarning, match="there is no country 'Kenia'; did you mean 'Kenya'"):
        factparse.extract("Area", "total: 5 sq km", subject="Kenia")


@pytest.mark.parametrize(("field", "subject"), [("Chocolate", "Atlantis"), ("Highways", "Zaire"), ("x" * 300, None)])
def test_other_names_are_not(field: str, subject: str | None) -> None:
    assert factparse.extract(field, "5 km", subject=subject)  # a warning would be an error here


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE)
    with pytest.raises(factparse.OutputError, match="make the folder first"):
        factparse.convert(tmp_path / "page.txt", tmp_path / "absent" / "out.jsonl")
