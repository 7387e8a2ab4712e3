"""The help of commands: options in groups, commands in groups."""

from __future__ import annotations

from typing import Final

import click

# The options of each group, by the names of their parameters. All others stand under "Options".
_GROUPS: Final = {
    "What is read": (
        "text_key",
        "url_key",
        "country_key",
        "field_key",
        "edition_key",
        "table",
        "form",
        "repair",
        "limit",
        "only_pages",
    ),
    "What is kept": ("type", "field", "country", "min_confidence", "only", "once", "distinct", "parties"),
    "How it is read": ("books", "resolve", "editions", "prose"),
    "What is written": (
        "output",
        "emit",
        "kind",
        "full",
        "as_json",
        "as_csv",
        "graphml",
        "svg",
        "indent",
        "whole",
        "explain",
    ),
    "How it is run": ("workers", "engine", "scheduler", "resume", "shard_bytes"),
    "Limits for a record": ("max_record_bytes", "record_seconds", "memory", "attempts"),
}
_COMMANDS: Final = {
    "Look at pages": ("parse", "facts", "diff", "disputes", "verify", "report", "serve"),
    "Convert dumps": ("convert", "book"),
}


class Command(click.Command):
    """A command whose help shows its options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each option in its group, and the others last."""
        left = {param.name: param for param in self.get_params(ctx) if isinstance(param, click.Option)}
        for title, names in _GROUPS.items():
            _write(title, [left.pop(name) for name in names if name in left], ctx, formatter)
        _write("Options", list(left.values()), ctx, formatter)


def _write(title: str, params: list[click.Option], ctx: click.Context, formatter: click.HelpFormatter) -> None:
    records = [record for param in params if (record := param.get_help_record(ctx)) is not None]
    if records:
        with formatter.section(title):
            formatter.write_dl(records)


class Group(click.Group):
    """A group whose help shows its commands in groups."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command in its group, and the others last."""
        left = self.list_commands(ctx)
        groups = {title: [name for name in names if name in left] for title, names in _COMMANDS.items()}
        grouped = {name for names in groups.values() for name in names}
        groups["Other commands"] = [name for name in left if name not in grouped]
        limit = formatter.width - 6 - max(map(len, left))
        for title, names in groups.items():
            if names:
                with formatter.section(title):
                    commands = ((name, self.get_command(ctx, name)) for name in names)
                    formatter.write_dl([(name, found.get_short_help_str(limit)) for name, found in commands if found])
