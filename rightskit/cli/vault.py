"""``vault`` and ``clean``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

vault = typer.Typer(no_args_is_help=True, help="The encrypted file that holds the members' data.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(vault, name="vault")
    app.command()(clean)


@vault.command("backup")
def backup(target: Annotated[Path, typer.Argument(help="A new file, or a folder.")]) -> None:
    """Write an encrypted copy, checked by opening it; others may go on working meanwhile.

    It opens with the passphrase of today, whatever the vault's becomes later.

    Example: `rightskit vault backup /media/stick`
    """
    from rightskit.flows import vault as flow

    file, counts = flow.backup(session.workspace(), target)
    output.say(f"{file} is a whole copy: {_counted(counts)}.")


@vault.command("restore")
def restore(file: Annotated[Path, typer.Argument(help="What `rightskit vault backup` wrote.")]) -> None:
    """Put a backup in the place of the vault; the vault that is there is kept beside it.

    Example: `rightskit vault restore /media/stick/openschufa-2026-03-02.vault`
    """
    from rightskit.flows import vault as flow

    kept, counts = flow.restore(session.campaign_folder(), file, session.passphrase())
    output.say(f"The vault is that of {file}: {_counted(counts)}.")
    if kept:
        output.say(f"The former one is kept as {kept}. Remove it when you are sure.")
        output.say("Whoever was forgotten since that backup is in the vault again: forget them once more.")


@vault.command("check")
def check() -> None:
    """Check every page and what the tables say about each other; it ends with 3 where something is wrong.

    Example: `rightskit vault check`
    """
    from rightskit.flows import vault as flow

    found = flow.check(session.workspace())
    for problem in found.problems:
        output.warn(problem)
    if found.problems:
        output.warn(f"{len(found.problems)} problems. Restore a backup: rightskit vault restore FILE")
        raise typer.Exit(3)
    output.say(f"The vault is whole: {_counted(found.counts)}.")


@vault.command("rekey")
def rekey() -> None:
    """Change the passphrase: asked for twice, and every page is encrypted anew.

    Nothing else may have the vault open. Interrupted, the vault has the old passphrase or the new one, and is whole.
    Backups keep the passphrase that they were made with.

    Example: `rightskit vault rekey`
    """
    from rightskit.flows import vault as flow

    space = session.workspace()
    had_second = flow.rekey(space, session.chosen_passphrase("New passphrase"))
    output.say("The vault has the new passphrase. Change it wherever it is stored, and make a new backup.")
    if had_second:
        output.say("The second key opens nothing any more. Make a new one: rightskit vault second-key")


@vault.command("second-key")
def second_key() -> None:
    """Make a second key, for the day on which the passphrase is lost, and print its code once.

    Write the code on paper and give it to a person you trust. Whoever has it and the campaign's folder reads
    everything. An earlier code opens nothing any more; neither does this one after the passphrase was changed.

    Example: `rightskit vault second-key`
    """
    from rightskit.flows import vault as flow

    code = flow.second_key(session.workspace(), session.passphrase())
    output.say(code)
    output.warn("This is shown once. With it: rightskit vault recover")


@vault.command("recover")
def recover() -> None:
    """Open the vault with the code of its second key, and give it a new passphrase.

    Example: `rightskit vault recover`
    """
    from rightskit.flows import vault as flow

    code = output.ask("Code of the second key", hide_input=True, err=True)
    space = session.recovered_workspace(code)
    flow.rekey(space, session.chosen_passphrase("New passphrase"))
    output.say("The vault has the new passphrase. Make a new second key: rightskit vault second-key")


def clean(
    dossiers: Annotated[bool, typer.Option("--dossiers", help="Also all dossiers; they can be made again.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go and do nothing.")] = False,
) -> None:
    """Remove letters that were noted as posted, and questions that members have answered, from their folders.

    The vault keeps every letter; what still waits to be posted stays where it is. Returned documents, and the replies
    that brought them, lose their raw bytes `keep_raw` days after they were read (campaign.yaml; 90 by default).

    Example: `rightskit clean --dry-run`
    """
    from rightskit.flows import clean as flow

    found = flow.clean(session.workspace(), output.track, dry_run=dry_run, dossiers=dossiers)
    verb = "would be removed" if dry_run else "removed"
    for folder, number in found.removed.items():
        output.say(f"{folder}: {counted(number, 'file')} {verb}.")
    for folder, number in found.kept.items():
        output.say(f"{folder}: {counted(number, 'file', 'stay')}: not posted, or not answered yet.")
    for folder in found.dossiers:
        output.say(f"{folder}: a dossier stays; remove it with --dossiers.")
    if found.raw:
        output.say(f"Raw bytes of {found.raw} returned documents and replies {verb}; what was read stays.")
    if not (found.removed or found.kept or found.dossiers or found.raw):
        output.say("Nothing lies in the folders of letters.")


def _counted(counts: Mapping[str, int]) -> str:
    shown = ("members", "requests", "events", "outgoing", "messages", "disclosures", "observations")
    return ", ".join(f"{counts.get(name, 0)} {name}" for name in shown)
