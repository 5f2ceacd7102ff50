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
from rightskit.delivery.model import Outgoing, Parcel
from rightskit.flows import approvals, doubts, status
from rightskit.flows.post import Mail
from rightskit.flows.workspace import library_for
from rightskit.rendering.letter import render
from rightskit.rendering.model import LetterOrder, Party
from rightskit.vault import members, outgoing, requests

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
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


@dataclass(frozen=True, slots=True)
class Questions:
    """What members must be asked.

    Attributes:
        by_member: member id -> their requests.
        people: member id -> member.
        unreachable: ids of members without a mail address.
    """

    by_member: Mapping[str, list[Case]]
    people: Mapping[str, Member]
    unreachable: tuple[str, ...]


def due(workspace: Workspace) -> Questions:
    """Who must be asked about what; a member of whom a question is in doubt is not asked again meanwhile."""
    by_member: dict[str, list[Case]] = defaultdict(list)
    held = {one.reference for one in doubts.listed(workspace) if one.letter.startswith("ask-")}
    for case in status.cases(workspace):
        if case.status.next is NextStep.ASK_MEMBER:
            by_member[case.request.member].append(case)
    with workspace.vault.read() as connection:
        people = {member.member: member for member in members.all_members(connection)}
    free = {name: some for name, some in by_member.items() if not held & {case.request.reference for case in some}}
    unreachable = tuple(name for name in free if not people[name].email)
    return Questions({name: some for name, some in free.items() if people[name].email}, people, unreachable)


def ask(workspace: Workspace, folder: Path, track: Track) -> Asked:
    """Write one mail per member with all their open requests, and note that they were asked.

    Raises:
        RefusedError: nobody has approved the question's text as it stands.
    """
    found = due(workspace)
    library = library_for(workspace.folder)
    approvals.demand(workspace, library, {mail.text for mail in mails(workspace, found)})
    target = folders.prepare(folder)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "ask", workspace.now)
    for name, some in track(list(found.by_member.items()), "questions", len(found.by_member)):
        raw = _mail(workspace, library, found.people[name], some, workspace.now).raw
        folders.write(target / f"{name}-ask-{workspace.today}.eml", raw, flush=False)
    folders.flush_all()
    with workspace.vault.write() as connection:
        requests.record(connection, [_asked(workspace, case) for some in found.by_member.values() for case in some])
    return Asked(target, len(found.by_member), sum(map(len, found.by_member.values())), found.unreachable)


def mails(workspace: Workspace, found: Questions) -> list[Mail]:
    """The questions as messages that are due."""
    library = library_for(workspace.folder)

    def writer(name: str, some: list[Case]) -> Callable[[dt.datetime], Outgoing]:
        return lambda moment: _mail(workspace, library, found.people[name], some, moment)

    return [
        Mail(
            Parcel(some[0].request.reference, _slug(workspace), found.people[name].email, writer(name, some)),
            EventKind.MEMBER_ASKED,
            tuple(case.request.reference for case in some),
            name,
            ("ask", _language(found.people[name], some)),
        )
        for name, some in found.by_member.items()
    ]


def _slug(workspace: Workspace) -> str:
    """What a question is unique by beside its first request: a member is asked again on another day."""
    return f"ask-{workspace.today}"


def _language(member: Member, found: list[Case]) -> str:
    return member.language or found[0].request.language


def _mail(workspace: Workspace, library: Library, member: Member, found: list[Case], moment: dt.datetime) -> Outgoing:
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
    reply_to = account.tagged(member.member) if account.plus else ""  # a couple shares a mailbox
    envelope = message.Envelope(organiser.name, account.address, member.email, reply_to, automatic=True)
    message_id = message.new_message_id(member.member, "ask", account.address)
    raw = message.build(render(order, library), envelope, message_id, moment)
    return Outgoing(found[0].request.reference, _slug(workspace), message_id, member.email, raw)


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
