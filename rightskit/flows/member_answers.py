"""What a member answers to a question of the campaign, where it is certain; everything else waits for a person.

A yes to a text counts only in answer to the mail that showed it: its Message-ID is random, and nobody else knows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEventKind
from rightskit.cases import assent
from rightskit.cases.assent import COMPLAINT, OBJECTION
from rightskit.cases.model import Event, EventKind
from rightskit.cases.nextstep import member_asked
from rightskit.classification import member_words
from rightskit.classification.member_words import MemberSays
from rightskit.mailbox.parse import parse
from rightskit.vault import membership, messages, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from rightskit.cases.assent import Matter
    from rightskit.flows.reading import Reading
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.vault.store import Connection

_LETTER = re.compile(r"^<[^.<>@]+\.([a-z-]+)\.[0-9a-f]{12}@")
_ASK = "ask"
_MATTERS: Mapping[str, Matter] = {"ask-complaint": COMPLAINT, "ask-objection": OBJECTION}


def answered(reply: Reply) -> str:
    """Which letter to the member is answered, by its Message-ID; empty where none is named."""
    found = (_LETTER.match(name) for name in reply.in_reply_to)
    return next((match[1] for match in found if match), "")


def asked(reply: Reply) -> member_words.Asked:
    """By what a mail is to be read."""
    if answered(reply) == "ask-consent":
        return member_words.WHETHER_DATA_MAY_BE_POOLED
    return member_words.WHETHER_IT_MAY_LEAVE if answered(reply) in _MATTERS else member_words.WHETHER_ANYTHING_CAME


def waiting(connection: Connection, letter: str) -> set[str]:
    """The members whose own words about such a question wait for a person, such as a "yes, but".

    Args:
        connection: to the vault.
        letter: the slug of the mail that asked.
    """
    unread = {message.id for message in messages.all_messages(connection) if message.status == "review"}
    wrote = [
        (event.evidence, event.member)
        for events in membership.events_by_member(connection).values()
        for event in events
        if event.kind is MemberEventKind.WROTE and event.evidence in unread
    ]
    return {member for message, member in wrote if answered(parse(messages.fetch(connection, message))) == letter}


def answers(connection: Connection, one: Reading) -> Mapping[str, MemberSays]:
    """Reference -> what a member said of it; nothing where anything of their mail is in doubt, as is a file with it."""
    words = one.words
    if words is None or len(one.people) != 1 or not words.clear or one.reply.attachments:
        return {}
    letter = answered(one.reply)
    if letter not in {_ASK, *_MATTERS} and (letter or not words.answers):
        return {}
    about = _asked_about(connection, one, letter)
    found = words.answers or {reference: words.kinds[0] for reference in about if len(words.kinds) == 1}
    return found if found.keys() <= about else {}


def events(
    workspace: Workspace, connection: Connection, one: Reading, found: Mapping[str, MemberSays], day: dt.date
) -> Iterator[Event]:
    """What answers change: "nothing" closes a question, "later" leaves it open, "yes, it came" is for a person to see.

    A yes or a no to a text is bound to the one that the mail showed.
    """
    known = requests.events_by_request(connection, found)
    matter = _MATTERS.get(answered(one.reply))
    for reference, said in found.items():
        kind = _kind(said, matter)
        if kind is None:
            continue
        shown = assent.shown(known[reference], matter, one.reply.in_reply_to) if matter else ""
        detail = {"by": "member", **({assent.TEXT: shown} if matter else {"came": said.value})}
        yield Event(reference, kind, day, workspace.now, source="message", evidence=one.reply.id, detail=detail)


def _kind(said: MemberSays, matter: Matter | None) -> EventKind | None:
    if matter:
        return matter.given if said is MemberSays.AGREES else matter.declined
    return {MemberSays.NOTHING: EventKind.MEMBER_REPORTED, MemberSays.LATER: EventKind.NOTED}.get(said)


def _asked_about(connection: Connection, one: Reading, letter: str) -> set[str]:
    """The requests that the answered mail showed texts of; else those about which a question is open."""
    own = [request.reference for name in one.people for request in requests.of_member(connection, name)]
    known = requests.events_by_request(connection, own)
    if matter := _MATTERS.get(letter):
        return {name for name in own if assent.shown(known[name], matter, one.reply.in_reply_to)}
    return {name for name in own if member_asked(known[name])}
