"""The command ``factparse report``: pages to look at in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from factparse.cli.help import Command
from factparse.cli.options import BOOK, FORM, PROSE, TABLE, TEXT_KEY
from factparse.cli.outcome import EXIT_CODES, exit_code
from factparse.core.plain import one_line


@click.command(cls=Command, epilog=EXIT_CODES, short_help="Write pages as HTML, to look at in a browser.")
@click.argument("path", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="The .html file, or the folder, to write.",
)
@PROSE
@BOOK
@TEXT_KEY
@FORM
@TABLE
@click.pass_context
def report(
    ctx: click.Context,
    path: str,
    output: Path,
    prose: bool,
    books: tuple[str, ...],
    text_key: str,
    form: str | None,
    table: str | None,
) -> None:
    """Write the pages in PATH as HTML to look at: columns, text, facts, and how sure each row is.

    PATH is what parse reads, or what convert wrote. If the name of OUT ends in .html, it is one file for one page.
    Otherwise OUT is a folder. It gets a file for each page, and an index.html that lists the least sure pages first.
    The files need no network.

    \b
    Examples:
      factparse report page.txt -o page.html
      factparse report dump.jsonl.gz -o reports
    """
    from factparse.book.packaged import shelf_named
    from factparse.converted import converted_pages
    from factparse.page import Page
    from factparse.reading import outcomes
    from factparse.reporting import is_one_file, write_report

    found = None if form or text_key or table else converted_pages(path)
    if found is None:
        found = outcomes(path, text_key=text_key, form=form, table=table, books=shelf_named(books))
    if prose:
        found = (outcome.with_prose() if isinstance(outcome, Page) else outcome for outcome in found)
    totals = write_report(found, output, lambda error: click.echo(one_line(str(error)), err=True))
    read = totals.pages + totals.none
    if read:
        where = output if is_one_file(output) else output / "index.html"
        pages = f"{totals.pages:,} page{'' if totals.pages == 1 else 's'}"
        click.echo(one_line(f"{where}: {pages}, {totals.rows:,} rows, {totals.doubtful:,} not sure"), err=True)
    ctx.exit(exit_code(read, totals.failures))
