"""Scanned papers without a cover sheet, as ``data review`` shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from rightskit.cli import output

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rightskit.flows.workspace import Workspace
    from rightskit.vault.strays import Stray

_SHOWN = 800
_KEYS = "[1]-[5] that request  other [r]equest  [d]rop  [s]ave the paper  [l]ater  [q]uit"


class Quit(Exception):  # noqa: N818 (no error)
    """The person has had enough for today."""


def key(keys: str, known: str) -> str:
    """The next key that means something here.

    Raises:
        Quit: it is the one for that.
    """
    output.say(keys)
    while True:
        pressed = str(typer.getchar()).lower()
        if pressed in {"q", "\x04"}:
            raise Quit
        if pressed in known:
            return pressed


def save(space: Workspace, document: str, path: str = "") -> None:
    """Write a document to a file, by default to one that is asked for; say that it is outside of the vault now."""
    from pathlib import Path

    from rightskit.flows import saving

    target = path or str(typer.prompt("File"))
    saving.save(space, document, Path(target))
    output.say(
        f"{target} holds the document, readable by you alone. "
        "It is outside of the vault: delete it when you have looked."
    )


def line(stray: Stray) -> dict[str, object]:
    """A paper as JSON."""
    likely = [{"request": one.reference, "because": one.reasons} for one in stray.likely]
    return {"number": stray.number, "name": stray.name, "received": stray.received, "likely": likely}


def table(papers: Sequence[Stray]) -> None:
    """The papers that wait, each with the requests that it may answer."""
    rows = [(one.number, one.name, one.received, _likely(one) or "none is likely") for one in papers]
    output.table(("number", "scanned paper", "received", "may answer"), rows)


def _likely(stray: Stray) -> str:
    return ", ".join(f"{one.reference} ({', '.join(one.reasons)})" for one in stray.likely)


def settle(
    space: Workspace, papers: Sequence[Stray], filed: Iterable[tuple[str, str]], dropped: Iterable[str], by: str
) -> int:
    """What options say about papers; how many were decided."""
    from rightskit.flows import strays as flow

    chosen = [(flow.chosen(papers, number), reference) for number, reference in filed]
    left = [flow.chosen(papers, number) for number in dropped]
    for one, reference in chosen:
        flow.file(space, one, reference, by)
    for one in left:
        flow.drop(space, one, by)
    return len(chosen) + len(left)


def ask(space: Workspace, stray: Stray, by: str) -> None:
    """Show a paper, and do what the person says.

    Raises:
        Quit: they have had enough.
    """
    from rightskit.errors import RightskitError
    from rightskit.flows import strays as flow

    output.say(f"{stray.number}: {stray.name}, received {stray.received}, no cover sheet. It reads:\n")
    output.say(flow.text(space, stray)[:_SHOWN] or "(nothing that can be read)")
    output.say("")
    rows = [(number, one.reference, ", ".join(one.reasons)) for number, one in enumerate(stray.likely, 1)]
    output.table(("", "may answer", "because"), rows, none="No request is likely.")
    while (pressed := key(_KEYS, f"rdsl{''.join(str(row[0]) for row in rows)}")) != "l":
        try:
            if pressed == "s":
                save(space, stray.id)
                continue
            _decide(space, stray, pressed, by)
        except RightskitError as error:
            output.say(f"{error} {error.hint}")
        else:
            return


def _decide(space: Workspace, stray: Stray, pressed: str, by: str) -> None:
    from rightskit.flows import strays as flow

    if pressed == "d":
        flow.drop(space, stray, by)
        output.say("Dropped.")
        return
    typed = str(typer.prompt("RK-XXXX-XXXX")) if pressed == "r" else stray.likely[int(pressed) - 1].reference
    flow.file(space, stray, typed, by)
    output.say(f"Kept for {typed}.")
