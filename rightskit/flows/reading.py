"""One message, understood as far as the machine can: what it says, to which requests it belongs, who wrote it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.cases.candidates import candidates
from rightskit.cases.matching import CANDIDATE, DSN, FORWARDED, IN_REPLY_TO, STRENGTH, Match, match
from rightskit.classification import authority_words, member_words
from rightskit.classification.classify import classify
from rightskit.classification.model import Classification, Evidence, ReplyKind
from rightskit.classification.quotes import own_words
from rightskit.flows import enclosed, filing, member_answers, member_stream, returned
from rightskit.mailbox import forwards
from rightskit.vault.messages import Filing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.classification.member_words import MemberWords
    from rightskit.flows.lookup import Lookup
    from rightskit.flows.returned import Returned
    from rightskit.mailbox.model import Reply

_UNREADABLE = Classification(ReplyKind.OTHER, (ReplyKind.OTHER,), 0.0, certain=False, language="", evidence=())
_HARMLESS = frozenset({ReplyKind.BOUNCE, ReplyKind.DELAY, ReplyKind.AUTO_REPLY, ReplyKind.OTHER})
"""Kinds that a mail server or a stranger may send: what they change needs no proof of the sender."""
_OF_SERVERS = frozenset({ReplyKind.BOUNCE, ReplyKind.DELAY})
COMPLAINT_BACK = "the complaint to the authority did not arrive: send it another way, or later"
"""What a notice about a complaint shows, for a person."""
_BULK = ("list-unsubscribe", "list-id", "feedback-id")
_YES = frozenset({"yes", "true"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A message with what the machine made of it.

    Attributes:
        reply: the message; what a member passed on stands here as its first sender wrote it.
        message_id: of the message that came, as its sender wrote it.
        status: ``filed``, ``review`` or ``ignored``.
        filings: the requests it belongs to, or may belong to.
        words: what a member wrote; None for what comes from elsewhere, or was passed on.
        people: ids of the members who may have written that.
        returned: the mail to a member that a mail server tells of.
    """

    reply: Reply
    message_id: str
    raw: bytes
    read_from: str
    classification: Classification
    status: str
    filings: tuple[Filing, ...]
    words: MemberWords | None = None
    people: tuple[str, ...] = ()
    returned: Returned | None = None

    @property
    def came_back(self) -> bool:
        """Whether it certainly tells that a mail to a member came back."""
        return bool(self.returned) and self.status == "filed" and self.classification.primary is ReplyKind.BOUNCE


def read(lookup: Lookup, reply: Reply, raw: bytes, read_from: str) -> Reading:
    """Understand a message; whatever breaks on the way leaves it to a person, kept as it came."""
    try:
        return _read(lookup, reply, raw, read_from)
    except Exception:  # noqa: BLE001 (a hostile message must not stop the others; it is kept and shown)
        return Reading(reply, reply.message_id, raw, read_from, _UNREADABLE, "review", (nowhere(reply.id),))


def inner(reply: Reply, *, of_member: bool) -> Reply:
    """What a member passed on, as its first sender wrote it; any other message as it is."""
    passed_on = forwards.unwrap(reply) if of_member else None
    return passed_on.replies[0] if passed_on and len(passed_on.replies) == 1 else reply


def _read(lookup: Lookup, outer: Reply, raw: bytes, read_from: str) -> Reading:
    reply = inner(outer, of_member=outer.sender in lookup.by_address)
    says = classify(reply, lookup.our_words)
    if (says.primary in _OF_SERVERS or reply.reports) and (about := returned.mail(reply)):
        return Reading(reply, outer.message_id, raw, read_from, says, "review", (nowhere(reply.id),), returned=about)
    if says.primary not in _OF_SERVERS and lookup.authority_of(reply.sender):
        written = authority_words.read(own_words(reply.text))
        says = _not_of_controller(says, written.sentence if written else "")
    found = match(reply, lookup, enclosed.texts)
    if says.primary in _OF_SERVERS and any(one.outbound_message_id in lookup.complaints for one in found):
        says = _not_of_controller(says, COMPLAINT_BACK)
    if reply is not outer:
        found = _of_member(lookup, reply, lookup.by_address[outer.sender], found)
    possible = found if any(one.files for one in found) else (*found, *_more(reply, lookup, found))
    status = _status(lookup, reply, says, possible)
    filings = tuple(_filing(lookup, reply, one, filed=status == "filed") for one in possible) or (nowhere(reply.id),)
    whole = Reading(reply, outer.message_id, raw, read_from, says, status, filings)
    return _by_member(lookup, whole) if reply is outer and reply.sender in lookup.by_address else whole


def _not_of_controller(says: Classification, because: str) -> Classification:
    """What an authority, or the way to one, tells says nothing of the controller: it is for a person."""
    evidence = (Evidence(ReplyKind.OTHER, because, 0.0),) if because else ()
    other = (ReplyKind.OTHER,)
    return replace(says, primary=other[0], kinds=other, confidence=0.0, certain=False, evidence=evidence)


def _by_member(lookup: Lookup, one: Reading) -> Reading:
    """A member's own words; a machine that answers for them says nothing."""
    if one.classification.primary is ReplyKind.AUTO_REPLY and one.classification.certain:
        return replace(one, status="ignored")
    people = member_stream.people(one.reply, lookup.by_address[one.reply.sender])
    names = [part for name in people for spelling in lookup.names[name] for part in spelling]
    words = member_words.read(one.reply, names, member_answers.asked(one.reply))
    says = replace(one.classification, primary=ReplyKind.OTHER, kinds=(ReplyKind.OTHER,), evidence=())
    return replace(one, words=words, people=people, classification=says)


def _of_member(lookup: Lookup, reply: Reply, people: Sequence[str], found: Sequence[Match]) -> tuple[Match, ...]:
    """What a member passes on belongs to their own requests; one that it names besides is a candidate only."""
    own = [
        replace(one, evidence=f"{FORWARDED}, {one.evidence}")
        for one in found
        if lookup.requests[one.reference].member in people
    ]
    if own:
        return tuple(own)
    theirs = [one for one in lookup.requests_to_sender(reply.sender) if lookup.requests[one].member in people]
    strength = STRENGTH[FORWARDED] if len(theirs) == 1 else CANDIDATE
    others = [replace(one, strength=CANDIDATE) for one in found]
    return (*(Match(one, None, FORWARDED, strength) for one in theirs), *others)


def _more(reply: Reply, lookup: Lookup, found: Sequence[Match]) -> list[Match]:
    known = {one.reference for one in found}
    return [one for one in candidates(reply, lookup) if one.reference not in known]


def _status(lookup: Lookup, reply: Reply, says: Classification, found: Sequence[Match]) -> str:
    """Whether the machine may act: only where it is certain, of the request, of the kind and of the sender."""
    if reply.sender in lookup.by_address:
        return "review"
    if says.primary not in _OF_SERVERS and lookup.authority_of(reply.sender):
        return "review" if found or not _is_bulk(reply) else "ignored"
    if not found:
        return "ignored" if _is_unrelated(lookup, reply, says) else "review"
    sure = says.certain and says.primary not in filing.TO_A_PERSON and all(one.files for one in found)
    believed = all(_is_believed(lookup, reply, says.primary, one) for one in found)
    return "filed" if sure and believed and not _names_another(lookup, reply, found) else "review"


def _is_believed(lookup: Lookup, reply: Reply, kind: ReplyKind, one: Match) -> bool:
    """Whether the sender may say this. A notice about delivery must name the letter: a reference can be overheard."""
    if kind in _OF_SERVERS:
        return one.evidence in {DSN, IN_REPLY_TO} or lookup.proves(reply, one.reference)
    return kind in _HARMLESS or lookup.proves(reply, one.reference)


def _names_another(lookup: Lookup, reply: Reply, found: Sequence[Match]) -> bool:
    """Whether the reply speaks of other members and of none of those whose requests it seems to answer."""
    people = set(lookup.people_in(f"{reply.subject}\n{own_words(reply.text)}"))
    return bool(people) and people.isdisjoint(lookup.requests[one.reference].member for one in found)


def _is_unrelated(lookup: Lookup, reply: Reply, says: Classification) -> bool:
    """Whether a message that names no request, no member and no controller need not be shown to a person.

    Newsletters and spam by their marks, and what certainly has nothing to do with any request.
    """
    if lookup.writes_for(reply.sender):
        return False
    return (says.primary is ReplyKind.OTHER and says.certain) or _is_bulk(reply)


def _is_bulk(reply: Reply) -> bool:
    """Marks of mass mail (RFC 2369, RFC 2919) and of the account's own spam filter."""
    flagged = {word.strip().lower() for word in reply.headers.get("x-spam-flag", ())}
    bulk = {word.strip().lower() for word in reply.headers.get("precedence", ())} & {"bulk", "list", "junk"}
    return bool(flagged & _YES or bulk) or any(name in reply.headers for name in _BULK)


def _filing(lookup: Lookup, reply: Reply, one: Match, *, filed: bool) -> Filing:
    proven = reply.sender not in lookup.by_address and lookup.proves(reply, one.reference)
    return Filing(reply.id, one.reference, one.outbound_message_id, one.evidence, proven, filed, one.strength)


def nowhere(message: str) -> Filing:
    """The filing of a message that belongs to no request."""
    return Filing(message, None, None, "no evidence", proven=False, filed=False, strength=0)
