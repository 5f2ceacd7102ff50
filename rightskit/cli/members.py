"""``members``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rightskit.cli import output, session

members = typer.Typer(no_args_is_help=True, help="Who takes part.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(members, name="members")


@members.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV with the columns of members-form.csv.")],
    keep_valid: Annotated[
        bool, typer.Option("--keep-valid", help="Take the valid rows although others have faults.")
    ] = False,
) -> None:
    """Take members from a CSV: all of them, or none. The vault is made where there is none.

    UTF-8 or Windows-1252; comma, semicolon or tab. Each fault is named with line and column.

    Example: `rightskit members import members.csv`
    """
    from rightskit.flows import members as flow
    from rightskit.flows.workspace import open_or_create

    space = open_or_create(session.campaign_folder(), session.new_passphrase, session.now(), session.today())
    done = flow.import_(space, file, keep_valid=keep_valid)
    for fault in done.faults:
        output.warn(str(fault))
    left = f"; {len(done.faults)} faults, their rows were left" if done.faults else ""
    output.say(f"{len(done.members)} members imported{left}.")


@members.command("list")
def list_(as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False) -> None:
    """List the members and what they signed.

    Example: `rightskit members list`
    """
    from rightskit.flows import members as flow

    found = flow.list_(session.workspace())
    if as_json:
        for member in found:
            output.json_line(
                {
                    "member": member.member,
                    "name": member.name,
                    "mandate": member.mandate_date,
                    "receive": member.receive_date,
                    "consent": member.consent_version or None,
                }
            )
        return
    output.table(
        ("member", "name", "mandate", "receive", "consent"),
        [(m.member, m.name, m.mandate_date, m.receive_date, " ".join(m.consent_scope)) for m in found],
    )
