# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Weighs a practice page as a browser loads it: ``make weight``.

Three visits with one browser: the first ever, the same page again, another practice. What counts
is what travels: compressed bodies and headers, nothing for what the browser has kept.
"""

import shutil
import sys
import threading
from collections import Counter
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from kb.web import create_app

#: The two practices with the most text: the others weigh less.
PATHS = (
    "/pratiche/economia-di-prossimita-milano",
    "/pratiche/economia-di-prossimita-milano",
    "/pratiche/portinerie-di-comunita",
)
#: In kB of 1000 bytes: of the first visit, and of each that follows.
FIRST, NEXT = 200, 30


def weigh(browser: Browser, address: str) -> list[Counter[str]]:
    """Return the bytes transferred for each kind of file, at each visit to *address*."""
    context = browser.new_context(base_url=address, locale="it-IT")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    kinds: dict[str, str] = {}
    visit: Counter[str] = Counter()

    def received(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: dict[str, Any]) -> None:
        visit[kinds.get(event["requestId"], "Other")] += event["encodedDataLength"]

    network.on("Network.responseReceived", received)
    network.on("Network.loadingFinished", finished)
    visits = []
    for path in PATHS:
        visit.clear()
        page.goto(path, wait_until="networkidle")
        visits.append(visit.copy())
    context.close()
    return visits


def too_heavy(visits: list[Counter[str]]) -> list[str]:
    """Return a line for each visit above its limit."""
    limits = (FIRST, *[NEXT] * (len(visits) - 1))
    return [
        f"visit {number}: {visit.total() / 1000:.1f} kB, over {limit} kB"
        for number, (visit, limit) in enumerate(zip(visits, limits, strict=True), 1)
        if visit.total() > limit * 1000
    ]


def main() -> None:
    """Print the kB of each kind and visit; end with an error when a visit is over its limit."""
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            visits = weigh(browser, f"http://127.0.0.1:{server.server_port}")
            browser.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    for path, visit in zip(PATHS, visits, strict=True):
        print(f"{path}: {visit.total() / 1000:.1f} kB")
        for kind, size in visit.most_common():
            print(f"  {kind:<12}{size / 1000:6.1f} kB")
    if wrong := too_heavy(visits):
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
