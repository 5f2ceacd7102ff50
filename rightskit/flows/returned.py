"""Mails to members that come back: who cannot be reached by mail since when, and what they were asked in vain.

A notification (RFC 3464) counts where it names the Message-ID of a mail that we wrote: it is random, and nobody else
knows it. One that is only late changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent, MemberEventKind
from rightskit.campaign.reach import FORMER
from rightskit.campaign.reference import ALPHABET
from rightskit.cases.history import standing
from rightskit.cases.matching import returned_ids
from rightskit.cases.model import Event, EventKind
from rightskit.classification.model import ReplyKind
from rightskit.flows.filing import day_of
from rightskit.vault import departures, mailings, members, membership, requests
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from rightskit.campaign.model import Member
    from rightskit.flows.reading import Reading
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.store import Connection

_OURS = re.compile(rf"<(M[{ALPHABET}]{{8}})\.([a-z-]+)\.[0-9a-f]{{12}}@")
_ADDRESS = re.compile(r"[^\s<>\",;:]+@[^\s<>\",;:]+")
_HEAD = 4000
"""Characters of a returned mail in which its head is looked for."""
_QUESTIONS = frozenset({EventKind.MEMBER_ASKED, EventKind.LETTER_PROPOSED, EventKind.COMPLAINT_PROPOSED})
EVIDENCE = "notice about a mail to a member"


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail to a member.

    Attributes:
        member: the member's id.
        letter: its slug.
    """

    member: str
    letter: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What tells that a mail came back.

    Attributes:
        day: of the notice.
        noted: when it is written into the vault.
        received: the day on which the campaign learned of it; None where it is the same day.
        source: ``message``, ``person`` or ``rightskit``.
        evidence: id of the message, or the server's words.
        addresses: those that it names, in lower case.
    """

    day: dt.date
    noted: dt.datetime
    received: dt.date | None
    source: str
    evidence: str
    addresses: Collection[str] = ()


def mail(reply: Reply) -> Returned | None:
    """The mail to a member that a notification is about, by its Message-ID."""
    found = (named(message_id) for message_id in (*returned_ids(reply), *reply.in_reply_to))
    return next((one for one in found if one), None)


def named(message_id: str) -> Returned | None:
    """The mail to a member that has this Message-ID; None where the id is no such mail's."""
    found = _OURS.match(message_id)
    return Returned(found[1], found[2], message_id) if found else None


def settle(workspace: Workspace, connection: Connection, one: Reading) -> Reading:
    """Note that a mail came back, and give the notice with where it belongs; a doubtful one waits for a person."""
    about = one.returned
    if about is None or not one.classification.certain or not is_ours(connection, about):
        return one
    if one.classification.primary is ReplyKind.BOUNCE:
        note(connection, about, notice(workspace, one.reply, "message"))
    own = Filing(one.reply.id, None, about.message_id, EVIDENCE, proven=False, filed=False, strength=1.0)
    return replace(one, status="filed", filings=(own,))


def notice(workspace: Workspace, reply: Reply, source: str) -> Notice:
    """What a notification tells."""
    day = day_of(reply, workspace)
    named = (*(report.recipient for report in reply.reports), *_ADDRESS.findall(reply.original[:_HEAD].lower()))
    received = workspace.today if day != workspace.today else None
    return Notice(day, workspace.now, received, source, reply.id, frozenset(named))


def note(connection: Connection, about: Returned, told: Notice) -> None:
    """Keep that mail to a member's address comes back, for all who have this address, and ask nothing by that mail.

    Where the mail went to an address of before, the one of today may yet be right.
    """
    person = members.by_id(connection, [about.member]).get(about.member)
    if person is None:
        return
    detail = {"about": about.letter, "message_id": about.message_id}
    if _went_to_former(connection, person, told.addresses):
        membership.record(connection, [_of(about.member, told, {**detail, "to": FORMER})])
    else:
        others = members.at_address(connection, person.email) - {about.member}
        found = [(about.member, detail), *((name, {"about": about.letter}) for name in sorted(others))]
        membership.record(connection, [_of(name, told, words) for name, words in found])
    requests.record(connection, _taken_back(connection, about, told))


def _of(member: str, told: Notice, detail: dict[str, str]) -> MemberEvent:
    return MemberEvent(
        member,
        MemberEventKind.MAIL_RETURNED,
        told.day,
        told.noted,
        told.received,
        told.source,
        told.evidence,
        detail,
    )


def _went_to_former(connection: Connection, person: Member, addresses: Collection[str]) -> bool:
    """Whether a notification names an address that the member had before, and not the one of today."""
    if not person.email or person.email.lower() in addresses:
        return not person.email
    _, *before = membership.selves(connection, [person])[person.member]
    return any(one.email.lower() in addresses for one in before if one.email)


def is_ours(connection: Connection, about: Returned) -> bool:
    """Whether we wrote such a mail to that member: into a folder, or by SMTP."""
    if mailings.knows(connection, about.message_id):
        return True
    own = [request.reference for request in requests.of_member(connection, about.member)]
    by_smtp = departures.message_ids_of(connection, own).values()
    told = (event.detail for events in requests.events_by_request(connection, own).values() for event in events)
    noted = (event.detail for event in membership.events_by_member(connection, about.member).get(about.member, ()))
    return any(about.message_id in ids for ids in by_smtp) or any(
        detail.get("message_id") == about.message_id for some in (told, noted) for detail in some
    )


def _taken_back(connection: Connection, about: Returned, told: Notice) -> Iterator[Event]:
    """The questions that the mail asked count as not asked."""
    own = [request.reference for request in requests.of_member(connection, about.member)]
    for reference, events in requests.events_by_request(connection, own).items():
        for event in standing(events):
            if event.kind in _QUESTIONS and event.detail.get("message_id") == about.message_id:
                detail = {"corrects": str(event.id)}
                about_it = (reference, EventKind.CORRECTED, told.day, told.noted, told.received, told.source)
                yield Event(*about_it, told.evidence, detail, "mail-returned")
