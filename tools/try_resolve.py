"""Measures what ``--resolve`` settles, how much of it is right, and what it costs, on a dump made of one edition.

    python -m tools.try_resolve EDITIONS.jsonl.gz [--edition NAME] [--pages N] [--partners N] [--topics N] [--seed N]

EDITIONS has a line for each cell: country, code, topic, field, text, editions. Pages are made of the cells of one
edition, each in a layout that pages have, and each country beside so many partners. The dump is converted twice without
the packaged book, plainly and with ``--resolve``. Rows are compared with the cells that they were made of, in folded
form. The same arguments make the same dump. With ``--instructions N`` the processor's instructions for the first N
pages are counted as well, by ``valgrind``, which has to be installed; those of a run without pages are left out.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from factparse.book.folding import folded
from factparse.sources.factbook_json import Parts
from factparse.vocabulary import label_named
from tools.json_lines import json_lines
from tools.training.pages import named_countries
from tools.training.render import STYLES, Style, gap_between, is_block, print_cell

_LOW = 0.9
_SUMMED = re.compile(r"I\s+refs:\s+([\d,]+)")
_LINES = re.compile(r"\n+")

Truth = dict[str, tuple[bytes, bytes]]


class Entry(NamedTuple):
    """A cell of the edition: the topic that it stands under, and its lines."""

    topic: str
    parts: Parts


class MadePage(NamedTuple):
    """The text of a page, and by the labels of its rows both cells in the folded form, empty if there is none."""

    text: str
    truth: Truth


class ReadRow(NamedTuple):
    """A row of the output: its confidence, and whether both cells are right."""

    confidence: float
    right: bool


def entries_of(path: Path, edition: str) -> dict[str, dict[str, Entry]]:
    """The cells of one edition, by GEC code and label."""
    found: dict[str, dict[str, Entry]] = {}
    names = named_countries()
    for cell in json_lines(path):
        label = label_named(cell["field"])
        if edition in cell["editions"] and cell["code"] in names and label and label.text == cell["field"]:
            parts = tuple((line,) for line in _LINES.split(cell["text"]))
            found.setdefault(cell["code"], {}).setdefault(cell["field"], Entry(cell["topic"], parts))
    return found


def made_pages(
    entries: dict[str, dict[str, Entry]], pages: int, partners: int, topics: int, random: Random
) -> Iterator[MadePage]:
    """So many pages; each of the countries that have most cells stands beside so many ``partners``."""
    names = {code: country.short for code, country in named_countries().items()}
    codes = sorted(entries, key=lambda code: (-len(entries[code]), code))[: 2 * pages // partners]
    random.shuffle(codes)
    styles = [style for style in STYLES for _ in range(style.weight)]
    for index, one in enumerate(codes):
        for further in range(1, partners // 2 + 1):
            other = codes[(index + further) % len(codes)]
            pair = (one, other) if random.random() < 0.5 else (other, one)
            sides = (entries[pair[0]], entries[pair[1]])
            yield _page((names[pair[0]], names[pair[1]]), sides, topics, random.choice(styles), random)


def _page(
    names: tuple[str, str], sides: tuple[dict[str, Entry], dict[str, Entry]], topics: int, style: Style, random: Random
) -> MadePage:
    of_topic: dict[str, list[str]] = {}
    for field in sorted({**sides[0], **sides[1]}):
        of_topic.setdefault((sides[0].get(field) or sides[1][field]).topic, []).append(field)
    chosen = random.sample(sorted(of_topic), min(topics, len(of_topic)))
    parts = [f"{names[0]} vs. {names[1]}\n\n"]
    truth: Truth = {}
    for topic in chosen:
        parts.append(f"{topic}\n\n{names[0]}{' ' if style.spaced else style.gap}{names[1]}\n\n")
        for field in of_topic[topic]:
            text, truth[field] = _row(field, sides[0].get(field), sides[1].get(field), style)
            parts.append(text)
        parts.append("\n")
    return MadePage("".join([*parts, "Source: CIA Factbook\n"]), truth)


def _row(field: str, one: Entry | None, two: Entry | None, style: Style) -> tuple[str, tuple[bytes, bytes]]:
    first, second = (print_cell(each.parts, style) if each else "" for each in (one, two))
    gap = gap_between(one.parts, style) if one and two else ""
    last = two or one
    tail = "\n\n" if last is not None and is_block(last.parts) and "\n\n" in style.part else "\n"
    lead = " " if style.spaced else style.gap
    return f"{field}{lead}{first}{gap}{second}{tail}", (folded(first), folded(second))


def write_dump(pages: Sequence[MadePage], path: Path) -> None:
    """Write a file of JSON Lines, a page a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": page.text}) + "\n" for page in pages)


def _command(dump: Path, out: Path, *options: str) -> list[str]:
    convert = ["-m", "factparse", "convert", str(dump), "-o", str(out), "--book", "none", "--workers", "0", "--quiet"]
    return [sys.executable, *convert, *options]


def processor_seconds(command: Sequence[str]) -> float:
    """The processor time that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def instructions(command: Sequence[str]) -> int:
    """The processor's instructions that a command takes."""
    counting = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
    ran = subprocess.run((*counting, *command), check=True, capture_output=True, text=True)
    found = _SUMMED.search(ran.stderr)
    if found is None:
        raise RuntimeError(f"valgrind counted nothing: {ran.stderr}")
    return int(found[1].replace(",", ""))


def rows_of(path: Path, pages: Sequence[MadePage]) -> dict[tuple[int, str], ReadRow]:
    """The rows of an output by page and label."""
    found = {}
    with path.open(encoding="utf-8") as lines:
        for page in map(json.loads, lines):
            number = page["source"]["record"]
            for section in page["sections"]:
                for row in section["rows"]:
                    cells = tuple(folded(cell["text"]) for cell in row["cells"])
                    truth = pages[number].truth.get(row["label"])
                    found[number, row["label"]] = ReadRow(row["confidence"], cells == truth)
    return found


def compared(plain: dict[tuple[int, str], ReadRow], read: dict[tuple[int, str], ReadRow]) -> str:
    """What changed from one output to the other, as lines of text."""
    doubtful = [key for key, row in plain.items() if row.confidence < _LOW]
    settled = [read[key] for key in doubtful if key in read and read[key].confidence >= _LOW]
    left = sum(row.confidence < _LOW for row in read.values())
    new = sum(row.confidence < _LOW and key in plain and plain[key].confidence >= _LOW for key, row in read.items())
    right = sum(row.right for row in settled)
    sure = Counter(
        (name, row.right)
        for name, rows in (("plain", plain), ("resolve", read))
        for row in rows.values()
        if row.confidence >= _LOW
    )
    lines = [
        f"rows                {len(plain):,}",
        f"in doubt, plain     {len(doubtful):,} ({len(doubtful) / len(plain):.2%})",
        f"in doubt, resolve   {left:,} ({left / max(len(doubtful), 1):.1%} of those before; {new:,} were not before)",
        f"settled             {len(settled):,}, of them right {right / max(len(settled), 1):.3%}",
    ]
    for name in ("plain", "resolve"):
        of = sure[name, True] + sure[name, False]
        lines.append(f"{'sure, ' + name:<19} {of:,}, of them right {sure[name, True] / max(of, 1):.3%}")
    return "\n".join(lines)


def _counted(pages: Sequence[MadePage], folder: Path) -> str:
    """The ratio of the instructions of both ways, without what starting takes."""
    few, none = folder / "few.jsonl", folder / "none.jsonl"
    write_dump(pages, few)
    write_dump((), none)
    out = folder / "counted.jsonl"
    taken = [
        instructions(_command(few, out, *options)) - instructions(_command(none, out, *options))
        for options in ((), ("--resolve",))
    ]
    return f"instructions        {taken[0]:,} plain, {taken[1]:,} with --resolve: {taken[1] / taken[0]:.2f} times"


def main() -> None:
    """Make the dump, convert it both ways, print what came of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("editions", type=Path)
    options.add_argument("--edition", default="2022-06")
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--partners", type=int, default=20)
    options.add_argument("--topics", type=int, default=99, help="on each page; all by default")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--instructions", type=int, default=0, metavar="N")
    given = options.parse_args()
    entries = entries_of(given.editions, given.edition)
    pages = list(made_pages(entries, given.pages, given.partners, given.topics, Random(given.seed)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dump, plain, read = folder / "dump.jsonl", folder / "plain.jsonl", folder / "resolve.jsonl"
        write_dump(pages, dump)
        print(f"pages               {len(pages):,} of {given.edition}, {dump.stat().st_size / 1e6:.1f} MB", flush=True)
        seconds = [processor_seconds(_command(dump, plain)), processor_seconds(_command(dump, read, "--resolve"))]
        print(compared(rows_of(plain, pages), rows_of(read, pages)))
        print(f"processor time      {seconds[0]:.1f} s, {seconds[1]:.1f} s: {seconds[1] / seconds[0]:.2f} times")
        if given.instructions:
            print(_counted(pages[: given.instructions], folder))


if __name__ == "__main__":
    main()
