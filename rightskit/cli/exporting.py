"""``export``: data for researchers and open-data portals."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from rightskit.flows.export import Exported


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(export)


def export(
    folder: Annotated[
        Path | None, typer.Argument(help="A new folder; by default releases/R1 and so on in the campaign.")
    ] = None,
    again: Annotated[
        str, typer.Option("--again", metavar="R1", help="Write this export of the ledger once more, byte for byte.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Write the campaign as data that may be published, or refuse and say why.

    A row per request, of which none can be told from those of fewer members than the threshold; the tables of the
    report; a codebook in German, French and English; metadata for data portals (Frictionless, DCAT-AP) and citation.
    The ledger knows every export, and nobody learns of single members by subtracting two of them.

    Example: `rightskit export`
    """
    from rightskit.flows import export as flow

    space = session.workspace()
    done = flow.again(space, again, folder, output.track) if again else flow.export(space, folder, output.track)
    if as_json:
        output.json_line(_line(done))
    else:
        _say(done)


def _line(done: Exported) -> dict[str, object]:
    data = done.data
    return {
        "release": done.name,
        "folder": done.folder,
        "files": done.files,
        "rows": len(data.rows),
        "k": data.k,
        "different_rows": data.classes,
        "left_out": data.left_out,
        "waiting": done.waiting,
        "values_taken": data.taken,
    }


def _say(done: Exported) -> None:
    data = done.data
    output.say(f"{done.name}: {counted(len(data.rows), 'row')} and {counted(done.files, 'file')} in {done.folder}.")
    output.say(f"Rows that look alike belong to at least {data.k} members; {data.classes} different ones are left.")
    taken = sorted(((number, name) for name, number in data.taken.items() if number), reverse=True)
    output.table(("column", "values taken away"), [(name, number) for number, name in taken] or [("none", 0)])
    if data.left_out != 0:
        some = "A few requests are" if data.left_out is None else counted(data.left_out, "request", "are")
        output.warn(f"{some} left out, because too few members wrote to these controllers.")
    if done.waiting:
        waiting = counted(done.waiting, "request", "are")
        output.warn(f"{waiting} counted as an earlier page did, until enough take the same step.")
