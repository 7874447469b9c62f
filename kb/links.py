# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks the addresses of the sources whether they still answer, politely.

One request at a time per host, with a pause between; HEAD, and GET only where HEAD fails; a host
that asks to wait is waited for, or left alone. Only the command line uses this: no page does.
"""

import json
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from queue import SimpleQueue
from threading import Event
from urllib.parse import urlencode, urlsplit

from pydantic import HttpUrl

from kb.link_cache import Link

#: Statuses: from which on the answer is a failure; gone; too many requests; busy.
FAILED, GONE, TOO_MANY, BUSY = 300, {404, 410}, 429, 503
#: Hosts asked at the same time.
HOSTS = 8
MOST_REDIRECTS = 5
WEB = ("http", "https")
NO_CONNECTION = "no connection"


Answers = SimpleQueue[Link | None]


@dataclass(frozen=True)
class Manners:
    """How to ask: who we say we are, and how long we wait, in seconds.

    *patience* is the longest wait that a host may ask for. *archive* is the address of the Wayback
    Machine, or of what answers like it.
    """

    agent: str
    archive: str
    pause: float = 2.0
    timeout: float = 20.0
    patience: float = 60.0


@dataclass(frozen=True)
class _Answer:
    """An HTTP status with the wait that it asks for, or what went wrong instead."""

    status: int = 0
    wait: float | None = None
    trouble: str = ""
    gone: bool = False

    @property
    def without_head(self) -> bool:
        """Return whether the host may answer a GET better."""
        return self.status >= FAILED or self.trouble == NO_CONNECTION

    @property
    def sent_away(self) -> bool:
        """Return whether the host asks to be left alone for a while."""
        return self.status == TOO_MANY or (self.status == BUSY and self.wait is not None)


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS


def check(urls: Iterable[str], manners: Manners) -> Iterator[Link]:
    """Yield how each of *urls* answers, as answers come; dead ones with their archived copy.

    Addresses of a host that sends us away are left out: they will be asked another time.
    """
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        hosts[urlsplit(url).netloc.lower()].append(url)
    answers: Answers = SimpleQueue()
    stopped = Event()
    with ThreadPoolExecutor(HOSTS) as pool:
        try:
            for listed in hosts.values():
                pool.submit(_ask_host, listed, manners, answers, stopped)
            for _ in hosts:
                while link := answers.get():
                    yield link if link.state != "dead" else _with_copy(link, manners)
        finally:
            stopped.set()


def _ask_host(urls: list[str], manners: Manners, answers: Answers, stopped: Event) -> None:
    """Put how each of *urls*, all of one host, answers into *answers*, then None."""
    try:
        for number, url in enumerate(urls):
            if stopped.wait(manners.pause if number else 0):
                return
            link = _link(url, manners)
            if link is None:
                return
            answers.put(link)
    finally:
        answers.put(None)


def _link(url: str, manners: Manners) -> Link | None:
    """Return how *url* answers, or None when its host wants to be left alone."""
    answer = _ask(url, "HEAD", manners)
    if answer.sent_away and answer.wait is not None and answer.wait <= manners.patience:
        time.sleep(answer.wait)
        answer = _ask(url, "HEAD", manners)
    if answer.without_head and not answer.sent_away:
        time.sleep(manners.pause)
        answer = _ask(url, "GET", manners)
    if answer.sent_away:
        return None
    today = date.today().isoformat()
    if 0 < answer.status < FAILED:
        return Link(url, "alive", str(answer.status), today)
    gone = answer.gone or answer.status in GONE
    return Link(url, "dead" if gone else "unsure", answer.trouble or str(answer.status), today)


def _ask(url: str, method: str, manners: Manners) -> _Answer:
    opener = urllib.request.build_opener(_Redirects)
    try:
        request = urllib.request.Request(  # noqa: S310 - records hold http addresses only
            # As browsers send it: punycode for the host, percent signs for the path.
            str(HttpUrl(url)),
            method=method,
            headers={"User-Agent": manners.agent},
        )
        with opener.open(request, timeout=manners.timeout) as response:
            return _Answer(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, _wait(error.headers.get("Retry-After")))
    except urllib.error.URLError as error:
        unknown = isinstance(error.reason, socket.gaierror)
        return _Answer(trouble=_trouble(error.reason), gone=unknown)
    except (OSError, HTTPException, ValueError) as error:
        return _Answer(trouble=_trouble(error))


def _trouble(reason: object) -> str:
    """Return what went wrong in a word or two."""
    known: tuple[tuple[type[BaseException], str], ...] = (
        (socket.gaierror, "host unknown"),
        (TimeoutError, "timeout"),
        (ssl.SSLError, "certificate"),
        (ConnectionError, NO_CONNECTION),
    )
    return next((said for kind, said in known if isinstance(reason, kind)), "no answer")


def _wait(header: str | None) -> float | None:
    """Return the seconds that a ``Retry-After`` asks to wait, or None when it asks nothing."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    with suppress(ValueError):
        until = parsedate_to_datetime(header)
        until = until.replace(tzinfo=until.tzinfo or UTC)
        return max((until - datetime.now(UTC)).total_seconds(), 0.0)
    return None


def _with_copy(link: Link, manners: Manners) -> Link:
    """Return *link* with the address of its newest archived copy, if the archive tells one."""
    url = f"{manners.archive}/wayback/available?{urlencode({'url': link.url})}"
    request = urllib.request.Request(  # noqa: S310 - the address is the owner's setting
        url, headers={"User-Agent": manners.agent}
    )
    try:
        time.sleep(manners.pause)
        with urllib.request.urlopen(request, timeout=manners.timeout) as response:  # noqa: S310
            copy = str(json.load(response)["archived_snapshots"]["closest"]["url"])
            return replace(link, copy=copy) if urlsplit(copy).scheme in WEB else link
    except (OSError, HTTPException, ValueError, LookupError, TypeError):
        return link


def reachable(links: Iterable[Link]) -> Iterator[Link]:
    """Yield *links*, but hold back unknown hosts until some address has answered.

    On a machine without network every host is unknown: then nothing comes.
    """
    held: list[Link] = []
    answered = False
    for link in links:
        held.append(link)
        answered = answered or link.detail.isdigit()
        if answered:
            yield from held
            held.clear()
