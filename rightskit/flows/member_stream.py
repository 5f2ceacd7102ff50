"""Mail from members is a stream of its own: it answers what they were asked, or opens a question to a person.

Nothing here sets a controller's answer. What a member passes on is the controller's own reply, and is read as one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent, MemberEventKind
from rightskit.campaign.reference import ALPHABET
from rightskit.cases.model import Event, EventKind
from rightskit.cases.nextstep import member_asked
from rightskit.classification import member_words
from rightskit.classification.member_words import MemberSays
from rightskit.flows.filing import day_of
from rightskit.mailbox import forwards, identity_documents, parse
from rightskit.vault import membership, requests
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rightskit.classification.member_words import MemberWords
    from rightskit.flows.reading import Reading
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.store import Connection

_NAMED = re.compile(rf"(?:<|\+)(M[{ALPHABET}]{{8}})(?:\.|@)", re.IGNORECASE)
_LETTER = re.compile(r"^<[^.<>@]+\.([a-z-]+)\.[0-9a-f]{12}@")
_ABOUT_THEMSELVES = frozenset({MemberSays.WITHDRAWS, MemberSays.MOVED, MemberSays.IDENTITY_GIVEN})
"""What concerns the member, and no request of theirs: it waits for a person beside no request."""
_EVIDENCE = "a member's answer"


def people(reply: Reply, at_address: Sequence[str]) -> tuple[str, ...]:
    """Which members may have written: those of the address, or the one whose mail was answered."""
    traces = " ".join((*reply.in_reply_to, *reply.recipients))
    named = {name.upper() for name in _NAMED.findall(traces)} & set(at_address)
    return tuple(named) if len(named) == 1 else tuple(at_address)


def settle(workspace: Workspace, connection: Connection, one: Reading) -> Reading:
    """Note what a member wrote, and give the message with where it belongs.

    A wish to withdraw holds all sending, of everybody who may have written it, until a person decides.
    """
    words = one.words
    if words is None:
        return one
    day = day_of(one.reply, workspace)
    membership.record(connection, _noted(workspace, one, words, day))
    asked = _asked(connection, one.people)
    answers = words.answers or {reference: words.kinds[0] for reference in asked if len(words.kinds) == 1}
    is_answer = _answered(one.reply) == "ask" or (words.answers and not _answered(one.reply))
    if len(one.people) != 1 or not (is_answer and words.clear and answers and answers.keys() <= asked):
        about_requests = not words.kinds or not set(words.kinds) <= _ABOUT_THEMSELVES
        nowhere = Filing(one.reply.id, None, None, "a member's mail", proven=False, filed=False, strength=0)
        return replace(one, status="review", filings=one.filings if about_requests else (nowhere,))
    requests.record(connection, list(_events(workspace, one, answers, day)))
    filings = tuple(
        Filing(one.reply.id, name, None, _EVIDENCE, proven=False, filed=kind is not MemberSays.RECEIVED, strength=1.0)
        for name, kind in answers.items()
    )
    return replace(one, status="review" if MemberSays.RECEIVED in answers.values() else "filed", filings=filings)


def _answered(reply: Reply) -> str:
    """Which letter to the member is answered, by its Message-ID; empty where none is named."""
    found = (_LETTER.match(name) for name in reply.in_reply_to)
    return next((match[1] for match in found if match), "")


def without_documents(by_address: Collection[str], raw: bytes) -> bytes:
    """A member's mail without copies of identity documents; any other mail as it came."""
    if not identity_documents.has_files(raw) or parse.sender_of(raw) not in by_address:
        return raw
    reply = parse.parse(raw)
    told = forwards.unwrap(reply) is None and MemberSays.IDENTITY_GIVEN in member_words.read(reply).kinds
    return identity_documents.without(raw, every=told)


def _noted(workspace: Workspace, one: Reading, words: MemberWords, day: dt.date) -> Iterator[MemberEvent]:
    received = workspace.today if day != workspace.today else None
    kinds = [MemberEventKind.WROTE]
    if MemberSays.WITHDRAWS in words.kinds:
        kinds.append(MemberEventKind.WISHED_TO_WITHDRAW)
    if MemberSays.IDENTITY_GIVEN in words.kinds:
        kinds.append(MemberEventKind.IDENTITY_GIVEN)
    detail = {"kind": " ".join(words.kinds)}
    for name in one.people:
        for kind in kinds:
            yield MemberEvent(name, kind, day, workspace.now, received, "message", one.reply.id, detail)


def _asked(connection: Connection, names: Sequence[str]) -> set[str]:
    """The requests about which a question to one of these members is open."""
    own = [request.reference for name in names for request in requests.of_member(connection, name)]
    events = requests.events_by_request(connection, own)
    return {reference for reference in own if member_asked(events[reference])}


def _events(workspace: Workspace, one: Reading, answers: Mapping[str, MemberSays], day: dt.date) -> Iterator[Event]:
    """What an answer changes: "nothing" closes the question, "later" leaves it open, "yes" is for a person to see."""
    kinds = {MemberSays.NOTHING: EventKind.MEMBER_REPORTED, MemberSays.LATER: EventKind.NOTED}
    for reference, said in answers.items():
        if said in kinds:
            detail = {"by": "member", "came": said.value}
            yield Event(
                reference, kinds[said], day, workspace.now, source="message", evidence=one.reply.id, detail=detail
            )
