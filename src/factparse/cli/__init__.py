"""The command ``factparse``: arguments, progress and exit codes. Other modules do the work."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, Literal

import click

from factparse import __version__
from factparse.cli.asking import diff, disputes, facts
from factparse.cli.book import book
from factparse.cli.help import Command, Group
from factparse.cli.options import (
    BOOK,
    EDITIONS,
    FORM,
    FULL,
    PROSE,
    TABLE,
    TEXT_KEY,
    chosen,
    conversion_options,
    in_options,
    stopping,
)
from factparse.cli.outcome import EXIT_CODES, STOPPED, exit_code
from factparse.cli.pages import LIMIT, Reading
from factparse.cli.report import report
from factparse.cli.serve import serve
from factparse.core.collector import collect_seldom
from factparse.core.errors import FactparseError, UsageError
from factparse.core.plain import one_line, shown, shown_json

if TYPE_CHECKING:
    from factparse.page import Page


class _Group(Group):
    """A group of commands that print foreseen errors as one line on standard error, never as a traceback.

    Ctrl-C and ``SIGTERM`` give one line, too, whatever the command is doing.
    """

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (what click returns)
        try:
            with stopping():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("factparse: stopped", err=True)
            ctx.exit(STOPPED)
        except UsageError as error:
            raise click.UsageError(one_line(in_options(error))) from error
        except FactparseError as error:
            raise click.ClickException(one_line(str(error))) from error


@click.group(cls=_Group, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="factparse", message="%(prog)s %(version)s")
def cli() -> None:
    """Read scraped country-comparison pages of the World Factbook into typed facts with sources."""


for command in (book, diff, disputes, facts, report, serve):
    cli.add_command(command)


@cli.command(cls=Command, epilog=EXIT_CODES, short_help="Show pages: columns, confidence, facts.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print each page as one line of JSON instead of tables.")
@click.option("--indent", type=click.IntRange(0, 8), metavar="N", help="Indent the JSON by N spaces.")
@click.option("--whole", is_flag=True, help="Show long cells in full.")
@click.option("--explain", is_flag=True, help="Say for every row why it was divided at its place.")
@FULL
@EDITIONS
@PROSE
@LIMIT
@click.option("--only-pages", is_flag=True, help="Leave out inputs that hold no page.")
@BOOK
@TEXT_KEY
@FORM
@TABLE
@click.pass_context
def parse(
    ctx: click.Context,
    files: tuple[str, ...],
    as_json: bool,
    indent: int | None,
    whole: bool,
    explain: bool,
    full: bool,
    editions: bool,
    prose: bool,
    limit: int | None,
    only_pages: bool,
    books: tuple[str, ...],
    text_key: str,
    form: str | None,
    table: str | None,
) -> None:
    """Show the pages in FILE...: both columns, how sure each row is, and the facts.

    FILE is a .txt, .html, .json, .jsonl, .csv, .parquet, .sqlite, .warc or .wet file (each also .gz, .zst, .bz2 or
    .xz), a folder of them, a pattern, an address (s3://...), or - for standard input.

    \b
    Examples:
      factparse parse page.txt
      factparse parse dump.warc.gz --only-pages --limit 3
      factparse parse --json page.html | jq .facts
    """
    if explain and as_json:
        raise click.UsageError("reasons are not printed as JSON; leave --explain or --json out")
    tables = _table_printer(whole, editions)
    show = _explain if explain else _json_printer(indent, editions, full) if as_json else tables
    pages = Reading(files, books, text_key, form, limit, only_pages, table)
    pages.show(ctx, (lambda page: show(page.with_prose())) if prose else show)


@cli.command(cls=Command, epilog=EXIT_CODES, short_help="Check whether pages are true to the Factbook.")
@click.argument("path", type=click.Path(allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each page instead of tables.")
@BOOK
@TEXT_KEY
@FORM
@TABLE
@click.pass_context
def verify(
    ctx: click.Context,
    path: str,
    as_json: bool,
    books: tuple[str, ...],
    text_key: str,
    form: str | None,
    table: str | None,
) -> None:
    """Check whether the pages in PATH are true to the Factbook.

    For each cell, this prints the editions that have it word for word. If most of the cell is known, it shows what was
    changed. Otherwise it says that the cell is unknown. PATH is what parse reads. The result does not change the exit
    code.
    """
    from factparse.output.verification import verification_json
    from factparse.verifying import verify as verified

    def as_line(page: Page) -> None:
        click.echo(shown_json(verification_json(page, verified(page))).encode())

    Reading([path], books, text_key, form, table=table).show(ctx, as_line if as_json else _verification_printer())


@cli.command("convert", cls=Command, epilog=EXIT_CODES, short_help="Write pages, rows or facts to files.")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH...", type=click.Path(allow_dash=True))
@conversion_options
@TEXT_KEY
@FORM
@click.pass_context
def convert(
    ctx: click.Context, /, inputs: tuple[str, ...], output: str, quiet: bool, log_json: bool, **options: object
) -> None:
    """Write every page found in PATH... to OUT.

    PATH is a .txt, .html, .json, .jsonl, .csv, .parquet, .sqlite, .warc or .wet file (each also .gz, .zst, .bz2 or
    .xz), a folder of them, a pattern, an address (s3://...), or - for standard input.

    OUT is a .jsonl (.gz, .zst), .parquet, .csv (.gz), .duckdb or .sqlite file, which gets its name when it is complete.
    Or it is - for standard output. Or it is a folder, which gets several files, and in which a run that was stopped
    goes on.

    \b
    Examples:
      factparse convert dump/ -o facts.csv
      factparse convert "crawl/*.warc.gz" -o facts/ --emit facts --to parquet
      factparse convert dump.jsonl.gz -o refugees.duckdb --type DisplacedPersons
    """
    from factparse.cli.progress import reporter, summary_json, summary_lines
    from factparse.convert.run import convert as run
    from factparse.convert.run import quarantine_of

    with reporter(quiet=quiet, as_json=log_json) as report:
        try:
            summary = run(
                inputs,
                output,
                on_progress=report.progress,
                on_failure=lambda error: report.say(one_line(str(error))),
                **chosen(options),
            )
        except KeyboardInterrupt:
            report.say("stopped; what is done is kept if the output is a folder: the same command goes on there")
            ctx.exit(STOPPED)
    if not quiet:
        aside = quarantine_of(output) if summary.failed else None
        for line in [summary_json(summary, aside)] if log_json else summary_lines(summary, aside):
            click.echo(one_line(line), err=True)
    ctx.exit(exit_code(summary.read, summary.failed))


@cli.command(short_help="Print the JSON Schema, or the columns of a table.")
@click.option(
    "--table", type=click.Choice(["facts", "rows"]), help="Print the columns of this table instead, in Markdown."
)
def schema(table: Literal["facts", "rows"] | None) -> None:
    """Print the JSON Schema of a page's JSON, or the columns of a table."""
    import json

    if table is None:
        from factparse.output.schema import json_schema

        click.echo(json.dumps(json_schema(), indent=2))
        return
    from factparse.output.tables import described

    for line in described(table):
        click.echo(line)


def main() -> None:
    """Run the command. Characters that the terminal's encoding lacks are shown as ``?``."""
    collect_seldom()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    cli(prog_name="factparse")


def _json_printer(indent: int | None, editions: bool, full: bool) -> Callable[[Page], None]:
    # As bytes: JSON is UTF-8 on any terminal.
    return lambda page: click.echo(shown_json(page.to_json(indent=indent, editions=editions, full=full)).encode())


def _explain(page: Page) -> None:
    click.echo(shown(" vs. ".join(page.countries)))
    for told in page.explanations() if page.rows else ():
        click.echo(shown(str(told)))


def _table_printer(whole: bool, editions: bool) -> Callable[[Page], None]:
    from rich.console import Console

    from factparse.output.terminal import page_view
    from factparse.output.terminal import show as printed

    console = Console(highlight=False)

    def show(page: Page) -> None:
        for part in page_view(page, whole=whole, editions=editions, width=console.width):
            printed(console, part)

    return show


def _verification_printer() -> Callable[[Page], None]:
    from rich.console import Console

    from factparse.output.terminal import show as printed
    from factparse.output.verification import verification_view
    from factparse.verifying import verify

    console = Console(highlight=False)

    def show(page: Page) -> None:
        for part in verification_view(page, verify(page), width=console.width):
            printed(console, part)

    return show
