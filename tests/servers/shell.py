"""The lines of shell that documents show, typed in this process."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import lots
from typer.testing import CliRunner

from rightskit.cli.main import app
from rightskit.vault import store

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

PASSPHRASE = "six invented words for a test"


@dataclass(frozen=True)
class Ran:
    """A command that was run: its words as they were typed, its exit code, and all that it said."""

    words: str
    code: int
    said: str


@dataclass
class Shell:
    """A person's shell.

    Attributes:
        patch: takes its settings back in the end.
        home: ``~``.
        names: what the documents call something -> what it is called here.
        ran: what the README's lines came to.
    """

    patch: pytest.MonkeyPatch
    home: Path
    names: dict[str, str] = field(default_factory=dict)
    ran: list[Ran] = field(default_factory=list)

    def __post_init__(self) -> None:
        lots.draw_by(self.patch, "shell")
        self.patch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
        self.patch.setenv("RIGHTSKIT_PASSPHRASE", PASSPHRASE)
        self.patch.setenv("RIGHTSKIT_HOME", str(self.home / ".rightskit"))
        self.patch.chdir(self.home)

    def on(self, day: str) -> None:
        """Let it be another day."""
        self.patch.setenv("RIGHTSKIT_TODAY", day)

    def program(self, name: str, says: str) -> None:
        """Put a program into the path that says the same to everybody."""
        place = self.home / "bin"
        place.mkdir()
        (place / name).write_text(f"#!/bin/sh\necho '{says}'\n", encoding="utf-8")
        (place / name).chmod(0o755)
        self.patch.setenv("PATH", f"{place}{os.pathsep}{os.environ['PATH']}")

    def type(self, line: str, answers: str = "") -> list[Ran]:
        """Run the commands of a line until one fails, as ``&&`` does."""
        done: list[Ran] = []
        for words in commands(line):
            if words[0] == "cd":
                self.patch.chdir(words[1])
                continue
            assert words[0] == "rightskit", f"no command of ours: {line}"
            done.append(self._run(words[1:], answers))
            if done[-1].code:
                break
        return done

    def _run(self, words: list[str], answers: str) -> Ran:
        typed, _, target = " ".join(map(shlex.quote, words)).partition(" '>' ")
        result = CliRunner().invoke(app, [self._here(word) for word in shlex.split(typed)], input=answers)
        if target:
            Path(target).write_text(result.stdout, encoding="utf-8")
        return Ran(shlex.join(["rightskit", *words]), result.exit_code, result.output)

    def _here(self, word: str) -> str:
        for name, real in self.names.items():
            word = word.replace(name, real)
        return re.sub(r"^~", str(self.home), word)


def commands(line: str) -> Iterator[list[str]]:
    """The words of each command of a line, without the comment."""
    words = shlex.split(line.removeprefix("$ "), comments=True)
    while words:
        end = words.index("&&") if "&&" in words else len(words)
        yield words[:end]
        words = words[end + 1 :]
