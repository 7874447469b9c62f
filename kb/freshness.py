# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""When an entry must be checked again.

What is still moving is checked sooner than what is over; an author may name another day.
"""

import calendar
from datetime import date, timedelta

from kb.records import Practice, Status

#: Months from one check of an entry to the next, by the status of the practice.
MONTHS: dict[Status, int] = {
    "idea": 6,
    "pilot": 6,
    "running": 12,
    "consolidated": 18,
    "ended": 36,
    "stopped": 36,
}
#: An entry that must be checked within so many days is announced.
SOON = timedelta(days=60)


def next_review(practice: Practice) -> date | None:
    """Return the day by which the entry must be checked again; None when it is archived."""
    if practice.archived:
        return None
    if practice.next_review:
        return date.fromisoformat(practice.next_review)
    return _later(date.fromisoformat(practice.reviewed), MONTHS[practice.status])


def overdue(practice: Practice, today: date) -> date | None:
    """Return since when the check of the entry is overdue on *today*, or None when it is not."""
    due = next_review(practice)
    return due if due and due < today else None


def due_soon(practice: Practice, today: date) -> bool:
    """Return whether the entry must be checked within :data:`SOON`, from *today* on."""
    due = next_review(practice)
    return due is not None and today <= due <= today + SOON


def _later(day: date, months: int) -> date:
    """Return the same day *months* later, or the last of that month if it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
