# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms: what the blank ones ask, what is read from filled ones, and what cannot harm."""

import csv
import io
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import odfdo
import openpyxl
import pytest
from docx.text.paragraph import Paragraph as WordParagraph

from kb import content as contents
from kb import italian
from kb.check import check
from kb.content import Content, Entry
from kb.errors import FormUnreadable
from kb.forms import blank, blank_opendocument, importing, layout, tables, word
from kb.forms import opendocument as odf
from kb.forms.answers import fill, one
from kb.forms.blocks import Block, Heading, Paragraph, Table
from kb.forms.choices import Choices
from kb.forms.names import Names
from kb.forms.questions import ITEM, SECTIONS, Question, questions
from kb.forms.reading import of_row
from kb.frontmatter import read
from kb.records import Practice
from kb.web.forms import FORMS
from tests.conftest import DATA, ROOT, PageClient

PUBLISHED = ROOT / "templates" / "forms"
#: Answers as somebody writes them, by the column of the table.
ANSWERS = {
    "Città": "Comune di Torino",
    "Titolo": "Orti dei cortili",
    "In breve": "Due cortili diventano orti, curati da chi abita lì.",
    "Titolo in inglese": "Courtyard gardens",
    "In breve, in inglese": "Two courtyards become gardens, tended by those who live there.",
    "Parole di chi cerca": "orto\n- cortile abbandonato",
    "Temi": "Reti di prossimità; economia-di-prossimita",
    "Stato": "in corso",
    "Data dello stato": "dicembre 2024",
    "Periodo: Inizio": "03/2023",
    "Periodo: Fonte": "s1, s2",
    "Luogo: Luogo": "Quartiere Barriera",
    "Scala": "Quartiere",
    "Destinatari": "Persone anziane, Famiglie",
    "Strumenti": "Bando o avviso pubblico",
    "Capofila: Nome": "Comune di Torino",
    "Capofila: Tipo": "Enti pubblici",
    "Testo: Il problema": "Due cortili vuoti [s1].",
    "Testo: Che cosa si è fatto": "Si sono fatti 2 orti [s1].",
    "Testo: Risultati": "Ci lavorano 12 famiglie [s2].",
    "Testo: Lezioni": "Conviene decidere insieme.",
    "Lezioni": "Decidere insieme [s2]",
    "Fonti 1: Titolo": "Il bando",
    "Fonti 1: Editore": "Comune di Torino",
    "Fonti 1: Data": "18/12/2024",
    "Fonti 1: Indirizzo": "https://example.org/bando",
    "Fonti 1: Tipo": "Fonte ufficiale",
    "Fonti 2: Titolo": "Il racconto",
    "Fonti 2: Editore": "Un giornale",
    "Fonti 2: Data": "2024",
    "Fonti 2: Data dedotta": "sì",
    "Fonti 2: Indirizzo": "https://example.org/racconto",
    "Fonti 2: Tipo": "Stampa",
    "Risorse 1: Programma": "Fondazioni e filantropia",
    "Risorse 1: Importo": "€ 25.000,50",
    "Risorse 1: Fase": "stanziati",
    "Risorse 1: Fonte": "s1",
    "Indicatori 1: Che cosa misura": "Orti",
    "Indicatori 1: Valore": "1.200",
    "Indicatori 1: Unità": "metri quadrati",
    "Indicatori 1: Fonte": "s2",
    "Tappe 1: Data": "18 marzo 2023",
    "Tappe 1: Che cosa": "Si apre il primo orto",
    "Tappe 1: Fonte": "s2",
    "Teoria del cambiamento: Attività": "Coltivare insieme [s1]\nParlarsi",
    "Ultima verifica": "29/11/2026",
}


@pytest.fixture
def base(content_dir: Path) -> Content:
    """The small base."""
    return contents.load(content_dir)


@pytest.fixture(scope="module")
def real() -> Content:
    """The real practices."""
    return contents.load(ROOT / "practices")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("25.000,50", "25000.50"),
        ("€ 3.500", "3500"),
        ("3.5", "3.5"),
        ("-3", "-3"),
        ("5,1 milioni di euro", None),
        ("5,1 milioni", "5100000"),
        ("100%", "100"),
        ("25,000.50", None),
        ("circa 20", None),
        ("1e400", None),
        ("", None),
    ],
)
def test_numbers_as_italians_write_them(text: str, value: str | None) -> None:
    assert italian.number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18/12/2024", "2024-12-18"),
        ("18.12.2024", "2024-12-18"),
        ("dicembre 2024", "2024-12"),
        ("1° gennaio 2020", "2020-01-01"),
        ("dic. 2024", "2024-12"),
        ("12/2024", "2024-12"),
        ("2024-12", "2024-12"),
        ("2024", "2024"),
        ("31/02/2024", None),
        ("12/18/2024", None),
        ("sett. 2024", "2024-09"),
        ("2024/12/18", "2024-12-18"),
        ("18 dicembre 2024", "2024-12-18"),
        ("18. 12. 2024", "2024-12-18"),
        ("0/12/2024", None),
        ("0000", None),
        ("ieri", None),
    ],
)
def test_dates_as_italians_write_them(text: str, value: str | None) -> None:
    assert italian.date(text) == value


def test_every_real_practice_comes_back_from_a_row(real: Content) -> None:
    choices, names = Choices(real), Names()
    for entry in real.practices.values():
        row = dict(_cells(entry, choices))
        filled = fill(of_row(list(row), list(row.values()), names), choices)
        assert filled.left == [], entry.id
        assert _comparable(filled.data) == _comparable(entry.document.data), entry.id


def _cells(entry: Entry[Practice], choices: Choices) -> Iterator[tuple[str, str]]:
    """Yield the key and the text of every cell of the row that *entry* would fill."""
    for question in questions():
        if question.path[0] != SECTIONS:
            for keys, value in _values(entry.document.data, question.path, ()):
                yield ".".join(keys), _written(question, value, choices)


def _values(
    data: Any, path: tuple[str, ...], keys: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any]]:
    if not path:
        yield keys, data
    elif path[0] == ITEM:
        for number, item in enumerate(data, 1):
            yield from _values(item, path[1:], (*keys, str(number)))
    elif path[0] in data:
        yield from _values(data[path[0]], path[1:], (*keys, path[0]))


def _written(question: Question, value: Any, choices: Choices) -> str:
    if question.kind == "nodes":
        cites = ["".join(f" [{s}]" for s in _list(step.get("source", []))) for step in value]
        return "\n".join(step["text"] + c for step, c in zip(value, cites, strict=True))
    if question.kind == "number":
        return str(value).replace(".", ",")
    named = choices.of(question)
    between = ", " if question.kind == "citations" else "\n"
    return between.join(named.get(item, item).replace("[^", "[") for item in _list(value))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _comparable(data: dict[str, Any]) -> dict[str, Any]:
    """Return *data* with the steps of its theory by their words: a form numbers them anew."""
    theory = data.get("theory_of_change", {})
    words = {
        key: [step["text"] if isinstance(step, dict) else step for step in steps]
        for key, steps in theory.items()
    }
    return {**data, "theory_of_change": words}


def test_published_forms_are_todays(real: Content) -> None:
    assert {path.name for path in PUBLISHED.iterdir()} == set(FORMS)
    choices = Choices(real)
    asked = _said(layout.document(choices))
    for reader, name in ((word, "scheda.docx"), (odf, "scheda.odt")):
        packed = io.BytesIO((PUBLISHED / name).read_bytes())
        assert _said(reader.blocks(packed)) == asked, f"{name} is out of date: run 'make forms'"
    for name in ("scheda.csv", "scheda.ods", "scheda.xlsx"):
        names, hints = (row.cells for row in tables.rows(PUBLISHED / name)[:2])
        for column, title, hint in zip(layout.columns(), names, hints, strict=True):
            assert (title, hint.startswith(column.hint)) == (column.name, True), "run 'make forms'"


def _said(blocks: Iterable[Block]) -> list[object]:
    """Return what *blocks* say, without the terms, which are content and change more often."""
    said: list[object] = []
    for block in blocks:
        if isinstance(block, Heading) and block.text == layout.TERMS:
            break
        if isinstance(block, Table):
            said.append(block.rows)
        elif isinstance(block, Heading | Paragraph) and block.text:
            said.append(block.text)
    return said


@pytest.mark.parametrize("suffix", blank.SUFFIXES)
def test_blank_forms_are_made_the_same_each_time(base: Content, suffix: str) -> None:
    made = blank.blank(suffix, Choices(base))
    time.sleep(1.1 if suffix == ".xlsx" else 0)
    assert blank.blank(suffix, Choices(base)) == made


def test_forms_are_accessible(base: Content) -> None:
    document = docx.Document(io.BytesIO(blank.blank(".docx", Choices(base))))
    xml = document.element.xml
    assert document.core_properties.language == "it-IT"
    assert xml.count("<w:tblHeader/>") == len(document.tables)
    levels = [p.style.name for p in document.paragraphs if p.style and "Head" in str(p.style.name)]
    assert levels[0] == "Heading 1"
    text = zipfile.ZipFile(io.BytesIO(blank.blank(".odt", Choices(base))))
    styles = text.read("styles.xml").decode()
    assert 'fo:language="it"' in styles
    assert "outline-style" not in styles
    assert text.infolist()[0].filename == "mimetype"


def test_site_serves_the_forms(client: PageClient) -> None:
    page = client.page("/proponi")
    links = [a.attrs["href"] for a in page.query('a[href^="/proponi/moduli/"]')]
    assert links == [f"/proponi/moduli/{name}" for name in FORMS]
    for link in links:
        with client.get(link) as answer:
            assert answer.status_code == 200
            assert answer.data == (PUBLISHED / link.rpartition("/")[2]).read_bytes()
            assert answer.headers["Content-Disposition"].startswith("attachment")
    for name in ("practice.md", "..%2Fpractice.md", "scheda.pdf"):
        assert client.get(f"/proponi/moduli/{name}").status_code == 404


def filled_word(path: Path) -> None:
    """Fill the published Word form as somebody with Word does."""
    document = docx.Document(str(PUBLISHED / "scheda.docx"))
    heading, done = "", set()
    blocks = list(document.iter_inner_content())
    for number, block in enumerate(blocks):
        if isinstance(block, WordParagraph):
            is_heading = block.style is not None and str(block.style.name).startswith("Heading")
            heading = block.text.rstrip("*") if is_heading else heading
            name = f"Testo: {heading}"
            if is_heading and name in ANSWERS:
                answer = blocks[number + 2]
                assert isinstance(answer, WordParagraph)
                answer.add_run(ANSWERS[name])
                done.add(name)
            continue
        for row_number, row in enumerate(block.rows[1:], 1):
            for column, cell in enumerate(row.cells):
                head = block.rows[0].cells[column].text
                vertical = block.rows[0].cells[0].text == layout.FIELD
                if vertical and head == layout.ANSWER:
                    field = row.cells[0].text.rstrip("*")
                    names = [f"{heading.replace(', n. ', ' ')}: {field}"]
                    names += [] if ", n. " in heading else [field]
                elif not vertical:
                    names = [f"{heading} {row_number}: {head.rstrip('*')}"]
                else:
                    continue
                for name in names:
                    if name in ANSWERS:
                        cell.text = ANSWERS[name]
                        done.add(name)
    assert done == set(ANSWERS)
    document.save(str(path))


def filled_text(path: Path) -> None:
    """Fill the form as OpenDocument: the answers of the Word form in the other format."""
    other = path.with_suffix(".docx")
    filled_word(other)
    blocks = list(word.blocks(io.BytesIO(other.read_bytes())))
    other.unlink()
    path.write_bytes(blank_opendocument.text(blocks))


def filled_workbook(path: Path) -> None:
    """Fill the first row of the published workbook."""
    book = openpyxl.load_workbook(PUBLISHED / "scheda.xlsx")
    for column, name in enumerate(_columns(), 1):
        book.worksheets[0].cell(3, column, ANSWERS.get(name, ""))
    book.save(path)


def filled_spreadsheet(path: Path) -> None:
    """Fill a row of the published OpenDocument spreadsheet."""
    document = odfdo.Document(PUBLISHED / "scheda.ods")
    row = odfdo.Row()
    for name in _columns():
        row.append_cell(odfdo.Cell(ANSWERS.get(name, "")))
    table: Any = document.body.get_table(0)
    table.append_row(row)
    document.save(path)


def filled_csv(path: Path, encoding: str = "utf-8-sig", delimiter: str = ";") -> None:
    """Fill a row of the published table."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter)
    with (PUBLISHED / "scheda.csv").open(encoding="utf-8-sig", newline="") as published:
        writer.writerows(csv.reader(published, delimiter=";"))
    writer.writerow([ANSWERS.get(name, "") for name in _columns()])
    path.write_bytes(lines.getvalue().encode(encoding))


def _columns() -> list[str]:
    return [column.name.rstrip("*") for column in layout.columns()]


FILLED: dict[str, Callable[[Path], None]] = {
    "docx": filled_word,
    "odt": filled_text,
    "xlsx": filled_workbook,
    "ods": filled_spreadsheet,
    "csv": filled_csv,
}


@pytest.mark.parametrize("suffix", FILLED)
def test_a_filled_form_becomes_a_clean_practice(base: Content, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"piena.{suffix}"
    FILLED[suffix](path)
    (draft,) = importing.drafts(path, base)
    assert draft.path == base.root / "torino" / "orti-dei-cortili.md"
    assert draft.left == 0
    importing.write([draft])
    assert check(contents.load(base.root)) == []
    data = read(draft.path).data
    assert data["funding"] == [
        {"programme": "fondazioni", "amount": "25000.50", "stage": "allocated", "source": "s1"}
    ]
    assert data["indicators"][0]["value"] == "1200"
    assert data["themes"] == ["reti-di-prossimita", "economia-di-prossimita"]
    assert data["target_groups"] == ["anziani", "famiglie"]
    assert data["lessons"] == ["Decidere insieme [^s2]"]
    assert data["sources"][1]["date_inferred"] == "true"
    assert data["theory_of_change"]["activities"] == [
        {"id": "a1", "text": "Coltivare insieme", "source": "s1"},
        {"id": "a2", "text": "Parlarsi", "editorial": "true"},
    ]
    assert "## Lezioni\n\nConviene decidere insieme." in draft.text


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_may_come_from_any_program(
    base: Content, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "piena.csv"
    filled_csv(path, encoding, delimiter)
    (draft,) = importing.drafts(path, base)
    assert draft.left == 0
    assert "curati da chi abita lì" in draft.text


def test_cells_say_what_they_show(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["a", "b", "c", "d", "e"])
    values = [3.125, 0.25, "x", True, 2018]
    sheet.append(values)
    sheet["B2"].number_format = "0%"
    sheet["F2"] = sheet["G2"] = datetime(2018, 6, 1)
    sheet["F2"].number_format, sheet["G2"].number_format = "mmm-yy", "dd/mm/yyyy"
    path = tmp_path / "celle.xlsx"
    book.save(path)
    shown = tables.rows(path)[1].cells
    assert shown == ["3,125", "25%", "x", "sì", "2018", "2018-06", "2018-06-01"]


def test_what_finds_no_place_stays_in_sight(base: Content, tmp_path: Path) -> None:
    path = tmp_path / "piena.csv"
    cells = {
        "Città": "torino",
        "Titolo": "Orti",
        "Stato": "boh",
        "Indicatori 1: Valore": "circa 20",
        "Strumenti": "Bando o avviso pubblico\nmagia",
        "Budget": "12\n## x",
        "title": "Altro",
        "Il problema": "# 1 orto [s1]",
    }
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([cells, cells.values()])
    (draft,) = importing.drafts(path, base)
    assert draft.left == 5
    assert draft.text.endswith(
        "## Il problema\n\n\\# 1 orto [^s1]\n\n"
        "## Da sistemare\n\n- Stato: boh\n- Indicatori 1: Valore: circa 20\n"
        "- Strumenti: magia\n- Budget: 12\n  ## x\n- title: Altro\n"
    )
    assert "instruments: [avviso-pubblico]" in draft.text
    importing.write([draft])
    found = [f for f in check(contents.load(base.root)) if f.code == "leftovers"]
    assert [f.line for f in found] == [draft.text.split("\n").index("## Da sistemare") + 1]
    assert "spostare ogni voce" in found[0].message("it")


def test_words_beside_the_form_are_kept(base: Content, tmp_path: Path) -> None:
    path = tmp_path / "piena.docx"
    filled_word(path)
    document = docx.Document(str(path))
    document.paragraphs[0].insert_paragraph_before("Ciao, ecco la scheda.")
    document.add_comment(document.paragraphs[1].runs, text="Da rivedere", author="x", initials="x")
    document.sections[0].header.paragraphs[0].text = "Bozza riservata"
    document.tables[0].rows[1].cells[2].text = "Nella terza colonna"
    document.add_heading("Altro", 1)
    document.add_paragraph("Una cosa in più")
    document.save(str(path))
    (draft,) = importing.drafts(path, base)
    left = draft.text.partition("## Da sistemare")[2]
    for words in ("Ciao, ecco la scheda", "Da rivedere", "Bozza riservata", "Nella terza colonna"):
        assert words in left
    assert "- Titolo del documento: Altro\n- Altro: Una cosa in più\n" in left


def test_notes_of_a_text_are_kept(base: Content, tmp_path: Path) -> None:
    path = tmp_path / "piena.odt"
    filled_text(path)
    document = odfdo.Document(path)
    paragraph: Any = document.body.get_paragraph(content="Due cortili vuoti")
    paragraph.insert_note(after="Due cortili", note_id="n1", citation="1", body="In via Roma")
    document.save(path)
    (draft,) = importing.drafts(path, base)
    assert "Due cortili vuoti [^s1]." in draft.text
    assert "- Nota a piè di pagina: In via Roma" in draft.text


def packed(**members: bytes) -> bytes:
    """Return an archive of *members*."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


HOSTILE = {
    "no archive": b"hello",
    "empty": b"",
    "bomb": packed(a=bytes(70_000_000)),
    "many": packed(**{f"m{number}": b"" for number in range(2_100)}),
    "foreign": packed(a=b"<x/>"),
}


@pytest.mark.parametrize("suffix", ["docx", "odt", "xlsx", "ods"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(base: Content, tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"ostile.{suffix}"
    path.write_bytes(HOSTILE[name])
    with pytest.raises(FormUnreadable, match="nothing was written"):
        importing.drafts(path, base)


@pytest.mark.parametrize(("kind", "named"), [("odt", "ods"), ("ods", "odt"), ("docx", "xlsx")])
def test_a_file_with_the_wrong_ending_is_told(
    base: Content, tmp_path: Path, kind: str, named: str
) -> None:
    path = tmp_path / f"piena.{named}"
    FILLED[kind](tmp_path / f"piena.{kind}")
    (tmp_path / f"piena.{kind}").rename(path)
    with pytest.raises(FormUnreadable):
        importing.drafts(path, base)


def test_names_of_columns_make_no_headings(base: Content, tmp_path: Path) -> None:
    path = tmp_path / "piena.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Titolo", "Città", "x\n## y"], ["Orti", "torino", "z"]])
    (draft,) = importing.drafts(path, base)
    assert draft.text.endswith("## Da sistemare\n\n- x ## y: z\n")


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["A1048576"] = "Titolo", "Lontano"
    path = tmp_path / "lontano.xlsx"
    book.save(path)
    assert [row.number for row in tables.rows(path)] == [1, 1048576]
    sheet["XFD2"] = "Oltre"
    book.save(path)
    with pytest.raises(FormUnreadable, match="1000 columns"):
        tables.rows(path)


def test_entities_of_a_document_are_not_unfolded(base: Content, tmp_path: Path) -> None:
    path = tmp_path / "entita.odt"
    filled_text(path)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(path) as given:
        members = {name: given.read(name) for name in given.namelist()}
    text = members["content.xml"].decode()
    start = text.index("?>") + 2
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ah">{laughs}]>'
    members["content.xml"] = (
        text[:start] + bomb + text[start:].replace("Due cortili vuoti", "&l9;")
    ).encode()
    path.write_bytes(packed(**members))
    with pytest.raises(FormUnreadable):
        importing.drafts(path, base)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["Città;Titolo"], "no answer in it"),
        (["Città;Titolo", "atlantide;Orti"], "row 2: it names no known city"),
        (["Città;Titolo", "torino;!!!"], "row 2: it has no title"),
        (["Città;Titolo", "torino;Ricetta di prova"], "'ricetta-di-prova' already"),
        (["Città;Titolo", "torino;Orti", "milano;Orti"], "row 3: there is a practice 'orti'"),
    ],
)
def test_a_form_that_makes_no_file_is_told(
    base: Content, tmp_path: Path, rows: list[str], message: str
) -> None:
    path = tmp_path / "righe.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(FormUnreadable, match=message):
        importing.drafts(path, base)


def test_a_format_that_is_none_is_told(base: Content, tmp_path: Path) -> None:
    path = tmp_path / "scheda.pdf"
    path.write_bytes(b"%PDF")
    with pytest.raises(FormUnreadable, match=r"\.csv, .*\.odt"):
        importing.drafts(path, base)


def test_all_files_are_written_or_none(base: Content) -> None:
    first = importing.Draft(base.root / "torino" / "uno.md", "x", 0)
    second = importing.Draft(base.root / "torino" / "authority.md", "x", 0)
    with pytest.raises(FileExistsError):
        importing.write([first, second])
    assert not first.path.exists()
    assert second.path.read_text(encoding="utf-8") == (
        DATA / "base" / "torino" / "authority.md"
    ).read_text(encoding="utf-8")


def test_a_point_in_degrees_parts_no_thousands(base: Content) -> None:
    (longitude,) = (q for q in questions(Practice) if q.path[-1] == "longitude")
    assert one(longitude, "16.871", Choices(base)) == one(longitude, "16,871", Choices(base))
    assert one(longitude, "16.871", Choices(base)) == "16.871"
