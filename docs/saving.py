# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures how soon a saved practice is on the site and in an open browser: ``make saving``.

A copy of the real practices is served by ``kb serve``; a practice is saved again and again with
another title. Two waits are measured from each save: until the server answers with the new title,
and until a Chromium that shows the page has loaded it by itself.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from kb.paths import practices_dir

PRACTICE = "milano/qubi"
SAVES = 12
#: Seconds between two questions to the server: more of them would slow down what they measure.
PAUSE = 0.1
#: Seconds: until the whole build that follows a quick one has ended, or at most.
PATIENCE = 120.0


def measured(page: Page, address: str, path: Path) -> tuple[list[float], list[float]]:
    """Return the seconds from each save of *path* to the server's answer and to the browser's."""
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[1]
    served, seen = [], []
    page.goto(address)
    for number in range(1, SAVES + 1):
        title = f"Titolo salvato {number}"
        path.write_text(text.replace(first, f"title: {title}"), encoding="utf-8")
        began = time.monotonic()
        while f"<h1>{title}</h1>" not in answer(address):
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError(title)
            time.sleep(PAUSE)
        served.append(time.monotonic() - began)
        page.wait_for_function(
            "title => document.querySelector('h1')?.innerText === title", arg=title
        )
        seen.append(time.monotonic() - began)
        # Some saves come while the whole build is at work, some after a pause.
        time.sleep(number % 4)
    return served, seen


def answer(address: str) -> str:
    """Return the page at *address*."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as response:  # noqa: S310 - our own
        return str(response.read().decode())


def main() -> None:
    """Serve, save, print."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as folder:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        content = Path(shutil.copytree(practices_dir(), Path(folder) / "practices"))
        settings = {"KB_PRACTICES_DIR": str(content), "KB_INSTANCE_DIR": f"{folder}/instance"}
        server = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "kb", "serve", "--port", str(port)],
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            for line in server.stdout or ():
                if line.startswith("Following"):
                    break
            with sync_playwright() as playwright:
                chromium = shutil.which("chromium") or shutil.which("chromium-browser")
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox"]
                )
                address = f"http://127.0.0.1:{port}/pratiche/{Path(PRACTICE).name}"
                waits = measured(browser.new_page(), address, content / f"{PRACTICE}.md")
                browser.close()
        finally:
            server.terminate()
            server.communicate(timeout=30)
    print(f"{SAVES} saves, seconds: median, longest")
    for what, found in zip(("served", "shown in the browser"), waits, strict=True):
        print(f"{what}: {median(found):.2f}, {max(found):.2f}")


if __name__ == "__main__":
    main()
