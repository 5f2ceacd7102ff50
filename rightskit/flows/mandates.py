"""``mandates``: what members signed is kept with its terms, and taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.campaign import mandates as terms
from rightskit.campaign.membership import MemberEvent, MemberEventKind
from rightskit.campaign.model import Mandate
from rightskit.campaign.reference import new_mandate_id
from rightskit.campaign.twins import fold
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import stopping
from rightskit.registry import load as registry_load
from rightskit.vault import mandates as kept
from rightskit.vault import members, membership, outgoing, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.model import Member, Request
    from rightskit.flows.stopping import Gone, Stopped
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection

LARGEST = 25 * 1024 * 1024
_FORMS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*")  # PDF, JPEG, PNG, TIFF


@dataclass(frozen=True, slots=True)
class Terms:
    """What a signed paper says.

    Attributes:
        signed: the day of the signature; None where only a document comes for what was noted before.
        acts: it permits to act.
        receives: it permits to receive the answers.
        signed_by: the name below it, as it can be read; empty: whoever must sign.
        paper: where the original lies.
    """

    signed: dt.date | None
    acts: bool = True
    receives: bool = False
    until: dt.date | None = None
    rights: tuple[str, ...] = ()
    controllers: tuple[str, ...] = ()
    data: str = ""
    signed_by: str = ""
    paper: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The permissions in it."""
        return tuple(k for k, holds in ((terms.ACT, self.acts), (terms.RECEIVE, self.receives)) if holds)


@dataclass(frozen=True, slots=True)
class Added:
    """What was noted.

    Attributes:
        ids: of the permissions.
        too_late: letters that had left before the signature, and that no other mandate covered.
    """

    ids: tuple[str, ...]
    too_late: tuple[Gone, ...]


def add(workspace: Workspace, member: str, said: Terms, document: Path | None = None) -> Added:
    """Keep what a member signed.

    Raises:
        NotFoundError: there is no such member, controller or file.
        RefusedError: the days are not in order, or the wrong person signed, or the file is no document.
    """
    controllers = tuple(registry_load.get(workspace.registry, name).id for name in said.controllers)
    said = replace(said, controllers=controllers)
    raw = read_document(document) if document else b""
    with workspace.vault.write() as connection:
        return note(workspace, connection, members.one(connection, member), said, raw)


def list_(workspace: Workspace, member: str = "", batch: str = "") -> list[tuple[str, Mandate, str]]:
    """Member, permission, and reference of the letter that needs it: for all, one member, or a batch under mandate."""
    with workspace.vault.read() as connection:
        people = members.by_id(connection)
        if batch:
            return list(_of_batch(workspace, connection, people, batch))
    if member and member not in people:
        raise NotFoundError(f"There is no member {member}.", "See: rightskit members list")
    chosen = [people[member]] if member else people.values()
    return [(person.member, mandate, "") for person in chosen for mandate in person.mandates]


def revoke(workspace: Workspace, name: str) -> tuple[Stopped, tuple[str, ...]]:
    """Take back one permission, or with a member's id all of them.

    Requests that nothing else permits are withdrawn; letters that lie ready and name the campaign as the place for the
    answer are written anew, with the member's own address.

    Returns:
        What was stopped, and the references of letters that will be written anew.

    Raises:
        NotFoundError: there is no such permission or member.
        RefusedError: it was revoked before, or letters are being written right now.
    """
    with workspace.vault.only_one("send"), workspace.vault.write() as connection:
        person, chosen = _chosen(connection, name)
        kept.revoke(connection, [mandate.id for mandate in chosen], workspace.today)
        membership.record(
            connection, [_event(workspace, person.member, m, MemberEventKind.REVOKED, m.id) for m in chosen]
        )
        person = members.one(connection, person.member)
        own = requests.of_member(connection, person.member)
        acts, receives = (any(mandate.kind == kind for mandate in chosen) for kind in (terms.ACT, terms.RECEIVE))
        bare = [r.reference for r in own if acts and _is_bare(person, r, workspace.today)]
        stopped = stopping.stop(workspace, connection, person.member, bare, "the mandate was revoked")
        rewritten = outgoing.unwrite(connection, [r.reference for r in own if receives and r.reference not in bare])
        stopping.remove(connection, person.member, rewritten)
    return stopped, tuple(reference for reference, *_ in rewritten)


def note(workspace: Workspace, connection: Connection, person: Member, said: Terms, raw: bytes) -> Added:
    """Note what somebody signed, with its document where there is one.

    Raises:
        RefusedError: the days are not in order, or the wrong person signed.
    """
    signed_by = _signer(person, said, workspace.today)
    day = said.signed or workspace.today
    covers = (said.until, said.rights, said.controllers, said.data)
    made = [Mandate(new_mandate_id(), kind, day, *covers, signed_by, paper=said.paper) for kind in said.kinds]
    too_late = _too_late(connection, person, said) if said.acts else ()
    kept.add(connection, [(person.member, mandate) for mandate in made])
    ids = tuple(mandate.id for mandate in made)
    evidence = kept.keep_document(connection, ids, raw) if raw else said.paper
    membership.record(connection, [_event(workspace, person.member, m, MemberEventKind.SIGNED, evidence) for m in made])
    return Added(ids, too_late)


def _signer(person: Member, said: Terms, today: dt.date) -> str:
    """Who signed: the member, or for a minor the guardian; anybody else is refused."""
    day = said.signed or today
    if day > today:
        raise RefusedError(f"{day} lies ahead of {today}.", "Note a signature when it is there.")
    if said.until and said.until < day:
        raise RefusedError(f"It would end on {said.until}, before it was signed on {day}.")
    minor = terms.is_minor(person.birthdate, day)
    if minor and not person.guardian:
        raise RefusedError(
            f"{person.member} is a minor, and no guardian is noted.",
            f"A guardian must sign: rightskit members change {person.member} --guardian NAME",
        )
    due = person.guardian if minor else person.name
    if said.signed_by and fold(said.signed_by) != fold(due):
        who = "the guardian" if minor else "the member"
        raise RefusedError(f"The wrong person signed for {person.member}: it needs the signature of {who}.")
    return terms.GUARDIAN if minor else terms.MEMBER


def _is_bare(person: Member, request: Request, today: dt.date) -> bool:
    """Whether a request needs a permission, and has none."""
    return request.way != "self" and bool(terms.gap(person, request.right, request.controller, today))


def _too_late(connection: Connection, person: Member, said: Terms) -> tuple[Gone, ...]:
    """Letters that left before this was signed, and that nothing permitted on their day."""
    own = {request.reference: request for request in requests.of_member(connection, person.member)}
    gone = stopping.sent(connection, [name for name, request in own.items() if request.way != "self"])
    return tuple(
        one
        for one in gone
        if said.signed and one.date < said.signed
        if terms.gap(person, own[one.reference].right, one.controller, one.date)
    )


def _of_batch(
    workspace: Workspace, connection: Connection, people: Mapping[str, Member], batch: str
) -> Iterator[tuple[str, Mandate, str]]:
    letters = {letter.reference for letter in outgoing.of_batch(connection, batch)}
    if not letters:
        raise NotFoundError(f"There is no batch {batch!r}.")
    for request in requests.all_requests(connection):
        if request.reference in letters and request.way == "mandate":
            person = people[request.member]
            mandate = terms.standing(person, terms.ACT, request.right, request.controller, workspace.today)
            if mandate:
                yield person.member, mandate, request.reference


def _chosen(connection: Connection, name: str) -> tuple[Member, Sequence[Mandate]]:
    for person in members.all_members(connection):
        own = [m for m in person.mandates if name in {m.id, person.member}]
        if own or person.member == name:
            standing = [mandate for mandate in own if not mandate.revoked]
            if not standing:
                raise RefusedError(f"{name}: nothing is left to revoke.", "See: rightskit mandates list")
            return person, standing
    raise NotFoundError(f"There is no mandate or member {name}.", "See: rightskit mandates list")


def read_document(path: Path) -> bytes:
    """The bytes of a signed PDF or scan.

    Raises:
        NotFoundError: there is no such file.
        RefusedError: it is neither, or too large.
    """
    paths.demand_file(path)
    raw = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    if not raw.startswith(_FORMS):
        raise RefusedError(
            f"{path} is no PDF and no scan of at most {LARGEST // 1024 // 1024} MB.", "PDF, JPEG, PNG or TIFF."
        )
    return raw


def _event(workspace: Workspace, member: str, mandate: Mandate, kind: MemberEventKind, evidence: str) -> MemberEvent:
    day = mandate.signed if kind is MemberEventKind.SIGNED else workspace.today
    received = workspace.today if day != workspace.today else None
    return MemberEvent(member, kind, day, workspace.now, received, "person", evidence, {"of": mandate.kind})
