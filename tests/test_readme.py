"""What README.md and the commands' help tell people to type exists."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import srsly
from typer.main import get_command

from govner.cli.main import app

ROOT = Path(__file__).parents[1]
DOCS = ("docs/pipelines.md", "docs/training.md")
PAGES = ("README.md", "CONTRIBUTING.md", "corpus/README.md", *DOCS)
GOVNER = get_command(app)
# Settings of the config may follow, as --training.max_steps 400.
FREE = {"train", "bootstrap", "learning-curve"}


def commands(group=GOVNER, way=()):
    """Give each command with the words that call it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*way, name))
        else:
            yield (*way, name), command


COMMANDS = dict(commands())


def console_lines(page):
    """Give the command lines of a page's console blocks, comments left out."""
    for block in re.findall(r"```console\n(.*?)```", (ROOT / page).read_text("utf-8"), re.S):
        for line in block.replace("\\\n", " ").splitlines():
            if line.startswith("$ "):
                yield line[2:].partition("  #")[0].strip()


def check(line):
    """Check a line of shell: each call of ``govner`` in it parses, its files aside."""
    for call in re.split(r"&&|\||;", line):
        words = shlex.split(call.partition(" > ")[0])
        if words[:1] != ["govner"]:
            continue
        way = next(way for n in (3, 2) if (way := tuple(words[1:n])) in COMMANDS)
        # Raises click.UsageError, which fails the test, for what the command does not know.
        COMMANDS[way].make_context(" ".join(way), words[1 + len(way) :])


@pytest.mark.parametrize(
    "line", [line for page in PAGES if (ROOT / page).is_file() for line in console_lines(page)]
)
def test_a_line_that_can_be_pasted(line):
    program = shlex.split(line)[0]
    if program == "make":
        targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
        assert set(shlex.split(line)[1:]) <= set(targets)
    check(line)


def test_the_steps_of_make_demo_parse():
    project = srsly.read_yaml(ROOT / "project.yml")
    steps, names = {step["name"]: step for step in project["commands"]}, project["vars"]
    assert list(steps) == project["workflows"]["demo"]
    for step in steps.values():
        for line in step["script"]:
            check(re.sub(r"\$\{vars\.(\w+)}", lambda found: str(names[found[1]]), line))


@pytest.mark.parametrize("way", COMMANDS, ids=" ".join)
def test_help_ends_with_an_example_that_parses(way):
    last = (COMMANDS[way].help or "").strip().split("\n\n")[-1]
    assert last.startswith("Example: govner " + " ".join(way))
    check(" ".join(last.removeprefix("Example: ").split()))


def test_the_check_finds_what_does_not_exist():
    for line in ("govner annotate in.jsonl --wiht rules", "govner split corpus --seed many"):
        with pytest.raises(Exception, match=r"wiht|integer"):
            check(line)
    with pytest.raises(StopIteration):
        check("govner anotate in.jsonl")


def test_help_needs_no_heavy_library():
    code = (
        "import sys; sys.argv = ['govner', '--help']\n"
        "from govner.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not {'spacy', 'numpy', 'thinc', 'jinja2'} & sys.modules.keys()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for way in COMMANDS:
        assert re.search(rf"^  {way[0]} ", run.stdout, re.M)


def test_pictures_and_pages_that_are_linked_are_there():
    for page in PAGES:
        text = (ROOT / page).read_text("utf-8")
        for target in re.findall(r"\]\(([^)#: ]+[./][^)#:]*)(?:#[^)]*)?\)", text):
            assert ((ROOT / page).parent / target).exists(), (page, target)
