# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Says what stands on the picture of each page, and writes the pictures of a build."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import PIL

from kb import drawing
from kb.builds import PICTURE_SIZE, picture_name
from kb.content import Content, Entry
from kb.drawing import Cover
from kb.labels import N_
from kb.languages import LANGUAGES, catalogue, said_in
from kb.records import Practice
from kb.rows import Row

#: Grounds by the number of a theme's accent, and that of pages of no theme: as in css/site.css.
ACCENTS = {
    1: "#00697a",
    2: "#3a721b",
    3: "#a84400",
    4: "#75308c",
    5: "#9b1c4a",
    6: "#3d4db3",
    7: "#7a5c00",
    8: "#44546a",
}
ACCENT = "#0059b3"
#: What divides the name of a practice from the words that explain it.
DASH = " – "
TAGLINE = N_("Buone pratiche fra città")


def write(
    folder: Path,
    content: Content,
    site: str,
    on_practice: Callable[[str], None],
    drawn: Mapping[str, bytes] | None = None,
) -> list[Row]:
    """Write the pictures of *content* in all languages into *folder*, under the name *site*.

    Those that *drawn* has, by what they were drawn from, are not drawn again. Return the row of
    each picture: its name, the beginning of its SHA-256, and what it was drawn from: the SHA-256
    of everything on which a picture depends (see :func:`inputs`). *on_practice* is told of each
    practice whose pictures are written.
    """
    rows: list[Row] = []
    for language in LANGUAGES:
        for page, cover in covers(content, site, language):
            name = picture_name(page, language)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            made_of = inputs(cover)
            picture = (drawn or {}).get(made_of) or drawing.draw(cover)
            path.write_bytes(picture)
            rows.append({"name": name, "digest": digest(picture), "inputs": made_of})
    for slug in content.practices:
        on_practice(slug)
    return rows


def digest(picture: bytes) -> str:
    """Return the beginning of the SHA-256 of *picture*, for its address."""
    return hashlib.sha256(picture).hexdigest()[:10]


def inputs(cover: Cover) -> str:
    """Return the SHA-256 of all that the picture of *cover* is drawn from.

    That is every word and colour on it, the program that draws, its fonts, its drawings and the
    version of the library that it draws with.
    """
    return hashlib.sha256(f"{_drawn_with()}\0{cover!r}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _drawn_with() -> str:
    tools = (Path(drawing.__file__), drawing.STARS, drawing.ICON, drawing.REGULAR, drawing.SEMIBOLD)
    parts = [hashlib.sha256(path.read_bytes()).hexdigest() for path in tools]
    return " ".join([PIL.__version__, str(PICTURE_SIZE), *parts])


def covers(content: Content, site: str, language: str) -> Iterator[tuple[str, Cover]]:
    """Yield, for each page that has a picture of its own, its name and what the picture says."""
    words = catalogue(language)
    yield "sito", Cover(site, words.gettext(TAGLINE), text=_extent(content, language))
    for id_, theme in content.themes.items():
        yield (
            f"temi/{id_}",
            Cover(
                site,
                said_in(language, theme.record, "label"),
                words.gettext("Tema %(number)s") % {"number": theme.record.order},
                said_in(language, theme.record, "summary"),
                colour=ACCENTS[theme.record.accent],
            ),
        )
    for id_, authority in content.authorities.items():
        told = sum(content.authority_of(slug) == id_ for slug in content.practices)
        count = words.ngettext("%(num)s pratica", "%(num)s pratiche", told) % {"num": told}
        city = words.gettext("Città")
        yield f"citta/{id_}", Cover(site, authority.record.name, city, count, colour=ACCENT)
    for id_, event in content.events.items():
        title = said_in(language, event.record, "title")
        kicker = words.gettext("L'evento")
        yield f"eventi/{id_}", Cover(site, title, kicker, label=event.record.start[:4])
    for slug, practice in content.practices.items():
        yield f"pratiche/{slug}", _practice(content, practice, site, language)


def _extent(content: Content, language: str) -> str:
    return catalogue(language).gettext(
        "%(practices)s esperienze di innovazione sociale e welfare di quartiere in %(cities)s città"
    ) % {"practices": len(content.practices), "cities": len(content.authorities)}


def _practice(content: Content, entry: Entry[Practice], site: str, language: str) -> Cover:
    title, _, text = said_in(language, entry.record, "title").partition(DASH)
    theme = content.themes[entry.record.themes[0]].record
    city = content.authorities[content.authority_of(entry.id)].record.name
    label = said_in(language, theme, "short")
    return Cover(site, title, city, text, label, ACCENTS[theme.accent])
