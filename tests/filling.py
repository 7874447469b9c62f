# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a person fills in the shortest practice, in a browser: for the tests and for the clock."""

from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Entry:
    """What is put into one field: typed, chosen from a list (``choose``) or ticked (``tick``)."""

    label: str
    value: str
    how: str = "type"


#: By step, in the order of the page. The address is shorter than most.
SHORTEST: dict[str, tuple[Entry, ...]] = {
    "fonti": (
        Entry("Titolo", "Delibera sugli orti"),
        Entry("Editore", "Comune di Bari"),
        Entry("Indirizzo", "https://example.org/orti"),
        Entry("Tipo", "Fonte ufficiale", "choose"),
    ),
    "che-cosa": (
        Entry("Città", "Bari", "choose"),
        Entry("Titolo", "Orti di prova – terreni curati dagli abitanti"),
        Entry("In breve", "Il Comune affida piccoli terreni agli abitanti, che li coltivano."),
        Entry("Temi 1", "Reti di prossimità e cittadinanza attiva", "choose"),
    ),
    "quando-e-dove": (
        Entry("Stato", "In corso", "choose"),
        Entry("Data dello stato", "18/12/2024"),
        Entry("Inizio", "2018"),
        Entry("Luogo", "Quartiere Stazione"),
        Entry("Scala", "Quartiere", "choose"),
    ),
    "chi": (
        Entry("Residenti del quartiere", "", "tick"),
        Entry("Patto di collaborazione", "", "tick"),
        Entry("Nome", "Comune di Bari"),
        Entry("Tipo", "Enti pubblici", "choose"),
    ),
    "racconto": (
        Entry("Il problema", "Tre terreni comunali erano abbandonati [^s1]."),
        Entry("Che cosa si è fatto", "Il Comune li ha affidati a gruppi di abitanti [^s1]."),
        Entry("Risultati", "Le fonti non dicono ancora quanti vi prendono parte [^s1]."),
    ),
    "altro": (),
    "inglese": (
        Entry("Titolo in inglese", "Test gardens – land tended by residents"),
        Entry("In breve, in inglese", "The municipality lends small plots to residents."),
    ),
}


def fill(page: Page, pace: float = 0, look: float = 0) -> int:
    """Fill in the shortest practice from the first step to the last; return the fields touched.

    *pace* is the time of a keystroke in milliseconds, *look* that of finding and reading the
    next field.
    """
    fields = 0
    for step, entries in SHORTEST.items():
        box = page.locator(f"#passo-{step}")
        for entry in entries:
            fields += 1
            page.wait_for_timeout(look)
            field = box.get_by_label(entry.label, exact=True).locator("visible=true")
            if entry.how == "choose":
                field.select_option(label=entry.value)
            elif entry.how == "tick":
                field.check()
            elif pace:
                field.press_sequentially(entry.value, delay=pace)
            else:
                field.fill(entry.value)
        page.wait_for_timeout(look)
        page.get_by_role("button", name="Avanti").click()
    return fields
