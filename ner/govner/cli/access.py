"""How commands reach a doccano server: ours, or one elsewhere with credentials asked for."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from ..document.errors import BadInput

if TYPE_CHECKING:
    from ..doccano import Home
    from ..doccano.client import Access

USER, PASSWORD = "GOVNER_DOCCANO_USER", "GOVNER_DOCCANO_PASSWORD"  # names of variables

HomeFolder = Annotated[
    str | None,
    typer.Option(
        "--home",
        help="Where environments, data and secrets are; default $GOVNER_DOCCANO_HOME or "
        "~/.local/share/govner/doccano.",
    ),
]
Url = Annotated[
    str | None,
    typer.Option(
        "--url",
        help=f"A server elsewhere; user and password come from {USER} and {PASSWORD}, "
        "or are asked for.",
    ),
]


def access(home: Home, url: str | None) -> Access:
    """Return the way to our own server, or to another.

    Raises ``BadInput`` for an address that is none or that holds a password, which others could
    read on the command line, and where there is nobody to ask for credentials.
    """
    from ..doccano.client import Access

    if url is None:
        return Access.local(home)
    _check(url)
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if not (user and password) and not sys.stdin.isatty():
        hint = f"set {USER} and {PASSWORD}"
        raise BadInput(path=url, why="user and password are needed", hint=hint)
    user = user or typer.prompt("user", err=True)
    password = password or typer.prompt("password", hide_input=True, err=True)
    return Access(url.rstrip("/"), user, password)


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        parts, host = urlsplit(""), None
    if "@" in url:
        why = "a user or a password stands in it, where others can read it"
        hint = f"leave it out and set {USER} and {PASSWORD}, or answer the prompt"
        raise BadInput(path=f"the address …@{url.rpartition('@')[2]}", why=why, hint=hint)
    if parts.scheme not in ("http", "https") or not host:
        raise BadInput(path=url, why="is no address", hint="write http://HOST:PORT")
