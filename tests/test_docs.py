"""Every command explains itself, stands in the documents, and every example in them is one that can be typed."""

import contextlib
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from rightskit.cli.main import app
from rightskit.cli.panels import PANELS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS_MD = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
TREE = get_command(app)


def _walk(command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    inner = getattr(command, "commands", {})
    for name, one in inner.items():
        yield from _walk(one, (*path, name))
    if not inner:
        yield " ".join(path), command


COMMANDS = dict(_walk(TREE))


def _fenced(text: str) -> str:
    """What stands in the blocks of code."""
    return "\n".join(re.findall(r"^```[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL))


def _typed(line: str) -> Iterator[list[str]]:
    """The words of each rightskit command in a line of a shell."""
    words = shlex.split(line.removeprefix("$ "), comments=True)
    while words:
        end = next((at for at, word in enumerate(words) if word in {"&&", "|", ">"}), len(words))
        if words[0] == "rightskit":
            yield words[1:end]
        words = words[end + 1 :]


def _examples() -> Iterator[tuple[str, list[str]]]:
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        blocks = [line for line in _fenced(text).splitlines() if re.match(r"(\$ )?rightskit ", line)]
        inline = re.findall(r"`(rightskit [^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
        for line in [*blocks, *(words for words in inline if _is_whole(words))]:
            yield from ((f"{path.name}: {line}", words) for words in _typed(line))
    for name, command in COMMANDS.items():
        for line in re.findall(r"`(rightskit [^`]+)`", command.help or ""):
            if line.startswith(f"rightskit {name}") or "Example" in command.help.partition(line)[0][-12:]:
                yield from ((f"help of {name}: {line}", words) for words in _typed(line))


def _is_whole(line: str) -> bool:
    """Whether a line within a sentence is a command to be typed rather than the name of one."""
    return len(line.split()) > 3


def _parse(words: list[str]) -> str:
    """Read a command line as the program would, without running it; gives the command's name."""
    command, name, context = TREE, "rightskit", None
    path: list[str] = []
    while True:
        context = command.make_context(name, list(words), parent=context)
        if not hasattr(command, "commands"):
            return " ".join(path)
        rest = [*context._protected_args, *context.args]
        name, command, words = command.resolve_command(context, rest)
        path.append(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_gives_an_example(name: str) -> None:
    text = COMMANDS[name].help or ""
    assert re.match(r"[A-Z][^\n]+[.]", text), text
    assert f"Example: `rightskit {name}" in text or f"Example: `rightskit -C my-campaign {name}" in text, text


def test_every_command_stands_under_one_heading_of_the_help() -> None:
    assert sorted(name for names in PANELS.values() for name in names) == sorted(TREE.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_is_explained(name: str) -> None:
    missing = [param.name for param in COMMANDS[name].params if param.name != "help" and not getattr(param, "help", "")]
    assert not missing


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_documents(name: str) -> None:
    assert f"\n### rightskit {name}\n" in COMMANDS_MD
    section = COMMANDS_MD.partition(f"\n### rightskit {name}\n")[2].partition("\n#")[0]
    assert re.search(rf"^\$ rightskit (-C \S+ )?{name}\b", section, re.MULTILINE), section
    assert len(section.strip().splitlines()) > 4, "say what it does, how it is typed and what it prints"


def test_the_documents_name_no_command_that_is_not_there() -> None:
    named = re.findall(r"^### rightskit (.+)$", COMMANDS_MD, re.MULTILINE)
    assert sorted(named) == sorted(COMMANDS)


@pytest.mark.parametrize("option", ["-C", "--passphrase-command", "--version"])
def test_what_stands_before_the_command_is_documented(option: str) -> None:
    assert f"`{option}" in COMMANDS_MD


@pytest.mark.parametrize("name", ["RIGHTSKIT_HOME", "RIGHTSKIT_PASSPHRASE", "RIGHTSKIT_TODAY"])
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in COMMANDS_MD


def test_no_setting_is_read_that_is_not_documented() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "rightskit").rglob("*.py"))
    assert set(re.findall(r"\"(RIGHTSKIT_[A-Z]+)\"", code)) <= set(re.findall(r"`(RIGHTSKIT_[A-Z]+)`", COMMANDS_MD))


@pytest.mark.parametrize("document", ["README.md", "docs/commands.md"])
def test_every_exit_code_is_documented(document: str) -> None:
    from rightskit import errors
    from rightskit.cli.funnel import INTERRUPTED

    text = (ROOT / document).read_text(encoding="utf-8")
    kinds = errors.RightskitError.__subclasses__()
    for code in {0, INTERRUPTED, *(kind.exit_code for kind in kinds)}:
        assert re.search(rf"(^|[^\d-]){code} (\||·|[a-z])", text, re.MULTILINE), code


EXAMPLES = list(_examples())


@pytest.mark.parametrize("words", [words for _, words in EXAMPLES], ids=[where for where, _ in EXAMPLES])
def test_every_example_can_be_typed(words: list[str]) -> None:
    with contextlib.suppress(typer.Exit):  # --help and --version answer before the command is read
        assert _parse(words) in COMMANDS


def test_there_are_examples() -> None:
    assert sum(where.startswith("README") for where, _ in EXAMPLES) > 20
    assert sum(where.startswith("help of") for where, _ in EXAMPLES) >= len(COMMANDS)


@pytest.mark.parametrize("wrong", ["snd --to outbox", "send --too outbox", "send --to nowhere"])
def test_a_wrong_example_would_be_found(wrong: str) -> None:
    with pytest.raises(Exception, match=r"No such|is not one of|invalid|Invalid"):
        _parse(wrong.split())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://")):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_block_of_code_ends_where_it_should(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(r"^```", text, re.MULTILINE)) % 2 == 0
    assert not re.findall(r"^#{2,} .*", _fenced(text), re.MULTILINE)
