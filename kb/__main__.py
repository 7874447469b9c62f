# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lets ``python -m kb`` do what ``kb`` does."""

from kb.cli import main

main()
