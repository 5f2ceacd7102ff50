"""``members agree``."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from rightskit.cli import options, output, session
from rightskit.cli.members import members
from rightskit.cli.options import Evidence, MemberId


def register(_: typer.Typer) -> None:
    """Add the command of this module."""
    members.command()(agree)


def agree(
    member: MemberId,
    evidence: Evidence,
    scope: Annotated[
        list[str] | None, typer.Option(help="statistics, research or named; by default all that the campaign asks for.")
    ] = None,
    date: Annotated[dt.datetime | None, options.day("The day of agreeing; by default today.")] = None,
) -> None:
    """Note that a member consents to pooling, to the campaign's present text: by mail, by phone, on paper.

    Example: `rightskit members agree M7K2QX9DA --scope statistics --date 2026-03-04 --evidence "form on paper"`
    """
    from rightskit.flows import agree as flow

    space = session.workspace()
    scopes = tuple(scope or space.campaign.consent.scopes)
    flow.agree(space, member, scopes, date.date() if date else space.today, evidence)
    output.say(f"{member} agreed to {' and '.join(scopes)}.")
