# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The records: the only definition of what a content file may say.

The checker, the JSON Schema for editors, the blank form and the web pages all come from
these models. Titles and descriptions are in Italian because authors read them.
"""

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kb.types import (
    Amount,
    AuthorityId,
    Citations,
    CitedText,
    Day,
    Email,
    EventId,
    InstrumentId,
    Ipa,
    Istat,
    Link,
    Number,
    Nuts,
    PartialDate,
    PastDate,
    PastDay,
    PracticeId,
    ProblemId,
    ProgrammeId,
    Slug,
    SourceId,
    TargetGroupId,
    Text,
    ThemeId,
    Url,
    Year,
    first_day,
)

Status = Literal["idea", "pilot", "running", "consolidated", "ended", "stopped"]
#: Upper limits in euro, see :data:`kb.documents.BUDGETS`.
Budget = Literal["50000", "250000", "1000000", "5000000", "more"]
Scale = Literal["site", "neighbourhood", "district", "city", "metropolitan"]
ActorKind = Literal[
    "public", "third-sector", "business", "university", "foundation", "informal-group"
]
SourceKind = Literal["official", "partner", "press"]
#: Who made the evaluation: someone else, or those who run the practice.
Evaluation = Literal["independent", "internal"]
Qualifier = Literal["about", "at-least", "at-most"]
AdoptionStatus = Literal["interested", "studying", "adapting", "running", "dropped"]
Relation = Literal[
    "part-of", "has-part", "follows", "followed-by", "inspired-by", "inspired", "similar"
]
#: How the other page of a ``related`` link says the same thing.
INVERSE: dict[Relation, Relation] = {
    "part-of": "has-part",
    "has-part": "part-of",
    "follows": "followed-by",
    "followed-by": "follows",
    "inspired-by": "inspired",
    "inspired": "inspired-by",
    "similar": "similar",
}


class Record(BaseModel):
    """Base of all records: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Source(Record):
    """A document that facts are taken from."""

    id: SourceId = Field(title="Codice", description="Codice breve con cui si cita: s1, s2…")
    title: Text = Field(
        title="Titolo",
        description="Titolo o breve descrizione del documento.",
        examples=["Delibera di Giunta n. 12 del 2023"],
    )
    publisher: Text = Field(
        title="Editore",
        description="Chi lo ha pubblicato.",
        examples=["Comune, Settore Welfare", "Quotidiano locale"],
    )
    date: PastDate | None = Field(
        None,
        title="Data",
        description="Anno, mese o giorno; si omette se non è indicata.",
        examples=["2023-05-18", "2023"],
    )
    date_inferred: bool = Field(
        False, title="Data dedotta", description="Quando la data è stata dedotta e non è scritta."
    )
    url: Url = Field(
        title="Indirizzo",
        description="Indirizzo completo della pagina.",
        examples=["https://www.comune.example.it/delibera-12-2023"],
    )
    kind: SourceKind = Field(
        title="Tipo", description="official (ente pubblico), partner (attuatore, ricerca) o press."
    )
    evaluation: Evaluation | None = Field(
        None,
        title="Valutazione",
        description="Solo se il documento valuta la pratica: independent (di terzi) o internal.",
    )


class Period(Record):
    """When the practice ran; an open end means that no end is known."""

    start: PartialDate | None = Field(
        None, title="Inizio", description="Anno, mese o giorno.", examples=["2018", "2018-06"]
    )
    end: PartialDate | None = Field(
        None,
        title="Fine",
        description="Come l'inizio; si omette se la pratica continua.",
        examples=["2021"],
    )
    note: CitedText | None = Field(
        None,
        title="Nota",
        description="Che cosa vogliono dire queste date, o perché mancano.",
        examples=["Le date sono quelle del bando [^s1]"],
    )
    source: Citations = Field(title="Fonte", description="Codice della fonte delle date.")

    @model_validator(mode="after")
    def _ordered(self) -> "Period":
        if self.start is None and self.note is None:
            raise PydanticCustomError("period_empty", "period_empty")
        if self.start and self.end and first_day(self.end).year < first_day(self.start).year:
            raise PydanticCustomError(
                "period_order", "period_order", {"start": self.start, "end": self.end}
            )
        if self.start and self.end and len(self.start) == len(self.end) and self.end < self.start:
            raise PydanticCustomError(
                "period_order", "period_order", {"start": self.start, "end": self.end}
            )
        return self


class Coordinates(Record):
    """WGS 84 position, in decimal degrees."""

    latitude: float = Field(
        ge=-90, le=90, title="Latitudine", description="Gradi decimali.", examples=["45.4642"]
    )
    longitude: float = Field(
        ge=-180, le=180, title="Longitudine", description="Gradi decimali.", examples=["9.1900"]
    )
    source: Citations | None = Field(
        None, title="Fonte", description="Codice della fonte della posizione."
    )


class Place(Record):
    """Where in the city."""

    name: Text = Field(
        title="Luogo",
        description="Quartiere, municipio o indirizzo; «tutta la città» se ovunque.",
        examples=["Quartiere Stazione", "tutta la città"],
    )
    coordinates: Coordinates | None = Field(
        None,
        title="Coordinate",
        description="Solo se il luogo è uno e la posizione è certa: la mappa lo disegna.",
    )


class Actor(Record):
    """An organisation that leads or takes part; never a private person."""

    name: Text = Field(
        title="Nome",
        description="Nome dell'ente o del gruppo.",
        examples=["Comune, Settore Welfare"],
    )
    role: CitedText | None = Field(
        None,
        title="Ruolo",
        description="Che cosa fa nella pratica.",
        examples=["Mette a disposizione gli spazi e paga gli educatori [^s1]"],
    )
    kind: ActorKind = Field(
        title="Tipo",
        description="public, third-sector, business, university, foundation o informal-group.",
    )


class Funding(Record):
    """Money, in euro, with the document that says so."""

    programme: ProgrammeId = Field(
        title="Programma", description="Voce del vocabolario dei programmi di finanziamento."
    )
    name: Text | None = Field(
        None,
        title="Nome preciso",
        description="Linea, progetto o finanziatore, se serve.",
        examples=["Avviso per gli orti di quartiere"],
    )
    amount: Amount | None = Field(
        None,
        title="Importo",
        description="In euro, senza simboli.",
        examples=["25000", "1250000.50"],
    )
    qualifier: Qualifier | None = Field(
        None, title="Precisione", description="about (circa), at-least (oltre), at-most (fino a)."
    )
    stage: Literal["planned", "allocated", "spent"] | None = Field(
        None, title="Fase", description="planned (previsto), allocated (stanziato), spent (speso)."
    )
    scope: Literal["total", "part"] = Field(
        "part", title="Ambito", description="total se è il costo dell'intera pratica."
    )
    purpose: CitedText | None = Field(
        None,
        title="Per che cosa",
        description="Che cosa paga.",
        examples=["Attrezzi e formazione per due anni [^s1]"],
    )
    year: Year | None = Field(
        None, title="Anno", description="Anno a cui si riferisce.", examples=["2023"]
    )
    source: Citations = Field(title="Fonte", description="Codice della fonte.")


class Baseline(Record):
    """The value before the practice."""

    value: Number = Field(
        title="Valore di partenza", description="Il numero, senza unità.", examples=["120"]
    )
    year: Year | None = Field(
        None, title="Anno", description="Anno del valore di partenza.", examples=["2019"]
    )


class Indicator(Record):
    """One measured (or expected) figure."""

    label: Text = Field(
        title="Che cosa misura",
        description="Che cosa è stato contato.",
        examples=["persone accolte"],
    )
    value: Number = Field(
        title="Valore", description="Il numero, senza unità.", examples=["16454", "3.5"]
    )
    qualifier: Qualifier | None = Field(
        None, title="Precisione", description="about (circa), at-least (oltre), at-most (fino a)."
    )
    unit: Text = Field(
        title="Unità", description="Di che cosa è il numero.", examples=["persone", "%", "spazi"]
    )
    year: Year | None = Field(
        None, title="Anno", description="Anno a cui si riferisce il valore.", examples=["2023"]
    )
    nature: Literal["output", "outcome", "expected"] = Field(
        "output",
        title="Natura",
        description="output (realizzazione), outcome (cambiamento), expected (solo previsto).",
    )
    baseline: Baseline | None = Field(
        None, title="Partenza", description="Valore prima della pratica, dalla stessa fonte."
    )
    comparison: CitedText | None = Field(
        None,
        title="Confronto",
        description="Con quale gruppo, luogo o periodo si confronta, e che cosa ne risulta.",
        examples=["Nello stesso anno, nei quartieri senza portineria, 40 su 100 [^s2]"],
    )
    note: CitedText | None = Field(
        None,
        title="Nota",
        description="Come è stato contato; altre fonti se discordano.",
        examples=["Contate all'ingresso, una volta sola [^s1]"],
    )
    source: Citations = Field(title="Fonte", description="Codice della fonte.")


class Milestone(Record):
    """A dated step of the story."""

    date: PartialDate = Field(
        title="Data", description="Anno, mese o giorno.", examples=["2020-03"]
    )
    what: CitedText = Field(
        title="Che cosa",
        description="Che cosa è successo, in una riga.",
        examples=["La Giunta approva il regolamento"],
    )
    source: Citations = Field(title="Fonte", description="Codice della fonte.")


class BuildingBlock(Record):
    """A part of the practice that another city could take alone."""

    name: Text = Field(
        title="Nome", description="Poche parole.", examples=["Sportello di quartiere"]
    )
    what: CitedText = Field(
        title="Che cos'è",
        description="Che cosa si prende e come funziona.",
        examples=["Due operatori aiutano a presentare le domande [^s1]"],
    )
    conditions: CitedText | None = Field(
        None,
        title="Condizioni",
        description="Che cosa serve perché funzioni altrove.",
        examples=["Una sala comunale aperta tre giorni alla settimana"],
    )


class Node(Record):
    """A step of a theory of change: tied to a source, or marked as editorial."""

    id: SourceId = Field(
        title="Codice",
        description="Codice breve usato nei collegamenti: i1, a1…",
        examples=["i1", "a1"],
    )
    text: Text = Field(
        title="Testo", description="Una frase breve.", examples=["Due operatori per quartiere"]
    )
    source: Citations | None = Field(None, title="Fonte", description="Codice della fonte.")
    editorial: bool = Field(
        False, title="Ricostruzione", description="Quando è una ricostruzione della redazione."
    )

    @model_validator(mode="after")
    def _founded(self) -> "Node":
        if self.source is None and not self.editorial:
            raise PydanticCustomError("node_unfounded", "node_unfounded")
        return self


Nodes = tuple[Node, ...]


class TheoryOfChange(Record):
    """From resources to impact (W.K. Kellogg Foundation, Logic Model Development Guide, 2004)."""

    inputs: Nodes = Field((), title="Risorse", description="Che cosa si mette in campo.")
    activities: Nodes = Field((), title="Attività", description="Che cosa si fa.")
    outputs: Nodes = Field((), title="Realizzazioni", description="Che cosa si produce.")
    outcomes: Nodes = Field((), title="Cambiamenti", description="Che cosa cambia per le persone.")
    impacts: Nodes = Field((), title="Impatto", description="Il cambiamento di lungo periodo.")
    assumptions: Nodes = Field((), title="Ipotesi", description="Che cosa si dà per vero.")
    links: tuple[Link, ...] = Field(
        (),
        title="Collegamenti",
        description="Da un codice a un altro: «i1 -> a1».",
        examples=["i1 -> a1"],
    )

    def nodes(self) -> Nodes:
        """Return all nodes, from inputs to assumptions."""
        return (
            self.inputs
            + self.activities
            + self.outputs
            + self.outcomes
            + self.impacts
            + self.assumptions
        )

    @model_validator(mode="after")
    def _linked(self) -> "TheoryOfChange":
        ids = [node.id for node in self.nodes()]
        for node_id in ids:
            if ids.count(node_id) > 1:
                raise PydanticCustomError("node_twice", "node_twice", {"found": node_id})
        for end in (end for link in self.links for end in link.split(" -> ")):
            if end not in ids:
                raise PydanticCustomError("link_end", "link_end", {"found": end})
        return self


class Adoption(Record):
    """Another authority that took the practice up."""

    authority: AuthorityId | None = Field(
        None, title="Città della rete", description="Cartella della città, se è nella base."
    )
    name: Text | None = Field(
        None,
        title="Altra città",
        description="Nome della città o dell'ente, se non è nella base.",
        examples=["Unione dei comuni della pianura"],
    )
    practice: PracticeId | None = Field(
        None, title="Pratica", description="Pratica nata dall'adozione, se è nella base."
    )
    status: AdoptionStatus = Field(
        title="Stato", description="interested, studying, adapting, running o dropped."
    )
    year: Year | None = Field(
        None, title="Anno", description="Anno dell'informazione.", examples=["2024"]
    )
    what: CitedText | None = Field(
        None,
        title="Che cosa è cambiato",
        description="Che cosa si è preso e che cosa si è mutato.",
        examples=["Ha preso lo sportello e lo ha affidato a un'associazione [^s1]"],
    )
    source: Citations = Field(title="Fonte", description="Codice della fonte.")

    @model_validator(mode="after")
    def _named(self) -> "Adoption":
        if (self.authority is None) == (self.name is None):
            raise PydanticCustomError("adoption_who", "adoption_who")
        return self


class Related(Record):
    """A link to another practice; the other page shows the inverse by itself."""

    practice: PracticeId = Field(title="Pratica", description="Nome del file, senza «.md».")
    relation: Relation = Field(
        title="Relazione",
        description="part-of, has-part, follows, followed-by, inspired-by, inspired o similar.",
    )
    note: CitedText | None = Field(
        None,
        title="Nota",
        description="Che cosa le unisce.",
        examples=["Usano lo stesso regolamento"],
    )


class Contact(Record):
    """Whom to ask: an office, never a private person."""

    office: Text | None = Field(
        None, title="Ufficio", description="Nome dell'ufficio.", examples=["Ufficio Partecipazione"]
    )
    page: Url | None = Field(
        None,
        title="Pagina",
        description="Pagina ufficiale.",
        examples=["https://www.comune.example.it/partecipazione"],
    )
    email: Email | None = Field(
        None,
        title="E-mail",
        description="Casella di un ufficio.",
        examples=["partecipazione@comune.example.it"],
    )
    note: CitedText | None = Field(
        None,
        title="Nota",
        description="Che cosa sapere prima di scrivere.",
        examples=["Recapito indicato dal sito nel 2024"],
    )


class Presentation(Record):
    """An event where the practice was presented."""

    event: EventId = Field(title="Evento", description="Nome del file dell'evento, senza «.md».")
    source: Citations = Field(title="Fonte", description="Codice della fonte che lo dice.")


class Archived(Record):
    """That an entry is no longer kept up: its page stays, lists and searches leave it out."""

    date: PastDay = Field(title="Data", description="Giorno in cui la scheda è stata archiviata.")
    reason: CitedText = Field(
        title="Motivo", description="Perché non si aggiorna più, in una o due frasi."
    )


class Sourced(Record):
    """A record that rests on sources and says what it does not know."""

    sources: tuple[Source, ...] = Field(
        min_length=1, title="Fonti", description="I documenti da cui vengono i fatti."
    )
    open_questions: tuple[Text, ...] = Field(
        (),
        title="Che cosa non sappiamo ancora",
        description="Domande a cui le fonti non rispondono.",
        examples=["Quanto costa all'anno la manutenzione?"],
    )
    reviewed: PastDay = Field(
        title="Ultima verifica",
        description="Giorno in cui qualcuno ha controllato la scheda.",
        examples=["2026-01-31"],
    )

    @model_validator(mode="after")
    def _distinct_sources(self) -> "Sourced":
        ids = [source.id for source in self.sources]
        for source_id in ids:
            if ids.count(source_id) > 1:
                raise PydanticCustomError("source_twice", "source_twice", {"found": source_id})
        return self


Keyword = Annotated[Text, StringConstraints(max_length=80)]
Keywords = Annotated[tuple[Keyword, ...], Field(max_length=60)]


class Practice(Sourced):
    """A good practice: what a city tried, for whom, with what, and what came of it."""

    title: Annotated[Text, StringConstraints(max_length=90)] = Field(
        title="Titolo",
        description="Al massimo 90 caratteri.",
        examples=["Orti di quartiere – terreni comunali curati dagli abitanti"],
    )
    summary: Annotated[Text, StringConstraints(max_length=300)] = Field(
        title="In breve",
        description="Una o due frasi, al massimo 300 caratteri.",
        examples=["Il Comune affida piccoli terreni agli abitanti, che li coltivano insieme."],
    )
    title_en: Annotated[Text, StringConstraints(max_length=90)] = Field(
        title="Titolo in inglese",
        description="Al massimo 90 caratteri.",
        examples=["Neighbourhood gardens – council land tended by residents"],
    )
    summary_en: Annotated[Text, StringConstraints(max_length=300)] = Field(
        title="In breve, in inglese",
        description="Al massimo 300 caratteri.",
        examples=["The municipality lends small plots to residents, who tend them together."],
    )
    keywords: Keywords = Field(
        (),
        title="Parole di chi cerca",
        description="Come la cerca chi non ne sa il nome: problemi, modi di dire, sinonimi.",
        examples=["terreni abbandonati", "dove posso coltivare un orto"],
    )
    keywords_en: Keywords = Field(
        (),
        title="Parole di chi cerca, in inglese",
        description="Lo stesso in inglese.",
        examples=["vacant land", "community gardening"],
    )
    themes: tuple[ThemeId, ...] = Field(
        min_length=1, max_length=4, title="Temi", description="Da 1 a 4; il primo è il principale."
    )
    problems: tuple[ProblemId, ...] = Field(
        (),
        title="Problemi",
        description="Voci del vocabolario dei problemi: da che cosa parte chi la cerca.",
    )
    status: Status = Field(
        title="Stato", description="idea, pilot, running, consolidated, ended o stopped."
    )
    status_date: PastDate = Field(
        title="Data dello stato",
        description="Data dell'ultima fonte che dice lo stato.",
        examples=["2024-12-18", "2024"],
    )
    period: Period = Field(title="Periodo", description="Quando è cominciata e quando è finita.")
    place: Place = Field(title="Luogo", description="Dove, nella città.")
    scale: Scale = Field(
        title="Scala", description="site, neighbourhood, district, city o metropolitan."
    )
    target_groups: tuple[TargetGroupId, ...] = Field(
        min_length=1, title="Destinatari", description="Voci del vocabolario dei destinatari."
    )
    instruments: tuple[InstrumentId, ...] = Field(
        min_length=1, title="Strumenti", description="Voci del vocabolario degli strumenti."
    )
    lead: Actor = Field(title="Capofila", description="Chi guida la pratica.")
    partners: tuple[Actor, ...] = Field(
        (), title="Partner", description="Chi altro vi prende parte, e con che ruolo."
    )
    legal_basis: tuple[CitedText, ...] = Field(
        (),
        title="Base giuridica",
        description="Leggi, regolamenti, delibere, avvisi.",
        examples=["Regolamento comunale sui beni comuni, approvato nel 2015 [^s1]"],
    )
    funding: tuple[Funding, ...] = Field((), title="Risorse", description="Soldi, con la fonte.")
    indicators: tuple[Indicator, ...] = Field(
        (), title="Indicatori", description="Cifre di risultato, con la fonte."
    )
    milestones: tuple[Milestone, ...] = Field(
        (), title="Tappe", description="I passi della storia, con data e fonte."
    )
    success_factors: tuple[CitedText, ...] = Field(
        (),
        title="Che cosa ha aiutato",
        description="Fattori di riuscita che le fonti indicano.",
        examples=["Un ufficio solo risponde agli abitanti [^s1]"],
    )
    limits: tuple[CitedText, ...] = Field(
        (),
        title="Limiti",
        description="Che cosa non ha funzionato o è rimasto fuori.",
        examples=["D'inverno gli orti restano vuoti [^s1]"],
    )
    lessons: tuple[CitedText, ...] = Field(
        (),
        title="Lezioni",
        description="Che cosa si è imparato, in una riga ciascuna.",
        examples=["Conviene decidere le regole insieme, prima di assegnare i terreni [^s1]"],
    )
    building_blocks: tuple[BuildingBlock, ...] = Field(
        (),
        title="Parti riutilizzabili",
        description="Parti che un'altra città può prendere da sole.",
    )
    theory_of_change: TheoryOfChange | None = Field(
        None, title="Teoria del cambiamento", description="Dalle risorse all'impatto."
    )
    adoptions: tuple[Adoption, ...] = Field(
        (), title="Adozioni", description="Chi l'ha ripresa altrove."
    )
    related: tuple[Related, ...] = Field(
        (), title="Pratiche collegate", description="Altre schede della base."
    )
    contact: Contact | None = Field(None, title="Contatto", description="Ufficio a cui chiedere.")
    events: tuple[Presentation, ...] = Field(
        (), title="Eventi", description="Dove è stata presentata."
    )
    licence: Literal["CC-BY-4.0"] = Field(
        "CC-BY-4.0", title="Licenza", description="Licenza del testo."
    )
    aliases: tuple[Slug, ...] = Field(
        (), title="Vecchi indirizzi", description="Nomi precedenti del file, che restano validi."
    )
    next_review: Day | None = Field(
        None,
        title="Prossima verifica",
        description="Giorno entro cui ricontrollare la scheda; si omette se va bene quello che "
        "segue dallo stato.",
    )
    archived: Archived | None = Field(
        None,
        title="Archiviata",
        description="Data e motivo, se la scheda non si aggiorna più.",
    )

    @field_validator("next_review")
    @classmethod
    def _later(cls, day: str | None, info: ValidationInfo) -> str | None:
        reviewed = info.data.get("reviewed")
        if day and reviewed and day <= reviewed:
            raise PydanticCustomError(
                "review_order", "review_order", {"found": day, "reviewed": reviewed}
            )
        return day


class Authority(Sourced):
    """An urban authority that shares its practices."""

    name: Text = Field(title="Nome", description="Nome breve della città.")
    official_name: Text = Field(title="Ente", description="Per esempio: Comune di Milano.")
    order: int = Field(100, ge=0, le=10_000, title="Ordine", description="Posizione negli elenchi.")
    istat: Istat | None = Field(
        None, title="Codice ISTAT", description="Sei cifre, con gli zeri iniziali."
    )
    ipa: Ipa | None = Field(
        None, title="Codice IPA", description="Codice dell'indice delle pubbliche amministrazioni."
    )
    region: Text = Field(title="Regione", description="Regione.")
    nuts: Nuts | None = Field(
        None, title="Codice NUTS", description="Classificazione NUTS 2024, livello 3."
    )
    coordinates: Coordinates | None = Field(
        None, title="Coordinate", description="Posizione della città."
    )
    summary: Text = Field(title="In breve", description="Per che cosa è nota qui la città.")
    summary_en: Text = Field(title="In breve, in inglese", description="Lo stesso in inglese.")
    page: Url | None = Field(None, title="Sito", description="Sito ufficiale dell'ente.")
    offices: tuple[Contact, ...] = Field(
        (), title="Uffici", description="Uffici nominati dalle fonti."
    )


class Workshop(Record):
    """One working table of an event."""

    theme: ThemeId = Field(title="Tema", description="Tema del tavolo.")
    title: Text = Field(title="Titolo", description="Titolo annunciato.")
    note: CitedText | None = Field(None, title="Nota", description="Che cosa se ne sa.")


class Event(Sourced):
    """A meeting where practices were presented."""

    title: Text = Field(title="Titolo", description="Nome dell'evento.")
    title_en: Text = Field(title="Titolo in inglese", description="Nome in inglese.")
    summary: Text = Field(title="In breve", description="Una o due frasi.")
    summary_en: Text = Field(title="In breve, in inglese", description="Lo stesso in inglese.")
    start: PartialDate = Field(title="Inizio", description="Primo giorno.")
    end: PartialDate | None = Field(None, title="Fine", description="Ultimo giorno.")
    place: Text = Field(title="Luogo", description="Città e, se nota, sede.")
    organiser: Text = Field(title="Organizzatore", description="Chi lo ha promosso.")
    programme: ProgrammeId | None = Field(
        None, title="Programma", description="Programma che lo paga."
    )
    authorities: tuple[AuthorityId, ...] = Field(
        (), title="Città", description="Città della base che vi hanno preso parte."
    )
    workshops: tuple[Workshop, ...] = Field((), title="Tavoli", description="I tavoli di lavoro.")
    follow_ups: tuple[Milestone, ...] = Field(
        (), title="Seguiti", description="Che cosa è venuto dopo."
    )


class Theme(Record):
    """A workshop theme, by which practices are browsed."""

    label: Text = Field(title="Nome", description="Nome del tema.")
    label_en: Text = Field(title="Nome in inglese", description="Nome in inglese.")
    short: Text = Field(title="Nome breve", description="Due o tre parole, per etichette.")
    short_en: Text = Field(title="Nome breve in inglese", description="Due o tre parole.")
    order: int = Field(ge=0, le=10_000, title="Ordine", description="Posizione negli elenchi.")
    summary: Text = Field(title="In breve", description="Che cosa comprende.")
    summary_en: Text = Field(title="In breve, in inglese", description="Lo stesso in inglese.")
    questions: tuple[Text, ...] = Field(
        min_length=1, title="Domande guida", description="Domande per un tavolo di lavoro."
    )
    questions_en: tuple[Text, ...] = Field(
        (), title="Domande guida in inglese", description="Le stesse in inglese."
    )
    synonyms: tuple[Text, ...] = Field((), title="Sinonimi", description="Altre parole italiane.")
    synonyms_en: tuple[Text, ...] = Field((), title="Sinonimi inglesi", description="Altre parole.")

    @property
    def accent(self) -> int:
        """The number of the theme's colour, 1 to 8."""
        return (self.order - 1) % 8 + 1


class Term(Record):
    """An entry of a vocabulary."""

    id: Slug = Field(title="Codice", description="Codice usato nelle schede.")
    label: Text = Field(title="Nome", description="Nome in italiano.")
    label_en: Text = Field(title="Nome in inglese", description="Nome in inglese.")
    description: Text | None = Field(None, title="Spiegazione", description="Una o due frasi.")
    description_en: Text | None = Field(
        None, title="Spiegazione in inglese", description="Lo stesso in inglese."
    )
    synonyms: tuple[Text, ...] = Field((), title="Sinonimi", description="Altre parole italiane.")
    synonyms_en: tuple[Text, ...] = Field((), title="Sinonimi inglesi", description="Altre parole.")
    url: Url | None = Field(None, title="Pagina", description="Pagina ufficiale.")

    def labels(self) -> tuple[str, ...]:
        """Return the names of the term to show, in both languages, its preferred one first."""
        return (self.label, self.label_en, *self.synonyms, *self.synonyms_en)


class Concept(Term):
    """A concept of the thesaurus (SKOS): what else people call it, and where it belongs."""

    broader: tuple[Slug, ...] = Field(
        (), title="Concetti più ampi", description="Codici di altre voci di questo file."
    )
    related: tuple[Slug, ...] = Field(
        (), title="Concetti vicini", description="Codici di altre voci di questo file."
    )
    hidden: tuple[Text, ...] = Field(
        (),
        title="Forme nascoste",
        description="Parole che si digitano ma il sito non mostra: offensive, superate, errate.",
    )
    match: tuple[Url, ...] = Field(
        (), title="Stesso concetto altrove", description="Indirizzi in EuroVoc o in altri schemi."
    )

    def known_as(self) -> tuple[str, ...]:
        """Return all names by which the concept is found, hidden ones included."""
        return (*self.labels(), *self.hidden)


class Problem(Term):
    """What somebody starts from, and the ways in which people say it."""

    area: Text = Field(title="Ambito", description="Sotto quale titolo sta nell'elenco.")
    area_en: Text = Field(title="Ambito in inglese", description="Lo stesso in inglese.")
    said: tuple[Text, ...] = Field(
        (), title="Come lo si dice", description="Frasi di chi ce l'ha, di chi ci lavora."
    )
    said_en: tuple[Text, ...] = Field(
        (), title="Come lo si dice in inglese", description="Lo stesso in inglese."
    )


class Narrowing(Record):
    """The facet values that an answer stands for: any of a facet's, and so in every facet."""

    theme: tuple[ThemeId, ...] = Field((), title="Temi", description="Voci dei temi.")
    target_group: tuple[TargetGroupId, ...] = Field(
        (), title="Destinatari", description="Voci del vocabolario dei destinatari."
    )
    instrument: tuple[InstrumentId, ...] = Field(
        (), title="Strumenti", description="Voci del vocabolario degli strumenti."
    )
    programme: tuple[ProgrammeId, ...] = Field(
        (), title="Programmi", description="Voci del vocabolario dei programmi."
    )
    status: tuple[Status, ...] = Field((), title="Stati", description="Stati di una pratica.")
    budget: tuple[Budget, ...] = Field(
        (), title="Costi", description="50000, 250000, 1000000, 5000000 o more."
    )

    @model_validator(mode="after")
    def _narrows(self) -> "Narrowing":
        if not any(self.values().values()):
            raise PydanticCustomError("answer_empty", "answer_empty")
        return self

    def values(self) -> dict[str, tuple[str, ...]]:
        """Return the values by facet, of the facets that have some."""
        return {facet: values for facet, values in self if values}


class Answer(Term):
    """An answer to a question of the guide."""

    facets: Narrowing = Field(title="Filtri", description="Quali pratiche restano.")


class Question(Term):
    """A question that leads who has a problem to the practices that may help."""

    answers: tuple[Answer, ...] = Field(
        min_length=2, title="Risposte", description="Fra cui chi legge sceglie."
    )
