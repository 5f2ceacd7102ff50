"""``report --preview`` and ``statement``: what a controller sees before it is published, and what it says to it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rightskit.campaign import reference
from rightskit.cases.model import EventKind
from rightskit.errors import NotFoundError, RefusedError, WrongUsageError
from rightskit.flows import barometer, pages
from rightskit.flows.progress import silent
from rightskit.reports.grading import CRITERIA, MARKS
from rightskit.vault import members, requests, statements
from rightskit.vault.statements import Preview, Statement

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.campaign.model import Member
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Controller
    from rightskit.reports.barometer import Barometer

TIME = dt.timedelta(days=14)
"""How long a controller has to reply, unless the organiser says otherwise."""

LONGEST = 2000
"""Characters of a statement; the sheet promises to print as much."""


def write(  # noqa: PLR0913 (a sheet, each part by name)
    workspace: Workspace,
    controller: str,
    *,
    language: str,
    target: Path,
    reply_by: dt.date | None,
    on_paper: bool,
    track: Track = silent,
) -> dt.date:
    """Write the sheet for one controller, and keep that it was shown.

    Returns:
        Until when the controller is asked to reply.

    Raises:
        NotFoundError: there is no such controller, or nothing went to it.
        WrongUsageError: the day has passed, or there are no words in that language.
    """
    pages.check_language(language)
    known, last = workspace.controller(controller), reply_by or workspace.today + TIME
    _demand_sent(workspace, known.id)
    if last <= workspace.today:
        raise WrongUsageError(f"{last} leaves no time to reply.", "Name a later day with --reply-by.")
    sheet = pages.Sheet("preview", language, target, on_paper)
    pages.write(
        workspace,
        sheet,
        lambda found: _values(workspace, barometer.barometer(workspace, language, found), known, last),
        track=track,
    )
    with workspace.vault.write() as connection:
        statements.show(connection, Preview(known.id, workspace.today, last))
    return last


def _demand_sent(workspace: Workspace, controller: str) -> None:
    """The sheet says that requests were sent: it goes to nobody else."""
    with workspace.vault.read() as connection:
        went = requests.some(connection, requests.with_event(connection, [EventKind.SENT]))
    if not any(workspace.controller(name).id == controller for name in {one.controller for one in went}):
        raise NotFoundError(f"Nothing went to {controller} yet.", "See: rightskit status")


def _values(workspace: Workspace, found: Barometer, known: Controller, last: dt.date) -> dict[str, object]:
    return {
        "barometer": found,
        "name": known.name,
        "place": next((place for place in found.places if place.id == known.id), None),
        "organiser": workspace.campaign.organiser,
        "reply_by": last,
        "criteria": CRITERIA,
        "marks": MARKS,
    }


def say(workspace: Workspace, controller: str, kind: str, day: dt.date, text: str) -> None:
    """Keep what a controller replied, or what the campaign corrects; report and barometer print it.

    Args:
        workspace: of the campaign.
        controller: its id.
        kind: ``reply`` or ``correction``.
        day: of the reply or the correction.
        text: word for word.

    Raises:
        NotFoundError: there is no such controller.
        RefusedError: the text is empty, too long, or names a member.
    """
    known = workspace.controller(controller).id
    plain = text.strip()
    if not 0 < len(plain) <= LONGEST:
        raise RefusedError(
            f"The text has {len(plain)} characters; {LONGEST} are printed at most.",
            "Ask for a shorter one; nobody but its author may shorten it.",
        )
    with workspace.vault.write() as connection:
        if reference.find(plain) or any(_names(plain, member) for member in members.unsigned(connection)):
            raise RefusedError(
                "The text names a member, or the reference of a request.", "Ask for one that names nobody."
            )
        statements.say(connection, Statement(known, kind, day, plain))


def _names(text: str, member: Member) -> bool:
    words = text.casefold()
    name = f"{member.given_name} {member.family_name}".casefold()
    return name in words or bool(member.email and member.email.casefold() in words)
