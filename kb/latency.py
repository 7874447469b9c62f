# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures how long readers wait: real requests to a real server on the loopback interface."""

import math
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

HOST = "127.0.0.1"
#: What is typed when completions are asked for: the beginning of a query.
TYPED = 4


def measure(app: Flask, queries: Sequence[str]) -> dict[str, list[float]]:
    """Return the seconds that *app*, served, took for each search page and each completion.

    Every page is asked for once before: a server at work is timed, not one that starts.
    """
    with _served(app) as connection:
        for query in queries:
            _seconds(connection, "/cerca", query)
        return {
            "search page": [_seconds(connection, "/cerca", query) for query in queries],
            "completions": [
                _seconds(connection, "/suggerimenti", query[:TYPED]) for query in queries
            ],
        }


def percentile(seconds: list[float], share: float) -> float:
    """Return the value that *share* of *seconds* do not exceed (nearest rank), in milliseconds."""
    return sorted(seconds)[math.ceil(share * len(seconds)) - 1] * 1000


def _seconds(connection: HTTPConnection, path: str, query: str) -> float:
    start = time.perf_counter()
    address = f"{path}?{urlencode({'q': query})}"
    connection.request("GET", address, headers={"Accept-Encoding": "br, gzip"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status} to {query!r}")
    return time.perf_counter() - start


@contextmanager
def _served(app: Flask) -> Iterator[HTTPConnection]:
    """Serve *app* as ``kb serve`` does, at a free port, and give a connection to it."""
    listener = socket.create_server((HOST, 0))
    dispatchers: dict[int, Any] = {}
    server: Any = create_server(app, map=dispatchers, sockets=[listener])
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        with closing(HTTPConnection(HOST, listener.getsockname()[1], timeout=60)) as connection:
            yield connection
    finally:
        # The workers first: one that still answers would wake a server that is gone. Then the
        # server closes its sockets itself: its loop may be waiting for them.
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: wasyncore.close_all(dispatchers))
        thread.join(timeout=5)
