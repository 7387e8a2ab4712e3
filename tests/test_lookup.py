"""Columns with a book: what it decides, what it leaves, and that chance cannot make it cut a word."""

import pickle
import random
from pathlib import Path

import pytest

import factparse
from factparse.book import Book, BookMaker, KnownCell
from factparse.book.folding import folded
from factparse.book.shelf import Shelf
from factparse.columns.lookup import may_part
from factparse.columns.stage import KNOWN

# Own words, in the Factbook's manner: whose, field, text, editions.
CELLS = [
    ("CD", "Illicit drugs", "minor grower of khat for its own markets", ("2015", "2016")),
    ("ML", "Illicit drugs", "a road for resin and pills on their way north", ("2016", "2017")),
    ("ML", "Illicit drugs", "none that is known of", ("2001",)),
    ("CD", "Airports", "59 (2013)", ("2013",)),
    ("ML", "Airports", "25 (2013)", ("2013",)),
    ("CD", "Heliports", "1", ("1999",)),
    ("CD", "Heliports", "12", ("2001",)),
    ("ML", "Heliports", "23", ("2001",)),
    ("ML", "Heliports", "3", ("1998",)),
    ("CD", "Coastline", "0 km (landlocked)", ("2016",)),
    ("CD", "Terrain", "dry dunes", ("2016",)),
    ("CD", "Terrain", "dry dunes marshes", ("2001",)),
    ("ML", "Terrain", "savanna plains", ("2001",)),
    ("ML", "Terrain", "marshes savanna plains", ("2016",)),
    ("CD", "Climate", "NA", ("2016",)),
]


# What else the edition of 2016 prints: enough for a page to be known as its own.
FIELDS = ("Location", "Climate", "Natural resources", "Land use", "Natural hazards", "Geography - note", "Area")
OTHERS = [(code, field, f"{field.lower()} of {code}", ("2016",)) for field in FIELDS for code in ("CD", "ML")]
OF_2016 = [f"{field}\n{field.lower()} of CD\n{field.lower()} of ML" for field in FIELDS]


@pytest.fixture(scope="module")
def books() -> list[Book]:
    return [Book.build(KnownCell(*cell) for cell in [*CELLS, *OTHERS])]


def page(*rows: str, topic: str = "Geography") -> str:
    return f"Chad vs. Mali\n\n{topic}\n\nChadMali\n\n" + "\n".join(rows) + "\n\nSource: CIA Factbook\n"


def cells(text: str, books: list[Book]) -> tuple[tuple[str, ...], float]:
    row = factparse.parse(text, books=books).rows[0]
    return tuple(cell.text for cell in row.cells), row.confidence


@pytest.mark.parametrize("between", ["", " ", "\n", "\n\n", " \u00a0\n", "\r\n"])
def test_two_known_cells_are_decided_whatever_divides_them(between: str, books: list[Book]) -> None:
    first, second = CELLS[0][2], CELLS[1][2]
    assert cells(page(f"Illicit drugs\n{first}{between}{second}"), books) == ((first, second), KNOWN)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("minor grower of khat for its own\nmarkets", "a road for resin and pills on their way north"),
        ("minor grower of khat for its own markets", "a road for \u201cresin\u201d and *pills* on their way north"),
        ("minor grower of khat for its&nbsp;own markets", "a road for resin and pills on their way north"),
    ],
)
def test_typography_does_not_matter(first: str, second: str, books: list[Book]) -> None:
    assert cells(page(f"Illicit drugs\n{first}\n{second}"), books) == ((first, second), KNOWN)


@pytest.mark.parametrize(
    ("run", "wanted"),
    [
        ('"59 (2013)""25 (2013)"', ('"59 (2013)"', '"25 (2013)"')),
        ('"59 (2013)" "25 (2013)"', ('"59 (2013)"', '"25 (2013)"')),
        ('"59 (2013)"25 (2013)', ('"59 (2013)', '"25 (2013)')),  # none of the page's quotes is closed
    ],
)
def test_quotes_stay_with_their_cells(run: str, wanted: tuple[str, str], books: list[Book]) -> None:
    assert cells(page(f"Airports{run}"), books) == (wanted, KNOWN)


@pytest.mark.parametrize("rank", ["29", "4", "187"])
def test_a_rank_belongs_to_the_cell_before_it(rank: str, books: list[Book]) -> None:
    behind = f"59 (2013)country comparison to the world: {rank}"
    text = page(f"Airports{behind}25 (2013)country comparison to the world: 5")
    assert cells(text, books) == ((behind, "25 (2013)country comparison to the world: 5"), KNOWN)


def test_a_known_lone_cell_has_its_owner(books: list[Book]) -> None:
    assert cells(page("Coastline", "0 km (landlocked)"), books) == (("0 km (landlocked)", ""), KNOWN)
    assert cells(page("Illicit drugs", CELLS[1][2]), books) == (("", CELLS[1][2]), KNOWN)


def test_a_short_lone_cell_decides_nothing(books: list[Book]) -> None:
    assert cells(page("Climate", "NA"), books)[1] < KNOWN


def test_of_several_ways_that_of_one_edition_is_taken(books: list[Book]) -> None:
    # 1 and 23 are known, and so are 12 and 3; but only 12 and 23 were printed in one year.
    assert cells(page("Heliports\n1\n23", topic="Transportation"), books)[1] < KNOWN
    assert cells(page("Heliports\n12\n23", topic="Transportation"), books) == (("12", "23"), KNOWN)


def test_no_number_is_cut(books: list[Book]) -> None:
    assert cells(page("Heliports1223", topic="Transportation"), books)[1] < KNOWN


def test_of_several_ways_that_of_the_pages_own_editions_is_taken(books: list[Book]) -> None:
    run = "Terrain\ndry dunes marshes savanna plains"
    assert cells(page(run), books)[1] < KNOWN
    assert cells(page(run, *OF_2016), books) == (("dry dunes", "marshes savanna plains"), KNOWN)


def test_one_known_cell_is_enough_in_the_pages_own_edition(books: list[Book]) -> None:
    changed = "a road for resin and all that goes with it"
    text = page(f"Illicit drugs\n{CELLS[0][2]}{changed}", *OF_2016)
    assert cells(text, books) == ((CELLS[0][2], changed), KNOWN)


def test_what_is_not_known_is_judged_as_without_a_book(books: list[Book]) -> None:
    text = page("Airports14 (2020)26 (2020)", "Coastline51 km733 km", "Natural resourcessalt, goldiron ore, gypsum")
    assert factparse.parse(text, books=books).rows == factparse.parse(text, books=()).rows


def test_explaining_says_since_when_a_cell_is_known(books: list[Book]) -> None:
    read = factparse.parse(page(f"Illicit drugs{CELLS[0][2]}{CELLS[1][2]}"), books=books)
    said = read.explain(read.rows[0])
    assert "Chad: known since 2015, last 2016; Mali: known since 2016, last 2017" in said


def test_several_books_add_up() -> None:
    one, two = Book.build([KnownCell(*CELLS[0])]), Book.build([KnownCell(*CELLS[1])])
    text = page(f"Illicit drugs{CELLS[0][2]}{CELLS[1][2]}")
    assert cells(text, [one])[1] < KNOWN or cells(text, [one])[0] == (CELLS[0][2], CELLS[1][2])
    assert cells(text, [one, two]) == ((CELLS[0][2], CELLS[1][2]), KNOWN)


def test_pages_can_be_sent_to_other_processes(books: list[Book], tmp_path: Path) -> None:
    text = page(f"Illicit drugs{CELLS[0][2]}{CELLS[1][2]}")
    kept = Book.build([KnownCell(*cell) for cell in CELLS], tmp_path / "own.book")
    for some in (books, [kept], (), None):
        read = factparse.parse(text, books=some)
        again = pickle.loads(pickle.dumps(read))
        assert again == read
        assert again.explain(again.rows[0]) == read.explain(read.rows[0])


def test_books_whose_hashes_differ_in_length_are_refused() -> None:
    short = BookMaker(hash_bytes=1)
    short.add(KnownCell(*CELLS[0]))
    with pytest.raises(factparse.BookError) as caught:
        Shelf([Book(short.book()), Book.build([KnownCell(*CELLS[1])])])
    assert caught.value.code == "books-differ"


@pytest.fixture(scope="module")
def crowded() -> list[Book]:
    """A book with hashes of eight bits, and for each length up to 60 some thirty cells of letters drawn by chance."""
    maker, chance = BookMaker(hash_bytes=1), random.Random(7)
    for country in ("CD", "ML"):
        for length in range(1, 60):
            for _ in range(30):
                text = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))
                maker.add(KnownCell(country, "Illicit drugs", text, ("2016",)))
    return [Book(maker.book())]


def test_chance_cuts_no_word_and_no_number(crowded: list[Book]) -> None:
    chance, decided = random.Random(11), 0
    words = [
        "producer",
        "of",
        "opium",
        "minor",
        "transit",
        "point",
        "for",
        "cocaine",
        "1,250",
        "hectares",
        "(2013)",
    ]
    for _ in range(1000):
        run = " ".join(chance.choices(words, k=8))
        (row,) = factparse.parse(page(f"Illicit drugs{run}"), books=crowded).rows
        if row.confidence != KNOWN or not all(cell.text for cell in row.cells):
            continue
        decided += 1
        at = row.cells[1].span.start - row.cells[0].span.start
        assert run[at - 1] == " " or not (run[at - 1].isalnum() and run[at].isalnum())
        assert may_part(run, at)
    assert decided > 20  # else nothing was tried


def test_folding_leaves_no_layout() -> None:
    assert folded("total: 5 km\n\nland:\u00a03\u2013km|") == folded("*total*: 5 km land: 3-km")
