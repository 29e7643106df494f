"""The command ``govner``: its table of commands, and where errors become exit codes."""

from __future__ import annotations

import os
import sys

import typer

from ..document import GovnerError
from .agreement import adjudicate, agreement
from .annotate import annotate
from .bench import bench
from .bench_evaluate import bench_evaluate
from .bench_next import bench_next
from .benchmark import benchmark
from .bootstrap import bootstrap
from .compare import compare
from .compose import compose
from .doccano import doccano
from .evaluate import evaluate
from .explain import explain
from .export import export, import_
from .ingest import ingest, show
from .learning_curve import learning_curve
from .next import next_
from .package import package
from .pretrain import pretrain
from .release import release
from .roster import roster
from .rules import rules
from .segmenter import segmenter
from .serve import serve
from .split import split
from .stats import stats
from .train import train

app = typer.Typer(
    name="govner",
    help="Annotate Chinese government news and train NER models for it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback()
def govner() -> None:
    """Annotate Chinese government news and train NER models for it."""


# The commands, in the order of the data's way.
app.command("annotate")(annotate)
app.command("explain")(explain)
app.command("rules")(rules)
app.command("ingest")(ingest)
app.command("show")(show)
app.command("export")(export)
app.command("import")(import_)
app.command("compare")(compare)
app.command("agreement")(agreement)
app.command("adjudicate")(adjudicate)
app.command("next")(next_)
app.command("stats")(stats)
app.command("split")(split)
app.command("evaluate")(evaluate)
app.command("roster")(roster)
app.command("serve")(serve)
app.command("compose")(compose)
app.command("pretrain")(pretrain)
app.command("train", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
    train
)
app.command(
    "bootstrap", context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)(bootstrap)
app.command(
    "learning-curve", context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)(learning_curve)
app.command("benchmark")(benchmark)
app.command("package")(package)
app.command("release")(release)
app.add_typer(doccano, name="doccano")
app.add_typer(segmenter, name="segmenter")
bench.command("evaluate")(bench_evaluate)
bench.command("next")(bench_next)
app.add_typer(bench, name="bench")


def main() -> None:
    """Run the command line; an error that a user can mend is one line on stderr and exit 2."""
    try:
        app()
    except GovnerError as error:
        if os.environ.get("GOVNER_DEBUG"):
            raise
        print(f"govner: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our pipe has gone; point stdout elsewhere so that closing it stays silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
