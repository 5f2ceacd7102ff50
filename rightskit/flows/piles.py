"""``data covers`` and ``data add --scans``: a pile of paper becomes a document for each request.

Nothing of a pile is lost: what no cover sheet names, and what surely is another member's than the sheet says, is kept
as it is and waits for a person.
"""

from __future__ import annotations

import hashlib
import mimetypes
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.reference import normalise
from rightskit.cases.papers import Known
from rightskit.delivery import folder as folders
from rightskit.disclosures.model import Disclosure
from rightskit.errors import Fault, NotFoundError, WrongUsageError
from rightskit.files import barcodes, batches, pictures
from rightskit.files.problems import FileProblemError
from rightskit.flows import intake, strays
from rightskit.rendering import covers as sheets
from rightskit.vault import members, requests
from rightskit.vault import strays as kept
from rightskit.vault.strays import Stray

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.model import Request
    from rightskit.files.batches import Stretch
    from rightskit.flows.intake import Added, Said
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace

_PDF = "application/pdf"


def covers(workspace: Workspace, references: Sequence[str], path: Path) -> int:
    """Write cover sheets for these requests, or for all; how many they are.

    Raises:
        NotFoundError: there is no such request, or none at all.
    """
    with workspace.vault.read() as connection:
        known = {request.reference: request for request in requests.all_requests(connection)}
    chosen = [normalise(each) or each for each in references] or list(known)
    unknown = [each for each in chosen if each not in known]
    if unknown:
        raise NotFoundError(f"There is no request {unknown[0]}.", "See: rightskit status --list")
    if not chosen:
        raise NotFoundError("There are no requests yet.", "Plan them first: rightskit plan")
    made = sheets.covers((each, workspace.controller(known[each].controller).name) for each in chosen)
    folders.write(path, made)
    return len(chosen)


def add(workspace: Workspace, paths: Sequence[Path], said: Said, track: Track) -> Added:
    """Keep each part of scanned piles under the request whose cover sheet lies before it; the others wait.

    Raises:
        NotFoundError: a path does not exist.
        RefusedError: the day lies ahead.
        WrongUsageError: a request is named for the whole pile.
    """
    if said.request or said.member or said.controller:
        raise WrongUsageError("The cover sheets name the requests.", "Leave out --scans, or the request.")
    desk = _Desk(workspace, intake.day(workspace, said))
    files = [path for path, _ in intake.files(paths)]
    for path in track(files, "piles", len(files)):
        try:
            for part in desk.parts(path):
                with desk.tally.trapped(f"{path.parent / part.name}"):
                    desk.keep(part)
        except FileProblemError as error:
            desk.tally.faults.append(Fault(str(path), None, str(error), error.hint))
    return desk.tally.added()


@dataclass(frozen=True, slots=True)
class _Part:
    """Pages of one paper.

    Attributes:
        code: reference of the request that they answer; empty where nothing tells for sure.
        text: what can be read on them.
    """

    code: str
    name: str
    media_type: str
    content: bytes
    text: str


class _Desk:
    """Where piles are parted.

    Attributes:
        tally: what came in.
    """

    def __init__(self, workspace: Workspace, received: dt.date) -> None:
        self.tally = intake.Tally()
        self._workspace = workspace
        self._received = received
        with workspace.vault.read() as connection:
            self._requests = {request.reference: request for request in requests.all_requests(connection)}
            people = members.unsigned(connection)
        self._spoken = sorted({request.language for request in self._requests.values()})
        self._known = Known(self._requests.values(), people, self._houses())

    def _houses(self) -> Mapping[str, Sequence[str]]:
        names = {request.controller for request in self._requests.values()}
        return {name: (house.name, *house.domains) for name in names for house in [self._workspace.controller(name)]}

    def parts(self, path: Path) -> Iterator[_Part]:
        """The papers of a pile, or of a photo.

        Raises:
            FileProblemError: it cannot be opened, or has too many pages.
        """
        with path.open("rb") as stream:
            is_photo = pictures.is_picture(stream.read(512))
        if is_photo:
            yield from self._photo(path)
            return
        for pile in batches.stretches(path, sheets.reference_on):
            yield from self._papers(path, pile)

    def _papers(self, path: Path, pile: Stretch) -> Iterator[_Part]:
        """What lies between two cover sheets: one paper, or several where a sheet is missing."""
        code = pile.code if pile.code in self._requests else ""
        pages = strays.read(pile.content, self._spoken)
        papers = self._known.stretches(pages, code)
        if len(papers) < 2:  # noqa: PLR2004 (one, or none that can be read)
            theirs = not papers or self._is_theirs(code, papers[0].member)
            name = _named(path, pile.first, pile.last)
            yield _Part(code if theirs else "", name, _PDF, pile.content, "\n".join(pages))
            return
        for one in papers:
            content = batches.cut(pile.content, one.first, one.last)
            name = _named(path, pile.first + one.first, pile.first + one.last)
            theirs = one.first == 0 and self._is_theirs(code, one.member)
            yield _Part(code if theirs else "", name, _PDF, content, "\n".join(pages[one.first : one.last + 1]))

    def _is_theirs(self, code: str, member: str) -> bool:
        return bool(code) and self._requests[code].member == member

    def _photo(self, path: Path) -> Iterator[_Part]:
        content = path.read_bytes()
        code = next(filter(None, map(sheets.reference_on, barcodes.texts(content))), "")
        text = "\n".join(strays.read(content, self._spoken))
        media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        yield _Part(code if code in self._requests else "", path.name, media, content, text)

    def keep(self, part: _Part) -> None:
        """Keep a paper under its request, or let it wait.

        Raises:
            RefusedError: nothing can have come on that day.
        """
        name = hashlib.sha256(part.content).hexdigest()
        if part.code:
            request = self._requests[part.code]
            document = _document(name, part, request)
            done = intake.keep(self._workspace, document, self.tally.received(request, self._received))
            self.tally.note(part.code, kept=done)
            return
        stray = Stray(name, part.name, part.media_type, self._received, self._known.likely(part.text))
        with self._workspace.vault.write() as connection:
            self.tally.wait(kept=kept.keep(connection, stray, part.content))


def _named(path: Path, first: int, last: int) -> str:
    return f"{path.stem[:80]}, pages {first}-{last}.pdf"


def _document(name: str, part: _Part, request: Request) -> Disclosure:
    return Disclosure(
        name, request.reference, request.member, request.controller, part.name, part.media_type, part.content
    )
