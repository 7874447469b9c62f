# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markdown is sanitised and citations lead to the sources."""

import pytest

from kb.rendering import render, render_inline


def test_citation_is_numbered_in_the_order_of_the_sources() -> None:
    assert render("Un fatto [^s2].", ["s1", "s2"]) == (
        '<p>Un fatto&nbsp;<sup class="citation"><a href="#fonte-s2">[2]</a></sup>.</p>'
    )


def test_citation_without_source_stays_visible() -> None:
    assert render_inline("Un fatto [^s9]", ["s1"]) == "Un fatto&nbsp;[^s9]"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[qui](javascript:alert(1))",
        '<a href="https://example.org" onclick="alert(1)">qui</a>',
        '<p style="color:red">rosso</p>',
        "<iframe src='https://example.org'></iframe>",
    ],
)
def test_nothing_active_survives(hostile: str) -> None:
    html = render(hostile)
    for trace in ("<script", "onerror", "onclick", "javascript:", "style=", "<iframe"):
        assert trace not in html


def test_tables_are_dressed_without_inline_style() -> None:
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert '<table class="table">' in html
    assert '<th scope="col">a</th>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("2019. Avviso pubblico", "2019. Avviso pubblico"),
        ("- trattino", "- trattino"),
        ("# cancelletto", "# cancelletto"),
        ("una riga\n\ne un'altra", "una riga e un'altra"),
    ],
)
def test_inline_text_stays_in_line(text: str, html: str) -> None:
    assert render_inline(text) == html


def test_list_keeps_its_first_number() -> None:
    assert '<ol start="3">' in render("3. terzo\n4. quarto\n")


def test_inline_text_has_no_paragraph() -> None:
    assert render_inline("Testo **forte**") == "Testo <strong>forte</strong>"
