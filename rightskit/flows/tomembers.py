"""Mails to members: written into a folder, ready to be sent, and known again when they are answered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent
from rightskit.delivery import folder as folders
from rightskit.delivery import message
from rightskit.flows import approvals
from rightskit.rendering.layouts import layout_for
from rightskit.rendering.letter import render
from rightskit.rendering.merging import joined
from rightskit.rendering.model import LetterOrder, Party
from rightskit.rendering.pdf import pdf
from rightskit.vault import membership, outgoing, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.membership import MemberEventKind
    from rightskit.campaign.model import Member
    from rightskit.cases.model import Event
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library

BATCH = 50
"""Mails per commit: each commit waits for the disk."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a writing to members came to.

    Attributes:
        folder: where the mails lie.
        members: ids of those to whom one was written.
        unreachable: ids of those whom mail does not reach, and why.
    """

    folder: Path
    members: tuple[str, ...]
    unreachable: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Post:
    """One mail to one member.

    Attributes:
        letter: its slug, and the name of the file.
        fields: what the letter's front matter declares.
        files: what goes with it; PDFs where the member has no mail address.
        events: what it means for the member's requests that it was written.
        detail: what the member's own event tells beside the letter and its Message-ID.
    """

    member: Member
    letter: str
    language: str
    fields: Mapping[str, object]
    files: Sequence[message.Attachment] = ()
    events: Sequence[Event] = ()
    detail: Mapping[str, str] = field(default_factory=dict)


def sheet(name: str, content: bytes) -> message.Attachment:
    """A PDF that goes with a mail."""
    return message.Attachment(name, "application/pdf", content)


def prepare(workspace: Workspace, folder: Path, texts: Iterable[tuple[str, str]], library: Library) -> Path:
    """The folder, listed in the vault, once a person has approved the texts that are to lie in it.

    Raises:
        RefusedError: nobody has approved one of the texts as it stands.
    """
    approvals.demand(workspace, library, texts)
    target = folders.prepare(folder)
    with workspace.vault.write() as connection:
        outgoing.list_folder(connection, target, "ask", workspace.now)
    return target


def write(
    workspace: Workspace, folder: Path, posts: Iterable[Post], library: Library, kind: MemberEventKind | None = None
) -> tuple[str, ...]:
    """Write mails, note what that means for members and requests, and give the members' ids.

    Args:
        workspace: the campaign.
        folder: as :func:`prepare` gave it.
        posts: the mails.
        library: where their texts lie.
        kind: of event that each is for its member; None where it concerns requests alone.
    """
    done: list[str] = []
    waiting: list[tuple[Post, str]] = []
    for post in posts:
        message_id = _write(workspace, folder, post, library)
        waiting.append((post, message_id))
        done.append(post.member.member)
        if len(waiting) == BATCH:
            _note(workspace, waiting, kind)
            waiting.clear()
    _note(workspace, waiting, kind)
    return tuple(done)


def _write(workspace: Workspace, folder: Path, post: Post, library: Library) -> str:
    """A mail, and its Message-ID; for who has no mail address a letter to be posted, and no such id."""
    path = folder / f"{post.member.member}-{post.letter}-{workspace.today}"
    if not post.member.email:
        cover = pdf(render(_order(workspace, post), library), layout_for(post.member.country))
        folders.write(path.with_suffix(".pdf"), joined([cover, *(one.content for one in post.files)]), flush=False)
        return ""
    raw, message_id = mail(workspace, post, library, workspace.now)
    folders.write(path.with_suffix(".eml"), raw, flush=False)
    return message_id


def mail(workspace: Workspace, post: Post, library: Library, moment: dt.datetime) -> tuple[bytes, str]:
    """The bytes of a mail to a member, and its Message-ID.

    The answer is asked to an address that names the member where the account allows one: a couple shares a mailbox.
    """
    organiser, account, member = workspace.campaign.organiser, workspace.account, post.member
    reply_to = account.tagged(member.member) if account.plus else ""
    envelope = message.Envelope(organiser.name, account.address, member.email, reply_to, automatic=True)
    message_id = message.new_message_id(member.member, post.letter, account.address)
    letter = render(_order(workspace, post), library)
    return message.build(letter, envelope, message_id, moment, post.files), message_id


def _order(workspace: Workspace, post: Post) -> LetterOrder:
    organiser, member = workspace.campaign.organiser, post.member
    return LetterOrder(
        letter=post.letter,
        language=post.language,
        date=workspace.today,
        sender=Party(organiser.name, organiser.address, workspace.account.address),
        recipient=Party(member.name, member.address, member.email),
        fields=post.fields,
    )


def _note(workspace: Workspace, written: Sequence[tuple[Post, str]], kind: MemberEventKind | None) -> None:
    """Commit what was written since, once it is on the disk."""
    folders.flush_all()
    events = [_named(event, message_id) for post, message_id in written for event in post.events]
    with workspace.vault.write() as connection:
        requests.record(connection, events)
        if kind is not None:
            membership.record(connection, [_of_member(workspace, *one, kind) for one in written])


def _named(event: Event, message_id: str) -> Event:
    return replace(event, detail={**event.detail, "message_id": message_id})


def _of_member(workspace: Workspace, post: Post, message_id: str, kind: MemberEventKind) -> MemberEvent:
    detail = {**post.detail, "about": post.letter, "message_id": message_id}
    return MemberEvent(post.member.member, kind, workspace.today, workspace.now, evidence="a mail", detail=detail)
