"""A server on this machine that speaks as S3 does, for tests of object stores."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import fsspec

LACKING = [name for name in ("moto", "s3fs", "flask") if importlib.util.find_spec(name) is None]
PATIENCE = 120


@contextmanager
def bucket() -> Iterator[str]:
    """The address of an empty bucket; fsspec, here and in processes that are started, finds the server by itself."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    address = {"FSSPEC_S3_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "moto.server", "-p", str(port)]
    with (
        patch.dict(os.environ, {**known, **address}),
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server,
    ):
        fsspec.config.set_conf_env(fsspec.config.conf)
        try:
            _wait_for(port)
            fsspec.filesystem("s3", skip_instance_cache=True).mkdir("bucket")
            yield "s3://bucket"
        finally:
            server.kill()
            fsspec.config.conf.clear()


def _wait_for(port: int) -> None:
    last = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > last:
            raise TimeoutError(f"no server on port {port} in {PATIENCE} seconds")
        time.sleep(0.1)
