# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the site's icon, ``kb/static/img/icon.svg``, as the images that devices ask for.

``make icons``: run it when the drawing changes; a test says so.
"""

from pathlib import Path

from kb import drawing

FOLDER = drawing.ICON.parent
#: File → its size in pixels.
SIZES = {
    "favicon.ico": 32,
    "apple-touch-icon.png": 180,
    "icon-192.png": 192,
    "icon-512.png": 512,
}


def write(folder: Path) -> None:
    """Write the icons into *folder*."""
    for name, size in SIZES.items():
        icon = drawing.icon(size)
        if name.endswith(".png"):
            icon.quantize(drawing.PALETTE).save(folder / name, optimize=True)
        else:
            icon.save(folder / name, sizes=[(size, size)])


if __name__ == "__main__":
    write(FOLDER)
