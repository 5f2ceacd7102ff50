"""``send --to kit``: members who act themselves get their letters in a folder, ready to be signed and sent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.delivery import folder as folders
from rightskit.delivery import kit, message
from rightskit.delivery.model import Outgoing
from rightskit.errors import RightskitError
from rightskit.flows import approvals, assent, dispatch, enclosing, evidence, letters, signatures
from rightskit.flows.workspace import library_for
from rightskit.rendering.layouts import layout_for
from rightskit.rendering.letter import render
from rightskit.rendering.merging import joined
from rightskit.rendering.model import LetterOrder, Party
from rightskit.rendering.pdf import pdf
from rightskit.vault import members, membership, outgoing, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.model import Member, Request
    from rightskit.delivery.model import Journal
    from rightskit.flows.dispatch import Dispatched, Draft
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library
    from rightskit.rendering.model import Letter


@dataclass(frozen=True, slots=True)
class Due:
    """The letters that are due for one member.

    Attributes:
        member: whose kit it is.
        drafts: the letters, in the order of planning.
    """

    member: Member
    drafts: tuple[tuple[Request, Draft], ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """What a writing of kits would come to.

    Attributes:
        kits: by member.
        held: reference -> controller whose record is unverified: a person's yes is needed.
        already: how many letters lie in kits from before.
    """

    kits: tuple[Due, ...]
    held: Mapping[str, str]
    already: int

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """All letters."""
        return tuple(draft for due in self.kits for _, draft in due.drafts)


def ready(workspace: Workspace, limit: int | None, *, unverified: bool) -> Ready:
    """What is due for members who act themselves; at most so many kits."""
    with workspace.vault.read() as connection:
        people = members.by_id(connection)
        states, ended = outgoing.states(connection), membership.barred(connection)
        planned = [r for r in requests.all_requests(connection) if r.alone and r.reference not in ended]
    controllers = workspace.registry.controllers
    waiting = [r for r in planned if states.get((r.reference, r.letter), "intended") == "intended"]
    held = {r.reference: r.controller for r in waiting if controllers[r.controller].quality == "unverified"}
    free = [r for r in waiting if unverified or r.reference not in held]
    kits = _by_member(people, list(_drafts(workspace, people, free)))
    return Ready(kits[:limit], {} if unverified else held, len(planned) - len(waiting))


def _drafts(
    workspace: Workspace, people: Mapping[str, Member], due: Iterable[Request]
) -> Iterator[tuple[Request, Draft]]:
    writer = letters.writer(workspace)
    for request in due:
        controller = workspace.registry.controllers[request.controller]
        order = writer.order(request, people[request.member], controller)
        yield request, dispatch.Draft(order, controller.id, controller.country)


def follow_up(workspace: Workspace, drafts: Sequence[Draft]) -> Ready:
    """Kits of follow-ups that are due for members who act themselves."""
    with workspace.vault.read() as connection:
        people = members.by_id(connection)
        known = {request.reference: request for request in requests.all_requests(connection)}
    return Ready(_by_member(people, [(known[draft.order.reference], draft) for draft in drafts]), {}, 0)


def _by_member(people: Mapping[str, Member], pairs: Iterable[tuple[Request, Draft]]) -> tuple[Due, ...]:
    of_each = groupby(sorted(pairs, key=lambda pair: pair[0].member), key=lambda pair: pair[0].member)
    return tuple(Due(people[member], tuple(own)) for member, own in of_each)


def write(workspace: Workspace, found: Ready, folder: Path, layout: str, track: Track) -> Dispatched:
    """Write the kits below the folder, each in a folder of its own that nobody else can read.

    A kit is whole before the vault calls its letters ready; after an interruption it is written again.

    Raises:
        RefusedError: nobody has approved one of the texts as it stands.
    """
    with workspace.vault.only_one("send"):
        known, library = _known(workspace), library_for(workspace.folder)
        stopped = dict(assent.missing(workspace, (draft.order for draft in found.drafts)))
        approvals.demand(workspace, library, _texts(found))
        target = folders.prepare(folder)
        with workspace.vault.write() as connection:
            outgoing.list_folder(connection, target, "kit", workspace.now)
        batch = dispatch.batch_name(workspace, "kit", known.batches)
        begun = {item.message_id for item in known.begun.values()}
        journal = dispatch.VaultJournal(workspace, batch, begun, stopped)
        packer = _Packer(workspace, library, layout, known, stopped)
        packed = (packer.pack(due, target, journal) for due in track(found.kits, "kits", len(found.kits)))
        sent = tuple((item.reference, item.letter) for items in packed for item in items)
    return dispatch.Dispatched(batch if sent else "", target, sent, stopped)


def _texts(found: Ready) -> set[tuple[str, str]]:
    """The texts of all letters, and of the covering notes."""
    notes = {("kit-note", due.member.language or due.drafts[0][0].language) for due in found.kits}
    return notes | {(draft.order.letter, draft.order.language) for draft in found.drafts}


@dataclass(frozen=True, slots=True)
class _Known:
    """What the vault knows before kits are written.

    Attributes:
        begun: reference and letter -> what an interruption left, to be written again.
        batches: names of all batches.
        states: reference and letter -> state.
        lying: references of requests with a letter that is written and that nobody noted as posted.
        ended: references of requests for which nothing may leave.
        own: member id -> the requests that they send themselves.
    """

    begun: Mapping[tuple[str, str], Outgoing]
    batches: set[str]
    states: Mapping[tuple[str, str], str]
    lying: frozenset[str]
    ended: set[str]
    own: Mapping[str, Sequence[Request]]


def _known(workspace: Workspace) -> _Known:
    with workspace.vault.read() as connection:
        states = outgoing.states(connection)
        own: dict[str, list[Request]] = defaultdict(list)
        for request in requests.all_requests(connection):
            if request.alone:
                own[request.member].append(request)
        return _Known(
            {(item.reference, item.letter): item for item in outgoing.unfinished(connection)},
            outgoing.batches(connection),
            states,
            frozenset(reference for (reference, _), state in states.items() if state == "queued"),
            membership.barred(connection),
            own,
        )


_Made = tuple["Request", Outgoing, kit.KitLetter]


@dataclass(frozen=True, slots=True)
class _Packer:
    """Makes kits, one after the other.

    Attributes:
        layout: for the window of envelopes; empty for what is usual in the recipient's country.
        stopped: reference -> why its letter is in no kit; what fails here joins it.
    """

    workspace: Workspace
    library: Library
    layout: str
    known: _Known
    stopped: dict[str, str]

    def pack(self, due: Due, target: Path, journal: Journal) -> Sequence[Outgoing]:
        """Write the kit of one member, and give the letters that were put into it."""
        written = list(self._letters([pair for pair in due.drafts if self._is_open(pair[1])]))
        items = journal.intend([item for _, item, _ in written])
        made = [one for one in written if one[1] in items]
        if not made:
            return ()
        try:
            note = _note(self.workspace, due.member, self._lying(due.member, made), self.library)
        except RightskitError as error:
            self.stopped.update({item.reference: str(error) for _, item, _ in made})
            return ()
        kit.write(target, due.member.member, note, [letter for _, _, letter in made])
        journal.done(items)
        return items

    def _is_open(self, draft: Draft) -> bool:
        waits, reference = self.known.states.get(draft.key, "intended") == "intended", draft.order.reference
        return waits and reference not in self.known.ended and reference not in self.stopped

    def _lying(self, member: Member, made: Iterable[_Made]) -> list[Request]:
        """The requests whose letters lie in a kit: those just made, and earlier ones that nobody noted as posted."""
        fresh = {request.reference for request, *_ in made}
        lying = self.known.lying
        return [one for one in self.known.own[member.member] if one.reference in fresh or one.reference in lying]

    def _letters(self, pairs: Sequence[tuple[Request, Draft]]) -> Iterator[_Made]:
        """The letters of a kit that can be written."""
        signed = evidence.put(self.workspace, signatures.put(self.workspace, (draft for _, draft in pairs)))
        for (request, _), draft in zip(pairs, signed, strict=True):
            try:
                letter = render(draft.order, self.library)
                sheets = [pdf(letter, self.layout or layout_for(draft.country))]
                sheets += enclosing.behind(self.workspace, letter.order)
                by_mail = request.channel == "email"
                files = enclosing.attached(self.workspace, letter.order) if by_mail else []
            except RightskitError as error:
                self.stopped[request.reference] = str(error)
                continue
            message_id = self._message_id(draft)
            mail = _mail(letter, message_id, self.workspace, files) if by_mail else b""
            order = letter.order
            recipient = order.recipient.email if mail else ""
            item = Outgoing(order.reference, order.letter, message_id, recipient, mail or letter.text.encode())
            paper = sheets[0] if len(sheets) == 1 else joined(sheets)
            yield request, item, kit.KitLetter("-".join(draft.key), paper, mail)

    def _message_id(self, draft: Draft) -> str:
        """What an interruption left keeps its own."""
        if kept := self.known.begun.get(draft.key):
            return kept.message_id
        return message.new_message_id(*draft.key, draft.order.sender.email or self.workspace.account.address)


def _mail(letter: Letter, message_id: str, workspace: Workspace, files: Sequence[message.Attachment]) -> bytes:
    """A mail from the member that opens as a draft; empty without an address at both ends."""
    order = letter.order
    if not (order.sender.email and order.recipient.email):
        return b""
    envelope = message.Envelope(order.sender.name, order.sender.email, order.recipient.email, order.reply_to)
    return b"X-Unsent: 1\r\n" + message.build(letter, envelope, message_id, workspace.now, files)


def _note(workspace: Workspace, member: Member, own: Sequence[Request], library: Library) -> tuple[str, bytes]:
    """The covering note: what to send, and how to forward the answer."""
    organiser, controllers = workspace.campaign.organiser, workspace.registry.controllers
    language = library.template("kit-note", member.language or own[0].language).language
    listed = [
        {
            "title": texts.text(language, f"right.{request.right}"),
            "controller": controllers[request.controller].name,
            "reference": request.reference,
        }
        for request in own
    ]
    order = LetterOrder(
        letter="kit-note",
        language=language,
        date=workspace.today,
        sender=Party(organiser.name, organiser.address, organiser.email),
        recipient=Party(member.name, member.address, member.email),
        fields={"requests": listed, "campaign": workspace.campaign.title},
    )
    letter = render(order, library)
    return letter.text, pdf(letter, layout_for(member.country))
