# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The git host of the content: where its files are read, edited and added.

How a new file is filled in from its address, as of 2026: GitHub reads ``filename`` and
``value``; Gitea (since 1.15) and Forgejo do as GitHub; GitLab reads ``file_name`` only, its
editor ignores any content. Hosts refuse long addresses (GitHub with status 414, web servers
before the others at 8 kB), and a login on the way encodes the address once more.
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, current_app

from kb.errors import WrongSetting

#: By a word in the host's name; a host of another name is taken for the first of KINDS.
KINDS = ("github", "gitlab", "gitea")
NAMES = {"gitlab": "gitlab", "gitea": "gitea", "forgejo": "gitea", "codeberg": "gitea"}
EDIT = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}
VIEW = {"github": "blob", "gitlab": "-/blob", "gitea": "src/branch"}
NEW = {"github": "new", "gitlab": "-/new", "gitea": "_new"}
PARAMETER = {"github": "filename", "gitlab": "file_name", "gitea": "filename"}
#: Characters: all servers take them, also encoded once more.
LONGEST_ADDRESS = 6000


@dataclass(frozen=True)
class Host:
    """A repository on a git host. *kind* is one of :data:`KINDS`."""

    kind: str
    url: str
    branch: str

    def edit(self, path: str) -> str:
        """Return where to edit the file *path*."""
        return self._address(EDIT[self.kind], path)

    def view(self, path: str) -> str:
        """Return where to read the file *path*."""
        return self._address(VIEW[self.kind], path)

    def new(self, path: str) -> str:
        """Return where to add a file, its name filled in and its content left to be pasted."""
        return f"{self._address(NEW[self.kind])}?{urlencode({PARAMETER[self.kind]: path})}"

    def filled(self, path: str, text: str) -> str:
        """Return where to add a file with name and content filled in; empty where it cannot be."""
        if self.kind == "gitlab":
            return ""
        address = f"{self.new(path)}&{urlencode({'value': text}, quote_via=quote)}"
        return address if len(address) <= LONGEST_ADDRESS else ""

    def _address(self, *parts: str) -> str:
        verb, *path = parts
        return "/".join((self.url, verb, quote(self.branch), *map(quote, path)))


def host() -> Host | None:
    """Return the git host of the settings, or None where no repository is set."""
    config = current_app.config
    url = str(config["REPOSITORY_URL"]).rstrip("/").removesuffix(".git")
    if not url:
        return None
    return Host(str(config["REPOSITORY_KIND"]) or kind_of(url), url, config["REPOSITORY_BRANCH"])


def kind_of(url: str) -> str:
    """Return the kind of git host that the name in *url* tells."""
    name = urlsplit(url).hostname or ""
    return next((kind for word, kind in NAMES.items() if word in name), KINDS[0])


def edit_url(path: str) -> str:
    """Return where to edit the content file *path* on the git host, or an empty text."""
    found = host()
    return found.edit(f"practices/{path}") if found else ""


def register(app: Flask) -> None:
    """Give the templates of *app* the git host.

    Raises :class:`~kb.errors.WrongSetting` when its kind is unknown.
    """
    kind = app.config["REPOSITORY_KIND"]
    if kind and kind not in KINDS:
        raise WrongSetting("KB_REPOSITORY_KIND", KINDS, kind)
    app.add_template_global(host, "repository")
    app.add_template_global(edit_url)
