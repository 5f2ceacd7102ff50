"""``replies``: what came back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.options import Json
from rightskit.errors import WrongUsageError

replies = typer.Typer(no_args_is_help=True, help="What came back, and under which requests it lies.")
_SHORT = 12


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(replies, name="replies")


@replies.command("list")
def list_(as_json: Json = False) -> None:
    """List the messages with their requests and the evidence for them.

    Example: `rightskit replies list --json`
    """
    from rightskit.flows import replies as flow

    found = flow.list_(session.workspace())
    if as_json:
        for line in flow.lines(found):
            output.json_line(line)
        return
    rows = [
        (kept.message.date and kept.message.date.date(), one.reference, kept.message.primary_kind,
         kept.message.status, one.evidence, kept.message.id[:_SHORT])
        for kept in found
        for one in kept.filings
    ]  # fmt: skip
    heads = ("date", "request", "kind", "status", "evidence", "message")
    output.table(heads, rows, none="No replies yet: rightskit sync")


@replies.command("show")
def show(message: Annotated[str, typer.Argument(help="The beginning of its id, as `replies list` prints it.")]) -> None:
    """Show one message: the sender's own words, the evidence, the candidates.

    Example: `rightskit replies show 3f2a91`
    """
    from rightskit.cli import opened
    from rightskit.flows import replies as flow

    opened.show(flow.open_(session.workspace(), message))


@replies.command("classify")
def classify(
    files: Annotated[list[Path], typer.Argument(help="Messages as .eml; no campaign and no vault is needed.")],
    as_json: Json = False,
) -> None:
    """Say what messages are, with the words that show it.

    Example: `rightskit replies classify reply.eml --json`
    """
    from rightskit.classification.classify import classify as reading
    from rightskit.classification.classify import to_json
    from rightskit.errors import NotFoundError
    from rightskit.mailbox.parse import parse

    there = [file for file in files if file.is_file()]
    for file in output.track(there, "messages", len(there)):
        found = reading(parse(file.read_bytes()))
        if as_json:
            output.json_line(to_json(str(file), found))
        else:
            sure = "certain" if found.certain else "in doubt"
            output.say(f"{file}: {', '.join(found.kinds)} ({found.confidence:.0%}, {sure})")
            for one in found.evidence:
                output.say(f"  {one.kind}: {' '.join(one.text.split())}")
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise NotFoundError(f"There is no file {', '.join(missing)}.")


@replies.command("refile")
def refile(
    message: Annotated[str, typer.Argument(help="The beginning of its id.")],
    kind: Annotated[list[str], typer.Option(help="What it is, such as no-data; may be repeated.")],
    request: Annotated[
        list[str] | None, typer.Option(metavar="RK-XXXX-XXXX", help="Its request; may be repeated. None: not ours.")
    ] = None,
    outcome: Annotated[str, typer.Option(help="Of authority-decided: what `rightskit log` takes.")] = "",
    measure: Annotated[str, typer.Option(help="Of authority-decided: what `rightskit log` takes.")] = "",
    fine: Annotated[str, typer.Option(metavar="AMOUNT", help="Of authority-decided, such as '5000 EUR'.")] = "",
    number: Annotated[str, typer.Option(help="The file number of an authority.")] = "",
) -> None:
    """Decide about one message, whether it waits or was filed wrongly: what it changed before is overruled.

    The sender is known from then on to write for this controller. `review --undo` takes it back. The letter of a
    supervisory authority is authority-registered, authority-asked, authority-referred or authority-decided: the event
    that `rightskit log` notes.

    Example: `rightskit replies refile 3f2a91 --kind refusal --request RK-7G2K-4Q9A`

    Example: `rightskit replies refile 3f2a91 --kind authority-decided --request RK-7G2K-4Q9A --outcome rejected`
    """
    from rightskit.cases.rulings import Ruling
    from rightskit.cli.opened import authority_kind, kind_of
    from rightskit.flows import authorities, deciding

    ruling = Ruling(outcome, measure, fine)
    if written := authority_kind(kind):
        events = authorities.record(
            session.workspace(), message, authorities.Written(written, ruling, number), request or []
        )
        output.say(f"{message}: {written}, {', '.join(event.reference for event in events)}")
        return
    if ruling.detail or number:
        raise WrongUsageError("Only the letter of an authority has these.", "Say which: --kind authority-decided")
    deciding.decide(session.workspace(), message, [kind_of(one) for one in kind], request or [])
    output.say(f"{message}: {', '.join(kind)}, " + (", ".join(request) if request else "not ours"))
