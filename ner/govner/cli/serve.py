"""``govner serve``: the rules or a model behind HTTP."""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from typing import Annotated

import typer

from ..document.errors import BadConfig, MissingExtra
from .console import say


def serve(
    with_: Annotated[
        str, typer.Argument(metavar="rules|MODEL", help="Who proposes: the rules or a model.")
    ],
    host: Annotated[
        str, typer.Option(help="The address to listen on; this machine alone if not given.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = (
        8000
    ),
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="A TOML file with own words and switched-off rules."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many processes work at once.")] = 1,
    most_documents: Annotated[int, typer.Option(min=1, help="Documents of a request.")] = 100,
    most_bytes: Annotated[int, typer.Option(min=1, help="Bytes of a request.")] = 2**20,
    most_waiting: Annotated[int, typer.Option(min=1, help="Requests that may wait.")] = 100,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds for a request.")] = 30,
) -> None:
    """Annotate over HTTP: POST /annotate a document or a list of them; /health, /version.

    It ends on SIGTERM or Ctrl-C once the requests under way are answered. There is no password:
    an address that others reach is for a network that you trust.

    Example: govner serve rules --port 8000
    """
    try:
        import uvicorn

        from ..apply.server import make_app
    except ImportError as error:
        raise MissingExtra(what="fastapi or uvicorn", extra="serve") from error
    from ..apply.boss import Setup, Team
    from ..apply.identity import predictor_identity

    predictor = predictor_identity(with_, rules)
    with listen(host, port) as listener, Team(Setup.of(with_, rules), workers=workers) as team:
        app = make_app(
            team,
            predictor=predictor,
            most_documents=most_documents,
            most_bytes=most_bytes,
            most_waiting=most_waiting,
            seconds=timeout,
        )
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=int(timeout) + 1,
        )
        server = uvicorn.Server(config)
        # uvicorn raises a signal again when it has ended by it; this is how it ends well.
        for stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(stop, lambda *_: setattr(server, "should_exit", True))
        say(f"serving {with_} at http://{host}:{listener.getsockname()[1]}; Ctrl-C ends")
        server.run(sockets=[listener])
    say("ended; all requests under way were answered")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises ``BadConfig`` where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        why = f"cannot be listened on ({error.strerror or error})"
        raise BadConfig(path=f"{host}:{port}", why=why, hint="choose another --port") from error
