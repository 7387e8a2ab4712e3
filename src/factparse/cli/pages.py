"""The pages that a command goes through: those of all its inputs, up to a limit. It tells what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs
import click

from factparse.cli.outcome import exit_code
from factparse.core.errors import FactparseError
from factparse.core.plain import one_line

if TYPE_CHECKING:
    from factparse.page import Page

LIMIT = click.option("--limit", type=click.IntRange(1), metavar="N", help="Stop after N pages.")


@attrs.define
class Reading:
    """The inputs of a command, and how many of their records were ``read`` and how many ``failed`` so far."""

    paths: Sequence[str]
    books: tuple[str, ...] = ()
    text_key: str | None = None
    form: str | None = None
    limit: int | None = None
    only_pages: bool = False
    table: str | None = None
    read: int = 0
    failed: int = 0

    def __iter__(self) -> Iterator[Page]:
        """The pages, one after the other. A record that cannot be read is reported on standard error and left out."""
        from factparse.book.packaged import shelf_named
        from factparse.reading import outcomes

        books, given = shelf_named(self.books), 0
        for path in self.paths:
            for outcome in outcomes(path, text_key=self.text_key, form=self.form, table=self.table, books=books):
                if isinstance(outcome, FactparseError):
                    self._fail(outcome)
                    continue
                self.read += 1
                if outcome or not self.only_pages:
                    yield outcome
                    given += 1
                if given == self.limit:
                    return

    def show(self, ctx: click.Context, show: Callable[[Page], None]) -> None:
        """Show each page, and end the command with the exit code for what was read."""
        for page in self:
            self.tried(show, page)
        self.end(ctx)

    def tried(self, work: Callable[[Page], None], page: Page) -> None:
        """Do ``work`` on a page. Its facts are read only now: their errors are reported like those of a bad record."""
        from factparse.reading import failure_of

        try:
            work(page)
        except (FactparseError, OSError):  # of the output
            raise
        except Exception as error:
            self.read -= 1
            self._fail(failure_of(error, page.source.name))

    def end(self, ctx: click.Context) -> None:
        """End the command with the exit code for what was read."""
        ctx.exit(exit_code(self.read, self.failed))

    def _fail(self, error: FactparseError) -> None:
        self.failed += 1
        click.echo(one_line(str(error)), err=True)
