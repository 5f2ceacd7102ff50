"""``data review``: scanned papers without a cover sheet, each filed under its request by a person, or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.disclosures.model import Disclosure
from rightskit.errors import NotFoundError
from rightskit.files.papers import Reader
from rightskit.files.problems import FileProblemError
from rightskit.flows import intake
from rightskit.vault import messages, requests, strays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.flows.workspace import Workspace
    from rightskit.vault.strays import Stray


def waiting(workspace: Workspace) -> list[Stray]:
    """The papers that nobody has decided about."""
    with workspace.vault.read() as connection:
        return strays.waiting(connection)


def chosen(found: Sequence[Stray], number: str) -> Stray:
    """The paper of this number.

    Raises:
        NotFoundError: none of that number waits.
    """
    for one in found:
        if one.number.casefold() == number.strip().casefold():
            return one
    raise NotFoundError(f"No paper {number} waits.", "See those that do: rightskit data review")


def text(workspace: Workspace, stray: Stray) -> str:
    """What can be read on a paper."""
    with workspace.vault.read() as connection:
        content = messages.fetch(connection, stray.id)
        spoken = sorted({request.language for request in requests.all_requests(connection)})
    return "\n".join(read(content, spoken))


def read(content: bytes, spoken: Sequence[str]) -> tuple[str, ...]:
    """The text of each page of a paper in one of these languages; nothing where nothing here can read it."""
    try:
        return tuple("\n".join(line.text for line in page) for page in Reader(spoken).pages(content))
    except FileProblemError:
        return ()


def file(workspace: Workspace, stray: Stray, reference: str, person: str) -> None:
    """Keep a paper as what answers a request; a person of that name has decided so.

    Raises:
        NotFoundError: there is no such request.
        RefusedError: nothing can have come for it on that day.
    """
    with workspace.vault.write() as connection:
        request = requests.named(connection, reference)
        content = strays.decide(connection, stray.id, strays.FILED, person, workspace.now)
        about = (stray.id, request.reference, request.member, request.controller)
        document = Disclosure(*about, stray.name, stray.media_type, content)
        intake.take(workspace, connection, document, stray.received)


def drop(workspace: Workspace, stray: Stray, person: str) -> None:
    """Delete a paper that answers no request; a person of that name has decided so."""
    with workspace.vault.write() as connection:
        strays.decide(connection, stray.id, strays.DROPPED, person, workspace.now)
