"""``members``: who takes part, and how far each has come."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import options, output, session
from rightskit.cli.options import Evidence, MemberId
from rightskit.cli.output import counted
from rightskit.errors import NotFoundError

if TYPE_CHECKING:
    from rightskit.flows.workspace import Workspace

members = typer.Typer(no_args_is_help=True, help="Who takes part.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(members, name="members")


@members.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV with the columns of members-form.csv, or of any form tool.")],
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADING=COLUMN", help="What another column is; remembered."),
    ] = None,
    distinct: Annotated[
        list[int] | None, typer.Option(metavar="LINE", help="On this line stands somebody else than they resemble.")
    ] = None,
    keep_valid: Annotated[
        bool, typer.Option("--keep-valid", help="Take the valid rows although others have faults.")
    ] = False,
) -> None:
    """Take members from a CSV: all of them, or none. The vault is made where there is none.

    UTF-8 or Windows-1252; comma, semicolon or tab. Each fault is named with line and column. Rows that tell nothing new
    of a member are passed over, so that a form's whole list can be imported again and again.

    Example: `rightskit members import answers.csv --map "Vorname=given_name" --map "Zeitstempel="`
    """
    from rightskit.flows import members as flow

    _demand_list(file)
    space = session.new_workspace()
    done = flow.import_(
        space, file, keep_valid=keep_valid, mapped=map_ or (), distinct=distinct or (), track=output.track
    )
    for fault in done.faults:
        output.warn(str(fault))
    left = f"; {len(done.faults)} faults, their rows were left" if done.faults else ""
    known = f", {done.known} were known" if done.known else ""
    output.say(f"{counted(len(done.members), 'member')} imported{known}{left}.")
    if output.is_terminal():
        output.say(f"{file} lies there in the clear: delete it, or keep it where only you can read it.")


def _demand_list(file: Path) -> None:
    """Before a passphrase is thought of, and a vault made: that there is a list of members."""
    if not file.is_file():
        raise NotFoundError(f"There is no file {file}.", "members-form.csv shows the columns of a list of members.")


@members.command("add")
def add() -> None:
    """Add one member, question by question; a blank answer leaves out what is not needed.

    Where the campaign asks for a consent to pooling, it is asked what the member agreed to, on which day, and what
    shows it.

    Example: `rightskit members add`
    """
    from rightskit.flows import agree
    from rightskit.flows import member_changes as flow

    space = session.new_workspace()
    output.say("For the living alone: the GDPR does not apply to the deceased (recital 27).")
    output.say("Return leaves out what is not needed.")
    cells = {column: _asked(space, column, question) for column, question in _QUESTIONS.items()}
    if _is_minor(space, cells):
        cells["guardian"] = _asked(space, "guardian", "A minor: name of the guardian, who must sign")
    member = flow.entered(space, cells)
    if twin := flow.resembles(space, member):
        output.say(f"The same {twin[1]} as {twin[0]}.")
        if output.confirm("Is it the same person?", err=True):
            output.say(f"Nothing was added. What has changed: rightskit members change {twin[0]}")
            return
    agreed = _agreed(space)
    flow.add(space, member)
    if agreed:
        agree.agree(space, member.member, *agreed)
    output.say(f"{member.member} was added. To invite them: rightskit members invite")


_QUESTIONS = {
    "given_name": "Given name",
    "family_name": "Family name",
    "street": "Street and number",
    "postal_code": "Postal code",
    "city": "Town",
    "country": "Country, two letters",
    "email": "Mail address",
    "birthdate": "Date of birth, YYYY-MM-DD",
    "phone": "Phone",
    "language": "Language, such as de",
    "acts": "Way to act (self, own-name, mandate; blank: the campaign's)",
}
_NEEDED = frozenset({"given_name", "family_name"})


def _asked(space: Workspace, column: str, question: str) -> str:
    """An answer that is right for its column."""
    from rightskit.flows import member_changes as flow

    while True:
        answer = output.ask(question, default="", show_default=False, err=True).strip()
        wrong = flow.wrong_with(column, answer, space.today) if answer or column in _NEEDED else ""
        if not wrong:
            return answer
        output.warn(wrong)


def _agreed(space: Workspace) -> tuple[tuple[str, ...], dt.date, str] | None:
    """What a member agreed to, when, and what shows it; None where they have agreed to nothing."""
    from rightskit.flows import member_changes as flow

    consent = space.campaign.consent
    if not consent.version:
        return None
    scopes = tuple(
        scope
        for scope in consent.scopes
        if output.confirm(
            f"Have they agreed to {scope} (consent text, version {consent.version})?", default=False, err=True
        )
    )
    if not scopes:
        return None
    day = _asked(space, "mandate_date", f"On which day, YYYY-MM-DD (blank: {space.today})")  # of any signature
    evidence = output.ask("What shows it, in a few words, such as: form on paper", err=True).strip()
    return scopes, flow.entered(space, {"mandate_date": day}).mandate_date or space.today, evidence


def _is_minor(space: Workspace, cells: dict[str, str]) -> bool:
    from rightskit.campaign.mandates import is_minor
    from rightskit.flows import member_changes as flow

    return is_minor(flow.entered(space, cells).birthdate, space.today)


@members.command("change")
def change(
    member: MemberId,
    given_name: Annotated[str | None, typer.Option(help="The new given name.")] = None,
    family_name: Annotated[str | None, typer.Option(help="The new family name.")] = None,
    street: Annotated[str | None, typer.Option(help="Street and number.")] = None,
    postal_code: Annotated[str | None, typer.Option(help="Postal code.")] = None,
    city: Annotated[str | None, typer.Option(help="Town.")] = None,
    country: Annotated[str | None, typer.Option(help="Country, two letters.")] = None,
    email: Annotated[str | None, typer.Option(help="Mail address.")] = None,
    birthdate: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Date of birth.")] = None,
    phone: Annotated[str | None, typer.Option(help="Phone.")] = None,
    language: Annotated[str | None, typer.Option(help="Language, such as de.")] = None,
    acts: Annotated[str | None, typer.Option(help="Way to act: self, own-name or mandate.")] = None,
    guardian: Annotated[str | None, typer.Option(help="Name of the guardian of a minor.")] = None,
    note: Annotated[str | None, typer.Option(help="A note of yours.")] = None,
    identifier: Annotated[
        list[str] | None, typer.Option("--id", metavar="CONTROLLER=VALUE", help="What a controller knows them by.")
    ] = None,
    date: Annotated[dt.datetime | None, options.day("Since when; by default today.")] = None,
    evidence: Evidence = "",
) -> None:
    """Note that a member moved, married, or has another mail address: the same member, with what was before.

    Example: `rightskit members change M7K2QX9DA --street "Am Markt 3" --postal-code 24103 --evidence "mail of 3 March"`
    """
    from rightskit.flows import member_changes as flow

    given = {
        "given_name": given_name, "family_name": family_name, "street": street, "postal_code": postal_code,
        "city": city, "country": country, "email": email, "birthdate": birthdate, "phone": phone,
        "language": language, "acts": acts, "guardian": guardian, "note": note,
    }  # fmt: skip
    cells = {column: value for column, value in given.items() if value is not None}
    cells |= {f"id:{name}": value for name, _, value in (word.partition("=") for word in identifier or ())}
    day = date.date() if date else session.today()
    changed = flow.change(session.workspace(), member, cells, day, evidence)
    output.say(f"{member}: {', '.join(changed) or 'nothing'} changed.")


@members.command("verify")
def verify(
    names: Annotated[list[str], typer.Argument(metavar="MEMBER…", help="Ids, as `rightskit members list` shows them.")],
    by: Annotated[str, typer.Option(help="Who looked.")],
    evidence: Annotated[str, typer.Option(help="At what, in a few words; no names, and no numbers of documents.")],
    date: Annotated[dt.datetime | None, options.day("When; by default today.")] = None,
) -> None:
    """Note that you compared what members gave with what they signed: it is them, and it is their signature.

    Example: `rightskit members verify M7K2QX9DA --by "Ada Beispiel" --evidence "scan, and an answer by mail"`
    """
    from rightskit.flows import member_changes as flow

    day = date.date() if date else session.today()
    flow.verify(session.workspace(), names, flow.Looked(by, evidence, day))
    output.say(f"{counted(len(names), 'member')} verified.")
