"""Runs the server with uvicorn, at one address of this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Final

import uvicorn

from factparse.core.errors import OutputError, UsageError
from factparse.serve.app import MAX_BYTES, application
from factparse.serve.guard import LOOPBACK

_MOST_WAITING: Final = 64  # connections; further ones get the answer 503


def run(
    host: str,
    port: int,
    names: Sequence[str] = (),
    max_bytes: int | None = None,
    started: Callable[[str], object] = lambda _: None,
) -> None:
    """Serve until the process is told to end. ``started`` gets the address when the server listens.

    ``names`` are host names to answer to, beside ``host`` and those of this machine. Raises
    :class:`~factparse.UsageError` (``no-host-name``) if ``host`` stands for all addresses and no name is given, and
    :class:`~factparse.OutputError` (``cannot-listen``) if the server cannot listen there.
    """
    hosts = hosts_of(host, names)
    with _listening(host, port) as listener:
        at = listener.getsockname()[1]
        started(f"http://{f'[{host}]' if ':' in host else host}:{at}/")
        config = uvicorn.Config(
            application(hosts=hosts, max_bytes=MAX_BYTES if max_bytes is None else max_bytes),
            log_level="warning", access_log=False, server_header=False, lifespan="off",
            limit_concurrency=_MOST_WAITING, timeout_graceful_shutdown=30,
        )  # fmt: skip
        uvicorn.Server(config).run(sockets=[listener])


def hosts_of(host: str, names: Sequence[str]) -> tuple[str, ...]:
    """The host names to answer to.

    >>> hosts_of("127.0.0.1", ())
    ('127.0.0.1', 'localhost', '::1')
    >>> hosts_of("0.0.0.0", ["atlas.lan"])
    ('127.0.0.1', 'localhost', '::1', 'atlas.lan')
    """
    if not _everywhere(host):
        names = [host, *names]
    elif not names:
        message = f"{host} stands for all addresses of this machine; give the host names to answer to with --allow-host"
        raise UsageError("no-host-name", message)
    return tuple(dict.fromkeys([*LOOPBACK, *names]))


def _everywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return not host


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError("cannot-listen", f"the server cannot listen on {host}:{port}: {reason}") from error
