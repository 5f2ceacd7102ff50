"""``ask``: before anyone is reminded, members are asked whether anything came."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.cases.model import Event, EventKind, NextStep
from rightskit.delivery import folder as folders
from rightskit.delivery import message
from rightskit.flows import approvals, status
from rightskit.flows.workspace import library_for
from rightskit.rendering.letter import render
from rightskit.rendering.model import LetterOrder, Party
from rightskit.vault import members, outgoing, requests

if TYPE_CHECKING:
    from pathlib import Path

    from rightskit.campaign.model import Member
    from rightskit.flows.progress import Track
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library

ANSWER_DAYS = 7
"""How long a member is given to answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking came to.

    Attributes:
        folder: where the mails lie.
        members: how many members were asked, one mail each.
        requests: about how many requests.
        unreachable: ids of members without a mail address.
    """

    folder: Path
    members: int
    requests: int
    unreachable: tuple[str, ...]


def ask(workspace: Workspace, folder: Path, track: Track) -> Asked:
    """Write one mail per member with all their open requests, and note that they were asked.

    Raises:
        RefusedError: nobody has approved the question's text as it stands.
    """
    by_member: dict[str, list[Case]] = defaultdict(list)
    for case in status.cases(workspace):
        if case.status.next is NextStep.ASK_MEMBER:
            by_member[case.request.member].append(case)
    with workspace.vault.read() as connection:
        people = {member.member: member for member in members.all_members(connection)}
    unreachable = tuple(name for name in by_member if not people[name].email)
    reachable = {name: found for name, found in by_member.items() if people[name].email}
    library = library_for(workspace.folder)
    approvals.demand(workspace, library, {("ask", _language(people[name], found)) for name, found in reachable.items()})
    target = folders.prepare(folder)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "ask", workspace.now)
    for name, found in track(list(reachable.items()), "questions", len(reachable)):
        raw = _mail(workspace, library, people[name], found)
        folders.write(target / f"{name}-ask-{workspace.today}.eml", raw, flush=False)
    folders.flush_all()
    with workspace.vault.write() as connection:
        requests.record(connection, [_asked(workspace, case) for found in reachable.values() for case in found])
    return Asked(target, len(reachable), sum(map(len, reachable.values())), unreachable)


def _language(member: Member, found: list[Case]) -> str:
    return member.language or found[0].request.language


def _mail(workspace: Workspace, library: Library, member: Member, found: list[Case]) -> bytes:
    organiser, account = workspace.campaign.organiser, workspace.account
    language = _language(member, found)
    order = LetterOrder(
        letter="ask",
        language=language,
        date=workspace.today,
        sender=Party(organiser.name, organiser.address, account.address),
        recipient=Party(member.name, member.address, member.email),
        fields={
            "requests": [_entry(workspace, case, language) for case in found],
            "answer_by": workspace.today + dt.timedelta(days=ANSWER_DAYS),
        },
    )
    envelope = message.Envelope(organiser.name, account.address, member.email)
    message_id = message.new_message_id("", "ask", account.address)
    return message.build(render(order, library), envelope, message_id, workspace.now)


def _entry(workspace: Workspace, case: Case, language: str) -> dict[str, object]:
    sent = next((event.happened for event in case.events if event.kind is EventKind.SENT), case.request.planned)
    return {
        "title": texts.text(language, f"right_short.{case.request.right}"),
        "controller": workspace.controller(case.request.controller).name,
        "sent_on": sent,
        "reference": case.request.reference,
    }


def _asked(workspace: Workspace, case: Case) -> Event:
    return Event(case.request.reference, EventKind.MEMBER_ASKED, workspace.today, workspace.now, rule="ask")
