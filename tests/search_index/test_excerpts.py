# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Excerpts show the best passage, safely."""

from search_index import excerpt, highlight

LONG = "Prima frase senza nulla. " * 20 + "Qui un orto e un mercato insieme. " + "Coda. " * 50


def test_inflected_words_are_marked() -> None:
    assert highlight("Gli orti e l'orto", {"ort"}) == (
        "Gli <mark>orti</mark> e l&#x27;<mark>orto</mark>"
    )


def test_text_is_escaped() -> None:
    assert highlight('<b>orto</b> & "x"', {"ort"}) == (
        "&lt;b&gt;<mark>orto</mark>&lt;/b&gt; &amp; &quot;x&quot;"
    )


def test_passage_with_most_words_is_chosen() -> None:
    html = excerpt("Un orto. " + LONG, {"ort", "merc"})
    assert html is not None
    assert "<mark>orto</mark> e un <mark>mercato</mark>" in html
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert len(html) < 320


def test_no_match_gives_no_passage() -> None:
    assert excerpt(LONG, {"bibliotec"}) is None


def test_line_breaks_become_spaces() -> None:
    assert excerpt("Un\n\norto", {"ort"}) == "Un <mark>orto</mark>"
