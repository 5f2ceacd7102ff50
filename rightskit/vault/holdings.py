"""What a vault holds of one member, and what of that it holds of others too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import IO, TYPE_CHECKING, Any, cast

from sqlalchemy import select

from rightskit.errors import NotFoundError
from rightskit.files.limits import LIMITS
from rightskit.mailbox.parse import parse
from rightskit.vault import membership, messages, pieces, requests, schema
from rightskit.vault.members import all_members
from rightskit.vault.traces import Traces, holds, identity, traces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy import Connection, Select

    from rightskit.campaign.model import Member
    from rightskit.mailbox.model import Reply

_REFERENCE = re.compile(rb"rk-[0-9a-z]{4}-[0-9a-z]{4}")
_SOFT_BREAK = re.compile(rb"=\r?\n")


@dataclass(frozen=True, slots=True)
class Holdings:
    """Of one member.

    Attributes:
        selves: the member as they are, then as they were before each change.
        references: of their requests.
        messages: ids of the replies that concern nobody else.
        shared: message id -> the traces to take out of it; these replies stay, for the others.
        documents: ids of the returned documents that are kept for nobody else.
        kept: document id -> the traces to take out of its name; these are kept for others too, and hold no trace.
        lost: id and reference of documents that others have too, and that cannot be kept without the member.
        sought: what belongs to nobody else, and is taken out wherever it stands.
        outside: what is looked for in folders beyond that: full names and streets that nobody else has.
    """

    selves: tuple[Member, ...]
    references: tuple[str, ...]
    messages: tuple[str, ...]
    shared: Mapping[str, Traces]
    documents: tuple[str, ...]
    kept: Mapping[str, Traces]
    lost: tuple[tuple[str, str], ...]
    sought: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def member(self) -> Member:
        """The member as they are."""
        return self.selves[0]


def holdings(connection: Connection, name: str) -> Holdings:
    """Look for everything that a vault holds of a member.

    A reply is theirs where it is filed under their requests alone, or under none and from their address, or names them
    and nobody else. It is shared where it is filed under requests of others as well, or names others as well. The texts
    of replies that are filed under others alone are searched for the member's addresses, id and references. Former
    names and addresses count as the present ones do, the member's and those of others.

    Raises:
        NotFoundError: there is no such member.
    """
    people = membership.selves(connection, all_members(connection))
    if name not in people:
        raise NotFoundError(f"There is no member {name}.", "See: rightskit members list")
    references = tuple(request.reference for request in requests.of_member(connection, name))
    search = _Search(connection, people, name, references)
    own, shared = search.messages()
    documents, kept, lost = search.documents()
    return Holdings(people[name], references, own, shared, documents, kept, lost, search.sought, search.outside)


class _Search:
    def __init__(
        self, connection: Connection, people: Mapping[str, tuple[Member, ...]], name: str, references: tuple[str, ...]
    ) -> None:
        selves = people[name]
        self._connection = connection
        self._references = frozenset(references)
        self._traces = _of_all(traces, selves, references)
        self._identity = _of_all(identity, selves, references)
        self._others = {key: other for key, other in people.items() if key != name}
        self._owners = {request.reference: request.member for request in requests.all_requests(connection)}
        # A couple may have one mail address, or one street: it is the other one's too.
        addresses = _alone_in(selves, self._others, lambda one: (one.email,))
        self.sought = (name, *references, *addresses)
        self.outside = _alone_in(selves, self._others, lambda one: (one.name, _sorted_name(one), one.street))
        self._sought = [word.lower().encode() for word in self.sought if word not in self._references]
        self._lower_references = {reference.lower().encode() for reference in references}

    def messages(self) -> tuple[tuple[str, ...], dict[str, Traces]]:
        """The ids of the member's own messages, and those that are shared with what to take out of each."""
        found: dict[str, set[str]] = {}
        filed = self._filed()
        for message, references in filed.items():
            if references & self._references:
                found[message] = self._owners_of(references - self._references)
        for message in self._unfiled():
            reply = parse(messages.fetch(self._connection, message))
            if self._identity.found_in(_words(reply)):
                found[message] = set(self._named(reply))
        for message in filed.keys() - found.keys():
            if self._quotes(messages.fetch(self._connection, message)):
                found[message] = self._owners_of(filed[message])
        own = tuple(message for message, others in found.items() if not others)
        return own, {message: self._alone(others) for message, others in found.items() if others}

    def documents(self) -> tuple[tuple[str, ...], dict[str, Traces], tuple[tuple[str, str], ...]]:
        """What nobody else has, what others keep, and what others lose."""
        table = schema.disclosures
        mine = select(table.c.id).where(table.c.reference.in_(self._references)).distinct()
        own: list[str] = []
        kept: dict[str, Traces] = {}
        lost: list[tuple[str, str]] = []
        for document in self._column(mine):
            others = table.c.reference.not_in(self._references)
            sharing = self._column(select(table.c.reference).where(table.c.id == document, others))
            alone = self._alone(self._owners_of(sharing))
            if not sharing:
                own.append(document)
            elif holds(self._content(document), alone):
                lost += [(document, reference) for reference in sharing]
            else:
                kept[document] = alone
        return tuple(own), kept, tuple(lost)

    def _content(self, document: str) -> bytes | IO[bytes]:
        if pieces.size(self._connection, document) > LIMITS.part:
            return cast("IO[bytes]", pieces.Pieces(self._connection, document))
        return messages.fetch(self._connection, document)

    def _owners_of(self, references: Iterable[str]) -> set[str]:
        return {self._owners[reference] for reference in references}

    def _alone(self, others: Iterable[str]) -> Traces:
        """The member's traces without what also belongs to others whom a text concerns."""
        return self._traces.without(_of_all(traces, self._others[other], ()) for other in others)

    def _filed(self) -> dict[str, set[str]]:
        table = schema.filings
        found: dict[str, set[str]] = {}
        query = select(table.c.message, table.c.reference).where(table.c.reference.is_not(None))
        for row in self._connection.execute(query):
            found.setdefault(row.message, set()).add(row.reference)
        return found

    def _unfiled(self) -> list[str]:
        filed = select(schema.filings.c.message).where(schema.filings.c.reference.is_not(None))
        return self._column(select(schema.messages.c.id).where(schema.messages.c.id.not_in(filed)))

    def _quotes(self, raw: bytes) -> bool:
        """Whether what belongs to nobody else stands in a reply to others.

        To take every reply of a campaign apart would take minutes: only those with coded texts are, the others are
        read as they came, with their lines joined (RFC 2045 section 6.7).
        """
        if b"base64" in (plain := raw.lower()):
            return self._stands_in(_words(parse(raw)).lower().encode())
        return self._stands_in(_SOFT_BREAK.sub(b"", plain) if b"=\n" in plain or b"=\r\n" in plain else plain)

    def _stands_in(self, text: bytes) -> bool:
        """Whether one of the sought words does; references by their form, for a member may have forty of them."""
        if any(word in text for word in self._sought):
            return True
        return b"rk-" in text and not self._lower_references.isdisjoint(_REFERENCE.findall(text))

    def _named(self, reply: Reply) -> Iterator[str]:
        """The other members whom a message names, or who sent it."""
        words = " ".join(_words(reply).lower().split())
        for name, selves in self._others.items():
            if any(word.lower() in words for one in selves for word in (one.name, one.email) if word):
                yield name

    def _column(self, query: Select[Any]) -> list[str]:
        return [row[0] for row in self._connection.execute(query)]


def _of_all(
    tell: Callable[[Member, Iterable[str]], Traces], selves: tuple[Member, ...], references: Iterable[str]
) -> Traces:
    """What gives a member away as they are, and as they were."""
    return reduce(or_, (tell(one, references) for one in selves))


def _alone_in(
    selves: tuple[Member, ...], others: Mapping[str, tuple[Member, ...]], words: Callable[[Member], tuple[str, ...]]
) -> tuple[str, ...]:
    """The words of a member that are nobody else's."""
    theirs = {word.lower() for other in others.values() for one in other for word in words(one)}
    own = dict.fromkeys(word for one in selves for word in words(one))
    return tuple(word for word in own if word.strip(" ,") and word.lower() not in theirs)


def _sorted_name(member: Member) -> str:
    return f"{member.family_name}, {member.given_name}"


def _words(reply: Reply) -> str:
    """All that a message says, and to whom."""
    head = (reply.subject, reply.sender_name, reply.sender, *reply.recipients)
    return "\n".join((*head, reply.text, reply.original, *(file.name for file in reply.attachments)))
