# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A review as Markdown, in Italian, for the page of a pull request."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.findings import Finding, shown_path
from kb.quality import HIGHEST
from kb.review import Review, ReviewedPractice

#: What Markdown or a git host would read as more than text.
MARKS = re.compile(r"([\\`*_\[\]<>#|@~$])")
KINDS = {
    "A": ("Scheda nuova", "schede nuove"),
    "M": ("Scheda modificata", "schede modificate"),
    "R": ("Scheda spostata", "schede spostate"),
    "D": ("Scheda tolta", "schede tolte"),
}


def markdown(review: Review) -> str:
    """Return the summary of *review*."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: Review) -> Iterator[str]:
    yield from ("## Che cosa cambia nelle schede", "", _counts(review), "")
    yield from _problems("Da correggere", "", review.findings)
    yield from _problems(
        "Da correggere in altri file",
        "Questi file non cambiano qui: forse nominano una scheda o una voce che qui è tolta.",
        review.elsewhere,
    )
    for practice in review.practices:
        yield from _practice(practice)
    if review.others:
        yield from ("### Altri file", "")
        yield from (f"- {_code(path)}" for path in review.others)
        yield ""


def _counts(review: Review) -> str:
    told = []
    for status, (one, many) in KINDS.items():
        number = sum(practice.status == status for practice in review.practices)
        if number:
            told.append(f"1 {one.lower()}" if number == 1 else f"{number} {many}")
    problems = len(review.findings) + len(review.elsewhere)
    wrong = "Nessun problema." if not problems else f"**Problemi da correggere: {problems}.**"
    return f"{', '.join(told) or 'Nessuna scheda cambiata'}. {wrong}"


def _problems(heading: str, note: str, findings: Iterable[Finding]) -> Iterator[str]:
    listed = list(findings)
    if not listed:
        return
    yield from (f"### {heading}", "")
    if note:
        yield from (note, "")
    for finding in listed:
        field = f", `{finding.field}`" if finding.field else ""
        place = f"{_code(finding.path)}, riga {finding.line}{field}"
        yield f"- {place}: {escaped(finding.message())}"
    yield ""


def _practice(practice: ReviewedPractice) -> Iterator[str]:
    yield f"### {KINDS[practice.status][0]}: {escaped(practice.title)}"
    yield from ("", _code(practice.path), "")
    if practice.status == "A":
        yield from (_contents(practice), "")
    yield from _grades(practice)
    facts = [change.text for change in practice.changes if change.fact]
    words = [change.text for change in practice.changes if not change.fact]
    if facts:
        yield from (*(f"- {escaped(fact)}" for fact in facts), "")
    elif practice.status in "MR":
        yield from ("Nessun fatto cambia.", "")
    if words:
        yield from (f"Solo parole o verifica: {escaped('; '.join(words))}.", "")


def _grades(practice: ReviewedPractice) -> Iterator[str]:
    """Yield how well the entry is documented, before and after."""
    before, after = practice.grades
    if after is None:
        return
    level = _step(before.level if before else None, after.level)
    percent = _step(before.percent if before else None, after.percent)
    yield f"Documentazione della scheda: livello {level} di {HIGHEST}; completezza {percent} %."
    if after.next_step:
        yield f"Per salire di livello: {escaped(after.next_step)}."
    yield ""


def _step(before: int | None, after: int) -> str:
    return str(after) if before in (None, after) else f"{before} → {after}"


def _contents(practice: ReviewedPractice) -> str:
    """Return how much a new practice holds."""
    lists = (("sources", "fonti"), ("indicators", "indicatori"), ("funding", "voci di spesa"))
    counts = [
        f"{name}: {len(value) if isinstance(value, list) else 0}"
        for key, name in lists
        for value in (practice.after.fields.get(key),)
    ]
    return f"Contiene {', '.join(counts)}."


def _code(path: Path) -> str:
    return "`" + shown_path(path).replace("`", "'") + "`"


def escaped(text: str) -> str:
    """Return *text*, which may come from anyone, so that Markdown shows it as it is."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))
