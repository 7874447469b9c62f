# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The knowledge base of good practices shared between urban authorities."""

__version__ = "0.1.0"
