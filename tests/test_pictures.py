# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures for other sites: what they say, that the words fit, how they are written."""

import hashlib
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from kb import drawing, pictures
from kb.build import build
from kb.builds import PICTURE_SIZE, PICTURES, Builds
from kb.content import Content, load
from kb.drawing import COLUMN, SEMIBOLD, Cover, lay_out, whiter, wrap
from kb.generation import Generations
from tests.conftest import DATA, ROOT
from tests.test_static import contrast, tokens

SITE = "Costellazioni civiche"


@pytest.fixture(scope="module")
def content() -> Content:
    return load(ROOT / "practices")


def test_small_base_has_a_picture_of_each_page() -> None:
    told = dict(pictures.covers(load(DATA / "base"), SITE, "it"))
    assert told == {
        "sito": Cover(
            SITE,
            "Buone pratiche fra città",
            text="3 esperienze di innovazione sociale e welfare di quartiere in 2 città",
        ),
        "temi/reti-di-prossimita": Cover(
            SITE,
            "Reti di prossimità e cittadinanza attiva",
            "Tema 1",
            "Luoghi e alleanze di quartiere.",
            colour="#00697a",
        ),
        "temi/economia-di-prossimita": Cover(
            SITE,
            "Economia di prossimità",
            "Tema 2",
            "Negozi e mercati di quartiere.",
            colour="#3a721b",
        ),
        "citta/milano": Cover(SITE, "Milano", "Città", "2 pratiche", colour="#0059b3"),
        "citta/torino": Cover(SITE, "Torino", "Città", "1 pratica", colour="#0059b3"),
        "eventi/incontro-di-prova": Cover(SITE, "Incontro di prova", "L'evento", label="2024"),
        "pratiche/custodi-di-prova": Cover(
            SITE,
            "Custodi delle case popolari",
            "Milano",
            label="Reti di prossimità",
            colour="#00697a",
        ),
        "pratiche/mercato-di-prova": Cover(
            SITE,
            "Mercato di quartiere",
            "Torino",
            "Spazio13",
            "Economia di prossimità",
            "#3a721b",
        ),
        "pratiche/ricetta-di-prova": Cover(
            SITE,
            "Ricetta contro la povertà",
            "Milano",
            label="Reti di prossimità",
            colour="#00697a",
        ),
    }


def test_pictures_speak_both_languages() -> None:
    told = dict(pictures.covers(load(DATA / "base"), SITE, "en"))
    assert told["citta/torino"] == Cover(SITE, "Torino", "City", "1 practice", colour="#0059b3")
    assert told["pratiche/ricetta-di-prova"].title == "Recipe against poverty"


def test_written_pictures_are_those_recorded(content_dir: Path, instance: Path) -> None:
    folder = Builds(instance).folder(build(content_dir, instance))
    found = {
        path.relative_to(folder / PICTURES).as_posix(): path.read_bytes()
        for path in (folder / PICTURES).rglob("*.png")
    }
    digests = {name: hashlib.sha256(data).hexdigest()[:10] for name, data in found.items()}
    assert digests == Generations(instance).current().pictures
    assert len(set(digests.values())) == len(digests) == 18
    for data in found.values():
        with Image.open(BytesIO(data)) as picture:
            assert (picture.format, picture.size) == ("PNG", PICTURE_SIZE)


@pytest.mark.parametrize("language", ["it", "en"])
def test_real_words_fit_and_weigh_little(content: Content, language: str) -> None:
    for name, cover in pictures.covers(content, SITE, language):
        lines = lay_out(cover)
        said = " ".join(line.words.replace("\N{NO-BREAK SPACE}", " ") for line in lines)
        assert said == f"{cover.title} {cover.text}".strip(), name
        assert max(line.font.getlength(line.words) for line in lines) <= COLUMN, name
        assert sum(line.height for line in lines) <= drawing.BOTTOM - drawing.TOP, name
        assert lines[0].font.size >= 48, name
        assert len(drawing.draw(cover)) < 40_000, name


def test_font_has_every_letter_of_the_real_titles(content: Content) -> None:
    font = ImageFont.truetype(SEMIBOLD, 40)
    missing = font.getmask("\U00013000")
    covers = [cover for lang in ("it", "en") for _, cover in pictures.covers(content, SITE, lang)]
    letters = {c for cover in covers for c in cover.title + cover.text + cover.label if c != " "}
    for letter in letters:
        mask = font.getmask(letter)
        assert (mask.size, bytes(mask)) != (missing.size, bytes(missing)), letter


@pytest.mark.parametrize(
    "title",
    ["Qu", "Precipitevolissimevolmente" * 3, "una parola " * 8, "a b c d " * 11 + "ef"],
)
def test_odd_titles_fit(title: str) -> None:
    lines = lay_out(Cover(SITE, title.strip(), text="e la sua spiegazione " * 4))
    assert max(line.font.getlength(line.words) for line in lines) <= COLUMN
    assert sum(line.height for line in lines) <= drawing.BOTTOM - drawing.TOP


def test_lines_are_about_equally_long_and_broken_between_words() -> None:
    font = ImageFont.truetype(SEMIBOLD, 80)
    words = "Rete delle Case del Quartiere di Torino"
    lines = wrap(words, font, COLUMN)
    assert [line.replace("\N{NO-BREAK SPACE}", "_") for line in lines] == [
        "Rete delle Case del",
        "Quartiere di_Torino",
    ]
    assert wrap("", font, COLUMN) == []


def test_short_titles_are_large_and_long_ones_smaller() -> None:
    sizes = [
        lay_out(Cover(SITE, title))[0].font.size
        for title in ("QuBì", "Agenzia per la coesione sociale", "Una scuola " * 8)
    ]
    assert all(one > other for one, other in pairwise(sizes))


def test_no_line_of_the_constellation_crosses_the_words() -> None:
    cover = Cover(SITE, "IIIIIIIIII " * 9, text="I", colour=pictures.ACCENT)
    (_, under_first), *_ = (at for at, _ in drawing._placed(cover))
    row = range(drawing.MARGIN, drawing.WIDTH - 2 * drawing.MARGIN)
    with Image.open(BytesIO(drawing.draw(cover))) as picture:
        drawn = picture.convert("RGB")
    empty, _ = drawing._ground(cover.colour, SITE)
    colours = [{image.getpixel((x, under_first + 6)) for x in row} for image in (empty, drawn)]
    assert len(colours[0]) > 1
    assert len(colours[1]) == 1


def test_colours_are_those_of_the_styles_and_let_words_stand_out() -> None:
    for number, colour in pictures.ACCENTS.items():
        assert colour == tokens("light", f"accent-{number}")["accent"]
    assert tokens("light")["accent"] == pictures.ACCENT
    assert tokens("light")["night"] == drawing.NIGHT
    for colour in (*pictures.ACCENTS.values(), pictures.ACCENT, drawing.NIGHT):
        assert contrast(whiter(colour, drawing.SOFT), colour) >= 4.5
