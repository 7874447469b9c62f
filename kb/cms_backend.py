# SPDX-FileCopyrightText: 2026 The Costellazioni civiche knowledge base authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where Decap CMS keeps what editors write: the git host of the settings, or a local server."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

KINDS = ("github", "gitlab", "gitea", "forgejo")
#: By a word in the host's name; a host of another name says its kind in KB_REPOSITORY_KIND.
NAMES = {"codeberg": "forgejo", "github.com": "github"} | {kind: kind for kind in KINDS[1:]}
#: Decap's backend for Gitea knows no pull requests: each save is a commit on the branch.
WITHOUT_WORKFLOW = {"gitea"}


@dataclass(frozen=True)
class Host:
    """A repository on a git host; *kind* is one of :data:`KINDS`."""

    kind: str
    address: str
    repository: str
    branch: str
    app_id: str
    auth_url: str

    @property
    def api(self) -> str:
        """Return the address of the host's programming interface."""
        if self.kind == "github":
            public = self.address == "https://github.com"
            return "https://api.github.com" if public else f"{self.address}/api/v3"
        return f"{self.address}/api/{'v4' if self.kind == 'gitlab' else 'v1'}"

    @property
    def backend(self) -> dict[str, Any]:
        """Return Decap's ``backend`` setting."""
        common = {
            "name": self.kind,
            "repo": self.repository,
            "branch": self.branch,
            "api_root": self.api,
        }
        if self.kind == "github":
            return common | self._popup()
        base = {"base_url": self.address, "app_id": self.app_id}
        if self.kind == "gitlab":
            base |= {"auth_type": "pkce", "graphql_api_root": f"{self.address}/api/graphql"}
        return common | base

    def _popup(self) -> dict[str, str]:
        """Return who lets editors in: Decap wants the origin apart from the path."""
        url = urlsplit(self.auth_url)
        if not url.netloc:
            return {}
        path = url.path.strip("/")
        origin = {"base_url": f"{url.scheme}://{url.netloc}"}
        return origin | ({"auth_endpoint": path} if path else {})

    def reached(self) -> list[str]:
        """Return the origins that Decap asks, for the policy of its page."""
        origins = [self.address, _origin(self.api)]
        if self.kind == "github":
            # Decap asks there whether GitHub is well, and shows the editor's picture.
            origins += ["https://www.githubstatus.com", "https://avatars.githubusercontent.com"]
        return list(dict.fromkeys(origins))


def host(settings: Mapping[str, Any]) -> Host | None:
    """Return the host that *settings* name; None without address, or when its kind is unknown."""
    url = urlsplit(str(settings["REPOSITORY_URL"]).rstrip("/").removesuffix(".git"))
    named = settings["CMS_BACKEND"] or settings["REPOSITORY_KIND"]
    kind = str(named or _guessed(url.hostname or ""))
    if not url.netloc or kind not in KINDS:
        return None
    return Host(
        kind=kind,
        address=f"{url.scheme}://{url.netloc}",
        repository=url.path.strip("/"),
        branch=str(settings["REPOSITORY_BRANCH"]),
        app_id=str(settings["CMS_APP_ID"]),
        auth_url=str(settings["CMS_AUTH_URL"]),
    )


def _guessed(name: str) -> str:
    return next((kind for word, kind in NAMES.items() if word in name), "")


def backend(settings: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return Decap's settings of where to keep what is written; None when there is no place."""
    known = host(settings)
    local = str(settings["CMS_LOCAL"])
    if known is None and not local:
        return None
    proxy = {"name": "proxy", "proxy_url": local, "branch": str(settings["REPOSITORY_BRANCH"])}
    simple = known is not None and known.kind in WITHOUT_WORKFLOW and not local
    chosen = (known.backend if known else proxy) | {"commit_messages": MESSAGES}
    mode = "simple" if simple else "editorial_workflow"
    found: dict[str, Any] = {"backend": chosen, "publish_mode": mode}
    # Decap looks for it only when the page itself is on this machine.
    return found | ({"local_backend": {"url": local}} if local else {})


def origins(settings: Mapping[str, Any]) -> list[str]:
    """Return the origins that Decap must reach with *settings*."""
    known = host(settings)
    local = str(settings["CMS_LOCAL"])
    return (known.reached() if known else []) + ([_origin(local)] if local else [])


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


MESSAGES = {
    "create": "Add {{path}}",
    "update": "Update {{path}}",
    "delete": "Remove {{path}}",
    "uploadMedia": "Add {{path}}",
    "deleteMedia": "Remove {{path}}",
}
