"""Cells of Transnational Issues to facts, cold: each extractor by itself (``bench_fields.py`` has the other fields)."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks._yardstick import Result, seconds, word_loop
from benchmarks.bench_fields import all_cells
from factparse.extract import extract
from factparse.language.plans import rules

FIELDS = (
    "Refugees and internally displaced persons",
    "Trafficking in persons",
    "Illicit drugs",
    "Disputes - international",
)
GRAMMARS = ("fields/drugs.lark", "fields/tiers.lark", "fields/trafficking.lark")


def fixtures() -> Iterator[tuple[str, str]]:
    """Yield field and text of the fixtures, which touch every grammar and table."""
    for file in sorted((Path(__file__).parents[1] / "fixtures" / "facts").rglob("*.txt")):
        head, _, text = file.read_text(encoding="utf-8").partition("\n---\n")
        field = next(line.removeprefix("field:").strip() for line in head.splitlines() if line.startswith("field:"))
        if field in FIELDS:
            yield field, text.strip()


def forget() -> None:
    """Drop the plans kept: a run is cold, though grammars and tables are loaded."""
    for grammar in GRAMMARS:
        rules(grammar).forget()


def _yard(texts: list[str]) -> float:
    return min(seconds(lambda: word_loop(texts)) for _ in range(3))


def run(quick: bool) -> Iterator[Result]:
    cells = all_cells(quick)
    known = set(fixtures())
    for field, text in known:
        extract(field, text)
    forget()
    every, spent = [], 0.0
    for field in FIELDS:
        texts = [text for name, text in cells if name == field and (name, text) not in known]

        def all_of_them(field: str = field, texts: list[str] = texts) -> None:
            for text in texts:
                extract(field, text)

        if not texts:
            continue
        took = seconds(all_of_them)
        yard = _yard(texts)
        yield Result(f"cells to facts, cold: {field}", yard / took, 0.3)
        every += texts
        spent += took
    yard = _yard(every)
    yield Result("cells to facts, cold: Transnational Issues", yard / spent, 0.3)
