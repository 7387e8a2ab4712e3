"""The frame of a report: one HTML file with its own style and script, which loads nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from factparse.output.markup import Html, element, join, start
from factparse.sources.decode import without_surrogates

GENERATOR = "factparse report"


def document(title: str, *body: object, script: str, framed: Sequence[str] = (), rules: str = "") -> str:
    """A whole page with the style of all reports and the ``script`` of that name (``page``, ``index``, ``serve``).

    The content security policy of the page lets no other script run, and loads nothing. ``framed`` names the scripts
    of documents that it shows in frames. ``rules`` are other permissions that it needs.
    """
    style, code = asset("report.css"), code_of(script)
    scripts = " ".join(f"'{_hash(code_of(name))}'" for name in (script, *framed))
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src {scripts}; {rules}".rstrip("; ")
    head = join(
        start("meta", charset="utf-8"),
        start("meta", http_equiv="Content-Security-Policy", content=Html(policy)),
        start("meta", name="viewport", content="width=device-width, initial-scale=1"),
        start("meta", name="color-scheme", content="light dark"),
        start("meta", name="generator", content=GENERATOR),
        element("title", title),
        element("style", Html(style)),
    )
    rest = element("body", *body, element("script", Html(code)), class_=script)
    return f'<!doctype html>\n<html lang="en">{element("head", head)}{rest}</html>\n'


def written(page: str) -> bytes:
    """The bytes of an HTML file: UTF-8, with U+FFFD for characters that UTF-8 cannot hold."""
    return without_surrogates(page)[0].encode()


def code_of(script: str) -> str:
    """The script of that name, after the code that all scripts need."""
    return asset("plain.js") + asset(f"{script}.js")


@cache
def asset(name: str) -> str:
    """The text of a style or script file of this package."""
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
