"""Checks who may ask, and how much. Every request passes these checks before it is read.

Any site that is open in the user's browser can send requests to this machine. So a request must name this server as its
host; the name of an attacker's server is refused. And a request from a browser must come from the page of this server.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from factparse.core.errors import FactparseError, UsageError
from factparse.serve.answers import error_json

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
_SECONDS: Final = 60.0  # the time in which a request must be complete
# Bytes beyond the limit that are read and thrown away. Most clients send a whole request before they read the answer:
# they would see a broken connection, and no answer, if the rest of the request were not taken.
_DISCARDED: Final = 64 * 1024 * 1024
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class RefusalError(FactparseError):
    """A request is refused. ``status`` is the status of HTTP."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code, message)
        self.status = status


def refused(error: RefusalError) -> Response:
    """The answer to a refused request."""
    return Response(error_json(error), error.status, media_type="application/json")


class Guard:
    """Stands before another ASGI application. It lets requests from here through, and marks answers as private."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it. Messages other than HTTP requests pass through."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = self._refusal(Headers(scope=scope))
            answer: ASGIApp = self._app if refusal is None else refused(refusal)
            await answer(scope, receive, _private(send))

    def _refusal(self, headers: Headers) -> RefusalError | None:
        host = headers.get("host", "")
        if host_name(host) not in self._hosts:
            known = ", ".join(sorted(self._hosts))
            return RefusalError(403, "wrong-host", f"this server answers to the host names {known}; see --allow-host")
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
        if foreign or headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return RefusalError(403, "cross-site", "a page of another site may not use this server; open its own page")
        return None


def host_name(host: str) -> str:
    """The name in a ``Host`` header, without its port; empty if it is no host.

    >>> host_name("localhost:8765"), host_name("[::1]:80"), host_name("user@127.0.0.1"), host_name("a/b")
    ('localhost', '::1', '', '')
    """
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises ValueError for a port that is not a number
    except ValueError:
        return ""
    plain = parts.netloc == host and "@" not in host
    return (parts.hostname or "") if plain else ""


def _private(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return sent


async def body_of(request: Request, most: int) -> bytes:
    """The body of ``request``. Raises :class:`RefusalError` if it has more than ``most`` bytes, or comes too late."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most + _DISCARDED:
        raise _too_large(most)
    parts, size = [], 0
    try:
        async with asyncio.timeout(_SECONDS):
            async for part in request.stream():
                size += len(part)
                if size <= most:
                    parts.append(part)
                elif size > most + _DISCARDED:
                    break
    except TimeoutError as error:
        raise RefusalError(408, "too-slow", f"the request did not come within {_SECONDS:.0f} seconds") from error
    if size > most:
        raise _too_large(most)
    return b"".join(parts)


def _too_large(most: int) -> RefusalError:
    return RefusalError(
        413, "too-large", f"the request has more than {most:,} bytes; see --max-bytes, or use the command"
    )


def media_type(request: Request, known: Collection[str]) -> str:
    """The media type of a request's body, if it is one of ``known``. Raises :class:`RefusalError` for any other."""
    told = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if told not in known:
        message = f"the Content-Type is {told or 'missing'}; send {' or '.join(known)}"
        raise RefusalError(415, "unsupported-media-type", message)
    return told


def usage_refusal(error: UsageError) -> RefusalError:
    """The refusal of a request that makes no sense."""
    return RefusalError(400, error.code, error.message)
