"""A step is killed in the middle, as by a power cut, and taken up again: the end must be the same."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.book import Check
from benchmarks.measure import FailedError
from benchmarks.world import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.measure import Used
    from benchmarks.world import World

_TRIES = 4


def _nothing(_: World) -> None:
    """Nothing must be done by hand before the step is taken up again."""


@dataclass(frozen=True, slots=True)
class Seen:
    """How one sees what a step came to.

    Attributes:
        done: how far it had come, in words, when it was killed.
        result: what it came to in the end, the same for every run that did the same.
        how: what is compared, in words.
        mend: what a person does by hand after the interruption.
        anew: what is put back outside the campaign before another attempt.
    """

    done: Callable[[World], str]
    result: Callable[[World], object]
    how: str
    mend: Callable[[World], object] = _nothing
    anew: Callable[[World], object] = _nothing


def checked(step: str, before: World, words: tuple[str, ...], whole: World, used: Used, seen: Seen) -> Check:  # noqa: PLR0913, PLR0917 (a step, with and without)
    """As :func:`interrupted`; a command that fails when it is taken up again is written down, and ends nothing else."""
    try:
        return interrupted(step, before, words, whole, used, seen)
    except FailedError as error:
        why = str(error).splitlines()[-1][:120]
        return Check(step, f"a point from which it fails: {why}", same=False, how=seen.how)


def interrupted(step: str, before: World, words: tuple[str, ...], whole: World, used: Used, seen: Seen) -> Check:  # noqa: PLR0913, PLR0917 (a step, with and without)
    """Do a step once more on a copy of what was before it, killed in the middle of its time.

    Args:
        step: its name.
        before: the campaign before the step.
        words: of the command.
        whole: the campaign after the step that nobody interrupted.
        used: what that took; on a busy machine the middle is found by trying earlier instants.
        seen: how the two are compared.
    """
    for attempt in range(1, _TRIES + 1):
        again = before.copy("killed")
        try:
            killed = again.run(*words, kill_after=_starting(again) + (used.wall - _starting(again)) / 2**attempt)
            if killed.code == 0 and attempt < _TRIES:
                seen.anew(again)
                continue
            done = seen.done(again) if killed.code else "nothing: it had ended before"
            seen.mend(again)
            again.run(*words)
            return Check(step, done, seen.result(again) == seen.result(whole), seen.how)
        finally:
            again.remove()
    raise AssertionError("the last attempt returns")


def _starting(world: World) -> float:
    """Seconds until the vault is open, which nothing can be in the middle of."""
    return world.run("members", "list", "--json").wall if (world.campaign / "vault.db").exists() else 0.5


def lines(*words: str, without: tuple[str, ...] = ()) -> Callable[[World], object]:
    """What a command prints as JSON, line by line, whatever their order."""

    def result(world: World) -> object:
        found = [json.loads(line) for line in world.run(*words).out.splitlines()]
        return sorted(json.dumps({k: v for k, v in one.items() if k not in without}, sort_keys=True) for one in found)

    return result


def count(*words: str, of: int, what: str) -> Callable[[World], str]:
    """How many lines a command prints, of how many."""

    def done(world: World) -> str:
        try:
            number = len(world.run(*words).out.splitlines())
        except Exception:  # noqa: BLE001 (before the vault was made there is nothing to list)
            number = 0
        return f"{number:,} of {of:,} {what}"

    return done


_MESSAGE_ID = re.compile(rb"^Message-ID:.*\r?\n(?:[ \t].*\r?\n)*", re.MULTILINE | re.IGNORECASE)


def mails(world: World) -> object:
    """Each mail of the outbox; the Message-ID is drawn by chance and left aside."""
    return {path.name: _MESSAGE_ID.sub(b"", path.read_bytes()) for path in world.outbox.glob("*.eml")}


def bundles(world: World) -> tuple[Counter[tuple[str, str]], int]:
    """What stands in the lists of the bundles, without the place in the file, and the pages of all files together."""
    from rightskit.files.pdftext import opened

    rows: Counter[tuple[str, str]] = Counter()
    for listing in _in_print(world, "letters*.csv"):
        with listing.open(encoding="utf-8-sig", newline="") as file:
            rows.update((row["reference"], row["address"]) for row in csv.DictReader(file))
    pages = sum(len(opened(path)) for path in _in_print(world, "*.pdf"))
    return rows, pages


def printed(of: int) -> Callable[[World], str]:
    """How many letters lie in finished files."""

    def done(world: World) -> str:
        number = sum(len(path.read_text(encoding="utf-8-sig").splitlines()) - 1 for path in _in_print(world, "*.csv"))
        return f"{number:,} of {of:,} letters in finished files"

    return done


def _in_print(world: World, names: str) -> list[Path]:
    return sorted((world.campaign / "print").glob(f"*/{names}"))


def read_so_far(world: World) -> str:
    """How many documents have been read, from the vault."""
    outcomes = [outcome for _, outcome, _ in _outcomes(world)]
    return f"{sum(map(bool, outcomes)):,} of {len(outcomes):,} documents"


def kept_so_far(of: int) -> Callable[[World], str]:
    """How many documents are in the vault."""
    return lambda world: f"{len(_outcomes(world)):,} of {of:,} packages"


def documents(world: World) -> object:
    """Each document in the vault, with its request."""
    return sorted(_outcomes(world))


def _outcomes(world: World) -> list[tuple[str, str, str]]:
    from rightskit.vault import disclosures, store

    vault = store.open_(world.campaign, PASSPHRASE)
    try:
        with vault.read() as connection:
            return list(disclosures.outcomes(connection))
    finally:
        vault.close()


def pooled(world: World) -> object:
    """What may be published of the pool."""
    return world.run("pool", "show").out


def tables(world: World) -> object:
    """The tables of the newest release: of one that was killed the ledger keeps the name, and goes on counting."""
    newest = max((world.campaign / "releases").glob("R*"), key=lambda path: int(path.name[1:]))
    return {path.name: path.read_bytes() for path in sorted(newest.rglob("*.csv"))}


def page(world: World) -> object:
    """The report."""
    return (world.campaign / "report.html").read_bytes()
