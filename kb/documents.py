# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a practice is indexed, and with what weight."""

from collections.abc import Iterator

from kb.content import Content, Entry
from kb.quality import evidence
from kb.records import Practice, Problem
from kb.sections import without_citations
from kb.types import first_day
from search_index import Document, Tuning

#: Chosen on ``tests/relevance/dev-*.tsv``. An entry is long because much is known of its practice,
#: not because it wanders; practices that are alike answer the same need.
TUNING = Tuning(
    weights={
        "title": 0.15,
        "summary": 0.15,
        "body": 0.1,
        "facts": 0.04,
        "names": 0.03,
        "labels": 0.15,
        "english": 0.18,
        "keywords": 0.3,
    },
    b=0.3,
    alike=0.9,
)
#: How problems are ranked for a query: what people say of them, and their names.
PROBLEM_TUNING = Tuning(weights={"label": 0.3, "said": 0.2}, b=0.3)
FACETS = (
    *("theme", "city", "status", "problem", "target_group", "instrument", "programme"),
    *("year", "budget", "evidence"),
)
#: A facet that readers do not choose by: what is archived stands apart.
SHELF = "shelf"
LISTED_SHELF, ARCHIVED_SHELF = "listed", "archived"
#: Upper limits in euro of the budget classes; beyond the last one it is ``more``.
BUDGETS = (50_000, 250_000, 1_000_000, 5_000_000)
#: After two years a check counts for nothing in the ranking.
FRESH_DAYS = 730
#: Between the name of a practice and what it is, in a title.
DASH = " – "


def documents(content: Content) -> list[Document]:
    """Return one document per practice, those with the latest news first."""
    entries = sorted(content.practices.values(), key=lambda entry: entry.record.title)
    entries.sort(key=lambda entry: entry.record.status_date, reverse=True)
    newest = max(first_day(entry.record.reviewed) for entry in entries)
    return [
        Document(
            id=entry.id,
            texts={k: without_citations(v) for k, v in _texts(content, entry).items()},
            names=_names(entry),
            facets=_facets(content, entry),
            prior=max(0.0, 1 - (newest - first_day(entry.record.reviewed)).days / FRESH_DAYS),
        )
        for entry in entries
    ]


def problems(content: Content) -> list[Document]:
    """Return one document per problem that practices have, with the ways in which it is said."""
    had = {problem for entry in content.practices.values() for problem in entry.record.problems}
    return [
        Document(
            id=term.id,
            texts={
                "label": f"{term.label}\n{term.label_en}",
                "said": "\n".join((*term.said, *term.said_en)),
            },
        )
        for term in content.vocabularies["problems"].values()
        if isinstance(term, Problem) and term.id in had
    ]


def active_years(practice: Practice) -> range:
    """Return the years in which the sources show the practice at work.

    Without a known end the last one is the year of the latest source on its status.
    """
    last = first_day(practice.period.end or practice.status_date).year
    first = first_day(practice.period.start or practice.status_date).year
    return range(first, max(first, last) + 1)


def budget(practice: Practice) -> str | None:
    """Return the budget class: the upper limit in euro, ``more``, or None when unknown.

    It is that of the whole practice where a source gives it, else of its largest amount.
    """
    known = [item for item in practice.funding if item.amount]
    whole = [item for item in known if item.scope == "total"]
    amounts = [item.amount for item in whole or known if item.amount]
    if not amounts:
        return None
    return next((str(limit) for limit in BUDGETS if max(amounts) <= limit), "more")


def _texts(content: Content, entry: Entry[Practice]) -> dict[str, str]:
    practice = entry.record
    city = content.authorities[content.authority_of(entry.id)].record.name
    return {
        "title": practice.title,
        "summary": practice.summary,
        "body": "\n".join(section.text for section in entry.sections),
        "facts": "\n".join(_facts(practice)),
        "names": "\n".join([city, practice.place.name, *_bodies(practice)]),
        "labels": "\n".join(_labels(content, practice)),
        "english": f"{practice.title_en}\n{practice.summary_en}",
        "keywords": "\n".join((*practice.keywords, *practice.keywords_en)),
    }


def _names(entry: Entry[Practice]) -> tuple[str, ...]:
    """Return what the practice is called: its title's name, its address, its old addresses."""
    practice = entry.record
    names = [practice.title, practice.title_en]
    names += [title.partition(DASH)[0] for title in names]
    return tuple(dict.fromkeys([*names, entry.id, *practice.aliases]))


def _facets(content: Content, entry: Entry[Practice]) -> dict[str, tuple[str, ...]]:
    practice = entry.record
    amount = budget(practice)
    return {
        "theme": practice.themes,
        "city": (content.authority_of(entry.id),),
        "status": (practice.status,),
        "problem": practice.problems,
        "target_group": practice.target_groups,
        "instrument": practice.instruments,
        "programme": tuple(dict.fromkeys(item.programme for item in practice.funding)),
        "year": tuple(map(str, active_years(practice))),
        "budget": (amount,) if amount else (),
        "evidence": (str(evidence(practice).level),),
        SHELF: (ARCHIVED_SHELF if practice.archived else LISTED_SHELF,),
    }


def _facts(practice: Practice) -> Iterator[str]:
    yield from practice.legal_basis
    yield from practice.success_factors
    yield from practice.limits
    yield from practice.lessons
    for block in practice.building_blocks:
        yield f"{block.name}. {block.what} {block.conditions or ''}"
    for indicator in practice.indicators:
        yield f"{indicator.label} {indicator.unit}"
    for item in practice.funding:
        yield f"{item.name or ''} {item.purpose or ''}"
    if practice.theory_of_change:
        yield from (node.text for node in practice.theory_of_change.nodes())


def _bodies(practice: Practice) -> Iterator[str]:
    for actor in (practice.lead, *practice.partners):
        yield f"{actor.name} {actor.role or ''}"


def _labels(content: Content, practice: Practice) -> Iterator[str]:
    for theme_id in practice.themes:
        theme = content.themes[theme_id].record
        yield from (theme.label, theme.label_en, *theme.synonyms, *theme.synonyms_en)
    for vocabulary, ids in (
        ("target-groups", practice.target_groups),
        ("instruments", practice.instruments),
        ("programmes", [item.programme for item in practice.funding]),
    ):
        for term_id in dict.fromkeys(ids):
            yield from content.vocabularies[vocabulary][term_id].labels()
