# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The boxes of a drawn theory of change: words set in lines, citations and mark at the foot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.drawing import REGULAR, SEMIBOLD, filled, font
from kb.records import Node
from kb.sections import citations, without_citations

#: In px at which the drawing is shown: letters, and what they need.
TEXT, MARK = 14.5, 13.0
LINE, PADDING, FOOT = 18.5, 10, 26
#: A citation is as large as a finger or a tremor asks: WCAG 2.2, 2.5.8.
PILL, PILL_GAP = 26, 4
#: Fonts are measured this many times larger: hinting would round each letter to a pixel.
FINE = 8


@dataclass(frozen=True)
class Words:
    """A line of words, its middle at *y*; as long as *length*, whatever font shows it."""

    text: str
    x: float
    y: float
    length: float


@dataclass(frozen=True)
class Citation:
    """A numbered link to the source *id*; *x* and *y* are its upper left corner."""

    id: str
    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A step with its place, lines, citations, and its mark when it is editorial."""

    id: str
    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Words, ...]
    citations: tuple[Citation, ...]
    mark: Words | None

    @property
    def middle(self) -> float:
        """Return the height of its centre."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Content:
    """What a box holds before it has a place: *mark* is empty unless the step is editorial."""

    id: str
    kind: str
    text: str
    sources: tuple[tuple[str, int], ...]
    mark: str

    def lines(self, width: float) -> tuple[str, ...]:
        """Return the words in lines of a box of *width*."""
        return set_lines(self.text, width - 2 * PADDING)

    def height(self, width: float) -> float:
        """Return how high a box of *width* must be."""
        rows = len({y for _, _, y in self._foot(width)}) or (1 if self.mark else 0)
        return 2 * PADDING + len(self.lines(width)) * LINE + rows * FOOT

    def at(self, x: float, y: float, width: float) -> Box:
        """Return the box with its upper left corner there."""
        lines = self.lines(width)
        foot = y + PADDING + len(lines) * LINE
        return Box(
            id=self.id,
            kind=self.kind,
            x=x,
            y=y,
            width=width,
            height=self.height(width),
            lines=tuple(
                Words(line, x + PADDING, y + PADDING + (row + 0.5) * LINE, length(line))
                for row, line in enumerate(lines)
            ),
            citations=tuple(
                Citation(source, number, x + PADDING + across, foot + down)
                for (source, number), across, down in self._foot(width)
            ),
            mark=Words(self.mark, x + PADDING, foot + FOOT / 2 + 1, length(self.mark, MARK))
            if self.mark
            else None,
        )

    def _foot(self, width: float) -> Iterator[tuple[tuple[str, int], float, float]]:
        """Yield each source with its place below the lines: after the mark, row by row."""
        across, down = (length(self.mark, MARK) + 8 if self.mark else 0.0), 2.0
        for source in self.sources:
            if across and across + PILL > width - 2 * PADDING:
                across, down = 0.0, down + FOOT
            yield source, across, down
            across += PILL + PILL_GAP


def content(kind: str, node: Node, sources: Sequence[str], mark: str) -> Content:
    """Return what the box of *node* holds; *sources* are all the record's, in order."""
    cited = [source for _, _, source in citations(node.text)]
    named = dict.fromkeys([*cited, *(node.source or ())])
    numbered = tuple((name, sources.index(name) + 1) for name in named if name in sources)
    text = without_citations(node.text)
    return Content(node.id, kind, text, numbered, mark if node.editorial else "")


@lru_cache(maxsize=10_000)
def length(words: str, size: float = TEXT, bold: bool = False) -> float:
    """Return how long *words* are in the site's font at *size*."""
    measured = font(SEMIBOLD if bold else REGULAR, round(size * FINE)).getlength(words)
    return round(measured / FINE, 1)


@lru_cache(maxsize=10_000)
def set_lines(words: str, width: float, size: float = TEXT) -> tuple[str, ...]:
    """Return *words* in as few lines as fit *width*; a word that is too long is divided."""
    parts = [part for word in words.split() for part in _divided(word, width, size)]
    return tuple(filled(parts, font(REGULAR, round(size * FINE)), round(width * FINE)))


def _divided(word: str, width: float, size: float) -> Iterator[str]:
    """Yield *word* in parts that fit *width*: divided at its own hyphen, or anywhere."""
    while length(word, size) > width:
        heads = [word[:n] if word[n - 1] == "-" else f"{word[:n]}-" for n in range(2, len(word))]
        fitting = [head for head in heads if length(head, size) <= width]
        head = next((h for h in reversed(fitting) if h in word), fitting[-1])
        yield head
        word = word[len(head) if head in word else len(head) - 1 :]
    yield word
