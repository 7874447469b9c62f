# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Second half of ``make vendor``: finishes the reduced copies of the design system's files.

``vendor.py FULL.css REDUCED.css FULL.svg VERSION`` writes the reduced stylesheet and sprite, both
saying that they are reduced, and the list of all class names that the tests compare with.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "kb" / "static" / "vendor" / "bootstrap-italia"
CLASSES = ROOT / "tests" / "data" / "bootstrap-italia-classes.txt"
NOTICE = (
    "Reduced copy of {name} of Bootstrap Italia {version} (BSD-3-Clause): only what this site uses."
)
#: What is no selector: comments, strings, addresses, declarations.
NO_SELECTOR = re.compile(r'/\*.*?\*/|"[^"]*"|url\([^)]*\)|(?<=\{)[^{}]*(?=\})', re.DOTALL)
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
SYMBOL = re.compile(r'<symbol id="it-([\w-]+)".*?</symbol>', re.DOTALL)
WORD = re.compile(r"""["'#](?:it-)?([a-z][\w-]*)["']""")


def classes(css: str) -> set[str]:
    """Return the class names in the selectors of *css*."""
    return set(CLASS.findall(NO_SELECTOR.sub("", css)))


def reduce_sprite(sprite: str, notice: str) -> str:
    """Return *sprite* with the symbols whose name stands between quotes in a template."""
    texts = [path.read_text("utf-8") for path in (ROOT / "templates").glob("*.html")]
    words = {word for text in texts for word in WORD.findall(text)}
    kept = [found[0] for found in SYMBOL.finditer(sprite) if found[1] in words]
    start = '<svg xmlns="http://www.w3.org/2000/svg">'
    return "\n".join((start, f"<!-- {notice} -->", *kept, "</svg>\n"))


def main(full: Path, reduced: Path, sprite: Path, version: str) -> None:
    """Write the reduced files of *version* and the list of classes."""
    folder = VENDOR / version
    css = reduced.read_text("utf-8-sig").strip()
    notice = NOTICE.format(name=full.name, version=version)
    (folder / "css" / "bootstrap-italia.used.min.css").write_text(f"/*! {notice} */\n{css}\n")
    notice = NOTICE.format(name=sprite.name, version=version)
    symbols = reduce_sprite(sprite.read_text("utf-8"), notice)
    (folder / "svg" / "sprites.used.svg").write_text(symbols)
    names = sorted(classes(full.read_text("utf-8-sig")))
    CLASSES.write_text("".join(f"{name}\n" for name in names))


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]), sys.argv[4])
