# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What differs between two versions of a practice, as one would tell a colleague, in Italian.

Versions are plain data, as :mod:`kb.frontmatter` reads it: an old one need not fit today's records.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.fields import fields, schema_at
from kb.frontmatter import Loc
from kb.records import Practice
from kb.sections import CITATION, without_citations
from kb.values import HEADS, LONGEST_QUOTED, Names, Schema, described, head, head_key, said

#: How an entry is found, said in English, or when it was checked: no fact of the practice.
NO_FACTS = {"keywords", "keywords_en", "title_en", "summary_en", "reviewed"}
#: Lists whose changes are only counted.
COUNTED = {"keywords", "keywords_en", "links"}
#: More terms of a vocabulary than these are counted.
MOST_TERMS = 4
#: Fields whose items are feminine in Italian.
FEMININE = {
    *("sources", "milestones", "building_blocks", "adoptions", "related", "legal_basis"),
    *("lessons", "open_questions", "keywords", "keywords_en", "inputs", "activities", "outputs"),
    *("assumptions", "theory_of_change"),
}
#: The value of an item that is told without the name of its field.
MAIN = {"amount", "value"}
#: Items that share at least this part of their words are two versions of one.
ALIKE = 0.5
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Version:
    """A practice as plain data: its fields, and the text of each section by its heading."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """A difference in words; *fact* is false when only the wording of known facts changed."""

    text: str
    fact: bool = True


@dataclass(frozen=True)
class _Part:
    """A difference inside a field: *label* names where, if that must be said."""

    label: str
    text: str
    fact: bool = True


def changes(before: Version, after: Version, names: Names) -> list[Change]:
    """Return what differs between two versions, in the order of the fields, then of the text."""
    found = []
    for name in fields(Practice):
        title = schema_at(Practice, (name,))["title"]
        for part in _parts((name,), before.fields.get(name), after.fields.get(name), names):
            label = f"{title}, {part.label}" if part.label else title
            found.append(Change(f"{label}: {part.text}", part.fact and name not in NO_FACTS))
    return found + list(_sections(before.sections, after.sections))


def _sections(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for label in dict.fromkeys((*before, *after)):
        old, new = _plain(before.get(label, "")), _plain(after.get(label, ""))
        if old == new:
            continue
        if not old or not new:
            yield Change(f"{'Tolto' if old else 'Aggiunto'} il testo «{label}»")
        else:
            _, fact = _reworded(old, new)
            more = ", con altre cifre o fonti" if fact else ""
            yield Change(f"Testo riscritto in «{label}»{more}", fact)


def _evidence(text: str) -> tuple[set[str], set[str]]:
    """Return the figures and the citations of *text*: what makes it more than wording."""
    return set(FIGURE.findall(CITATION.sub("", text))), set(CITATION.findall(text))


def _plain(value: Any) -> Any:
    """Return *value* with single spaces and without what is empty, to be compared."""
    if isinstance(value, Mapping):
        plain = {key: _plain(item) for key, item in value.items()}
        return {key: item for key, item in plain.items() if item}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return " ".join(str(value).split()) if value is not None else ""


def _parts(loc: Loc, old: Any, new: Any, names: Names) -> Iterator[_Part]:
    """Yield what differs between two values of the field at *loc*."""
    old, new = _plain(old), _plain(new)
    if old == new or not (old or new):
        return
    schema = schema_at(Practice, loc)
    name = str(loc[-1])
    if name == "source":
        if _listed(old) != _listed(new):
            yield _Part("", "altre fonti")
    elif schema.get("type") == "array":
        yield from _list_parts(loc, _listed(old), _listed(new), names)
    elif isinstance(old or {}, Mapping) and isinstance(new or {}, Mapping):
        yield from _record_parts(loc, old or {}, new or {}, names)
    else:
        yield _value_part(schema, name, old, new, names)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _record_parts(
    loc: Loc, old: Mapping[str, Any], new: Mapping[str, Any], names: Names
) -> Iterator[_Part]:
    """Yield what differs between two records, field by field."""
    properties = schema_at(Practice, loc).get("properties", {})
    if not old or not new:
        schema = schema_at(Practice, loc)
        verb = _verb(str(loc[-1]), added=bool(new))
        told = "" if "inputs" in properties else f" {described(new or old, schema, names)}"
        yield _Part("", verb + told)
        return
    for key in properties:
        label = str(schema_at(Practice, (*loc, key)).get("title", key)).lower()
        for part in _parts((*loc, key), old.get(key), new.get(key), names):
            where = "" if key in MAIN else ", ".join(filter(None, (label, part.label)))
            yield _Part(where, part.text, part.fact)


def _value_part(schema: Schema, name: str, old: Any, new: Any, names: Names) -> _Part:
    """Return how a single value changed: old and new one, or that a long text was reworded."""
    unit = " €" if name == "amount" else ""
    if schema.get("type") == "boolean":
        return _Part("", "sì" if new == "true" else "no")
    if not old or not new:
        return _Part("", f"{_verb(name, bool(new))} {said(new or old, schema, names)}{unit}")
    if without_citations(str(old)) == without_citations(str(new)):
        return _Part("", "altre fonti")
    if max(len(str(old)), len(str(new))) > LONGEST_QUOTED:
        how, fact = _reworded(old, new)
        return _Part("", f"testo {how}", fact)
    return _Part("", f"{said(old, schema, names)}{unit} → {said(new, schema, names)}{unit}")


def _reworded(old: Any, new: Any) -> tuple[str, bool]:
    """Return how one text became another, and whether that changes what it says."""
    if _evidence(str(old)) == _evidence(str(new)):
        return "riscritto", False
    return "riscritto con altre cifre o fonti", True


def _list_parts(loc: Loc, old: Sequence[Any], new: Sequence[Any], names: Names) -> Iterator[_Part]:
    """Yield what was added to a list, changed in it, taken from it; its order tells nothing."""
    name = str(loc[-1])
    gone = [item for item in old if item not in new]
    come = [item for item in new if item not in old]
    if name in COUNTED:
        yield from _counted(name, len(come), len(gone))
        return
    schema = schema_at(Practice, (*loc, 0))
    for one, other in [] if "x-vocabulary" in schema else _pairs(gone, come):
        gone.remove(one)
        come.remove(other)
        yield from _item_parts(loc, one, other, names)
    for items, added in ((come, True), (gone, False)):
        if items:
            yield _Part("", f"{_verb(name, added, len(items))} {_told(items, schema, names)}")
    if not gone and not come and sorted(map(str, old)) == sorted(map(str, new)):
        yield _Part("", "altro ordine", fact=name == "themes")


def _told(items: Sequence[Any], schema: Schema, names: Names) -> str:
    """Return *items* in words: of terms that are many the number tells enough."""
    if "x-vocabulary" in schema and len(items) > MOST_TERMS:
        return str(len(items))
    # Names and texts have commas of their own.
    return "; ".join(described(item, schema, names) for item in items)


def _counted(name: str, come: int, gone: int) -> Iterator[_Part]:
    told = [f"{n} {_verb(name, added, n)}" for n, added in ((come, True), (gone, False)) if n]
    yield _Part("", ", ".join(told) or "altro ordine", fact=bool(told))


def _item_parts(loc: Loc, old: Any, new: Any, names: Names) -> Iterator[_Part]:
    """Yield how one item of a list changed, as one part that names it."""
    schema = schema_at(Practice, (*loc, 0))
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        how, fact = _reworded(old, new)
        yield _Part("", f"{head(new, schema, names)} {how}", fact)
        return
    key = head_key(old, schema)
    named, fact = head(old, schema, names), False
    if key and old[key] != new.get(key):
        named, fact = _renamed(key, old, new, names, schema)
        old = {**old, key: new.get(key)}
    found = list(_record_parts((*loc, 0), old, new, names))
    # The main value stands beside the name, all else after a comma.
    told = "".join(f", {p.label}: {p.text}" if p.label else f" {p.text}" for p in found)
    yield _Part("", named + told, fact or any(part.fact for part in found))


def _renamed(
    key: str, old: Mapping[str, Any], new: Mapping[str, Any], names: Names, schema: Schema
) -> tuple[str, bool]:
    """Return what names an item whose name changed, and whether that changes what it says."""
    if max(len(str(item.get(key, ""))) for item in (old, new)) <= LONGEST_QUOTED:
        return f"{head(old, schema, names)} → {head(new, schema, names)}", True
    how, fact = _reworded(old[key], new.get(key, ""))
    return f"{head(new, schema, names)} {how}", fact


def _pairs(gone: Sequence[Any], come: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Return the items that are two versions of one: those most alike first."""
    alike = sorted(
        (-_likeness(old, new), i, j) for i, old in enumerate(gone) for j, new in enumerate(come)
    )
    olds: set[int] = set()
    news: set[int] = set()
    found = []
    for unlikeness, i, j in alike:
        if -unlikeness >= ALIKE and i not in olds and j not in news:
            olds.add(i)
            news.add(j)
            found.append((gone[i], come[j]))
    return found


def _likeness(old: Any, new: Any) -> float:
    """Return how much two items are alike, 0 to 1: by their code, else by their words."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return _shared(_words(old), _words(new))
    if old.get("id") or new.get("id"):
        return float(str(old.get("id")) == str(new.get("id")))
    keys = [key for key in HEADS if key in old and key in new][:1] or ["programme", "purpose"]
    same = sum(bool(old.get(k) == new.get(k)) for k in ("year", "date", "amount")) / 3
    words = [_words(" ".join(str(item.get(key, "")) for key in keys)) for item in (old, new)]
    return 0.9 * _shared(words[0], words[1]) + 0.1 * same


def _words(text: Any) -> set[str]:
    return set(re.findall(r"[\w-]+", str(text).lower()))


def _shared(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _verb(name: str, added: bool, count: int = 1) -> str:
    """Return «aggiunto» or «tolto» as Italian grammar wants it for items of *name*."""
    stem = "aggiunt" if added else "tolt"
    singular, plural = ("a", "e") if name in FEMININE else ("o", "i")
    return stem + (singular if count == 1 else plural)
