"""What a member answers to ``ask --consent``, where it is certain; everything else waits for a person."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from rightskit.campaign.membership import MemberEvent, MemberEventKind, standing
from rightskit.campaign.reach import arrived
from rightskit.classification import purposes
from rightskit.classification.member_words import MemberSays
from rightskit.flows import member_answers
from rightskit.vault import members, membership

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.campaign.model import Consent
    from rightskit.flows.reading import Reading
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection

LETTER = "ask-consent"
_ASKED = "asked for consent by mail"
_ANSWERED, _OTHERWISE, _NOT_REACHED, _OPEN = "answered", "answered otherwise", "not reached", "no answer yet"
_KINDS: Mapping[MemberSays, MemberEventKind] = {
    MemberSays.AGREES: MemberEventKind.AGREED,
    MemberSays.DECLINES: MemberEventKind.DECLINED,
}


def digest(consent: Consent) -> str:
    """SHA-256 of what a member reads before they answer."""
    return hashlib.sha256("\0".join((consent.version, *consent.scopes, consent.text)).encode()).hexdigest()


def funnel(workspace: Workspace) -> dict[str, int]:
    """How many were asked by mail for the present consent, and what came of it; who was not reached is not silent."""
    with workspace.vault.read() as connection:
        events = membership.events_by_member(connection)
    found = Counter(filter(None, (_outcome(own, digest(workspace.campaign.consent)) for own in events.values())))
    told = {f"{_ASKED}, {outcome}": found[outcome] for outcome in (_ANSWERED, _OTHERWISE, _NOT_REACHED, _OPEN)}
    return {_ASKED: found.total(), **told}


def _outcome(events: Sequence[MemberEvent], text: str) -> str:
    """What came of the mail that showed a text; empty where none did."""
    about = [event for event in events if event.detail.get("text") == text]
    if not about:
        return ""
    if any(event.kind in _KINDS.values() for event in about):
        return _ANSWERED
    if any(event.kind is MemberEventKind.NOTED and event.detail["about"] == LETTER for event in standing(events)):
        return _OTHERWISE
    return _OPEN if any(event.detail.get("text") == text for event in arrived(events)) else _NOT_REACHED


def settle(workspace: Workspace, connection: Connection, one: Reading, day: dt.date) -> bool:
    """Keep what a member answered to each purpose, where all of it is certain; False: a person decides.

    It counts only in answer to the mail that showed the very text which the campaign has now, once, and from the one
    member whom that mail was written to.
    """
    consent = workspace.campaign.consent
    if member_answers.answered(one.reply) != LETTER or len(one.people) != 1 or one.reply.attachments:
        return False
    said = _said(one, consent.scopes)
    member = one.people[0]
    if not said or not _was_asked(membership.events_by_member(connection, member).get(member, ()), one, consent):
        return False
    agreed = [scope for scope in consent.scopes if said[scope] is MemberSays.AGREES]
    if agreed:
        members.agree(connection, [(member, consent.version, agreed, day)])
    membership.record(connection, _events(workspace, one, said, day))
    return True


def _said(one: Reading, scopes: Sequence[str]) -> Mapping[str, MemberSays]:
    """Scope -> yes or no, for all that was asked; a single no is one to all, a single yes only to a single purpose."""
    words = one.words
    if words is None or not words.clear:
        return {}
    found = {purposes.scope(word): kind for word, kind in words.answers.items()}
    if not found and len(words.kinds) == 1 and (words.kinds[0] is MemberSays.DECLINES or len(scopes) == 1):
        found = dict.fromkeys(scopes, words.kinds[0])
    return found if found.keys() == set(scopes) and len(found) == len(words.answers or found) else {}


def _was_asked(events: Sequence[MemberEvent], one: Reading, consent: Consent) -> bool:
    """Whether the answered mail showed the present text, and nothing was answered to it before."""
    about = [event for event in events if event.detail.get("text") == digest(consent)]
    shown = any(event.detail.get("message_id") in one.reply.in_reply_to for event in about)
    return shown and not any(event.kind in _KINDS.values() for event in about)


def _events(workspace: Workspace, one: Reading, said: Mapping[str, MemberSays], day: dt.date) -> Iterator[MemberEvent]:
    consent = workspace.campaign.consent
    received = workspace.today if day != workspace.today else None
    for answer, kind in _KINDS.items():
        if scopes := [scope for scope in consent.scopes if said[scope] is answer]:
            detail = {"version": consent.version, "scopes": " ".join(scopes), "text": digest(consent)}
            yield MemberEvent(one.people[0], kind, day, workspace.now, received, "message", one.reply.id, detail)
