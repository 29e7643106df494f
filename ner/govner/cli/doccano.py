"""``govner doccano``: a server in one command, and the round trip."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..document import read_documents, write_documents
from ..document.errors import BadInput
from .access import HomeFolder, Url, access
from .console import Tally, say

if TYPE_CHECKING:
    from ..doccano import Pulled

doccano = typer.Typer(help="Run a doccano server; push, pull and watch projects.")

Project = Annotated[str, typer.Option("--project", help="The project's name.")]


@doccano.command("up")
def up(
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1.")] = 8000,
    python: Annotated[
        str | None, typer.Option(help="A Python 3.9 to 3.11 for doccano's environments.")
    ] = None,
    home: HomeFolder = None,
) -> None:
    """Start doccano here and wait until it answers; prints the address.

    Example: govner doccano up
    """
    from ..doccano import Home, ensure_up

    place = Home.at(home)
    found = ensure_up(place, port=port, python=python, say=say)
    typer.echo(found.url)
    say(f"doccano runs at {found.url}, user admin, password in {place.password_file}")


@doccano.command("down")
def down(home: HomeFolder = None) -> None:
    """Stop what ``up`` started, and nothing else.

    Example: govner doccano down
    """
    from ..doccano import Home
    from ..doccano import down as stop

    say("doccano is stopped" if stop(Home.at(home)) else "nothing of ours was running")


@doccano.command("status")
def status(
    project: Annotated[str | None, typer.Option(help="Only this project.")] = None,
    url: Url = None,
    home: HomeFolder = None,
) -> None:
    """Say what runs, which projects there are, and how many documents are done in each.

    Example: govner doccano status
    """
    from ..doccano import Home, project_statuses, running
    from ..doccano.client import Client

    place = Home.at(home)
    if url is None:
        server = running(place)
        if server is None:
            typer.echo("doccano does not run here")
            return
        names = {True: "runs", False: "does not run"}
        typer.echo(f"{server.url}: web {names[server.web]}, worker {names[server.worker]}")
    with Client(access(place, url), home=place) as client:
        found, others = project_statuses(client, name=project)
    for item in found:
        typer.echo(str(item))
    for name in others:
        typer.echo(f"{name}: not a project for round trips")


@doccano.command("push")
def push(
    documents: Annotated[str, typer.Argument(help="Documents as JSON Lines, or -.")],
    project: Project,
    guideline: Annotated[
        str | None,
        typer.Option(help="The guideline shown in the page; default corpus/guidelines.md."),
    ] = None,
    member: Annotated[
        list[str] | None,
        typer.Option(
            help="NAME or NAME:ROLE; annotator, annotation_approver or project_admin. Repeatable."
        ),
    ] = None,
    annotators: Annotated[
        str | None,
        typer.Option(help="NAME,NAME: each gets a project of their own, PROJECT/NAME, blind."),
    ] = None,
    url: Url = None,
    home: HomeFolder = None,
) -> None:
    """Bring proposed documents into a project; repeating it doubles nothing.

    Example: govner doccano push proposed.jsonl --project news
    """
    from ..doccano import Home, sweep
    from ..doccano import push as send
    from ..doccano.client import Client

    place = Home.at(home)
    tally = Tally()
    found = list(tally.count(read_documents(documents)))
    members = [_member(text) for text in member or ()]
    people = [name.strip() for name in (annotators or "").split(",") if name.strip()]
    targets = [(f"{project}/{name}", [*members, (name, "annotator")]) for name in people]
    with Client(access(place, url), home=place) as client:
        for name, with_members in targets or [(project, members)]:
            done = send(
                found,
                client,
                project=name,
                guideline=guideline_text(guideline),
                members=with_members,
                make_users=url is None,
                say=say,
            )
            say(
                f"{name}: {done.sent:,} documents sent in {done.pieces:,} pieces, "
                f"{done.there:,} there already, {len(done.kept):,} worked on and left as they are"
            )
            for user in done.made_users:
                say(f"made the user {user}, password in {place.root / f'password-{user}'}")
    sweep(place)
    say(f"pushed to {client.access.url}: {tally}")


@doccano.command("pull")
def pull(
    project: Project,
    output: Annotated[str, typer.Option("-o", "--output", help="JSON Lines, or -.")] = "-",
    onto: Annotated[
        str | None,
        typer.Option(help="The documents that were pushed, where the push was made elsewhere."),
    ] = None,
    confirmed_only: Annotated[
        bool, typer.Option("--confirmed-only", help="Leave out what nobody confirmed.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Pull as people work, until all is confirmed.")
    ] = False,
    every: Annotated[float, typer.Option(help="Seconds between two looks with --watch.")] = 15,
    url: Url = None,
    home: HomeFolder = None,
) -> None:
    """Bring documents back, joined, with who made which span, states and comments.

    What nobody confirmed stays ``proposed``. Exits with 1 where a document could not be taken.

    Example: govner doccano pull --project news -o corrected.jsonl
    """
    from ..doccano import Home
    from ..doccano.client import Client

    if watch and output == "-":
        hint = "give a file with -o, which each pull replaces"
        raise BadInput(path="--watch", why="would pull again and again into a pipe", hint=hint)
    place = Home.at(home)
    before = list(read_documents(onto)) if onto else []
    options = {"project": project, "onto": before, "confirmed_only": confirmed_only}
    with Client(access(place, url), home=place) as client:
        seen = _activity(client, project)
        pulled = _pull_once(client, output, options)
        try:
            while watch and pulled.waiting:
                while (now := _activity(client, project)) == seen:
                    time.sleep(every)
                seen = now  # taken before the pull: what happens during it is seen the next time
                pulled = _pull_once(client, output, options)
        except KeyboardInterrupt:
            say("stopped watching; the last pull is in the output")
    if pulled.problems:
        raise typer.Exit(1)


def _activity(client: Any, project: str) -> Any:
    from ..doccano.project import find_project

    return client.call("activity", project=find_project(client, project).number)


def _pull_once(client: Any, output: str, options: dict[str, Any]) -> Pulled:
    from ..doccano import pull as fetch
    from ..doccano import sweep

    pulled = fetch(client, **options)
    sweep(client.home)
    tally = Tally()
    write_documents(output, tally.count(pulled.documents))
    for problem in pulled.problems:
        say(f"not taken: {problem}")
    say(f"pulled {options['project']}: {tally}; {pulled.progress}")
    return pulled


def _member(text: str) -> tuple[str, str]:
    name, _, role = text.partition(":")
    return name, role or "annotator"


def guideline_text(path: str | None) -> str:
    """Return the guideline that a project shows; nothing where there is none to be found."""
    file = Path(path or "corpus/guidelines.md")
    if path is None and not file.is_file():
        say(f"no guideline for the page: {file} is not here, and --guideline is not given")
        return ""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(path=file, why=f"cannot be read ({error})", hint="check the path") from error
