# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the pictures that other sites show beside a link to a page, and the site's icons.

Letters and stars are those of the site: the vendored Titillium Web, the drawings of
``kb/static/img``.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageColor, ImageDraw, ImageFont

from kb.builds import PICTURE_SIZE
from kb.paths import PACKAGE

STATIC = PACKAGE / "static"
STARS = STATIC / "img" / "stars.svg"
ICON = STATIC / "img" / "icon.svg"
REGULAR, SEMIBOLD = (
    next((STATIC / "vendor").rglob(f"titillium-web-*-{weight}.woff2"))
    for weight in ("regular", "600")
)

#: Colours of the site's styles, by their names there.
NIGHT = "#0b2a4a"
WHITE = "#ffffff"
ICON_LINES = "#8fc1f0"
#: How much white is mixed into the colour of the ground for lines, stars and lesser words.
LINES, DOTS, SOFT = 0.3, 0.6, 0.88
#: Shapes are drawn this many times larger, then reduced: Pillow's have hard edges.
SMOOTH = 4
PALETTE = 64

WIDTH, HEIGHT = PICTURE_SIZE
MARGIN = 76
COLUMN = WIDTH - 2 * MARGIN
FOOT = 104
#: Between the kicker and the foot: what title and text may take.
TOP, BOTTOM = 132, HEIGHT - FOOT - 58
#: The constellation keeps this far from the words, so that no line runs through them.
CLEAR = 18
#: Space between title and text.
GAP = 9
#: What the title may be, best first: its size, the size of the text, how many lines it may take.
SIZES = tuple(
    (size, round(36 + size / 10), lines)
    for lines, sizes in ((1, range(124, 88, -6)), (2, range(88, 70, -4)), (3, range(70, 50, -4)))
    for size in sizes
) + tuple((size, size, 9) for size in range(50, 14, -3))

#: A word that is not left alone at the end of a line: «e», «di», «of».
SHORT_WORD = re.compile(r"(?<!\S)(\w{1,2}) ")

Point = tuple[float, float]


@dataclass(frozen=True)
class Cover:
    """What a picture says, from the top; *label* stands at its foot beside the site's name."""

    site: str
    title: str
    kicker: str = ""
    text: str = ""
    label: str = ""
    colour: str = NIGHT


@dataclass(frozen=True)
class Line:
    """A line of words, and how far its baseline is from the one above."""

    words: str
    font: ImageFont.FreeTypeFont
    colour: str
    height: float


@dataclass(frozen=True)
class Constellation:
    """Lines from star to star, and stars with their radius."""

    lines: tuple[tuple[Point, ...], ...]
    stars: tuple[tuple[Point, float], ...]

    def paint(  # noqa: PLR0913, PLR0917 - where, how large, in which colours
        self,
        image: Image.Image,
        at: Point,
        scale: float,
        thick: float,
        lines: str,
        stars: str,
    ) -> None:
        """Paint it on *image*, *scale* times as large, its corner at *at*."""
        size = (image.width * SMOOTH, image.height * SMOOTH)
        lined, dotted = Image.new("L", size), Image.new("L", size)
        for line in self.lines:
            points = [_moved(point, at, scale) for point in line]
            ImageDraw.Draw(lined).line(points, fill=255, width=round(thick * scale * SMOOTH))
        for centre, radius in self.stars:
            moved = _moved(centre, at, scale)
            ImageDraw.Draw(dotted).circle(moved, radius * scale * SMOOTH, fill=255)
        image.paste(lines, mask=lined.reduce(SMOOTH))
        image.paste(stars, mask=dotted.reduce(SMOOTH))


@lru_cache
def constellation(path: Path) -> Constellation:
    """Return the constellation drawn in the SVG at *path*: paths of straight lines, circles."""
    elements = list(ElementTree.parse(path).iter())  # noqa: S314 - a file of this package
    paths = [element.attrib["d"] for element in elements if element.tag.endswith("path")]
    circles = [element.attrib for element in elements if element.tag.endswith("circle")]
    return Constellation(
        tuple(_points(part) for path in paths for part in path.split("M")[1:]),
        tuple(((float(c["cx"]), float(c["cy"])), float(c["r"])) for c in circles),
    )


def _points(path: str) -> tuple[Point, ...]:
    numbers = [float(number) for number in path.split()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _moved(point: Point, at: Point, scale: float) -> Point:
    return (point[0] * scale + at[0]) * SMOOTH, (point[1] * scale + at[1]) * SMOOTH


def draw(cover: Cover) -> bytes:
    """Return *cover* as a PNG of :data:`~kb.builds.PICTURE_SIZE`."""
    ground, palette = _ground(cover.colour, cover.site)
    image = ground.copy()
    _write(image, cover)
    file = BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def icon(size: int) -> Image.Image:
    """Return the site's icon as a square image of *size* pixels, without transparency."""
    image = Image.new("RGB", (size, size), NIGHT)
    constellation(ICON).paint(image, (0, 0), size / 64, 2.4, ICON_LINES, WHITE)
    return image


@lru_cache
def _ground(colour: str, site: str) -> tuple[Image.Image, Image.Image]:
    """Return what pictures of *colour* have in common, and an image with their palette."""
    image = Image.new("RGB", PICTURE_SIZE, colour)
    lines, dots = whiter(colour, LINES), whiter(colour, DOTS)
    constellation(STARS).paint(image, (WIDTH - 860, -16), 1.1, 1.5, lines, dots)
    foot = Image.new("RGB", (WIDTH, FOOT), NIGHT if colour != NIGHT else whiter(NIGHT, 0.08))
    # The drawing has a margin of its own: so its stars begin where the words do.
    constellation(ICON).paint(foot, (MARGIN - 10, (FOOT - 64) / 2), 1, 2.4, ICON_LINES, WHITE)
    ImageDraw.Draw(foot).text((MARGIN + 72, FOOT / 2), site, WHITE, font(SEMIBOLD, 34), "lm")
    image.paste(foot, (0, HEIGHT - FOOT))
    # The palette needs the colours of letters too, and they are the same on each picture.
    sample = image.copy()
    _write(sample, Cover(site, "Wam", "Wam", "Wam", "Wam", colour))
    return image, sample.quantize(PALETTE, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def _write(image: Image.Image, cover: Cover) -> None:
    words = ImageDraw.Draw(image)
    placed = list(_placed(cover))
    boxes = [words.textbbox(at, line.words, line.font, "ls") for at, line in placed]
    right = max(box[2] for box in boxes) + CLEAR
    words.rectangle((0, boxes[0][1] - CLEAR, right, boxes[-1][3] + CLEAR), cover.colour)
    for at, line in placed:
        words.text(at, line.words, line.colour, line.font, "ls")
    words.text((MARGIN, MARGIN + 14), cover.kicker, WHITE, font(SEMIBOLD, 38), "ls")
    words.text((WIDTH - MARGIN, HEIGHT - FOOT / 2), cover.label, WHITE, font(REGULAR, 30), "rm")


def _placed(cover: Cover) -> Iterator[tuple[Point, Line]]:
    """Yield the lines of title and text with the beginning of their baselines."""
    lines = lay_out(cover)
    baseline = BOTTOM - sum(line.height for line in lines)
    for line in lines:
        baseline += line.height
        yield (MARGIN, baseline), line


def lay_out(cover: Cover) -> list[Line]:
    """Return the lines of title and text in the largest sizes that fit."""
    soft = whiter(cover.colour, SOFT)
    for size, lesser, most in SIZES:
        title = _set(cover.title, font(SEMIBOLD, size), WHITE, size * 1.12)
        text = _set(cover.text, font(REGULAR, lesser), soft, lesser * 1.26)
        if len(title) <= most and _fits(title + text):
            break
    return title + text


def _set(words: str, font: ImageFont.FreeTypeFont, colour: str, height: float) -> list[Line]:
    return [
        Line(line, font, colour, height if number else height + GAP)
        for number, line in enumerate(wrap(words, font, COLUMN))
    ]


def _fits(lines: list[Line]) -> bool:
    widest = max(line.font.getlength(line.words) for line in lines)
    return widest <= COLUMN and sum(line.height for line in lines) <= BOTTOM - TOP


def wrap(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return *words* in as few lines as fit *width*, about equally long, broken at spaces only."""
    parts = SHORT_WORD.sub("\\1\N{NO-BREAK SPACE}", words).split(" ") if words else []
    fewest = len(filled(parts, font, width))
    narrowest = bisect_left(range(width), -fewest, key=lambda w: -len(filled(parts, font, w)))
    return filled(parts, font, narrowest)


def filled(parts: list[str], font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Return *parts* in lines, each as full as *width* allows."""
    lines: list[str] = []
    for word in parts:
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@lru_cache
def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    """Return the font at *path* at *size* pixels."""
    return ImageFont.truetype(path, size)


@lru_cache
def whiter(colour: str, share: float) -> str:
    """Return *colour* with a *share* of white in it."""
    parts = ImageColor.getrgb(colour)
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)
