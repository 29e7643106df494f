"""The predictor behind HTTP: one document or many, within limits of size and time."""

from __future__ import annotations

import asyncio
import json
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .boss import Outcome, Team, TooSlow, Worker


class Text(BaseModel):
    """A document to annotate."""

    model_config = ConfigDict(extra="forbid")

    text: str
    id: str | None = Field(None, description="Made from the text if not given.")
    meta: dict[str, Any] = Field(default_factory=dict, description="Given back as it is.")


class Stretch(BaseModel):
    """A span: code points, half-open."""

    start: int
    end: int
    label: str
    source: str = Field(description="The rule or the model that proposes it.")


class AnnotatedText(BaseModel):
    """A document with what was found in it."""

    id: str
    text: str
    spans: list[Stretch]
    meta: dict[str, Any]
    state: str


class Problem(BaseModel):
    """What is wrong with a request, or why it could not be served."""

    detail: str


PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The request is no text in UTF-8."},
    413: {"model": Problem, "description": "The request is too large."},
    422: {"model": Problem, "description": "The request is not a document, or none that can be."},
    503: {"model": Problem, "description": "Too much to do, or it took too long; try again."},
}


def make_app(
    team: Team,
    *,
    predictor: dict[str, Any],
    most_documents: int = 100,
    most_bytes: int = 2**20,
    most_waiting: int = 100,
    seconds: float = 30,
) -> FastAPI:
    """Return the application; the team's workers do the work, and the caller ends them.

    More than ``most_bytes`` is answered with 413; what waits behind ``most_waiting`` others, or
    takes more than ``seconds`` with the way in and out, with 503. A worker that takes too long is
    ended.
    """
    # No pages of documentation: theirs load scripts from elsewhere.
    app = FastAPI(title="govner", version=version("govner"), docs_url=None, redoc_url=None)
    app.add_middleware(Limits, most=most_bytes, seconds=seconds)
    waiting = 0

    async def annotated(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        nonlocal waiting
        if waiting >= most_waiting:
            raise HTTPException(503, "too many requests are waiting", {"Retry-After": "1"})

        def work(worker: Worker, records: list[dict[str, Any]]) -> Outcome:
            return worker.annotate_records(records, seconds=seconds)

        waiting += 1
        try:
            outcome = await asyncio.wrap_future(team.submit(work, records))
        except TooSlow:
            raise HTTPException(503, f"it took more than {seconds:g} seconds") from None
        finally:
            waiting -= 1
        for row, _, why in outcome.failures:
            raise HTTPException(422, f"document {row}: {why}")
        return [json.loads(line) for line in b"".join(outcome.payloads).splitlines()]

    @app.post("/annotate", responses=PROBLEMS)
    async def annotate(documents: Text | list[Text]) -> AnnotatedText | list[AnnotatedText]:
        """Propose PERSON, TITLE and ORG: a document for a document, a list for a list."""
        many = documents if isinstance(documents, list) else [documents]
        if len(many) > most_documents:
            raise HTTPException(413, f"a request may hold {most_documents:,} documents")
        found = await annotated([text.model_dump(exclude_none=True) for text in many])
        results = [AnnotatedText(**record) for record in found]
        return results if isinstance(documents, list) else results[0]

    @app.get("/health")
    async def health() -> dict[str, str]:
        """Say that the server listens."""
        return {"status": "ok"}

    @app.get("/version")
    async def versions() -> dict[str, Any]:
        """Tell the version of govner, and the name and the digest of the predictor."""
        return {"govner": version("govner"), "predictor": predictor}

    @app.exception_handler(RequestValidationError)
    async def unfit(request: Request, error: RequestValidationError) -> JSONResponse:
        # Without what was sent, which may be large, and half a character that no answer can hold.
        said = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        return JSONResponse({"detail": "; ".join(said)}, 422)

    return app


class Limits:
    """Answers 413 where a request has too many bytes, and 503 where it takes too long."""

    def __init__(self, app: ASGIApp, *, most: int, seconds: float) -> None:
        self.app, self.most, self.seconds = app, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on within the limits."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.most:
                raise HTTPException(413, self._too_large)
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > self.most:
            await self._answer(413, self._too_large)(scope, receive, send)
            return
        try:
            await asyncio.wait_for(self.app(scope, counted, watched), self.seconds)
        except asyncio.TimeoutError:
            if not started:
                said = f"it took more than {self.seconds:g} seconds"
                await self._answer(503, said)(scope, receive, send)

    @property
    def _too_large(self) -> str:
        return f"a request may hold {self.most:,} bytes"

    @staticmethod
    def _answer(code: int, said: str) -> JSONResponse:
        return JSONResponse({"detail": said}, code)
