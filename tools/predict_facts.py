"""Write the facts of hand-labelled texts, for a scorer: ``predict_facts.py GOLD_DIR OUT.jsonl [--suffix dev]``.

Each ``*.SUFFIX.jsonl`` file of ``GOLD_DIR`` holds one labelled text a line (``id``, ``country``, ``text``). A line of
``OUT.jsonl`` is ``{"id": ..., "facts": [...]}``. Only facts about the text's own country are written: a world page that
lists countries by tier says nothing about the tier of the world.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import msgspec

from factparse.core.facts import AnyFact
from factparse.extract import extract
from factparse.vocabulary import country_named

FIELDS = {
    "refugees": "Refugees and internally displaced persons",
    "trafficking": "Trafficking in persons",
    "drugs": "Illicit drugs",
    "disputes": "Disputes - international",
}


def facts_of(family: str, record: dict[str, Any]) -> list[AnyFact]:
    country = record.get("country")
    named = country_named(country) if country else None
    subject = named.name if named else country
    found = extract(record.get("field") or FIELDS[family], record["text"], subject=country)
    return [fact for fact in found if fact.subject == subject]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path)
    options.add_argument("out", type=Path)
    options.add_argument("--suffix", default="dev")
    given = options.parse_args()
    with given.out.open("wb") as out:
        for path in sorted(given.gold.glob(f"*.{given.suffix}.jsonl")):
            family = path.name.split(".")[0]
            for line in path.read_text(encoding="utf-8").splitlines():
                record = json.loads(line)
                key = record.get("id") or f"typed/{record['year']}/{record['country']}/{record['field']}"
                out.write(msgspec.json.encode({"id": key, "facts": facts_of(family, record)}) + b"\n")


if __name__ == "__main__":
    main()
