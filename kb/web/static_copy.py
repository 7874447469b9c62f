# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The site as files that open from a disk or any host, to look at a proposal before it is merged.

It asks the application itself for every page that a link without parameters leads to. What needs
the server (searches, forms, choices, feeds) leads to a page that says so. Scripts stay out: most
would ask the server, and browsers do not run them from a disk. Frozen-Flask makes only those
addresses relative that templates build; here Python builds most.
"""

import posixpath
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import unescape
from pathlib import Path
from re import Match
from urllib.parse import urlsplit

from flask import Flask, render_template

from kb.languages import LANGUAGES
from kb.web import create_app

ADDRESS = re.compile(r'(?<=\s)(href|src|action)="([^"]*)"')
#: A drawing in a file of its own, of which a page shows a part.
USED = re.compile(r'(<use\b[^>]*?\shref=")/static/([^"?#]+)[^"#]*(#[^"]*")')
SCRIPT = re.compile(r"\s*<script\b.*?</script>", re.DOTALL)
XML_HEAD = re.compile(r"<\?xml.*?\?>|<!--.*?-->", re.DOTALL)
ELSEWHERE = "/solo-sul-sito"
#: Kept out with the scripts.
SCRIPTS = "js"


def write(folder: Path, on_page: Callable[[str], None] = lambda _: None) -> int:
    """Write a copy of the site on the current build into *folder* and return how many pages it has.

    *on_page* is told the address of each. Raises :class:`~kb.errors.NotBuilt`.
    """
    # A page that fails must not be left out silently.
    app = create_app({"STATIC_COPY": True, "PROPAGATE_EXCEPTIONS": True})
    app.extensions["kb"].current()
    for _, prefix in LANGUAGES.values():
        app.add_url_rule(prefix + ELSEWHERE, f"elsewhere{prefix}", _elsewhere)
    pages = _pages(app, on_page)
    shutil.copytree(
        str(app.static_folder), folder / "static", ignore=shutil.ignore_patterns(SCRIPTS)
    )
    for path, html in pages.items():
        file = folder / _file(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        drawn = _with_drawings(Path(str(app.static_folder)), html)
        file.write_text(_rewritten(path, drawn, pages), encoding="utf-8")
    return len(pages)


def _elsewhere() -> str:
    return render_template("elsewhere.html")


def _pages(app: Flask, on_page: Callable[[str], None]) -> dict[str, str]:
    """Return the pages by address, from the home pages through their links."""
    client = app.test_client()
    waiting = [f"{prefix}{page}" for _, prefix in LANGUAGES.values() for page in ("/", ELSEWHERE)]
    known = set(waiting)
    pages: dict[str, str] = {}
    while waiting:
        path = waiting.pop(0)
        with client.get(path) as answer:
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            pages[path] = SCRIPT.sub("", answer.get_data(as_text=True))
        on_page(path)
        new = [link for link in dict.fromkeys(_links(pages[path])) if link not in known]
        waiting += new
        known.update(new)
    return pages


def _links(html: str) -> Iterator[str]:
    """Yield the local addresses without parameters in *html*."""
    for _, address in ADDRESS.findall(html):
        url = urlsplit(unescape(address))
        if url.path.startswith("/") and not (url.netloc or url.query):
            yield url.path


def _with_drawings(static: Path, html: str) -> str:
    """Return *html* with the drawings that it takes parts of: from a disk browsers load none."""
    names = sorted({name for _, name, _ in USED.findall(html)})
    drawings = "".join((static / name).read_text(encoding="utf-8") for name in names)
    inside = f'<body>\n<svg hidden aria-hidden="true">{XML_HEAD.sub("", drawings)}</svg>'
    return USED.sub(r"\1\3", html).replace("<body>", inside if names else "<body>", 1)


def _rewritten(path: str, html: str, pages: Mapping[str, str]) -> str:
    return ADDRESS.sub(partial(_relative, path, pages), html)


def _relative(path: str, pages: Mapping[str, str], found: Match[str]) -> str:
    """Return an attribute of the page at *path* with an address that needs no server."""
    name, address = found.groups()
    url = urlsplit(unescape(address))
    if url.scheme or url.netloc or not url.path.startswith("/"):
        return found.group(0)
    if url.path.startswith("/static/"):
        target = url.path.lstrip("/")
    elif url.path in pages and not url.query and name != "action":
        target = _file(url.path)
    else:
        target = _file(_prefix(path) + ELSEWHERE)
    anchor = f"#{url.fragment}" if url.fragment else ""
    return f'{name}="{posixpath.relpath(target, posixpath.dirname(_file(path)) or ".")}{anchor}"'


def _prefix(path: str) -> str:
    """Return the beginning of the addresses in the language of the page at *path*."""
    prefixes = [prefix for _, prefix in LANGUAGES.values() if prefix]
    return next((prefix for prefix in prefixes if f"{path}/".startswith(f"{prefix}/")), "")


def _file(path: str) -> str:
    """Return the file of the page at *path*, below the copy's folder."""
    return posixpath.join(path.strip("/"), "index.html")
