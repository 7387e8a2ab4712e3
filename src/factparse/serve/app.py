"""The server's addresses. This is an ASGI application. ``factparse serve`` runs it with uvicorn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Final

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from factparse.core.errors import UsageError
from factparse.output.json import encoded
from factparse.output.schema import json_schema
from factparse.serve.answers import ExtractRequest, ParseRequest, extracted, parsed, reported, request_of
from factparse.serve.front import front_page
from factparse.serve.guard import LOOPBACK, Guard, RefusalError, body_of, media_type, refused, usage_refusal
from factparse.serve.openapi import description
from factparse.sources.decode import decode_detected
from factparse.sources.html import decode_page

MAX_BYTES: Final = 8 * 1024 * 1024
"""The largest request that is read by default, in bytes."""

_JSON: Final = "application/json"
_AT_ONCE: Final = 2  # requests that are worked on at a time; others wait
_MOST_NAME: Final = 200  # characters of the name of a file

Work = Callable[[Request, str, bytes], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def application(*, hosts: Collection[str] = LOOPBACK, max_bytes: int = MAX_BYTES) -> Guard:
    """The server as an ASGI application.

    It answers requests that name one of ``hosts``. It refuses requests of more than ``max_bytes``. It stores nothing.
    """
    limiter = CapacityLimiter(_AT_ONCE)

    def post(path: str, work: Work, *kinds: str) -> Route:
        return Route(path, _reading(work, kinds, max_bytes, limiter), methods=["POST"])

    routes = [
        Route("/", _front),
        Route("/schema.json", _schema),
        Route("/openapi.json", _openapi),
        post("/parse", _parse, _JSON, "text/plain", "text/html"),
        post("/extract", _extract, _JSON),
        # A form of another site can send this type only after the browser has asked, and the server refuses that.
        post("/report", _report, "application/octet-stream"),
    ]
    return Guard(Starlette(routes=routes, exception_handlers={HTTPException: _no_such, Exception: _fault}), hosts)


def _reading(work: Work, kinds: Collection[str], most: int, limiter: CapacityLimiter) -> Endpoint:
    """A function that answers a request with ``work``. It does so in a thread, when the whole body has come."""

    async def endpoint(request: Request) -> Response:
        try:
            kind = media_type(request, kinds)
            body = await body_of(request, most)
            return await to_thread.run_sync(work, request, kind, body, limiter=limiter)
        except RefusalError as error:
            return refused(error)
        except UsageError as error:
            return refused(usage_refusal(error))
        except ClientDisconnect:
            return Response(status_code=400)  # the other side is gone

    return endpoint


def _parse(request: Request, kind: str, body: bytes) -> Response:
    if kind == _JSON:
        asked = request_of(ParseRequest, body)
    else:
        decode = decode_page if kind == "text/html" else decode_detected
        text, _ = decode(body, _charset(request))
        told = {name: _flag(request, name) for name in ("editions", "prose")}
        asked = ParseRequest(text, html=kind == "text/html", **told)
    return Response(parsed(asked), media_type=_JSON)


def _extract(_request: Request, _kind: str, body: bytes) -> Response:
    return Response(extracted(request_of(ExtractRequest, body)), media_type=_JSON)


def _report(request: Request, _kind: str, body: bytes) -> Response:
    name = request.query_params.get("name", "text.txt")[:_MOST_NAME]
    number = request.query_params.get("page", "0")
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise UsageError("bad-request", "page is the number of a page, from 0")
    html, pages = reported(body, name, int(number))
    return Response(html, headers={"X-Pages": str(pages)}, media_type="text/html")


def _charset(request: Request) -> str | None:
    for part in request.headers.get("content-type", "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"') or None
    return None


def _flag(request: Request, name: str) -> bool:
    value = request.query_params.get(name, "false")
    if value not in ("true", "false"):
        raise UsageError("bad-request", f"{name} is true or false")
    return value == "true"


async def _front(_request: Request) -> Response:
    return Response(front_page(), media_type="text/html")


async def _schema(_request: Request) -> Response:
    return Response(encoded(json_schema()), media_type="application/schema+json")


async def _openapi(_request: Request) -> Response:
    return Response(encoded(description()), media_type=_JSON)


async def _no_such(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 405:
        return refused(RefusalError(405, "wrong-method", "this address takes another method; see /openapi.json"))
    return refused(RefusalError(status, "no-such-address", "there is nothing at this address; see /openapi.json"))


async def _fault(_request: Request, error: Exception) -> Response:
    message = f"{type(error).__name__}; please report it with this text"
    return refused(RefusalError(500, "internal-error", message))
