"""The border model alone: borders in the glued cells of two countries, relative to the word loop."""

import time
from collections.abc import Iterator

from benchmarks._yardstick import Result, seconds, speed
from benchmarks.pages import countries
from factparse.columns import priors
from factparse.columns.border_model import BorderModel, Store, package_data
from factparse.vocabulary import field_named


def glued_rows(count: int) -> dict[str, str]:
    """The fields of rows whose two cells are glued, by the row's text."""
    rows = {}
    known = countries()
    for index in range(count):
        one, two = known[index % len(known)], known[(index * 7 + 1) % len(known)]
        for section, fields in one.sections.items():
            for label, lines in fields.items():
                other = two.sections.get(section, {}).get(label)
                if other:
                    rows["".join(lines) + "".join(other)] = field_named(label) or label
    return rows


def run(quick: bool) -> Iterator[Result]:
    start = time.perf_counter()
    model = BorderModel(Store(package_data()), priors.spread)
    yield Result("border model, loading, seconds", time.perf_counter() - start, 0.05, most=True)
    fields = glued_rows(6 if quick else 60)
    for field in fields.values():
        model.scores("ab", [1], field)  # the field's tables are read
    texts = list(fields)
    for what in ("new text", "tokens seen before"):
        ratio = speed(texts, lambda text: model.borders(text, fields[text]))
        yield Result(f"border model: glued rows, {what}", ratio, 0.4)
    for name, piece in (("of one character", "7"), ("of glued words", "aB"), ("of sub-labels", "total: 5 km")):
        size = 200_000 if quick else 500_000
        small, large = piece * (size // len(piece)), piece * (2 * size // len(piece))
        ratio = min(_time(model, large) for _ in range(2)) / min(_time(model, small) for _ in range(2))
        yield Result(f"border model: a row {name}, twice as long: times", ratio, 3.0, most=True)


def _time(model: BorderModel, text: str) -> float:
    return seconds(lambda: model.borders(text, "Area"))
