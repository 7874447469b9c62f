# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The drawn theory of change: of all real practices, and of odd ones."""

import re
from itertools import combinations

import pytest

from kb import content
from kb.diagrams.boxes import LINE, PADDING, PILL, Box, length
from kb.diagrams.columns import WIDTH as WIDE
from kb.diagrams.drawn import Drawing
from kb.diagrams.layers import arrange
from kb.diagrams.rails import WIDTH as NARROW
from kb.diagrams.rails import assigned
from kb.diagrams.theory import draw
from kb.records import Node, TheoryOfChange
from tests.conftest import ROOT, PageClient, text

PRACTICES = {
    slug: entry.record
    for slug, entry in content.load(ROOT / "practices").practices.items()
    if entry.record.theory_of_change
}
POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")


def node(id_: str, **more: object) -> Node:
    return Node.model_validate({"id": id_, "text": f"Passo {id_}", "editorial": True} | more)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def check(drawing: Drawing, theory: TheoryOfChange, width: int) -> None:
    """Fail unless every step and link is drawn, boxes stand apart, and words fit theirs."""
    boxes = {box.id: box for box in drawing.boxes}
    assert set(boxes) == {step.id for step in theory.nodes()}
    assert [f"{path.source} -> {path.target}" for path in drawing.paths] == list(theory.links)
    assert drawing.width <= width
    for one, other in combinations(boxes.values(), 2):
        assert not overlap(one, other), (one.id, other.id)
    for box in boxes.values():
        assert box.x >= 0
        assert box.y > 0
        assert box.x + box.width <= drawing.width + 0.01
        assert box.y + box.height <= drawing.height
        fits(box)
    for path in drawing.paths:
        touches(path.d, boxes[path.source], boxes[path.target])


def fits(box: Box) -> None:
    right, bottom = box.x + box.width, box.y + box.height
    for line in box.lines:
        assert line.x + length(line.text) <= right - PADDING + 0.5, line
        assert line.y + LINE / 2 <= bottom
    for pill in box.citations:
        assert pill.x + PILL <= right
        assert pill.y + PILL - 2 <= bottom
        assert pill.y >= box.lines[-1].y + LINE / 2
    if box.mark and box.citations:
        assert box.mark.x + box.mark.length <= box.citations[0].x or (
            box.mark.y < box.citations[0].y
        )


def touches(path: str, source: Box, target: Box) -> None:
    """Fail unless *path* begins at the edge of *source* and its arrow ends at *target*'s."""
    points = [(float(x), float(y)) for x, y in POINT.findall(path)]
    for (x, y), box in ((points[0], source), (points[-2], target)):
        assert min(abs(x - box.x), abs(x - box.x - box.width)) <= 1.1, (path, box.id)
        assert box.y <= y <= box.y + box.height, (path, box.id)


@pytest.mark.parametrize("slug", PRACTICES)
def test_real_theory_is_drawn_whole(slug: str) -> None:
    record = PRACTICES[slug]
    theory = record.theory_of_change
    assert theory
    sources = tuple(source.id for source in record.sources)
    wide, narrow = draw(theory, sources, "ricostruzione")
    check(wide, theory, WIDE)
    check(narrow, theory, NARROW)
    cited = {name for step in theory.nodes() for name in step.source or ()}
    for drawing in (wide, narrow):
        assert {c.id for box in drawing.boxes for c in box.citations} == cited
        assert {box.id for box in drawing.boxes if box.mark} == {
            step.id for step in theory.nodes() if step.editorial
        }
        for box in drawing.boxes:
            assert all(sources[c.number - 1] == c.id for c in box.citations)


def test_links_may_go_anywhere() -> None:
    theory = TheoryOfChange(
        inputs=(node("i1"), node("i2", text="Precipitevolissimevolmenteeffettuabile" * 3)),
        activities=(node("a1"), node("a2")),
        impacts=(node("m1", source=[f"s{n}" for n in range(1, 12)]), node("m2")),
        assumptions=(node("h1"), node("h2"), node("h3")),
        links=(
            *("i1 -> m1", "m1 -> i2", "a1 -> a2", "m1 -> m2", "h1 -> m2", "a2 -> h2"),
            *("h1 -> i1", "i1 -> a1", "a1 -> m1", "i1 -> i1"),
        ),
    )
    wide, narrow = draw(theory, tuple(f"s{n}" for n in range(1, 12)), "ricostruzione")
    check(wide, theory, WIDE)
    check(narrow, theory, NARROW)


def test_theory_may_have_assumptions_only() -> None:
    theory = TheoryOfChange(assumptions=(node("h1"), node("h2")))
    wide, narrow = draw(theory, (), "ricostruzione")
    check(wide, theory, WIDE)
    check(narrow, theory, NARROW)


def test_order_avoids_a_crossing() -> None:
    theory = TheoryOfChange(
        inputs=(node("i1"), node("i2")),
        activities=(node("a1"), node("a2")),
        links=("i1 -> a2", "i2 -> a1"),
    )
    first, second = arrange(theory).columns
    ends = dict(link.split(" -> ") for link in theory.links)
    assert [ends[str(step)] for step in first] == list(second)


def test_rails_that_overlap_differ() -> None:
    rails = assigned({"a": (0, 3), "b": (2, 5), "c": (6, 8), "d": (0, 8)})
    assert rails["a"] != rails["b"]
    assert rails["d"] not in (rails["a"], rails["b"], rails["c"])
    assert max(rails.values()) == 2


def test_page_shows_drawings_and_the_same_in_a_list(client: PageClient) -> None:
    page = client.page("/pratiche/ricetta-di-prova")
    for drawing in ("svg.theory-wide", "svg.theory-narrow"):
        assert page.query(drawing)[0].attrs["aria-hidden"] == "true"
        assert text(page, f"{drawing} > text") == ["Risorse", "Attività"]
        assert len(page.query(f"{drawing} > path")) == 1
        assert text(page, f"{drawing} g[stroke-dasharray] > [font-style]") == ["ricostruzione"]
        (link,) = page.query(f"{drawing} a")
        assert (link.attrs["href"], link.attrs["tabindex"]) == ("#fonte-s1", "-1")
    assert text(page, ".theory small") == ["Porta a: Progettare insieme"]
    english = client.page("/en/pratiche/ricetta-di-prova")
    assert text(english, "svg.theory-wide [font-style]") == ["reconstruction"]
    assert not client.page("/pratiche/mercato-di-prova").query(".theory-drawing")
