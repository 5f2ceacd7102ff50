"""Letters of which nobody can tell whether they left: looked up, or held for a person; never sent again by us."""

from __future__ import annotations

import email
from dataclasses import replace
from email.policy import compat32
from typing import TYPE_CHECKING

from rightskit.campaign import reference
from rightskit.cases.model import EventKind
from rightskit.errors import NotFoundError
from rightskit.flows import copies, dispatch
from rightskit.flows.indoubt import of_mailings
from rightskit.vault import departures, mailings, outgoing, requests

if TYPE_CHECKING:
    import datetime as dt

    from rightskit.flows.workspace import Workspace
    from rightskit.vault.outgoing import Kept
    from rightskit.vault.store import Connection


def look_up(workspace: Workspace) -> int:
    """Settle those that certainly left, and give their number; to be called while no other process sends.

    It left where a message answers it by its Message-ID, which nobody else knows, or where the account's folder of
    sent mail holds it. That neither is so proves nothing.
    """
    with workspace.vault.read() as connection:
        kept = outgoing.in_state(connection, "sending", "doubt")
        known = departures.answered(connection, [one.message_id for one in kept])
    _look_up_mailings(workspace)
    if not kept:
        return 0
    known |= copies.held(workspace, [one.message_id for one in kept if one.message_id not in known])
    with workspace.vault.write() as connection:
        for one in kept:
            if one.message_id in known:
                _left(connection, one, workspace.now, "the folder of sent mail, or an answer")
            else:
                departures.settle(connection, one.message_id, "doubt", None, copy=False)
    return len(known)


def _look_up_mailings(workspace: Workspace) -> None:
    known = of_mailings(workspace)
    held = copies.held(workspace, list(known.values()))
    with workspace.vault.write() as connection:
        for message_id in known.values():
            left = message_id in held
            mailings.settle(connection, message_id, "sent" if left else "doubt", workspace.now if left else None)


def decide_mailing(workspace: Workspace, name: str, *, left: bool) -> None:
    """Write down what a person found out about a mail to a member.

    Raises:
        NotFoundError: no mail of that name is in doubt.
        RefusedError: another process sends right now.
    """
    with workspace.vault.only_one("send"), workspace.vault.write() as connection:
        known = mailings.in_doubt(connection)
        if name not in known:
            raise NotFoundError(f"No mail {name} is in doubt.", "See those that are: rightskit posted")
        if left:
            mailings.settle(connection, known[name], "sent", workspace.now)
        else:
            mailings.forget(connection, known[name])


def decide(workspace: Workspace, name: str, date: dt.date, *, left: bool) -> int:
    """Write down what a person found out about the letters in doubt of one request; gives their number.

    Args:
        workspace: the campaign.
        name: reference of the request.
        date: when they left.
        left: whether they did; if not, they leave with the next sending.

    Raises:
        NotFoundError: no letter of this request is in doubt.
        RefusedError: the date lies ahead, or another process sends right now.
    """
    workspace.demand_past(date, "Note the sending on the day, or after it.")
    plain = reference.normalise(name) or name
    with workspace.vault.only_one("send"), workspace.vault.write() as connection:
        found = [one for one in outgoing.in_state(connection, "sending", "doubt") if one.reference == plain]
        if not found:
            raise NotFoundError(f"No letter of {plain} is in doubt.", "See those that are: rightskit posted")
        for one in found:
            if left:
                moment = (
                    workspace.now
                    if date == workspace.today
                    else workspace.now.replace(year=date.year, month=date.month, day=date.day)
                )
                _left(connection, one, moment, "", source="person")
            else:
                departures.forget(connection, one.message_id)
    return len(found)


def _left(connection: Connection, one: Kept, moment: dt.datetime, evidence: str, source: str = "") -> None:
    departures.settle(connection, one.message_id, "sent", moment, copy=False)
    kind = _kind(one.letter)
    about = [one.reference]
    if kind is EventKind.MEMBER_ASKED:
        about = _named(departures.raw(connection, one.message_id)) or about
    events = dispatch.happened(kind, about, moment, evidence, one.letter)
    requests.record(
        connection, [replace(event, source=source, rule="posted") for event in events] if source else events
    )


def _kind(letter: str) -> EventKind:
    """What the leaving of a letter is: a question to a member carries its day in its name."""
    if letter.startswith("ask-"):
        return EventKind.MEMBER_ASKED
    return dispatch.FOLLOW_UPS.get(letter, EventKind.SENT)


def _named(raw: bytes) -> list[str]:
    """The requests that one of our own messages names."""
    body = email.message_from_bytes(raw, policy=compat32).get_payload(decode=True)
    return reference.find(body.decode("utf-8", "replace")) if isinstance(body, bytes) else []
