"""Whether a page is true to its source: what is verbatim, changed, unknown."""

import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from factparse import Book, Page, Verification, VerifiedCell, parse, parse_html, verify
from factparse.book import KnownCell
from factparse.cli import cli
from factparse.output.verification import verification_json, verification_view
from tools.try_changes import Change, MadePage, MadeRow, Outcome, is_right, is_shown, made_pages, read_rows

MALTA = "sheep graze on terraces; salt is dried in pans (2004); 12 boats fish for tuna; honey: sold abroad"
ARUBA = "goats graze on the plain; aloe is dried in barns (2004); 30 boats fish for wahoo; sand: sold abroad"
CELLS = [
    KnownCell("MT", "Land use", MALTA, ("2004", "2005")),
    KnownCell("MT", "Land use", "sheep graze no more; salt is dried in pans (2004)", ("2006",)),
    KnownCell("AA", "Land use", ARUBA, ("2004",)),
    KnownCell("AA", "Coastline", "69 km of sand", ("2004",)),
    KnownCell("MT", "Terrain", "low; dry; NA; rocky: mostly flat; many small cliffs", ("2004",)),
]
BOOK = Book.build(CELLS)


def page_of(one: str, two: str = ARUBA, label: str = "Land use") -> Page:
    text = f"Malta vs. Aruba\n\nGeography\n\nMalta | Aruba | |\n{label} | {one} | {two} |\n"
    return parse(text, books=[BOOK])


def cell_of(one: str, label: str = "Land use") -> tuple[VerifiedCell, list[str]]:
    """The first cell, and what it says of the changes."""
    page = page_of(one, label=label)
    cell = verify(page).cells[0]
    return cell, [span.cut(page.text) for span in cell.changed]


class TestCells:
    def test_verbatim(self) -> None:
        found = verify(page_of(MALTA))
        assert [(cell.country, cell.label, cell.field, cell.status) for cell in found.cells] == [
            ("Malta", "Land use", "Land use", "verbatim"),
            ("Aruba", "Land use", "Land use", "verbatim"),
        ]
        assert found.cells[0].editions == ("2004", "2005")
        assert found.cells[0].changed == ()

    @pytest.mark.parametrize(
        ("old", "new", "places"),
        [
            ("tuna", "eels", ["12 boats fish for eels;"]),
            ("12 boats", "13 boats", ["13 boats fish for tuna;"]),
            ("sheep graze", "shep graze", ["shep graze on terraces;"]),
            ("tuna; honey", "tuna; wax; honey", ["wax;"]),
            ("sheep", "In spring sheep", ["In spring sheep graze on terraces;"]),
            ("salt is dried in pans (2004); ", "", []),
            ("; honey: sold abroad", ";", [""]),
            ("sheep graze on terraces; ", "", [""]),
        ],
    )
    def test_changed(self, old: str, new: str, places: list[str]) -> None:
        cell, changed = cell_of(MALTA.replace(old, new))
        assert (cell.status, cell.editions, changed) == ("changed", (), places)

    def test_something_is_missing_where_the_empty_span_stands(self) -> None:
        cell, _ = cell_of(MALTA.replace("sheep graze on terraces; ", ""))
        assert cell.changed == ((cell.span.start, cell.span.start),)
        cell, _ = cell_of(MALTA.replace(" honey: sold abroad", ""))
        assert cell.changed == ((cell.span.end, cell.span.end),)

    def test_several_changes_and_one_long_one(self) -> None:
        _, changed = cell_of(MALTA.replace("terraces", "slopes").replace("abroad", "at home"))
        assert changed == ["sheep graze on slopes;", "sold at home"]
        _, changed = cell_of(MALTA.replace("honey: sold abroad", "honeys: sold at home"))
        assert changed == ["honeys: sold at home"]

    def test_pieces_of_several_editions_put_together(self) -> None:
        cell, changed = cell_of("sheep graze no more; 12 boats fish for tuna; honey: sold abroad")
        assert (cell.status, changed) == ("changed", [])

    def test_pieces_too_short_to_be_kept_were_changed_if_nothing_else_was(self) -> None:
        cell, changed = cell_of("low; dry; no; rocky: mostly flat; many small cliffs", "Terrain")
        assert (cell.status, changed) == ("changed", ["no;"])
        _, changed = cell_of("low; dry; no; rocky: mostly flat; many steep cliffs", "Terrain")
        assert changed == ["many steep cliffs"]

    def test_unknown(self) -> None:
        assert cell_of("sugar is refined, and there are no herds at all")[0].status == "unknown"
        # Less than half of it is known.
        assert cell_of("wine is pressed in autumn; oil is pressed in winter; honey: sold abroad")[0].status == "unknown"
        # Of a cell that is one piece no part is known.
        found = verify(page_of("none", "70 km of sand", "Coastline"))
        assert [cell.status for cell in found.cells] == ["unknown", "unknown"]

    def test_how_much_must_be_known_can_be_said(self) -> None:
        page = page_of(MALTA.replace("terraces", "slopes").replace("is dried", "dries"))
        found = [verify(page, enough=enough).cells[0] for enough in (0.3, 0.5)]
        assert [cell.status for cell in found] == ["changed", "unknown"]
        assert [span.cut(page.text) for span in found[0].changed] == [
            "sheep graze on slopes; salt dries in pans (2004)"
        ]
        assert found[1].changed == ()

    def test_a_cell_of_the_other_country_is_unknown(self) -> None:
        assert [cell.status for cell in verify(page_of(ARUBA, MALTA)).cells] == ["unknown", "unknown"]

    def test_marks_entities_and_ranks_are_no_changes(self) -> None:
        text = MALTA.replace("salt", "**salt**").replace("tuna", "&#116;una") + " country comparison to the world: 12"
        assert cell_of(text)[0].status == "verbatim"
        cell, changed = cell_of(text.replace("honey", "&#104;oneys"))
        assert (cell.status, changed) == ("changed", ["&#104;oneys:"])

    def test_columns_that_alternate_line_by_line(self) -> None:
        text = (
            "Malta vs. Aruba\n\nGeography\n\n                 Malta                            Aruba\n"
            "Land use         sheep graze on terraces;         goats graze on the plain;\n"
            "                 salt is dried in sheds (2004);   aloe is dried in barns (2004);\n"
            "                 12 boats fish for tuna;          30 boats fish for wahoo;\n"
            "                 honey: sold abroad               sand: sold abroad\n"
        )
        cells = verify(parse(text, books=[BOOK])).cells
        assert [cell.status for cell in cells] == ["changed", "verbatim"]
        assert [span.cut(text) for span in cells[0].changed] == ["salt is dried in sheds (2004)"]

    def test_html(self) -> None:
        html = f"<h1>Malta vs. Aruba</h1><table><tr><td><td>Malta<td>Aruba<tr><td>Land use<td>{MALTA}<td>x</table>"
        page = parse_html(html.replace("tuna", "<b>eels</b>"), books=[BOOK])
        cell = verify(page).cells[0]
        assert [span.cut(page.text) for span in cell.changed] == ["12 boats fish for eels;"]
        assert json.loads(verification_json(page, verify(page)))["text"] == page.text

    def test_nobodys_cell_is_compared_with_both_countries(self) -> None:
        cells = [KnownCell(code, "Coastline", "some 40 km of cliffs", ("2004",)) for code in ("MT", "AA")]
        text = "Malta vs. Aruba\nGeography\nMaltaAruba\nCoastlinesome 40 km of cliffs\n"
        (cell,) = verify(parse(text, books=[Book.build(cells)])).cells
        assert (cell.country, cell.status, cell.editions) == (None, "verbatim", ("2004",))


class TestPage:
    def test_counts(self) -> None:
        found = verify(page_of(MALTA.replace("tuna", "eels")))
        assert [found.count(status) for status in ("verbatim", "changed", "unknown")] == [1, 1, 0]
        assert not found.verbatim

    def test_a_page_is_verbatim_if_one_edition_prints_all_of_it(self) -> None:
        assert verify(page_of(MALTA)).verbatim
        mixed = page_of("sheep graze no more; salt is dried in pans (2004)")  # 2006, and the other cell 2004
        assert verify(mixed).count("verbatim") == 2
        assert not verify(mixed).verbatim

    def test_an_empty_page(self) -> None:
        found = verify(parse("nothing to compare"))
        assert (found.cells, found.known, found.verbatim) == ((), (), False)

    def test_without_a_book_all_is_unknown(self) -> None:
        found = verify(parse(page_of(MALTA).text, books=()))
        assert found.count("unknown") == len(found.cells) == 2


def shown(page: Page, found: Verification) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=160, highlight=False)
    for part in verification_view(page, found):
        console.print(part)
    return stream.getvalue()


class TestShown:
    def test_a_table(self) -> None:
        page = page_of(MALTA.replace("tuna", "eels"))
        drawn = shown(page, verify(page))
        for words in ("Malta vs. Aruba", "1 verbatim, 1 changed, 0 unknown", "12 boats fish for eels;", "2004"):
            assert words in drawn
        assert str(page.text.index("12 boats")) in drawn

    def test_foreign_text_is_no_markup(self) -> None:
        page = page_of(MALTA.replace("tuna", "[red]tuna[/nothing]"), "[bold]\x1b[31mno[/]")
        drawn = shown(page, verify(page))
        assert "[red]tuna[/nothing]" in drawn
        assert "[bold]·[31mno[/]" in drawn

    def test_what_is_missing_and_what_is_put_together_is_said(self) -> None:
        page = page_of(MALTA.replace("sheep graze on terraces; ", ""))
        assert "(something is missing)" in shown(page, verify(page))
        page = page_of("sheep graze no more; 12 boats fish for tuna; honey: sold abroad")
        assert "no edition prints together" in shown(page, verify(page))


class TestCommand:
    @pytest.fixture
    def inputs(self, tmp_path: Path) -> tuple[str, list[str]]:
        book = tmp_path / "own.book"
        Book.build(CELLS, book)
        (tmp_path / "page.txt").write_text(page_of(MALTA.replace("tuna", "eels")).text, newline="\n")
        return str(tmp_path / "page.txt"), ["--book", "none", "--book", str(book)]

    def test_json(self, inputs: tuple[str, list[str]]) -> None:
        path, books = inputs
        done = CliRunner().invoke(cli, ["verify", path, "--json", *books])
        assert done.exit_code == 0
        (line,) = done.stdout.splitlines()
        written: dict[str, Any] = json.loads(line)
        assert [written[key] for key in ("verbatim", "changed", "unknown")] == [1, 1, 0]
        assert written["known"] == []
        first, second = written["cells"]
        text = Path(path).read_text()
        assert [text[start:end] for start, end in first["changed"]] == ["12 boats fish for eels;"]
        assert (second["status"], second["editions"]) == ("verbatim", ["2004"])

    def test_a_table_and_what_cannot_be_read(self, inputs: tuple[str, list[str]], tmp_path: Path) -> None:
        path, books = inputs
        done = CliRunner().invoke(cli, ["verify", path, *books], env={"COLUMNS": "160"})
        assert done.exit_code == 0
        assert "1 verbatim, 1 changed" in done.stdout
        (tmp_path / "b.jsonl").write_text("broken\n")
        done = CliRunner().invoke(cli, ["verify", str(tmp_path), *books])
        assert done.exit_code == 3
        assert "bad-json" in done.stderr
        assert CliRunner().invoke(cli, ["verify", str(tmp_path / "gone.txt")]).exit_code == 1


# Countries of a made-up edition, and fields of it, each with the words that its cells are made of.
COUNTRIES = ("Chad", "Cuba", "Kenya", "Malta", "Peru", "Tonga")
FIELDS = {
    "Climate": "mild warm damp windy foggy season rains frost breeze storms drought",
    "Land use": "pasture terraces orchards fallow paddies gardens meadows olive groves",
    "Natural resources": "salt clay copper timber fish gypsum lime sand amber",
    "Terrain": "hills plain cliffs dunes marsh plateau ridges valley atoll",
}


def made_cells() -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    """The cells of an edition, in the shape that the tool reads them: sentences of each field's own words."""
    chance = random.Random(5)

    def clause(words: list[str]) -> str:
        return f"{' '.join(chance.sample(words, 4))} {chance.randint(10, 999)} km"

    return {
        ("2004", "Geography"): {
            label: {name: "; ".join(clause(words.split()) for _ in range(3)) for name in COUNTRIES}
            for label, words in FIELDS.items()
        }
    }


def outcome_of(seed: int) -> Outcome:
    """What becomes of a hundred changed cells of the made-up edition."""
    cells = made_cells()
    known = [
        KnownCell(code, label, text, ("2004",))
        for label, texts in cells["2004", "Geography"].items()
        for code, text in zip(("CD", "CU", "KE", "MT", "PE", "TN"), texts.values(), strict=True)
    ]
    outcome = Outcome()
    for page in made_pages(cells, 100, seed):
        outcome.add(page, books=[Book.build(known)])
    return outcome


class TestChangedText:
    def test_the_book_decides_no_row_wrongly_that_has_one_change(self) -> None:
        outcome = outcome_of(1)
        for kind in ("none", "word", "number", "cut", "typo"):
            assert outcome.wrong[kind] == 0
            assert outcome.made[kind] > 5
        assert outcome.decided["none"] == outcome.made["none"]

    def test_verify_points_at_the_change(self) -> None:
        outcome = outcome_of(2)
        for kind, statuses in outcome.statuses.items():
            assert outcome.shown[kind] == statuses["changed"], kind
            assert statuses["verbatim"] == 0
        assert sum(each["changed"] for each in outcome.statuses.values()) > 50
        # It points at places, not at whole cells.
        assert 2 * outcome.spans.total() < outcome.sizes.total()

    def test_a_wrong_decision_is_seen(self) -> None:
        row = MadeRow("Terrain", ("hills and a plain", "dunes and a marsh"), (None, None), "\n")
        page = parse(MadePage(("Malta", "Peru"), "Geography", (row,)).text, books=())
        ((made, read, longer),) = read_rows(page, [row])
        assert is_right(made, read)
        assert not longer
        assert not is_right(row._replace(cells=("hills and a", "plain dunes and a marsh")), read)

    def test_a_change_that_is_not_shown_is_seen(self) -> None:
        page = page_of(MALTA.replace("tuna", "eels"))
        cell = verify(page).cells[0]
        at = page.text.index("eels") - cell.span.start
        assert is_shown(Change("word", "", at, at + 4), cell.span.start, cell)
        assert not is_shown(Change("word", "", 0, 5), cell.span.start, cell)
