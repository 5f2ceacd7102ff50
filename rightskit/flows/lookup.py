"""What filing looks up about a campaign, read from the vault once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.sender import domain_of, is_proven, is_under
from rightskit.vault import members, outgoing, requests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rightskit.campaign.model import Request
    from rightskit.flows.workspace import Workspace
    from rightskit.mailbox.model import Reply
    from rightskit.registry.model import Controller
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Lookup:
    """An index for :func:`rightskit.cases.matching.match`, and what proves a sender.

    Attributes:
        requests: reference -> request.
        letters: Message-ID -> reference.
        controllers: those that the campaign writes to, by id.
        names: member id -> the ways in which a reply may write the full name, in lower case.
        by_controller: controller id -> references.
        addresses: mail addresses of members, in lower case.
    """

    requests: Mapping[str, Request]
    letters: Mapping[str, str]
    controllers: Mapping[str, Controller]
    names: Mapping[str, tuple[str, ...]]
    by_controller: Mapping[str, Sequence[str]]
    addresses: frozenset[str]

    @classmethod
    def of(cls, workspace: Workspace, connection: Connection) -> Lookup:
        """Read what is known now."""
        people = members.all_members(connection)
        known = {request.reference: request for request in requests.all_requests(connection)}
        by_controller: dict[str, list[str]] = defaultdict(list)
        for request in known.values():
            by_controller[request.controller].append(request.reference)
        return cls(
            requests=known,
            letters={mid: reference for mid, (reference, _) in outgoing.message_ids(connection).items()},
            controllers={name: workspace.controller(name) for name in by_controller},
            names={m.member: (m.name.lower(), f"{m.family_name}, {m.given_name}".lower()) for m in people},
            by_controller=by_controller,
            addresses=frozenset(m.email.lower() for m in people if m.email),
        )

    def request_of_message_id(self, message_id: str) -> str | None:
        """The request whose letter has this Message-ID."""
        return self.letters.get(message_id)

    def knows(self, reference: str) -> bool:
        """Whether the campaign has this request."""
        return reference in self.requests

    def requests_by_sender_domain_and_name(self, domain: str, text: str) -> list[str]:
        """The requests to controllers with this domain, whose member's full name stands in the text."""
        plain = " ".join(text.lower().split())
        return [
            reference
            for controller in self.controllers.values()
            if any(is_under(domain, own) for own in domains(controller))
            for reference in self.by_controller[controller.id]
            if any(name in plain for name in self.names[self.requests[reference].member])
        ]

    def proves(self, reply: Reply, reference: str) -> bool:
        """Whether the sender belongs to the controller of a request."""
        controller = self.controllers[self.requests[reference].controller]
        addresses = {address.lower() for address in (controller.email, *controller.contacts.values()) if address}
        return is_proven(reply, domains(controller), addresses)


def domains(controller: Controller) -> tuple[str, ...]:
    """The domains that a controller's replies come from."""
    return controller.domains or tuple(filter(None, (domain_of(controller.email),)))
