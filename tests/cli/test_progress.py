"""A line of progress: on a terminal, not before half a second, gone in the end; an estimate where it lasts long."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from rightskit import credentials
from rightskit.cli import progress

if TYPE_CHECKING:
    from pathlib import Path

START = "import sys, time; from rightskit.cli import output, progress; from rightskit import credentials\n"
SOON = "progress.AFTER = 0.05\n"  # a busy machine may be late by more than what is left of half a second


@dataclass
class Seen:
    """What stood on a terminal, and what went into the pipe."""

    terminal: str
    pipe: str
    first: float | None


def on_a_terminal(program: str, *, typed: str = "") -> Seen:
    """Run a program whose stderr and stdin are a terminal, and its stdout a pipe."""
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine lends no terminal: {error}")
    environment = os.environ | {"TERM": "xterm", "NO_COLOR": "1"}
    begun = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-c", START + program], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown, first = b"", None
        while process.poll() is None or select.select([ours], [], [], 0)[0]:
            if select.select([ours], [], [], 0.05)[0]:
                try:
                    shown += os.read(ours, 65536)
                except OSError:  # the other end is closed
                    break
                first = first or time.monotonic() - begun
        assert process.stdout
        pipe = process.stdout.read().decode()
    os.close(ours)
    assert process.returncode == 0, shown.decode()
    return Seen(shown.decode(), pipe, first)


def test_what_is_soon_done_shows_nothing() -> None:
    seen = on_a_terminal(
        "progress.AFTER = 60\nfor _ in output.track(range(20), 'letters', 20): pass\noutput.say('20 letters.')"
    )
    assert seen.terminal == ""
    assert seen.pipe == "20 letters.\n"


def test_what_takes_longer_is_counted_and_then_gone() -> None:
    program = """\
for number in output.track(range(20), 'letters', 20):
    time.sleep(0.1)
    if number == 15: output.warn('RK-0000-0000 was stopped')
output.say('20 letters.')
"""
    seen = on_a_terminal(program)
    counts = [int(found) for found in re.findall(r"(\d+) of 20", seen.terminal)]
    assert len(counts) > 3
    assert counts == sorted(counts)
    assert counts[0] >= 4  # nothing before half a second
    assert "RK-0000-0000 was stopped" in seen.terminal
    assert seen.terminal.rstrip().endswith("\x1b[2K")  # the line is wiped
    assert seen.pipe == "20 letters.\n"


def test_what_is_counted_inside_makes_way_for_what_is_counted_around_it() -> None:
    program = """\
for step in output.track(range(4), 'steps', 4):
    time.sleep(0.8)
    if step == 1: list(output.track((time.sleep(0.4) for _ in range(4)), 'batches', 4))
output.say('done')
"""
    seen = on_a_terminal(program)
    told = re.findall(r"(steps|batches)\W+([0-9] of 4)", seen.terminal)
    assert told.index(("steps", "0 of 4")) < told.index(("batches", "2 of 4")) < told.index(("steps", "2 of 4"))
    assert seen.terminal.rstrip().endswith("\x1b[2K")
    assert seen.pipe == "done\n"


def test_a_slow_first_item_is_waited_for_with_a_word() -> None:
    program = SOON + "list(output.track((time.sleep(1.2) for _ in range(1)), 'messages', None))"
    assert "messages" in on_a_terminal(program).terminal


def test_a_command_that_thinks_says_so_until_it_speaks() -> None:
    program = (
        SOON + "progress.working(); time.sleep(1.2); output.say('done'); time.sleep(1); print('last', file=sys.stderr)"
    )
    seen = on_a_terminal(program)
    assert "working" in seen.terminal
    assert seen.terminal.rsplit("working", 1)[1].count("\x1b[2K") <= 2  # it is not drawn again while a person reads
    assert seen.pipe == "done\n"


def test_a_question_has_the_terminal_for_itself() -> None:
    program = SOON + "progress.working(); time.sleep(0.8); print(output.ask('Passphrase', err=True))"
    seen = on_a_terminal(program, typed="secret words\n")
    question = seen.terminal.rindex("Passphrase")
    assert "working" in seen.terminal[:question]
    assert seen.pipe.strip() == "secret words"


def test_a_program_that_asks_for_a_passphrase_has_the_terminal_for_itself(tmp_path: Path) -> None:
    asking = tmp_path / "asking"
    asking.write_text("#!/bin/sh\nprintf 'BEGIN' >&2; sleep 1.2; printf 'END' >&2; echo words\n")
    asking.chmod(0o700)
    seen = on_a_terminal(f"{SOON}progress.working(); time.sleep(0.8); print(credentials.secret_from({str(asking)!r}))")
    assert "BEGINEND" in seen.terminal
    assert seen.pipe == "words\n"


def test_nothing_is_shown_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    progress.working()
    assert list(progress.track(range(3), "letters", 3)) == [0, 1, 2]
    assert progress.hidden in credentials.AROUND
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("count", "total", "elapsed", "said"),
    [
        (0, None, 2, ""),
        (0, None, 12, "12 s"),
        (1234, None, 12, "1,234, 12 s"),
        (10, 100, 0.9, "10 of 100"),  # nine seconds in all
        (10, 100, 2, "10 of 100, about 18 s left"),
        (1, 100, 2, "1 of 100"),  # too early to tell
        (1000, 30000, 60, "1,000 of 30,000, about 29 min left"),
        (1000, 30000, 3600, "1,000 of 30,000, about 29.0 h left"),
        (100, 100, 20, "100 of 100"),
    ],
)
def test_an_estimate_stands_where_it_lasts_longer_than_ten_seconds(
    count: int, total: int | None, elapsed: float, said: str
) -> None:
    assert progress.said(count, total, elapsed) == said
