"""The command line: parses, calls one flow, prints."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Annotated

import typer

from rightskit import __version__
from rightskit.cli import (
    agreeing,
    asking,
    campaigns,
    cases,
    controllers,
    data,
    datareview,
    deadlines,
    dossiers,
    duties,
    exporting,
    following,
    judging,
    leaving,
    mailaccounts,
    mandates,
    members,
    memberviews,
    planning,
    questionnaire,
    reasons,
    replies,
    reporting,
    review,
    sending,
    signatures,
    single,
    skeletons,
    sync,
    vault,
)
from rightskit.cli.funnel import Funnel
from rightskit.cli.session import OPTIONS

app = typer.Typer(
    name="rightskit",
    cls=Funnel,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Use data-protection rights together: letters, campaigns, deadlines, and evidence that exposes nobody.",
    epilog="It ends with 0 done, 1 a bug, 2 wrong usage, 3 faults in your file, 4 not found, 5 refused because it "
    "would harm, 6 the remote side failed, 130 interrupted. What was done is kept; the same command goes on.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rightskit {__version__}")
        raise typer.Exit


@app.callback()
def options(
    folder: Annotated[
        Path | None, typer.Option("-C", metavar="DIR", help="The campaign's folder; may stand after the command too.")
    ] = None,
    passphrase_command: Annotated[
        str, typer.Option(metavar="COMMAND", help="Prints the vault's passphrase, such as 'pass show campaign'.")
    ] = "",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Keep what stands before the command."""
    del version
    OPTIONS.folder = folder
    OPTIONS.passphrase_command = passphrase_command


for module in (
    single,
    deadlines,
    dossiers,
    campaigns,
    duties,
    members,
    memberviews,
    asking,
    agreeing,
    leaving,
    mandates,
    reasons,
    signatures,
    controllers,
    mailaccounts,
    planning,
    sending,
    sync,
    replies,
    review,
    cases,
    following,
    judging,
    data,
    datareview,
    skeletons,
    questionnaire,
    reporting,
    exporting,
    vault,
):
    module.register(app)


def main() -> None:
    """Run the command line."""
    # A command makes many small things, and hardly any that hold each other: to seek such garbage as often as is usual
    # takes a tenth of its time. What was imported is none.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    app()
