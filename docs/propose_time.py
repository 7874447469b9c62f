# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Times the shortest practice from the empty form to a valid file, typed at a person's pace.

``python docs/propose_time.py`` serves the current build, types 40 words of five letters a minute
in a real Chromium, takes three seconds to find and read each next field, and prints the figures.
It takes as long as the person would. Thinking of what to write is not in it.
"""

import shutil
import sys
import time
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from kb.web import create_app
from tests.filling import fill
from tests.serving import serving

#: Milliseconds.
KEYSTROKE = 60_000 / (40 * 5)
LOOK = 3_000


def main() -> None:
    """Serve, type and print."""
    with serving(create_app()) as address, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(locale="it-IT", viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/proponi")
        start = time.monotonic()
        fields = fill(page, KEYSTROKE, LOOK)
        expect(page.locator(".endings-title")).to_have_text("La scheda è pronta")
        print(f"{fields} fields, {time.monotonic() - start:.0f} seconds to a valid file")
        browser.close()


if __name__ == "__main__":
    main()
