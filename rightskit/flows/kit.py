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
    kits = _by_member(people, [(request, _draft(workspace, people[request.member], request)) for request in free])
    return Ready(kits[:limit], {} if unverified else held, len(planned) - len(waiting))


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
        with workspace.vault.read() as connection:
            begun = {(item.reference, item.letter): item for item in outgoing.unfinished(connection)}
            batch = dispatch.batch_name(workspace, "kit", outgoing.batches(connection))
            states, ended = outgoing.states(connection), membership.barred(connection)
            own = _by_owner(requests.all_requests(connection))
        library, sent = library_for(workspace.folder), list[Outgoing]()
        stopped = dict(assent.missing(workspace, (draft.order for draft in found.drafts)))
        approvals.demand(workspace, library, _texts(found))
        target = folders.prepare(folder)
        with workspace.vault.write() as connection:
            outgoing.list_folder(connection, target, "kit", workspace.now)
        journal = dispatch.VaultJournal(workspace, batch, {item.message_id for item in begun.values()}, stopped)
        for due in track(found.kits, "kits", len(found.kits)):
            open_ = [
                pair
                for pair in due.drafts
                if states.get(pair[1].key, "intended") == "intended"
                and pair[0].reference not in ended
                and pair[0].reference not in stopped
            ]
            written = list(_made(workspace, open_, library, layout, begun, stopped))
            items = journal.intend([item for _, item, _ in written])
            made = [one for one in written if one[1] in items]
            if not made:
                continue
            try:
                note = _note(workspace, due.member, _in_the_kit(own[due.member.member], made, states), library)
            except RightskitError as error:
                stopped |= {item.reference: str(error) for _, item, _ in made}
                continue
            kit.write(target, due.member.member, note, [letter for _, _, letter in made])
            journal.done(items)
            sent += items
    return dispatch.Dispatched(
        batch if sent else "", target, tuple((item.reference, item.letter) for item in sent), stopped
    )


def _by_owner(known: Iterable[Request]) -> Mapping[str, list[Request]]:
    """Member id -> the requests that they send themselves."""
    found: dict[str, list[Request]] = defaultdict(list)
    for request in known:
        if request.alone:
            found[request.member].append(request)
    return found


def _in_the_kit(
    own: Iterable[Request],
    made: Iterable[tuple[Request, Outgoing, kit.KitLetter]],
    states: Mapping[tuple[str, str], str],
) -> list[Request]:
    """The requests whose letters lie in a kit: those just made, and those from before that nobody noted as posted."""
    lying = {reference for (reference, _), state in states.items() if state == "queued"}
    lying |= {request.reference for request, *_ in made}
    return [request for request in own if request.reference in lying]


def _texts(found: Ready) -> set[tuple[str, str]]:
    """The texts of all letters, and of the covering notes."""
    notes = {("kit-note", due.member.language or due.drafts[0][0].language) for due in found.kits}
    return notes | {(draft.order.letter, draft.order.language) for draft in found.drafts}


def _draft(workspace: Workspace, member: Member, request: Request) -> Draft:
    controller = workspace.registry.controllers[request.controller]
    order = letters.order(request, member, controller, workspace.campaign, workspace.account, workspace.today)
    return dispatch.Draft(order, controller.id, controller.country)


def _made(  # noqa: PLR0913, PLR0917 (the parts of a kit)
    workspace: Workspace,
    pairs: Sequence[tuple[Request, Draft]],
    library: Library,
    layout: str,
    begun: Mapping[tuple[str, str], Outgoing],
    stopped: dict[str, str],
) -> Iterator[tuple[Request, Outgoing, kit.KitLetter]]:
    """The letters of a kit that can be written."""
    signed = evidence.put(workspace, signatures.put(workspace, (draft for _, draft in pairs)))
    for (request, _), draft in zip(pairs, signed, strict=True):
        try:
            letter = render(draft.order, library)
            sheets = [pdf(letter, layout or layout_for(draft.country)), *enclosing.behind(workspace, letter.order)]
            mail_files = enclosing.attached(workspace, letter.order) if request.channel == "email" else []
        except RightskitError as error:
            stopped[request.reference] = str(error)
            continue
        order = letter.order
        kept = begun.get(draft.key)
        sender = order.sender.email or workspace.account.address
        message_id = kept.message_id if kept else message.new_message_id(order.reference, order.letter, sender)
        mail = _mail(letter, message_id, workspace, mail_files) if request.channel == "email" else b""
        name = f"{order.reference}-{order.letter}"
        recipient = order.recipient.email if mail else ""
        item = Outgoing(order.reference, order.letter, message_id, recipient, mail or letter.text.encode())
        yield request, item, kit.KitLetter(name, sheets[0] if len(sheets) == 1 else joined(sheets), mail)


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
