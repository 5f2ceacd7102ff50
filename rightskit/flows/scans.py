"""``mandates scan``: a folder of signed papers is kept, each beside its member."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.reference import find_members
from rightskit.errors import Fault, NotFoundError, RefusedError
from rightskit.files import barcodes, pdftext
from rightskit.files.problems import FileProblemError
from rightskit.flows import mandates
from rightskit.vault import mandates as kept
from rightskit.vault import members

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from rightskit.campaign.model import Member
    from rightskit.flows.mandates import Terms
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a folder of signed papers came to.

    Attributes:
        members: ids of those whose document is kept now.
        faults: files that were left.
    """

    members: tuple[str, ...]
    faults: tuple[Fault, ...]


def scan(workspace: Workspace, folder: Path, said: Terms) -> Scanned:
    """Keep the signed papers of a folder: each file names its member in its name, its text or the form's QR code.

    A document is added to what the member is noted to have signed without one; else a permission with these terms is
    noted, for which the day of the signature must be given.

    Raises:
        NotFoundError: there is no such folder.
    """
    if not folder.is_dir():
        raise NotFoundError(f"There is no folder {folder}.")
    with workspace.vault.read() as connection:
        people = members.by_id(connection)
    taken: list[str] = []
    faults: list[Fault] = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        try:
            raw = mandates.read_document(path)
            name = _named(people.keys() - set(taken), path, raw)
            with workspace.vault.write() as connection:
                _attach(workspace, connection, people[name], said, raw)
            taken.append(name)
        except (RefusedError, NotFoundError) as error:
            faults.append(Fault(str(path), None, str(error), error.hint))
    return Scanned(tuple(taken), tuple(faults))


def _attach(workspace: Workspace, connection: Connection, person: Member, said: Terms, raw: bytes) -> None:
    bare = [m.id for m in person.mandates if m.kind in said.kinds and not (m.document or m.revoked)]
    if not bare and said.signed is None:
        raise RefusedError(f"{person.member} is noted to have signed nothing.", "Give the day: --signed YYYY-MM-DD")
    if not bare:
        mandates.note(workspace, connection, person, said, raw)
        return
    kept.keep_document(connection, bare, raw)
    if said.paper:
        kept.note_paper(connection, bare, said.paper)


def _named(people: Collection[str], path: Path, raw: bytes) -> str:
    """The id of the one member whom a file names."""
    found = (find_members(text).intersection(people) for text in _texts(path, raw))
    named: set[str] = next(filter(None, found), set())
    if len(named) != 1:
        what = "names several members" if named else "names no member who has no other file here"
        raise RefusedError(f"the file {what}", "put the id of the member into its name, such as M7K2QX9DA.pdf")
    return next(iter(named))


def _texts(path: Path, raw: bytes) -> Iterator[str]:
    """Where a file may name its member, each read only where those before it did not."""
    yield path.name
    if pdftext.is_pdf(raw):
        with suppress(FileProblemError):
            yield "\n".join(pdftext.pages(raw))
    yield "\n".join(barcodes.texts(raw))
