# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files that are served as they are: styles, icons, fonts."""

import hashlib
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from docs.vendor import CLASSES, VENDOR, classes
from tests.conftest import ROOT, PageClient
from tests.test_web import PAGES

SITE = ROOT / "kb" / "static" / "css" / "site.css"
ICON = re.compile(r'\bicon\("([\w-]+)"')
CLASS = re.compile(r'\bclass="([^"]*)"')
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
REMEDY = "run make vendor"


def lacking(used: set[str]) -> set[str]:
    """Return the classes of *used* that Bootstrap Italia styles, but not in the reduced copy."""
    (reduced,) = VENDOR.glob("*/css/*.css")
    full = set(CLASSES.read_text("utf-8").split())
    styled = classes(reduced.read_text("utf-8")) | classes(SITE.read_text("utf-8"))
    return used & full - styled


def symbols() -> set[str]:
    """Return the icons of the reduced sprite."""
    (sprite,) = VENDOR.glob("*/svg/*.svg")
    return set(re.findall(r'<symbol id="it-([\w-]+)"', sprite.read_text("utf-8")))


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*.html")), ids=lambda p: p.name)
def test_reduced_files_hold_what_a_template_names(path: Path) -> None:
    source = path.read_text("utf-8")
    used = {name for value in CLASS.findall(source) for name in JINJA.sub(" ", value).split()}
    assert lacking(used) == set(), REMEDY
    assert set(ICON.findall(source)) <= symbols(), REMEDY


@pytest.mark.parametrize("path", PAGES)
def test_reduced_files_hold_what_a_page_uses(client: PageClient, path: str) -> None:
    page = client.page(path)
    used = {name for e in page.query("[class]") for name in e.attrs["class"].split()}
    assert lacking(used) == set(), REMEDY
    addresses = [use.attrs["href"].partition("#it-") for use in page.query('use[href*="#it-"]')]
    assert {icon for _, _, icon in addresses} <= symbols(), REMEDY
    for address in {address for address, _, _ in addresses}:
        with client.get(address) as sprite:
            assert sprite.status_code == 200


def test_reduced_styles_know_the_full_ones() -> None:
    """The test above would say nothing if the list were empty or the copy whole."""
    assert lacking({"btn", "page-head", "no-such-class"}) == set()
    assert lacking({"accordion-button"}) == {"accordion-button"}


def addresses() -> list[str]:
    """Return the addresses in the site's styles."""
    return re.findall(r'url\("([^"]+)"\)', SITE.read_text("utf-8"))


def test_addresses_in_the_styles_change_with_their_file() -> None:
    for address in addresses():
        url = urlsplit(address)
        file = (SITE.parent / url.path).resolve()
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
        # Vendored files have their version in the path.
        assert "/vendor/" in url.path or url.query == f"v={digest}", address


def test_fonts_fetched_early_are_those_of_the_styles(client: PageClient) -> None:
    named = {urljoin("/static/css/site.css", address) for address in addresses()}
    early = {link.attrs["href"] for link in client.page("/").query('link[rel="preload"]')}
    assert early
    assert early <= named


def test_scripts_are_small_and_import_nothing() -> None:
    """An import names a file without its hash: browsers would keep an old one for a year."""
    scripts = sorted((SITE.parent.parent / "js").rglob("*.js"))
    for script in scripts:
        assert script.stat().st_size < 15_000
        assert not re.search(r"^\s*(import|export)\b|\bimport\(", script.read_text("utf-8"), re.M)


def test_every_script_is_loaded_with_its_hash(client: PageClient) -> None:
    pages = [client.page(path) for path in ("/", "/raccolta", "/costellazione", "/proponi")]
    loaded = {script.attrs["src"] for page in pages for script in page.query("script[src]")}
    # What is only for who writes is tested in test_watching.
    files = [f for f in (SITE.parent.parent / "js").rglob("*.js") if f.name != "watching.js"]
    hashes = {f.name: hashlib.sha256(f.read_bytes()).hexdigest()[:10] for f in files}
    assert loaded == {f"/static/js/{name}?v={digest}" for name, digest in hashes.items()}


@pytest.mark.parametrize("path", sorted(SITE.parent.glob("*.css")), ids=lambda p: p.name)
def test_every_colour_has_a_name(path: Path) -> None:
    """So that dark, contrast and print change it in one place."""
    styles = path.read_text("utf-8")
    named = re.sub(r"--[\w-]+:[^;}]*|/\*.*?\*/", "", styles, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?)\(", named) == []


def tokens(scheme: str, accent: str = "") -> dict[str, str]:
    """Return the colours of *scheme*, "light" or "dark", with those of *accent*."""
    light, _, rest = SITE.read_text("utf-8").partition("@media screen and (prefers-color-scheme")
    parts = [light, rest.partition("@media")[0]][: 1 if scheme == "light" else 2]
    found: dict[str, str] = {}
    for selector in (":root", f".{accent}") if accent else (":root",):
        for part in parts:
            for block in re.findall(re.escape(selector) + r" \{(.*?)\}", part, re.DOTALL):
                found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", block))
    return found


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, by WCAG's formula."""

    def luminance(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        red, green, blue = (
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


GROUNDS = ("page", "surface", "tint", "accent-tint")
READ = [
    *((ink, ground) for ink in ("text", "ink", "muted", "link", "accent") for ground in GROUNDS),
    *(("text", ground) for ground in ("mark", "target")),
    *((ink, "night") for ink in ("on-night", "on-night-soft")),
    *(("on-button", ground) for ground in ("button", "button-hover")),
    ("on-accent", "accent"),
    ("good", "page"),
    ("error", "page"),
]
SEEN = [
    *((part, ground) for part in ("edge", "button") for ground in ("page", "surface")),
    ("accent", "line"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ["", *(f"accent-{number}" for number in range(1, 9))])
def test_colours_stand_out(scheme: str, accent: str) -> None:
    colour = tokens(scheme, accent)
    for pairs, least in ((READ, 4.5), (SEEN, 3.0)):
        for one, other in pairs:
            found = contrast(colour[one], colour[other])
            assert found >= least, f"{one} on {other}: {found:.2f}"
