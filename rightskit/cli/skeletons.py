"""``data skeleton`` and ``data drift``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.data import data

if TYPE_CHECKING:
    from rightskit.disclosures.drift import Drift
    from rightskit.disclosures.skeleton import Skeleton


def register(app: typer.Typer) -> None:
    """Add the commands of this module; they stand under ``data``."""
    del app


@data.command("skeleton")
def skeleton(
    file: Annotated[Path, typer.Argument(help="A document or an archive; no campaign is needed.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, which `data drift` reads.")] = False,
) -> None:
    """Print keys, types and counts of a file without one value, so that a recipe can be written from it.

    A key that may be a value, such as a name, is printed as `*`. Of a PDF only the number of lines is printed, and
    which lines of known recipes are there.

    Example: `rightskit data skeleton my-export.zip --json`
    """
    from rightskit.flows import skeleton as flow

    found = flow.skeleton(file, session.optional_folder())
    if as_json:
        output.json_line(flow.dumps(found))
        return
    for one in found:
        _print(one)


def _print(one: Skeleton) -> None:
    output.say(f"{one.name or 'the document'}: {one.format}{f', {one.files} files' if one.files > 1 else ''}")
    rows = [(path, ", ".join(f"{number} {kind}" for kind, number in types.items())) for path, types in one.keys.items()]
    if rows:
        output.table(("key", "types"), rows)
    for each in one.found:
        output.say(f"  known: {each}")
    output.say("")


@data.command("drift")
def drift(
    file: Annotated[
        Path | None, typer.Argument(help="A document, or its skeleton; by default the campaign's unread documents.")
    ] = None,
) -> None:
    """Say how documents differ from the recipes that nearly know them: what is missing, and what is new.

    Example: `rightskit data drift my-export.zip`
    """
    from rightskit.flows import skeleton as flow

    if file:
        found = flow.drift(file, session.optional_folder())
        for one in found:
            _tell(one, "")
        if not found:
            output.say("No recipe comes near this layout.")
        return
    unread = flow.unread(session.workspace(), output.track)
    for one, number in unread.drifts.most_common():
        _tell(one, f"{number} documents, ")
    if not any((unread.drifts, unread.unknown, unread.broken)):
        output.say("No document is unread.")
        return
    output.say(f"{unread.unknown} documents to which no recipe comes near, {unread.broken} that cannot be opened.")


def _tell(one: Drift, before: str) -> None:
    file = f", {one.file}" if one.file else ""
    output.say(f"{before}{one.recipe}{file}: {'all that it reads is there' if one.fits else 'the layout has changed'}")
    for each in one.missing:
        output.say(f"  missing: {each}")
    for each in one.new:
        output.say(f"  new: {each}")
