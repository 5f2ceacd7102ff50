"""What goes with a letter: which signed papers, and the bytes of whatever the letter lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.campaign import mandates
from rightskit.campaign.plan import ENCLOSES_ORIGINAL
from rightskit.delivery.message import Attachment
from rightskit.errors import RefusedError
from rightskit.files import pictures
from rightskit.files.pdftext import is_pdf
from rightskit.flows import correspondence
from rightskit.rendering import merging
from rightskit.rendering.model import Enclosure
from rightskit.vault import mandates as kept

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from rightskit.campaign.model import Mandate, Member, Request
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Controller
    from rightskit.rendering.model import LetterOrder
    from rightskit.vault.store import Connection

ACTS, RECEIVES, ORIGINAL = "mandate", "authority-to-receive", "mandate-original"
MOST = 10_000_000
"""Bytes that go with one mail: many servers take no message over 20 MB, and a mail is a third larger than its files."""
_FORMS = {ACTS: "mandate", RECEIVES: "authority_to_receive", ORIGINAL: "mandate_original"}


def signed(  # noqa: PLR0913 (what a letter says of itself)
    request: Request, member: Member, controller: Controller, date: dt.date, letter: str, *, on_paper: bool
) -> tuple[Enclosure, ...]:
    """The signed papers that go with a letter; ``letter`` is empty for the request's own.

    The mandate goes with every letter under it: the original once on paper where a copy may be sent away, and once
    more where it is demanded; else its scan. The authority to receive goes along by mail, where its scan is kept.
    """
    found: list[Enclosure] = []
    act = mandates.standing(member, mandates.ACT, request.right, controller.id, date)
    if request.way == "mandate" and act:
        found += _mandate(request, controller, act, first=letter in {"", "answer-mandate"}, on_paper=on_paper)
    receive = mandates.standing(member, mandates.RECEIVE, request.right, controller.id, date)
    if receive and receive.document and any(one.key == receive.document for one in found):
        both = " / ".join((found[0].title, texts.text(request.language, "enclosure.authority_to_receive")))
        return (Enclosure(both, ACTS, receive.document, f"{ACTS}-{RECEIVES}"),)
    if receive and receive.document and not on_paper:
        found.append(_form(request, RECEIVES, receive.document))
    return tuple(found)


def _mandate(
    request: Request, controller: Controller, act: Mandate, *, first: bool, on_paper: bool
) -> Sequence[Enclosure]:
    if on_paper and first and act.paper and controller.country in ENCLOSES_ORIGINAL:
        return [_form(request, ORIGINAL)]
    if act.document:
        return [_form(request, ACTS, act.document)]
    return [_form(request, ACTS)] if on_paper and first and act.paper else []


def _form(request: Request, form: str, document: str = "") -> Enclosure:
    title = texts.text(request.language, f"enclosure.{_FORMS[form]}")
    return Enclosure(title, ACTS if document else "", document, form)


def fields(shown: Sequence[Enclosure]) -> Mapping[str, bool]:
    """What a letter may say of the signed papers that go with it."""
    names = " ".join(one.name for one in shown)
    said = {
        "mandate_enclosed": ACTS in names,
        "mandate_original": ORIGINAL in names,
        "receive_enclosed": RECEIVES in names,
    }
    return {name: True for name, holds in said.items() if holds}


def attached(workspace: Workspace, order: LetterOrder) -> list[Attachment]:
    """What a letter lists, as files of its mail.

    Raises:
        RefusedError: it is too large for a mail, or cannot be opened.
    """
    if not any(one.kind for one in order.enclosures):
        return []
    with workspace.vault.read() as connection:
        found = [_as_file(connection, one, order) for one in order.enclosures if one.kind]
    if sum(len(one.content) for one in found) > MOST:
        raise RefusedError(
            f"What goes with the letter has more than {MOST // 1_000_000} MB.", "Scan it again, smaller or in grey."
        )
    return found


def behind(workspace: Workspace, order: LetterOrder) -> list[bytes]:
    """What a letter lists, as PDFs to be printed behind it.

    Raises:
        RefusedError: it cannot be opened, or has too many pages.
    """
    found = []
    with workspace.vault.read() as connection:
        for one in order.enclosures:
            if one.kind == ACTS:
                found.append(document(connection, one))
                if why := merging.unfit(found[-1]):
                    raise RefusedError(f"The signed paper cannot be printed: it is {why}.", _AGAIN)
            elif one.kind:
                found.append(correspondence.as_pages(connection, one, order.language))
    return found


def _as_file(connection: Connection, one: Enclosure, order: LetterOrder) -> Attachment:
    if one.kind == ACTS:
        file = Attachment(f"{one.name}.pdf", "application/pdf", document(connection, one))
    else:
        file = correspondence.as_file(connection, one, order.language)
    return replace(file, name=f"{order.reference}-{file.name}")


_AGAIN = "Keep it again with: rightskit mandates add"


def document(connection: Connection, one: Enclosure) -> bytes:
    """A signed paper as PDF; a photo without what the camera wrote into it.

    Raises:
        RefusedError: it is a picture that cannot be opened.
    """
    raw = kept.document(connection, one.key)
    if is_pdf(raw):
        return raw
    made = pictures.pages(raw)
    if isinstance(made, str):
        raise RefusedError(f"The signed paper cannot be enclosed: {made}.", _AGAIN)
    return made
