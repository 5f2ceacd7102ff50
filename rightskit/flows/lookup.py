"""What filing looks up about a campaign, read from the vault once."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from rightskit.campaign.reference import find as references_in
from rightskit.cases.history import last, standing
from rightskit.cases.model import EventKind
from rightskit.cases.sender import FREEMAIL, authority_of, desk, domain_of, is_proven, is_under
from rightskit.classification.sentences import unaccented
from rightskit.flows import filing
from rightskit.mailbox.parse import parse
from rightskit.vault import learning, members, membership, outgoing, requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rightskit.campaign.model import Member, Request
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.registry.model import Authority, Controller
    from rightskit.vault.messages import Filing
    from rightskit.vault.store import Connection

    Spellings = Sequence[tuple[str, str, str]]

_WORD = re.compile(r"[\w'’-]+")
_UMLAUT = re.compile("(?<=[aou])e")
_SHORTEST_NAME = 2
_LETTERS = 40
"""How many different letters are compared with what comes."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """An index for :mod:`rightskit.cases.matching`, clues for :mod:`~rightskit.cases.candidates`, and who proves whom.

    Attributes:
        requests: reference -> request.
        letters: Message-ID -> reference.
        complaints: Message-IDs of the letters to authorities among them.
        controllers: those that the campaign writes to, by id.
        names: member id -> the names of today and of before: the ways in which a reply may write each, folded; the
            family name last.
        of: controller id -> member id -> references.
        by_address: mail address of members, in lower case -> member ids.
        writers: mail address -> controllers that it writes for, as persons decided.
        tickets: controller and ticket -> references.
        to_identify: ids of members of whom a controller wants proof of identity that nobody noted as given.
        complained: references of requests about which a complaint was lodged.
        authorities: the supervisory authorities, by id.
        our_words: of the campaign's letters, so that an answer that repeats them is not taken to say them.
    """

    requests: Mapping[str, Request]
    letters: Mapping[str, str]
    complaints: frozenset[str]
    controllers: Mapping[str, Controller]
    names: Mapping[str, Sequence[tuple[str, str, str]]]
    of: Mapping[str, Mapping[str, Sequence[str]]]
    by_address: Mapping[str, Sequence[str]]
    writers: Mapping[str, set[str]]
    tickets: dict[tuple[str, str], list[str]]
    to_identify: frozenset[str]
    complained: list[str]
    authorities: Mapping[str, Authority]
    our_words: str
    _by_word: Mapping[str, Mapping[tuple[str, ...], Sequence[str]]]
    _by_both: Mapping[tuple[str, str], Sequence[str]]
    _writes_for: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _to: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, workspace: Workspace, connection: Connection) -> Lookup:
        """Read what is known now."""
        people = membership.selves(connection, members.unsigned(connection))
        known = {request.reference: request for request in requests.all_requests(connection)}
        names = {name: tuple(dict.fromkeys(map(_spellings, selves))) for name, selves in people.items()}
        sent = outgoing.message_ids(connection)
        of: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for request in known.values():
            of[request.controller][request.member].append(request.reference)
        return cls(
            requests=known,
            letters={mid: reference for mid, (reference, _) in sent.items()},
            complaints=frozenset(mid for mid, (_, letter) in sent.items() if letter == "complaint"),
            controllers={name: workspace.controller(name) for name in of},
            names=names,
            of=of,
            by_address=_grouped((address, name) for name, selves in people.items() for address in _addresses(selves)),
            writers=learning.writers(connection),
            tickets=learning.tickets(connection),
            to_identify=frozenset(known[name].member for name in _unidentified(connection) if name in known),
            complained=sorted(requests.with_event(connection, [EventKind.COMPLAINED]) & known.keys()),
            authorities=workspace.registry.authorities,
            our_words="\n\n".join(parse(raw).text for raw in outgoing.samples(connection, _LETTERS)),
            _by_word=_by_word(names),
            _by_both=_by_both(names),
        )

    def request_of_message_id(self, message_id: str) -> str | None:
        """The request whose letter has this Message-ID."""
        return self.letters.get(message_id)

    def knows(self, reference: str) -> bool:
        """Whether the campaign has this request."""
        return reference in self.requests

    def references(self) -> Iterator[str]:
        """All requests."""
        yield from self.requests

    def requests_of_ticket(self, sender: str, ticket: str) -> list[str]:
        """The requests in whose replies a ticket stood before: of controllers, or of an authority."""
        authority = self.authority_of(sender)
        names = (*self.writes_for(sender), *([desk(authority)] if authority else ()))
        return [one for name in names for one in self.tickets.get((name, ticket), ())]

    def authority_of(self, sender: str) -> str:
        """The id of the supervisory authority that an address belongs to; none of those that are written to."""
        return "" if self.writes_for(sender) else authority_of(sender, self.authorities)

    def requests_by_sender_and_name(self, sender: str, text: str) -> list[str]:
        """The requests to controllers that an address writes for, whose member's full name stands in the text.

        Of an authority's address those with a complaint, likewise.
        """
        if self.complained and self.authority_of(sender):
            people = self.people_in(text)
            return [one for one in self.complained if self.requests[one].member in people]
        writes_for = self.writes_for(sender)
        people = self.people_in(text) if writes_for else []
        return [one for name in writes_for for member in people for one in self.of[name].get(member, ())]

    def requests_by_sender_and_family_name(self, sender: str, text: str) -> list[str]:
        """Likewise where only the family name stands there."""
        writes_for = self.writes_for(sender)
        people = self.people_called(text) if writes_for else []
        return [one for name in writes_for for member in people for one in self.of[name].get(member, ())]

    def requests_by_name(self, text: str) -> list[str]:
        """The requests whose member's full name stands in a text, whoever writes."""
        people = set(self.people_in(text))
        return [one for theirs in self.of.values() for member in people for one in theirs.get(member, ())]

    def requests_to_sender(self, sender: str) -> list[str]:
        """The requests to controllers that an address writes for; of an authority's, those with a complaint."""
        if self.authority_of(sender):
            return self.complained
        names = self.writes_for(sender)
        if names not in self._to:
            self._to[names] = [one for name in names for theirs in self.of[name].values() for one in theirs]
        return self._to[names]

    def people_in(self, text: str) -> list[str]:
        """The members whose full name stands in a text."""
        plain = _folded(text)
        words = {"", *(word.strip("_'’") for word in _WORD.findall(plain))}
        families = {family for found, _ in self._families_in(plain) for family in found}
        likely = {name for key in product(words, families) for name in self._by_both.get(key, ())}
        sure = {one for one in likely if any(_stands(n, plain) for *whole, _ in self.names[one] for n in whole)}
        return [name for name in self.people_called(text) if name in sure] if sure else []

    def others_in(self, text: str, member: str) -> set[str]:
        """The members beside one of whom a text tells: by a reference, by the full name, or by the mail address.

        Who shares a name or an address with that member is not told of by it.
        """
        named = {self.requests[name].member for name in references_in(text) if name in self.requests}
        named |= {one for one in self.people_in(text) if not set(self.names[one]) & set(self.names[member])}
        lower = text.lower()
        for address, people in self.by_address.items():
            if member not in people and address in lower:
                named |= set(people)
        return named - {member}

    def people_called(self, text: str) -> list[str]:
        """The members whose family name stands in a text."""
        return list(dict.fromkeys(name for _, people in self._families_in(_folded(text)) for name in people))

    def _families_in(self, plain: str) -> list[tuple[tuple[str, ...], Sequence[str]]]:
        """Family names of which one stands in a folded text, each with those who bear or bore them."""
        words = dict.fromkeys(_WORD.findall(plain))
        found = (family for word in words for family in self._by_word.get(word, {}).items())
        return [(names, people) for names, people in found if any(_stands(name, plain) for name in names)]

    def writes_for(self, sender: str) -> tuple[str, ...]:
        """The controllers that an address writes for: by its domain, by the registry, or as a person decided."""
        if sender not in self._writes_for:
            self._writes_for[sender] = tuple(name for name in self.controllers if self._belongs(sender, name))
        return self._writes_for[sender]

    def _belongs(self, sender: str, name: str) -> bool:
        domain = domain_of(sender)
        if sender in self._addresses(name):
            return True
        own = domains(self.controllers[name])
        return bool(domain) and domain not in FREEMAIL and any(is_under(domain, one) for one in own)

    def learn(self, reply: Reply, filings: Sequence[Filing]) -> None:
        """Know the tickets of a reply that was just filed, for those that come after it."""
        for reference, names in filing.tickets_of(reply, filings):
            for name in names:
                known = self.tickets.setdefault((self.requests[reference].controller, name), [])
                if reference not in known:
                    known.append(reference)

    def proves(self, reply: Reply, reference: str) -> bool:
        """Whether the sender belongs to the controller of a request."""
        name = self.requests[reference].controller
        return is_proven(reply, domains(self.controllers[name]), self._addresses(name))

    def _addresses(self, name: str) -> set[str]:
        """A controller's own addresses, and those that a person said write for it."""
        controller = self.controllers[name]
        known = {address.lower() for address in (controller.email, *controller.contacts.values()) if address}
        return known | {address for address, names in self.writers.items() if name in names}


def domains(controller: Controller) -> tuple[str, ...]:
    """The domains that a controller's replies come from."""
    return controller.domains or tuple(filter(None, (domain_of(controller.email),)))


def _spellings(member: Member) -> tuple[str, str, str]:
    given, family = _folded(member.given_name), _folded(member.family_name)
    return f"{given} {family}", f"{family}, {given}", family


@lru_cache(maxsize=4)  # of one reply, several questions are asked
def _folded(text: str) -> str:
    """Without case, accents and line breaks: ``MUELLER``, ``Mueller`` and ``Müller`` are one name."""
    bare = unaccented(text.casefold()).replace("ł", "l").replace("ø", "o").replace("ı", "i")
    return " ".join(_UMLAUT.sub("", bare).split())


def _longest_word(name: str) -> str:
    return max(_WORD.findall(name), key=len, default="")


def _stands(name: str, text: str) -> bool:
    """Whether a name stands in a text as a whole: Jan Müller is not Jan Müller-Lüdenscheidt."""
    place = text.find(name)
    while place >= 0:
        around = text[place - 1 : place] + text[place + len(name) : place + len(name) + 1]
        if not any(character.isalnum() or character == "-" for character in around):
            return True
        place = text.find(name, place + 1)
    return False


def _addresses(selves: Sequence[Member]) -> set[str]:
    """The mail addresses of a member, those of before too."""
    return {one.email.lower() for one in selves if one.email}


def _by_word(names: Mapping[str, Spellings]) -> dict[str, dict[tuple[str, ...], list[str]]]:
    """The longest word of each family name -> the family names of a member -> the members with these."""
    found: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, known in names.items():
        families = tuple(family for *_, family in known)
        for word in dict.fromkeys(map(_longest_word, families)):
            if len(word) >= _SHORTEST_NAME:
                found[word][families].append(name)
    return {word: dict(families) for word, families in found.items()}


def _by_both(names: Mapping[str, Spellings]) -> dict[tuple[str, str], list[str]]:
    """The longest word of a given name, and the family name -> the members called so."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, known in names.items():
        for whole, _, family in known:
            found[_longest_word(whole.removesuffix(family)), family].append(name)
    return dict(found)


def _grouped(pairs: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        if len(key) >= _SHORTEST_NAME:
            found[key].append(value)
    return dict(found)


def _unidentified(connection: Connection) -> Iterator[str]:
    """The requests in which a demand for identity is open."""
    demanded = requests.with_event(connection, [EventKind.IDENTITY_DEMANDED])
    for reference, events in requests.events_by_request(connection, demanded).items():
        known = standing(events)
        if last(known, EventKind.IDENTITY_DEMANDED) > last(known, EventKind.IDENTITY_GIVEN):
            yield reference
