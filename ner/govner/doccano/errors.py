"""What can go wrong between this toolkit and a doccano server."""

from __future__ import annotations

from ..document.errors import GovnerError


class DoccanoError(GovnerError):
    """The base of all that can go wrong with doccano."""


class NoPython(DoccanoError):
    """No Python that doccano can run on."""

    def __init__(self, *, what: str, versions: tuple[str, ...], tried: str) -> None:
        self.what, self.versions = what, versions
        super().__init__(
            f"{what} needs Python {versions[-1]} to {versions[0]} and there is none ({tried}); "
            f"install one, for instance with `uv python install {versions[0]}`, or give its path "
            "with --python"
        )


class CannotInstall(DoccanoError):
    """An environment that could not be made."""

    def __init__(self, *, what: str, why: str) -> None:
        self.what, self.why = what, why
        super().__init__(
            f"the environment of {what} could not be made ({why}); check the network and the "
            "package index, then run `govner doccano up` again"
        )


class CannotStart(DoccanoError):
    """A server that does not come up."""

    def __init__(self, *, what: str, why: str, log: str) -> None:
        self.what, self.why, self.log = what, why, log
        super().__init__(f"{what} did not start: {why}; its log is {log}")


class NotRunning(DoccanoError):
    """No server where one should be."""

    def __init__(self, *, url: str, hint: str = "start it with `govner doccano up`") -> None:
        self.url = url
        super().__init__(f"no doccano answers at {url}; {hint}")


class NoWorker(DoccanoError):
    """A web process that answers and a worker that does not."""

    def __init__(self, *, url: str, during: str = "") -> None:
        self.url = url
        super().__init__(
            f"doccano at {url} answers, but its worker does not{during}; start it again "
            "(`govner doccano up` does so here) and repeat the command, nothing will be doubled"
        )


class BadCredentials(DoccanoError):
    """A user or password that the server does not take."""

    def __init__(self, *, url: str, user: str) -> None:
        self.url, self.user = url, user
        super().__init__(
            f"doccano at {url} does not take this password for {user}; set "
            "GOVNER_DOCCANO_USER and GOVNER_DOCCANO_PASSWORD, or answer the prompt"
        )


class WrongServer(DoccanoError):
    """Something that answers, but not as doccano 1.8 does."""

    def __init__(self, *, url: str, why: str) -> None:
        self.url, self.why = url, why
        super().__init__(
            f"{url} does not answer as doccano 1.8 does ({why}); check the address, or use "
            "`govner export --to doccano` and the page's own import"
        )


class ServerSaid(DoccanoError):
    """A request that the server refused."""

    def __init__(self, *, url: str, status: int, text: str) -> None:
        self.url, self.status, self.text = url, status, text
        super().__init__(f"doccano at {url} answered {status}: {text[:200]}; see the server's log")


class BadProject(DoccanoError):
    """A project that is not there, or not of the kind that a round trip needs."""

    def __init__(self, *, project: str, why: str, hint: str) -> None:
        self.project, self.why = project, why
        super().__init__(f"the project {project!r} {why}; {hint}")


class Incomplete(DoccanoError):
    """Documents that did not arrive as they were sent."""

    def __init__(self, *, project: str, count: int, first: str) -> None:
        self.project, self.count, self.first = project, count, first
        super().__init__(
            f"{count:,} documents did not arrive in {project!r} as they were sent; the first: "
            f"{first}; repeat the push, what is there stays"
        )
