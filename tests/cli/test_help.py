"""What helps a person to type: the Tab key, and what the help says that an option takes."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from rightskit.cli.main import app


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("rightskit sen", "send"), ("rightskit send --to o", "outbox"), ("rightskit data ex", "extract")],
)
def test_the_tab_key_completes(typed: str, offered: str) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1), "_RIGHTSKIT_COMPLETE": "complete_bash"}
    assert CliRunner().invoke(app, [], prog_name="rightskit", env=words).stdout.split() == [offered]


def test_an_option_takes_what_its_reader_would_call_it() -> None:
    said = CliRunner().invoke(app, ["send", "--help"], env={"COLUMNS": "100"}).stdout
    assert "<" not in said, "a flag takes nothing, and no type of Python is named"
    assert "WAY" in said
    assert "PATH" in said


def test_a_narrow_terminal_cuts_no_options_name() -> None:
    assert "…" not in CliRunner().invoke(app, ["mandates", "add", "--help"], env={"COLUMNS": "60"}).stdout
