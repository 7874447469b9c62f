# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes the screenshots of the guides from the current build: ``make screenshots``."""

import shutil
import threading
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from kb.web import create_app

IMAGES = Path(__file__).parent / "images"
SHOTS = {
    "home": ("/", 1280, 900),
    "search": ("/cerca?q=spazi+pubblici+inutilizzati", 1280, 900),
    "practice": ("/pratiche/portinerie-di-comunita", 1280, 900),
    "phone": ("/cerca?q=povert%C3%A0+dei+bambini", 390, 844),
}
#: Parts of pages: what stands in the middle, and the height of the picture.
PARTS = {
    "edit": ("/pratiche/qubi", ".page-note", 400),
    "propose": ("/proponi", ".step h2 >> nth=0", 760),
}
#: As an owner would set it, so that the buttons are there; the addresses lead nowhere.
SETTINGS = {
    "REPOSITORY_URL": "https://github.com/example/practices",
    "CONTACT_EMAIL": "practices@example.org",
    "SITE_URL": "https://practices.example.org",
}


def show(page: Page, address: str) -> None:
    """Open *address* in *page*, with the site's own fonts."""
    page.goto(address)
    # Fonts are optional at the first visit, so that no text jumps.
    page.reload()
    page.evaluate("document.fonts.ready")


def main() -> None:
    """Write one compressed picture per page."""
    server = make_server("127.0.0.1", 0, create_app(SETTINGS), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            for name, (path, width, height) in SHOTS.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                show(page, f"http://127.0.0.1:{server.server_port}{path}")
                page.screenshot(path=IMAGES / f"{name}.jpg", type="jpeg", quality=72)
            for name, (path, selector, height) in PARTS.items():
                page = browser.new_page(viewport={"width": 900, "height": height})
                show(page, f"http://127.0.0.1:{server.server_port}{path}")
                page.locator(selector).evaluate("part => part.scrollIntoView({block: 'center'})")
                page.screenshot(path=IMAGES / f"{name}.jpg", type="jpeg", quality=72)
            browser.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    main()
