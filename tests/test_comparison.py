# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Practices side by side, as page and for a spreadsheet; how the choice travels in addresses."""

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from justhtml import JustHTML

from kb.store import KnowledgeBase
from kb.web.comparison import Line, Row, as_csv, rows
from tests.conftest import PageClient, text

THREE = "/confronta?p=ricetta-di-prova&p=mercato-di-prova&p=custodi-di-prova"


@pytest.fixture
def within(app: Flask) -> Iterator[None]:
    """A request, whose language the labels are in."""
    with app.test_request_context("/"):
        yield


def table(page: JustHTML) -> dict[str, list[str]]:
    """Return the cells of the comparison by the heading of their row.

    Without the names that only a phone shows.
    """
    for whose in page.query(".compare-whose"):
        whose.parent.remove_child(whose)
    return {
        text(row, "th")[0]: [" ".join(cell.to_text().split()) for cell in row.query("td")]
        for row in page.query(".compare tbody tr")
    }


def test_rows_answer_the_same_questions_for_each(client: PageClient) -> None:
    page = client.page(THREE)
    assert text(page, ".compare thead th") == [
        "Voce",
        "Ricetta contro la povertà Milano",
        "Mercato di quartiere – Spazio13 Torino",
        "Custodi delle case popolari Milano",
    ]
    cells = table(page)
    assert cells["Il problema"] == [
        "Molte famiglie erano in difficoltà.",
        "Negozi sfitti e spazi inutilizzati.",
        "Anziani soli nelle case popolari.",
    ]
    assert cells["Quanto costa"][0] == (
        "25.000.000 € costo complessivo, previsti, 2017, Fondazioni e filantropia"
        " Fonte: Programma di prova , 2024"
    )
    assert cells["Quanto costa"][2] == "non documentato"
    assert cells["Risultati"][0] == (
        "Persone sostenute (2020): oltre 39.000 persone misurato: realizzazione "
        "Fonte: Programma di prova , 2024 "
        "Reti attive: 23 reti solo previsto, non un risultato; prima era 3 "
        "Fonte: Programma di prova , 2024"
    )
    assert cells["Quali prove"][2] == "Fonte ufficiale: 1 Stampa: 1"
    assert cells["A quali condizioni"] == [
        "Base dati: Un accordo fra enti",
        "non documentato",
        "non documentato",
    ]
    assert cells["A chi rivolgersi"][0] == (
        "Direzione di prova ufficio@example.org Pagina ufficiale"
    )


def test_likenesses_and_differences_are_said_in_words(client: PageClient) -> None:
    cells = table(client.page(THREE))
    assert cells["Con che strumento ≈ in parte uguale"] == [
        "= in comune: Bando o avviso pubblico",
        "= in comune: Bando o avviso pubblico",
        "≠ solo qui: Patto di collaborazione",
    ]
    assert "Periodo ≠ diverso" in cells
    two = table(client.page("/confronta?p=ricetta-di-prova&p=custodi-di-prova"))
    assert two["Chi la guida = uguale"] == ["Comune di Milano", "Comune di Milano"]


def test_equal_rows_can_be_hidden(client: PageClient) -> None:
    page = client.page("/confronta?p=ricetta-di-prova&p=custodi-di-prova")
    (hide,) = (a for a in page.query(".table-ways a") if "differenze" in a.attrs["href"])
    assert hide.to_text() == "Nascondi la riga uguale"
    fewer = client.page(hide.attrs["href"])
    assert set(table(page)) - set(table(fewer)) == {"Chi la guida = uguale"}
    assert "Mostra anche le righe uguali" in text(fewer, ".table-ways a")


def test_what_is_missing_is_no_likeness() -> None:
    missing = Row("x", ((), ()), comparable=True)
    assert not missing.same
    one = Row("x", ((Line("a"),), ()), comparable=True)
    assert (one.same, one.overlaps) == (False, False)


def test_comparison_of_one_offers_others(client: PageClient) -> None:
    page = client.page("/confronta?p=ricetta-di-prova&q=negozi")
    assert not page.query(".compare")
    offered = [a.attrs["href"] for a in page.query(".offered a.tool")]
    assert offered[0] == "/confronta?p=ricetta-di-prova&p=mercato-di-prova"
    assert [field.attrs["value"] for field in page.query('.find input[name="p"]')] == [
        "ricetta-di-prova"
    ]


def test_comparison_of_none_offers_pairs(client: PageClient) -> None:
    page = client.page("/confronta")
    pairs = [a.attrs["href"] for a in page.query(".offered a") if "p=" in a.attrs["href"]]
    assert pairs
    for address in pairs:
        assert len(text(client.page(address), ".compare thead th")) == 3


def test_odd_choices_are_told(client: PageClient) -> None:
    page = client.page(
        "/confronta?p=nessuna&p=vecchia-ricetta&p=mercato-di-prova&p=mercato-di-prova"
    )
    assert text(page, ".table-note") == [
        "Nessuna pratica ha questo indirizzo: «nessuna». Forse ha cambiato nome: cercala qui sotto."
    ]
    assert text(page, ".chosen-item > span") == [
        "Ricetta contro la povertà",
        "Mercato di quartiere – Spazio13",
    ]


def test_more_than_four_keeps_the_first(real_client: PageClient) -> None:
    page = real_client.page("/confronta?p=qubi&p=wemi&p=co-city&p=etam&p=colibri")
    assert text(page, ".table-note")[0].startswith("Si confrontano al massimo 4 pratiche")
    assert len(page.query(".compare thead th")) == 5
    assert not page.query(".offered a.tool")


def test_csv_is_what_a_spreadsheet_opens(client: PageClient) -> None:
    answer = client.get(THREE.replace("confronta", "confronta.csv"))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=confronto.csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert {len(line) for line in lines} == {4}
    cells = {line[0]: line[1:] for line in lines}
    assert cells["Città"] == ["Milano", "Torino", "Milano"]
    assert cells["Quanto costa"][0] == (
        "25.000.000 € (costo complessivo, previsti, 2017, Fondazioni e filantropia)"
        " [La ricetta, https://example.org/ricetta]"
    )
    assert cells["Limiti"] == ["I dati non bastano", "non documentato", "non documentato"]
    assert cells["Indirizzo"][0] == "http://localhost/pratiche/ricetta-di-prova"
    english = client.get("/en/confronta.csv?p=ricetta-di-prova").data.decode("utf-8-sig")
    assert english.startswith("Item,Recipe against poverty\r\n")


def test_csv_of_nothing_is_not_found(client: PageClient) -> None:
    assert client.get("/confronta.csv?p=nessuna").status_code == 404


@pytest.mark.usefixtures("within")
@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_holds_no_formula(base: KnowledgeBase, beginning: str) -> None:
    page = base.practice("custodi-di-prova")
    assert page
    title = f"{beginning}cmd|' /C calc'!A0"
    record = page.record.model_copy(update={"title": title, "limits": (f"{title} tail",)})
    evil = type(page)(**{**vars(page), "record": record})
    told = as_csv(base, [evil]).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(told), delimiter=";") for cell in line]
    assert f"'{title}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.usefixtures("within")
def test_rows_are_the_same_for_every_practice(base: KnowledgeBase) -> None:
    pages = [page for slug in ("ricetta-di-prova", "custodi-di-prova")
             if (page := base.practice(slug))]  # fmt: skip
    table = rows(base, pages)
    assert {len(row.cells) for row in table} == {2}
    assert len({row.label for row in table}) == len(table) == 16
    assert rows(base, []) == []


def test_choice_travels_through_search_and_theme(client: PageClient) -> None:
    search = client.page("/cerca?q=famiglie&p=ricetta-di-prova")
    assert text(search, ".comparing") == ["Nel confronto: una pratica. Vedi il confronto"]
    for link in search.query("a.filter-value"):
        assert "p=ricetta-di-prova" in link.attrs["href"]
    adding = {a.attrs["data-slug"]: a.attrs["href"] for a in search.query("a[data-list=confronto]")}
    assert adding["mercato-di-prova"] == "/confronta?p=ricetta-di-prova&p=mercato-di-prova"
    assert adding["ricetta-di-prova"] == "/confronta?p=ricetta-di-prova"
    theme = client.page("/temi/economia-di-prossimita?citta=torino&p=ricetta-di-prova")
    sent = theme.query('.theme-filters input[name="p"]')
    assert [item.attrs["value"] for item in sent] == ["ricetta-di-prova"]


def test_choice_is_no_other_page_for_search_engines(client: PageClient) -> None:
    (link,) = client.page("/cerca?q=famiglie&p=ricetta-di-prova").query("link[rel=canonical]")
    assert link.attrs["href"] == "http://localhost/cerca?q=famiglie"


@pytest.mark.parametrize("path", ["/", "/cerca", "/temi/reti-di-prossimita", "/citta/milano"])
def test_every_card_can_be_chosen(client: PageClient, path: str) -> None:
    page = client.page(path)
    cards = len(page.query(".practice-card"))
    assert cards
    for listed in ("confronto", "raccolta"):
        assert len(page.query(f".practice-card a[data-list={listed}]")) == cards


def test_practice_can_be_chosen(client: PageClient) -> None:
    page = client.page("/en/pratiche/ricetta-di-prova")
    assert text(page, ".side-box .tool") == [
        "Add to comparison Recipe against poverty",
        "Add to collection Recipe against poverty",
    ]
