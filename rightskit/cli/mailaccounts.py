"""``accounts``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.options import Json
from rightskit.errors import RemoteError, WrongUsageError

accounts = typer.Typer(no_args_is_help=True, help="The mail accounts that your campaigns write from and read.")

_HOW = "Make one: rightskit accounts add NAME --address you@example.org; then write `account: NAME` into campaign.yaml."


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(accounts, name="accounts")


@accounts.command("add")
def add(
    name: Annotated[str, typer.Argument(help="As campaigns name it: `account:` in campaign.yaml.")],
    address: Annotated[str, typer.Option(metavar="ADDRESS", help="The mail address.")],
    smtp: Annotated[str, typer.Option(metavar="HOST[:PORT]", help="Where mail leaves; known for many providers.")] = "",
    imap: Annotated[str, typer.Option(metavar="HOST[:PORT]", help="Where it is read; known for many providers.")] = "",
    user: Annotated[str, typer.Option(metavar="NAME", help="The login, where it is not the address.")] = "",
    password_command: Annotated[
        str, typer.Option(metavar="COMMAND", help="Prints the password, such as 'pass show campaign'.")
    ] = "",
    token_command: Annotated[
        str, typer.Option(metavar="COMMAND", help="Prints an access token instead (OAuth 2.0, XOAUTH2).")
    ] = "",
    keyring: Annotated[bool, typer.Option("--keyring", help="Ask for the password, keep it in the keyring.")] = False,
) -> None:
    """Write a mail account into your own configuration; it never stands in a campaign.

    Example: `rightskit accounts add campaign --address campaign@posteo.de --password-command "pass show campaign"`
    """
    from rightskit.flows import accounts as flow

    ways = {"password_command": password_command, "token_command": token_command, "keyring": "yes" if keyring else ""}
    given = [way for way, value in ways.items() if value]
    if len(given) > 1:
        raise WrongUsageError(f"{given[0]} and {given[1]} are two ways to log in.", "Give one of them.")
    way = given[0] if given else ""
    wanted = flow.Wanted(name, address, smtp, imap, user, way, ways.get(way, ""))
    path, hint = flow.add(wanted, _password)
    output.say(f"{path} holds the account {name}.")
    if hint:
        output.say(f"Its provider: {hint}.")
    output.say(f"Try it: rightskit accounts check {name}")
    output.say(f"A campaign sends and reads by it when its campaign.yaml says `account: {name}`.")


def _password() -> str:
    if not sys.stdin.isatty():
        raise WrongUsageError("Nobody is there to type the password.", "Give --password-command instead.")
    return output.ask("Password of the account", hide_input=True, err=True)


@accounts.command("check")
def check(
    name: Annotated[str | None, typer.Argument(help="By default the account of the campaign.")] = None,
) -> None:
    """Try both ends of an account and say what is wrong in words; nothing is sent, and nothing is changed.

    Example: `rightskit accounts check campaign`
    """
    from rightskit import accounts as known
    from rightskit.campaign import config
    from rightskit.errors import NotFoundError
    from rightskit.flows import accounts as flow

    chosen = name or config.load(session.campaign_folder()).account
    if not chosen:
        raise NotFoundError("The campaign names no account.", _HOW)
    faults = 0
    for finding in flow.check(known.account(chosen)):
        faults += finding.ok is False
        mark = {True: "ok    ", False: "fault ", None: "note  "}[finding.ok]
        output.say(mark + finding.text)
        if finding.hint:
            output.say(f"      {finding.hint}")
    if faults:
        raise typer.Exit(RemoteError.exit_code)


@accounts.command("list")
def list_(as_json: Json = False) -> None:
    """List the accounts; passwords are neither kept there nor shown.

    Example: `rightskit accounts list`
    """
    from rightskit import accounts as known

    found = known.all_accounts()
    rows = [
        {
            "account": name,
            "address": one.address,
            "smtp": f"{one.smtp.host}:{one.smtp.port}" if one.smtp else None,
            "imap": f"{one.imap.host}:{one.imap.port}" if one.imap else None,
            "login": "token"
            if one.token_command
            else "keyring"
            if one.keyring
            else "command"
            if one.password_command
            else None,
        }
        for name, one in found.items()
    ]
    if as_json:
        for row in rows:
            output.json_line(row)
    elif rows:
        output.table(tuple(rows[0]), [tuple(row.values()) for row in rows])
    else:
        output.say(f"There is no account in {known.accounts_file()}. Make one: rightskit accounts add")
