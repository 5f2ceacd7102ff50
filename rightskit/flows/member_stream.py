"""Mail from members is a stream of its own: it answers what they were asked, or opens a question to a person.

Nothing here sets a controller's answer. What a member passes on is the controller's own reply, and is read as one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent, MemberEventKind
from rightskit.campaign.reference import ALPHABET, find_members
from rightskit.classification import member_words
from rightskit.classification.member_words import WHETHER_ANYTHING_CAME, MemberSays
from rightskit.files import barcodes
from rightskit.flows import consent_answers, member_answers, returned
from rightskit.flows.filing import day_of
from rightskit.mailbox import forwards, identity_documents, parse
from rightskit.vault import membership, requests
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Sequence

    from rightskit.classification.member_words import MemberWords
    from rightskit.flows.lookup import Lookup
    from rightskit.flows.reading import Reading
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.store import Connection

_NAMED = re.compile(rf"(?:<|\+)(M[{ALPHABET}]{{8}})(?:\.|@)", re.IGNORECASE)
_ABOUT_THEMSELVES = frozenset({MemberSays.WITHDRAWS, MemberSays.MOVED, MemberSays.IDENTITY_GIVEN})
"""What concerns the member, and no request of theirs: it waits for a person beside no request."""
_EVIDENCE = "a member's answer"
_ASK_FOR_PAPERS = frozenset({"invite", "missing"})
"""Mails to members that ask for signed papers, or for proof of identity to be shown to a controller."""


def people(reply: Reply, at_address: Sequence[str]) -> tuple[str, ...]:
    """Which members may have written: those of the address, or the one whose mail was answered."""
    traces = " ".join((*reply.in_reply_to, *reply.recipients))
    named = {name.upper() for name in _NAMED.findall(traces)} & set(at_address)
    return tuple(named) if len(named) == 1 else tuple(at_address)


def settle(workspace: Workspace, connection: Connection, one: Reading) -> Reading:
    """Note what a member wrote, or that a mail to them came back, and give the message with where it belongs.

    A wish to withdraw holds all sending, of everybody who may have written it, until a person decides.
    """
    words = one.words
    if words is None:
        return returned.settle(workspace, connection, one)
    day = day_of(one.reply, workspace)
    membership.record(connection, _noted(workspace, one, words, day))
    if consent_answers.settle(workspace, connection, one, day):
        own = Filing(one.reply.id, None, None, _EVIDENCE, proven=False, filed=False, strength=1.0)
        return replace(one, status="filed", filings=(own,))
    answers = member_answers.answers(connection, one)
    if not answers:
        about_requests = not words.kinds or not set(words.kinds) <= _ABOUT_THEMSELVES
        nowhere = Filing(one.reply.id, None, None, "a member's mail", proven=False, filed=False, strength=0)
        return replace(one, status="review", filings=one.filings if about_requests else (nowhere,))
    requests.record(connection, member_answers.events(workspace, connection, one, answers, day))
    filings = tuple(
        Filing(one.reply.id, name, None, _EVIDENCE, proven=False, filed=kind is not MemberSays.RECEIVED, strength=1.0)
        for name, kind in answers.items()
    )
    return replace(one, status="review" if MemberSays.RECEIVED in answers.values() else "filed", filings=filings)


def without_documents(lookup: Lookup, raw: bytes) -> bytes:
    """A member's mail without copies of identity documents; any other mail as it came.

    Where one is to be expected, a picture or PDF stays only if it carries the code of one of our forms.
    """
    if not identity_documents.has_files(raw) or (sender := parse.sender_of(raw)) not in lookup.by_address:
        return raw
    reply = parse.parse(raw)
    if forwards.unwrap(reply) is not None:
        return identity_documents.without(raw, every=False)
    told = MemberSays.IDENTITY_GIVEN in member_words.read(reply, (), WHETHER_ANYTHING_CAME).kinds
    expected = _may_bring_one(lookup, reply, people(reply, lookup.by_address[sender]))
    return identity_documents.without(raw, every=told, is_known=_is_form if expected else None)


def _may_bring_one(lookup: Lookup, reply: Reply, names: Collection[str]) -> bool:
    """Whether somebody joins, answers what they were asked for, or is to prove to a controller who they are."""
    joins = not any(request.member in names for request in lookup.requests.values())
    return joins or member_answers.answered(reply) in _ASK_FOR_PAPERS or bool(lookup.to_identify.intersection(names))


def _is_form(content: bytes) -> bool:
    return any(find_members(text) for text in barcodes.texts(content))


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
