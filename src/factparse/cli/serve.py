"""``factparse serve``: a local page to paste text into, and answers in JSON."""

from __future__ import annotations

import click

from factparse.cli.help import Command
from factparse.cli.options import SIZE
from factparse.core.errors import UsageError


@click.command(cls=Command, short_help="Show pages in a browser, and answer programs, on this machine.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen at.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="A host name to answer to; may be given several times."
)
@click.option("--max-bytes", type=SIZE, metavar="SIZE", help="Of one request (8M).")
def serve(host: str, port: int, names: tuple[str, ...], max_bytes: int | None) -> None:
    """Show pages in a browser, and answer programs in JSON, on this machine only.

    Open the address that is printed: paste a text there, or drop a file. POST /parse and POST /extract answer in JSON,
    as /openapi.json describes it. Nothing that is sent is stored. Ctrl-C ends it.

    \b
    Examples:
      factparse serve
      factparse serve --port 0 --max-bytes 32M
    """
    try:
        from factparse.serve.running import run
    except ImportError as error:
        raise UsageError("serve-missing", "serve needs two packages: pip install 'factparse[serve]'") from error
    try:
        run(host, port, names, max_bytes, lambda address: click.echo(f"{address} (Ctrl-C ends it)", err=True))
    except KeyboardInterrupt:
        click.echo("ended", err=True)  # it is how a server ends, and no failure
