"""The commands that ask for something: the facts of pages, the changes between two, and their disputes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import click

from factparse.cli.help import Command
from factparse.cli.options import BOOK, COUNTRY, FIELD, FORM, MIN_CONFIDENCE, PROSE, TABLE, TEXT_KEY, TYPE
from factparse.cli.outcome import EXIT_CODES
from factparse.cli.pages import LIMIT, Reading
from factparse.core.errors import SourceError, UsageError
from factparse.core.plain import shown_json

if TYPE_CHECKING:
    from factparse.output.diff import Change
    from factparse.output.dispute_graph import Disputes
    from factparse.page import Page

_PATHS: Final = click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(allow_dash=True))
_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


@click.command(cls=Command, epilog=EXIT_CODES, short_help="Print the facts of pages: a table, CSV, JSON.")
@_PATHS
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table.")
@click.option("--json", "as_json", is_flag=True, help="Print each fact as a line of JSON instead.")
@TYPE
@FIELD
@COUNTRY
@MIN_CONFIDENCE
@PROSE
@LIMIT
@BOOK
@TEXT_KEY
@FORM
@TABLE
@click.pass_context
def facts(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    as_csv: bool,
    as_json: bool,
    prose: bool,
    limit: int | None,
    books: tuple[str, ...],
    text_key: str | None,
    form: str | None,
    table: str | None,
    **asked: Any,  # noqa: ANN401 (what Selection.of takes)
) -> None:
    """Print the facts of the pages in PATH... as a table, CSV or JSON.

    PATH is what parse reads.

    \b
    Examples:
      factparse facts page.txt
      factparse facts dump.jsonl.gz --type TierRating --csv > tiers.csv
      factparse facts dump/ --field "Refugees and internally displaced persons" --country Kenya --json
    """
    from factparse.selection import Selection

    if as_csv and as_json:
        raise click.UsageError("facts are printed as CSV or as JSON; leave --csv or --json out")
    selection = Selection.of(**{name: value for name, value in asked.items() if value is not None})
    pages = Reading(paths, books, text_key, form, limit, only_pages=True, table=table)
    show = _csv_printer() if as_csv else _json_lines if as_json else _table_printer()

    def ask(page: Page) -> None:
        some = page.narrowed(selection) if selection else page
        show(some.with_prose() if prose else some)

    pages.show(ctx, ask)


def _csv_printer() -> Callable[[Page], None]:
    from factparse.output.csv_lines import csv_header, csv_lines

    click.echo(csv_header("facts").encode())

    def show(page: Page) -> None:
        for line in csv_lines(page, "facts"):
            click.echo(line.encode())

    return show


def _json_lines(page: Page) -> None:
    from factparse.output.json import json_lines

    for line in json_lines(page, "facts"):
        click.echo(shown_json(line).encode())


def _table_printer() -> Callable[[Page], None]:
    from rich.console import Console
    from rich.text import Text

    from factparse.core.plain import shown
    from factparse.output.terminal import facts_view
    from factparse.output.terminal import show as printed

    console = Console(highlight=False)

    def show(page: Page) -> None:
        found = page.facts()
        if found:
            printed(console, Text(shown(" vs. ".join(page.countries)), style="bold"))
            for part in facts_view(found, width=console.width):
                printed(console, part)

    return show


@click.command(cls=Command, epilog=EXIT_CODES, short_help="Print what changed between two pages.")
@click.argument("first", metavar="A", type=click.Path(allow_dash=True))
@click.argument("second", metavar="[B]", required=False, type=click.Path(allow_dash=True))
@_JSON
@TYPE
@FIELD
@COUNTRY
@BOOK
@TEXT_KEY
@FORM
@TABLE
@click.pass_context
def diff(
    ctx: click.Context,
    /,
    first: str,
    second: str | None,
    as_json: bool,
    books: tuple[str, ...],
    text_key: str | None,
    form: str | None,
    table: str | None,
    **asked: Any,  # noqa: ANN401 (what Selection.of takes)
) -> None:
    """Print what changed from the first page in A to the first page in B, fact by fact.

    Without B, the two columns of the page in A are compared.

    \b
    Examples:
      factparse diff kenya-2019.txt kenya-2021.txt
      factparse diff page.txt --field Area
      factparse diff old.html new.html --json
    """
    from factparse.output.diff import diff as changes
    from factparse.selection import Selection

    selection = Selection.of(**asked)
    pages = [
        _first(Reading([path], books, text_key, form, 1, only_pages=True, table=table))
        for path in (first, second)
        if path
    ]
    found = changes(*(page.narrowed(selection) for page in pages) if selection else pages)
    if as_json:
        for change in found:
            click.echo(shown_json(json.dumps(_change_object(change), ensure_ascii=False)).encode())
    else:
        _show_changes(found)
    ctx.exit(0)


def _first(pages: Reading) -> Page:
    for page in pages:
        return page
    raise SourceError("no-page", "there is no page in it; name a file that holds one", source=pages.paths[0])


def _change_object(change: Change) -> dict[str, Any]:
    sides = {"before": change.before, "after": change.after}
    told = {side: fact.to_dict() if fact is not None else None for side, fact in sides.items()}
    return {"kind": change.kind, "differs": list(change.differs), **told}


def _show_changes(found: tuple[Change, ...]) -> None:
    from rich.console import Console

    from factparse.output.terminal import changes_view
    from factparse.output.terminal import show as printed

    console = Console(highlight=False)
    for part in changes_view(found, width=console.width):
        printed(console, part)


@click.command(cls=Command, epilog=EXIT_CODES, short_help="Print who disputes what with whom.")
@_PATHS
@_JSON
@click.option("--graphml", is_flag=True, help="Print GraphML instead of a table.")
@click.option("--svg", is_flag=True, help="Print a picture instead of a table.")
@click.option(
    "--of", "parties", multiple=True, metavar="NAME", help="Keep only disputes with this party. May be repeated."
)
@LIMIT
@BOOK
@TEXT_KEY
@FORM
@TABLE
@click.pass_context
def disputes(
    ctx: click.Context,
    paths: tuple[str, ...],
    as_json: bool,
    graphml: bool,
    svg: bool,
    parties: tuple[str, ...],
    limit: int | None,
    books: tuple[str, ...],
    text_key: str | None,
    form: str | None,
    table: str | None,
) -> None:
    """Print each dispute that the pages in PATH... tell of once, whichever side tells it.

    PATH is what parse reads.

    \b
    Examples:
      factparse disputes dump/
      factparse disputes dump.jsonl.gz --of Kenya
      factparse disputes dump.jsonl.gz --graphml > disputes.graphml
      factparse disputes dump.jsonl.gz --svg > disputes.svg
    """
    from factparse.output.dispute_graph import disputes as graph_of
    from factparse.vocabulary import country_named

    pages = Reading(paths, books, text_key, form, limit, only_pages=True, table=table)
    found: list[Any] = []
    for page in pages:
        pages.tried(lambda page: found.extend([page] if page.facts("DisputeClause") else []), page)
    named = [(name, country_named(name)) for name in parties]
    whole = graph_of(found)
    _need_parties(whole, [name for name, country in named if country is None])
    graph = whole.of(*(country.short if country else name for name, country in named))
    if as_json or graphml or svg:
        click.echo((graph.to_svg() if svg else graph.to_graphml() if graphml else graph.to_json()).encode())
    else:
        from rich.console import Console

        from factparse.output.terminal import disputes_view
        from factparse.output.terminal import show as printed

        console = Console(highlight=False)
        for part in disputes_view(graph, width=console.width):
            printed(console, part)
    pages.end(ctx)


def _need_parties(graph: Disputes, names: Iterable[str]) -> None:
    """Raise :class:`~factparse.UsageError` if a name is neither a country's nor a party's: it is misspelt."""
    from factparse.vocabulary.misspelt import country_meant

    known = {party for edge in graph for party in edge.parties}
    for name in names:
        if name not in known:
            meant = country_meant(name)
            raise UsageError(
                "no-such-country", f"there is no party {name!r}{f'; did you mean {meant!r}?' if meant else ''}"
            )
