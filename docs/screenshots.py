# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes the screenshots of the README from the current build: ``make screenshots``."""

import shutil
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from kb.web import create_app

IMAGES = Path(__file__).parent / "images"
SHOTS = {
    "home": ("/", 1280, 900),
    "search": ("/cerca?q=spazi+pubblici+inutilizzati", 1280, 900),
    "practice": ("/pratiche/portinerie-di-comunita", 1280, 900),
    "phone": ("/cerca?q=povert%C3%A0+dei+bambini", 390, 844),
}


def main() -> None:
    """Write one compressed picture per page."""
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            for name, (path, width, height) in SHOTS.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(f"http://127.0.0.1:{server.server_port}{path}")
                # Fonts are optional at the first visit, so that no text jumps.
                page.reload()
                page.evaluate("document.fonts.ready")
                page.screenshot(path=IMAGES / f"{name}.jpg", type="jpeg", quality=72)
            browser.close()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


if __name__ == "__main__":
    main()
