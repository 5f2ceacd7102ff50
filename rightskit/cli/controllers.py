"""``controllers``."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rightskit.cli import output, session

if TYPE_CHECKING:
    from rightskit.registry.model import Controller

controllers = typer.Typer(no_args_is_help=True, help="Who decides on the processing and must answer.")
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(controllers, name="controllers")


@controllers.command("search")
def search(
    text: Annotated[str, typer.Argument(help="Name, brand, category or country; typing errors are forgiven.")],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 20,
    as_json: Json = False,
) -> None:
    """Find controllers.

    Example: `rightskit controllers search schuffa`
    """
    from rightskit.errors import NotFoundError
    from rightskit.flows.workspace import registry_for
    from rightskit.registry import search as finding

    found = finding.search(registry_for(session.optional_folder()), text, limit=limit)
    if not found:
        raise NotFoundError(f"No controller fits {text!r}.")
    if as_json:
        for controller in found:
            output.json_line(_plain(controller))
        return
    rows = [(c.id, c.name, c.country, ", ".join(c.categories), c.quality) for c in found]
    output.table(("id", "name", "country", "categories", "quality"), rows)


@controllers.command("show")
def show(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Such as schufa.")],
    as_json: Json = False,
) -> None:
    """Show all that is known of a controller.

    Example: `rightskit controllers show schufa`
    """
    from rightskit.flows.workspace import registry_for
    from rightskit.registry import load

    controller = load.get(registry_for(session.optional_folder()), identifier)
    if as_json:
        output.json_line(_plain(controller))
        return
    for key, value in _plain(controller).items():
        if value:
            output.say(f"{key:<12} {_line(value)}")


@controllers.command("check")
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="By default the shipped and the campaign's file.")] = None,
) -> None:
    """Check registry files like code: each fault with file, line and what to write instead.

    Example: `rightskit controllers check controllers.yaml`
    """
    from rightskit import paths
    from rightskit.errors import FaultsError
    from rightskit.registry import check as checking
    from rightskit.registry import load

    own = session.optional_folder()
    default = [paths.shipped("controllers.yaml"), *([own / "controllers.yaml"] if own else [])]
    registry = load.load(files or [path for path in default if path.exists()])
    faults = checking.check(registry, session.today())
    if faults:
        raise FaultsError(faults)
    output.say(f"{len(registry.controllers)} controllers, {len(registry.authorities)} authorities: nothing to mend.")


def _plain(controller: Controller) -> dict[str, Any]:
    return dataclasses.asdict(controller)


def _line(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return " · ".join(_line(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {inner}" for key, inner in value.items() if inner)
    return str(value)
