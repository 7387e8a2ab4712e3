"""The command ``factparse serve``: a local page to paste text into, and answers in JSON."""

from __future__ import annotations

import click

from factparse.cli.help import Command
from factparse.cli.options import SIZE
from factparse.core.errors import UsageError


@click.command(cls=Command, short_help="Serve a local page that reads text and files.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option(
    "--port",
    default=8765,
    show_default=True,
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="The port to listen on. 0 takes a free one.",
)
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="Also answer requests to this host name. May be repeated.",
)
@click.option("--max-bytes", type=SIZE, metavar="SIZE", help="Refuse larger requests (8M).")
def serve(host: str, port: int, names: tuple[str, ...], max_bytes: int | None) -> None:
    """Serve a page on this machine that reads what you paste into it.

    Open the address that is printed, and paste a text there or drop a file. Programs send text to POST /parse and
    POST /extract, and get JSON. /openapi.json describes both. Nothing that is sent is stored. Ctrl-C ends the server.

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
        click.echo("ended", err=True)  # this is how a server ends, so it is no failure
