"""``followup --authorise``: members are asked whether a complaint may be lodged in their name, with its very text."""

from __future__ import annotations

import datetime as dt
import email
from collections import defaultdict
from dataclasses import dataclass
from email.policy import SMTP
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.cases.model import Event, EventKind
from rightskit.cases.nextstep import ASK_AGAIN
from rightskit.delivery import folder as folders
from rightskit.delivery import message
from rightskit.flows import approvals, complaints, evidence
from rightskit.flows.followup import day_of
from rightskit.flows.workspace import library_for
from rightskit.rendering.letter import render
from rightskit.rendering.model import LetterOrder, Party
from rightskit.vault import members, outgoing, requests

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from rightskit.campaign.model import Member
    from rightskit.flows.complaints import Ready
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library

LETTER = "ask-complaint"
ANSWER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking came to.

    Attributes:
        folder: where the mails lie.
        members: how many members were asked, one mail each.
        complaints: about how many complaints.
        unreachable: ids of members without a mail address.
    """

    folder: Path
    members: int
    complaints: int
    unreachable: tuple[str, ...]


def authorise(workspace: Workspace, folder: Path, track: Track) -> Asked:
    """Write one mail per member with the text of each complaint, and note that it was proposed.

    Raises:
        RefusedError: nobody has approved the text of the question or of a complaint.
    """
    by_member: dict[str, list[Ready]] = defaultdict(list)
    for one in complaints.unasked(complaints.found(workspace), workspace.today, ASK_AGAIN):
        by_member[one.case.request.member].append(one)
    with workspace.vault.read() as connection:
        people = {member.member: member for member in members.all_members(connection)}
    reachable = {name: found for name, found in by_member.items() if people[name].email}
    if reachable:
        _write(workspace, folder, {name: (people[name], found) for name, found in reachable.items()}, track)
    without = tuple(name for name in by_member if name not in reachable)
    return Asked(folder, len(reachable), sum(map(len, reachable.values())), without)


def _write(workspace: Workspace, folder: Path, asked: dict[str, tuple[Member, list[Ready]]], track: Track) -> None:
    library = library_for(workspace.folder)
    spoken = {name: _language(member, found, library) for name, (member, found) in asked.items()}
    pairs = {(one.due.draft.order.letter, one.due.draft.order.language) for _, found in asked.values() for one in found}
    approvals.demand(workspace, library, pairs | {(LETTER, language) for language in spoken.values()})
    target = folders.prepare(folder)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "ask", workspace.now)
    drafts = evidence.put(workspace, [one.due.draft for _, found in asked.values() for one in found])
    shown = {draft.order.reference: draft.order for draft in drafts}
    for name, (member, found) in track(list(asked.items()), "questions", len(asked)):
        own = [(one, shown[one.case.request.reference]) for one in found]
        raw = _mail(workspace, library, member, own, spoken[name])
        folders.write(target / f"{name}-ask-complaint-{workspace.today}.eml", raw, flush=False)
    folders.flush_all()
    with workspace.vault.write() as connection:
        requests.record(connection, [_proposed(workspace, one) for _, found in asked.values() for one in found])


def _language(member: Member, found: list[Ready], library: Library) -> str:
    wanted = member.language or found[0].case.request.language
    return wanted if wanted in library.languages().get(LETTER, []) else "en"


def _mail(
    workspace: Workspace, library: Library, member: Member, found: list[tuple[Ready, LetterOrder]], language: str
) -> bytes:
    organiser, account = workspace.campaign.organiser, workspace.account
    order = LetterOrder(
        letter=LETTER,
        language=language,
        date=workspace.today,
        sender=Party(organiser.name, organiser.address, account.address),
        recipient=Party(member.name, member.address, member.email),
        fields={
            "requests": [_entry(workspace, one, language) for one, _ in found],
            "answer_by": workspace.today + dt.timedelta(days=ANSWER_DAYS),
        },
    )
    envelope = message.Envelope(organiser.name, account.address, member.email)
    message_id = message.new_message_id("", LETTER, account.address)
    raw = message.build(render(order, library), envelope, message_id, workspace.now)
    mail: EmailMessage = email.message_from_bytes(raw, policy=SMTP)
    for one, complaint in found:
        text = render(complaint, library)
        name = f"{one.case.request.reference}.txt"
        mail.add_attachment(f"{text.subject}\n\n{text.text}", filename=name, cte="quoted-printable")
    return mail.as_bytes()


def _entry(workspace: Workspace, one: Ready, language: str) -> dict[str, object]:
    request = one.case.request
    return {
        "title": texts.text(language, f"right_short.{request.right}"),
        "controller": workspace.controller(request.controller).name,
        "sent_on": day_of(one.case, EventKind.SENT) or request.planned,
        "reference": request.reference,
        "authority": one.due.draft.order.recipient.name,
    }


def _proposed(workspace: Workspace, one: Ready) -> Event:
    reference = one.case.request.reference
    return Event(reference, EventKind.COMPLAINT_PROPOSED, workspace.today, workspace.now, rule="followup")
