# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which organisations several practices share, though each names them in its own way.

A name is compared without case, accents, punctuation and legal form (APS, S.p.A.). What stands
between commas counts by itself ("Politecnico di Milano, DAStU" is the Politecnico too); what
begins with a small letter tells a role, not a name; "oggi" leads from an old name to today's.
Offices and kinds of people ("Direzione…", "Enti del Terzo settore") are no organisations, and
what bears the name of an authority of the base is that authority. Nothing else is guessed: a
foundation and what it is named after stay two.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search_index.analysis import fold

#: An organisation is worth a star when so many practices name it.
SHARED = 2
LEGAL_FORM = re.compile(
    r"\b(aps|ets|odv|onlus|scs|srl|s r l|spa|s p a|societa benefit|impresa sociale)\b"
)
#: First words of what is an office of something, or a kind of people.
OFFICES = re.compile(
    r"(area|agenzia|assessorato|dipartimento|direzione|divisione|settore|servizi|servizio|ufficio)\b"
)
KINDS = re.compile(
    r"(abitanti|altri|altre|associazioni|cittadini|circoscrizioni|comitati|commercianti|comuni"
    r"|cooperative|enti|fondazioni|gruppi|imprese|istituti|municipi|quartieri|residenti|scuole"
    r"|sindacati|soggetti)\b"
)
TODAY = "oggi "


@dataclass(frozen=True)
class Organisation:
    """An organisation, by the name that is written most often, and the practices that name it."""

    id: str
    name: str
    practices: tuple[str, ...]


def shared(
    named: Mapping[str, Iterable[str]], authorities: Iterable[str]
) -> Iterator[Organisation]:
    """Yield the organisations that at least :data:`SHARED` practices name, by name.

    *named* are the names in each practice; *authorities* the official names of those of the base.
    """
    own = {key(name) for name in authorities}
    listed = {slug: [_parts(name) for name in names] for slug, names in named.items()}
    today = dict(pair for names in listed.values() for parts in names for pair in _renamed(parts))
    written: dict[str, Counter[str]] = defaultdict(Counter)
    practices: dict[str, dict[str, None]] = defaultdict(dict)
    for slug, names in listed.items():
        for name in (name for parts in names for name in _organisations(parts, own)):
            found = today.get(key(name), key(name))
            practices[found][slug] = None
            if key(name) == found:
                written[found][name] += 1
    for found in sorted(practices):
        if len(practices[found]) >= SHARED:
            name = _most_written(written[found])
            yield Organisation(found.replace(" ", "-"), name, tuple(practices[found]))


def _most_written(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def key(name: str) -> str:
    """Return *name* as it is compared with others."""
    words = " ".join(re.findall(r"\w+", fold(name.lower())))
    return " ".join(LEGAL_FORM.sub("", words).split()) or words


def _parts(name: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,;()]", name) if part.strip()]


def _renamed(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the old and the new key where a name says what the organisation is called today."""
    for old, new in pairwise(parts):
        if new.startswith(TODAY):
            yield key(old), key(new.removeprefix(TODAY))


def _organisations(parts: Sequence[str], own: set[str]) -> Iterator[str]:
    """Yield the parts of a name that are organisations; none of an authority of the base."""
    if any(key(parts[0]).startswith(name) for name in own):
        return
    for part in parts:
        name = part.removeprefix(TODAY)
        folded = key(name)
        if name[:1].isupper() and not OFFICES.match(folded) and not KINDS.match(folded):
            yield name
