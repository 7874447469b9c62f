# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How well a practice is documented: what its entry lacks, and how strong its evidence is.

Both grade the entry, never the city or the practice: they say what is written and what could be
added, by the rules declared here, from the fields alone.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from kb.labels import N_
from kb.records import Indicator, Practice

HIGHEST = 4
#: A level rests on so many sources at least.
FEWEST_SOURCES = 2


@dataclass(frozen=True)
class Said:
    """A message for :func:`gettext`, with its parameters; as text it is in Italian."""

    message: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


@dataclass(frozen=True)
class Part:
    """What an entry can say beyond its required fields.

    *weight* is its share of a whole entry, in percent; *add* says what to write where *present*,
    asked with the practice and the keys of its sections, is false.
    """

    key: str
    weight: int
    name: str
    add: str
    present: Callable[[Practice, Collection[str]], bool]


@dataclass(frozen=True)
class Completeness:
    """How much of an entry is there, in percent, and what is missing, the weightiest first."""

    percent: int
    missing: tuple[Part, ...]


@dataclass(frozen=True)
class Evidence:
    """The level, 0 to 4, of an entry's evidence, the facts that give it, and the next step.

    *next_step* is None on the highest level.
    """

    level: int
    facts: tuple[Said, ...]
    next_step: Said | None


def completeness(practice: Practice, sections: Collection[str]) -> Completeness:
    """Return how complete the entry of *practice* is; *sections* are the keys of its sections.

    Required fields do not count: no entry is without them.
    """
    missing = [part for part in PARTS if not part.present(practice, sections)]
    return Completeness(100 - sum(part.weight for part in missing), tuple(missing))


def measured(practice: Practice) -> list[Indicator]:
    """Return the indicators of *practice* that tell a result, not an expectation."""
    return [item for item in practice.indicators if item.nature != "expected"]


def reachable(practice: Practice) -> bool:
    """Return whether the entry says whom to ask."""
    contact = practice.contact
    return bool(contact and (contact.office or contact.email or contact.page))


def priced(practice: Practice) -> bool:
    """Return whether the entry gives the cost of the whole practice."""
    return any(item.amount and item.scope == "total" for item in practice.funding)


#: All that counts, the weightiest first: what an officer needs to judge a practice and to begin.
PARTS = (
    Part(
        "results",
        14,
        N_("Risultati misurati"),
        N_("un risultato misurato, con anno e fonte"),
        lambda p, _: bool(measured(p)),
    ),
    Part(
        "contact",
        12,
        N_("Contatto"),
        N_("l'ufficio a cui chiedere, o la sua pagina"),
        lambda p, _: reachable(p),
    ),
    Part(
        "cost",
        10,
        N_("Importi"),
        N_("un importo, con la fonte"),
        lambda p, _: any(item.amount for item in p.funding),
    ),
    Part(
        "legal_basis",
        9,
        N_("Base giuridica"),
        N_("la legge, il regolamento o l'atto su cui poggia"),
        lambda p, _: bool(p.legal_basis),
    ),
    Part(
        "limits",
        9,
        N_("Limiti"),
        N_("che cosa non ha funzionato o è rimasto fuori"),
        lambda p, _: bool(p.limits),
    ),
    Part(
        "building_blocks",
        9,
        N_("Parti riutilizzabili"),
        N_("una parte che un'altra città può prendere da sola"),
        lambda p, _: bool(p.building_blocks),
    ),
    Part(
        "elsewhere",
        5,
        N_("Come farlo altrove"),
        N_("la sezione «Come farlo altrove»"),
        lambda _, s: "elsewhere" in s,
    ),
    Part(
        "working",
        5,
        N_("Come funziona"),
        N_("la sezione «Come funziona»"),
        lambda _, s: "working" in s,
    ),
    Part(
        "lessons",
        5,
        N_("Lezioni"),
        N_("che cosa si è imparato"),
        lambda p, s: bool(p.lessons) or "lessons" in s,
    ),
    Part(
        "theory_of_change",
        5,
        N_("Teoria del cambiamento"),
        N_("i passi dalle risorse all'impatto"),
        lambda p, _: p.theory_of_change is not None,
    ),
    Part(
        "total",
        4,
        N_("Costo complessivo"),
        N_("il costo dell'intera pratica, con la fonte"),
        lambda p, _: priced(p),
    ),
    Part(
        "success_factors",
        4,
        N_("Che cosa ha aiutato"),
        N_("che cosa ha aiutato, secondo le fonti"),
        lambda p, _: bool(p.success_factors),
    ),
    Part(
        "milestones",
        3,
        N_("Tappe"),
        N_("le tappe, con data e fonte"),
        lambda p, _: bool(p.milestones),
    ),
    Part(
        "partners", 3, N_("Partner"), N_("chi altro vi prende parte"), lambda p, _: bool(p.partners)
    ),
    Part(
        "start",
        3,
        N_("Data di inizio"),
        N_("la data di inizio, con la fonte"),
        lambda p, _: p.period.start is not None,
    ),
)


#: What each level asks for, beyond those below it.
NEEDS = {
    "0": N_("La scheda c'è, con almeno una fonte."),
    "1": N_("Fonti di almeno due editori diversi, e fra queste una ufficiale o di un partner."),
    "2": N_("Almeno un indicatore misurato, non solo previsto, con il suo anno e la sua fonte."),
    "3": N_("Un indicatore così, con il valore di partenza o un confronto."),
    "4": N_("Fra le fonti citate, una valutazione fatta da terzi."),
}


def evidence(practice: Practice) -> Evidence:
    """Return the level of the evidence that the entry of *practice* gives.

    Each level includes those below it: 1 needs two sources of different publishers, one of them
    official or a partner's; 2 a measured indicator with its year (each has its source); 3 such an
    indicator with a baseline or a comparison; 4 an evaluation by someone else among the sources.
    """
    steps = (_sources(practice), _monitored(practice), _compared(practice), _evaluated(practice))
    level = next((n for n, (_, lacking) in enumerate(steps) if lacking), HIGHEST)
    facts = tuple(fact for found, _ in steps for fact in found)
    return Evidence(level, facts, None if level == HIGHEST else steps[level][1])


#: What speaks for a step of the ladder, and what to do where that is not enough.
Step = tuple[list[Said], Said | None]


def _sources(practice: Practice) -> Step:
    publishers = len({source.publisher for source in practice.sources})
    answering = [source for source in practice.sources if source.kind != "press"]
    facts = [
        Said(
            N_("fonti: %(sources)d, di %(publishers)d editori, ufficiali o di partner: %(own)d"),
            {"sources": len(practice.sources), "publishers": publishers, "own": len(answering)},
        )
    ]
    if not answering:
        return facts, Said(N_("aggiungi una fonte ufficiale o di un partner"))
    if publishers < FEWEST_SOURCES:
        return facts, Said(N_("aggiungi una seconda fonte, di un altro editore"))
    return facts, None


def _monitored(practice: Practice) -> Step:
    found = measured(practice)
    dated = [item for item in found if item.year]
    if dated:
        return [_of(N_("misurato: %(label)s (%(year)d)"), dated, year=dated[0].year)], None
    if found:
        return [], _of(N_("aggiungi l'anno all'indicatore «%(label)s»"), found)
    return [], Said(N_("aggiungi un risultato misurato, con il suo anno e la fonte"))


def _compared(practice: Practice) -> Step:
    dated = [item for item in measured(practice) if item.year]
    before = [item for item in dated if item.baseline]
    compared = [item for item in dated if item.comparison]
    facts = [_of(N_("con il valore di partenza: %(label)s"), before)] if before else []
    facts += [_of(N_("con un confronto: %(label)s"), compared)] if compared else []
    lacking = Said(N_("aggiungi a un indicatore misurato il valore di partenza o un confronto"))
    return facts, None if facts else lacking


def _evaluated(practice: Practice) -> Step:
    facts = list(_evaluations(practice))
    independent = any(source.evaluation == "independent" for source in practice.sources)
    lacking = Said(N_("cita fra le fonti una valutazione fatta da terzi"))
    return facts, None if independent else lacking


def _evaluations(practice: Practice) -> Iterator[Said]:
    for source in practice.sources:
        params = {"title": source.title, "publisher": source.publisher}
        if source.evaluation == "independent":
            yield Said(N_("valutazione indipendente: «%(title)s», %(publisher)s"), params)
        elif source.evaluation == "internal":
            yield Said(N_("valutazione interna: «%(title)s», %(publisher)s"), params)


def _of(message: str, indicators: list[Indicator], **params: Any) -> Said:
    """Return *message* about the first of *indicators*."""
    return Said(message, {"label": indicators[0].label, **params})
