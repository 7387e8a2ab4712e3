"""Makes the packaged book: every cell of the editions, as lengths and hashes.

    python tools/build_book.py FOLDER [-o FILE] [--check] [--without EDITION ...]

FOLDER holds ``cells.jsonl.gz``, one line a cell: country, code, topic, field, text, editions. The same cells make the
same bytes. ``--check`` writes nothing and fails if the file is not what would be written. ``--without`` leaves editions
out, so that a book can be measured on pages of an edition that it does not know.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import attrs

from factparse.book.making import BookMaker
from factparse.convert.books import known_cells
from factparse.core.outfiles import complete_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.json_lines import CELLS

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "src" / "factparse" / "book" / "data" / "factbook.book"


def made(folder: Path, left_out: Callable[[str], bool] = lambda _: False) -> bytes:
    """Return the bytes of the book of the editions in ``folder``, but for those that are ``left_out``.

    A line that cannot be read is an error.
    """
    maker = BookMaker()
    for cell in known_cells([folder / CELLS]):
        editions = tuple(name for name in cell.editions if not left_out(name))
        if editions or not cell.editions:
            maker.add(attrs.evolve(cell, editions=editions))
    return maker.book()


def main() -> None:
    """Write or check the book."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help=f"the folder of {CELLS}")
    parser.add_argument("-o", "--output", type=Path, default=BOOK, metavar="FILE", help="the book (the packaged one)")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if FILE is another book")
    parser.add_argument("--without", nargs="+", action="extend", default=[], metavar="EDITION", help="leave them out")
    options = parser.parse_args()
    data = made(options.folder, frozenset(options.without).__contains__)
    if not options.check:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        with complete_file(options.output) as file:
            file.write(data)
        print(f"{options.output}: {len(data):,} bytes")
    elif not options.output.is_file() or options.output.read_bytes() != data:
        sys.exit(f"{options.output} is not the book of these editions: run tools/build_book.py {options.folder}")
    else:
        print(f"{options.output} is the book of these editions")


if __name__ == "__main__":
    main()
