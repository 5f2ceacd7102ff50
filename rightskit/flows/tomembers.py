"""Mails to members: written into a folder, ready to be sent, and known again when they are answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent
from rightskit.delivery import folder as folders
from rightskit.delivery import message
from rightskit.rendering.letter import render
from rightskit.rendering.model import LetterOrder, Party
from rightskit.vault import membership

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.membership import MemberEventKind
    from rightskit.campaign.model import Member
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
        unreachable: ids of those without a mail address.
    """

    folder: Path
    members: tuple[str, ...]
    unreachable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """One mail to one member.

    Attributes:
        letter: its slug, and the name of the file.
        fields: what the letter's front matter declares.
        sheets: name and bytes of PDFs that go with it.
    """

    member: Member
    letter: str
    language: str
    fields: Mapping[str, object]
    sheets: Sequence[tuple[str, bytes]] = ()


def write(
    workspace: Workspace, folder: Path, posts: Iterable[Post], library: Library, kind: MemberEventKind
) -> tuple[str, ...]:
    """Write mails, note each as an event of its member, and give the members' ids.

    The answer is asked to an address that names the member where the account allows one: a couple shares a mailbox.
    """
    done: list[MemberEvent] = []
    noted = 0
    for post in posts:
        raw, message_id = mail(workspace, post, library)
        folders.write(folder / f"{post.member.member}-{post.letter}-{workspace.today}.eml", raw, flush=False)
        detail = {"about": post.letter, "message_id": message_id}
        event = MemberEvent(post.member.member, kind, workspace.today, workspace.now, evidence="a mail", detail=detail)
        done.append(event)
        if len(done) - noted == BATCH:
            noted = _note(workspace, done, noted)
    _note(workspace, done, noted)
    return tuple(event.member for event in done)


def mail(workspace: Workspace, post: Post, library: Library) -> tuple[bytes, str]:
    """The bytes of a mail to a member, and its Message-ID."""
    organiser, account, member = workspace.campaign.organiser, workspace.account, post.member
    order = LetterOrder(
        letter=post.letter,
        language=post.language,
        date=workspace.today,
        sender=Party(organiser.name, organiser.address, account.address),
        recipient=Party(member.name, member.address, member.email),
        fields=post.fields,
    )
    reply_to = account.tagged(member.member) if account.plus else ""
    envelope = message.Envelope(organiser.name, account.address, member.email, reply_to, automatic=True)
    message_id = message.new_message_id(member.member, post.letter, account.address)
    sheets = [message.Attachment(name, "application/pdf", content) for name, content in post.sheets]
    return message.build(render(order, library), envelope, message_id, workspace.now, sheets), message_id


def _note(workspace: Workspace, done: Sequence[MemberEvent], noted: int) -> int:
    """Commit what was written since, once it is on the disk."""
    folders.flush_all()
    with workspace.vault.write() as connection:
        membership.record(connection, done[noted:])
    return len(done)
