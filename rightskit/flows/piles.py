"""``data covers`` and ``data add --scans``: a pile of paper becomes a document for each request."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from rightskit.campaign.reference import find, normalise
from rightskit.disclosures.model import Disclosure
from rightskit.errors import Fault, NotFoundError, WrongUsageError
from rightskit.files import batches, pdftext
from rightskit.files.problems import FileProblemError
from rightskit.flows import intake
from rightskit.rendering import covers as sheets
from rightskit.vault import members, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rightskit.campaign.model import Member, Request
    from rightskit.files.batches import Stretch
    from rightskit.flows.intake import Added, Said
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace

_MOST = 5
# What a letter shows of a request: how much each tells, the reference most of all.
_REFERENCE, _NAME, _BIRTHDATE, _ADDRESS, _CONTROLLER = 8, 3, 3, 2, 1
_LEAST = 3
_HINT = "Save these pages as a file of their own: rightskit data add FILE --request RK-…"


def covers(workspace: Workspace, references: Sequence[str], path: Path) -> int:
    """Write cover sheets for these requests, or for all; how many they are.

    Raises:
        NotFoundError: there is no such request.
    """
    with workspace.vault.read() as connection:
        known = {request.reference: request for request in requests.all_requests(connection)}
    chosen = [normalise(each) or each for each in references] or list(known)
    unknown = [each for each in chosen if each not in known]
    if unknown:
        raise NotFoundError(f"There is no request {unknown[0]}.", "See: rightskit status --list")
    path.write_bytes(sheets.covers((each, workspace.controller(known[each].controller).name) for each in chosen))
    return len(chosen)


def add(workspace: Workspace, paths: Sequence[Path], said: Said, track: Track) -> Added:
    """Keep each part of scanned piles under the request whose cover sheet lies before it.

    A part without a cover sheet is left, with the requests that it may answer, the likeliest first.

    Raises:
        NotFoundError: a path does not exist.
        RefusedError: the day lies ahead.
        WrongUsageError: a request is named for the whole pile.
    """
    if said.request or said.member or said.controller:
        raise WrongUsageError("The cover sheets name the requests.", "Leave out --scans, or the request.")
    received = intake.day(workspace, said)
    with workspace.vault.read() as connection:
        known = {request.reference: request for request in requests.all_requests(connection)}
        people = {person.member: person for person in members.all_members(connection)}
    names = {one.controller: _plain(workspace.controller(one.controller).name) for one in known.values()}
    files = [path for path, _ in intake.files(paths)]
    tally = intake.Tally()
    for path in track(files, "piles", len(files)):
        try:
            for part in batches.stretches(path, sheets.reference_on):
                place = f"{path}, pages {part.first}-{part.last}"
                if part.code not in known:
                    tally.faults.append(Fault(place, None, *_unnamed(part, known.values(), people, names)))
                    continue
                request = known[part.code]
                with tally.trapped(place):
                    kept = intake.keep(workspace, _document(path, part, request), tally.received(request, received))
                    tally.note(part.code, kept=kept)
        except FileProblemError as error:
            tally.faults.append(Fault(str(path), None, str(error), error.hint))
    return tally.added()


def _document(path: Path, part: Stretch, request: Request) -> Disclosure:
    return Disclosure(
        id=hashlib.sha256(part.content).hexdigest(),
        reference=request.reference,
        member=request.member,
        controller=request.controller,
        name=f"{path.stem[:80]}, pages {part.first}-{part.last}.pdf",
        media_type="application/pdf",
        content=part.content,
    )


def _unnamed(
    part: Stretch, known: Iterable[Request], people: Mapping[str, Member], names: Mapping[str, str]
) -> tuple[str, str]:
    """What to say of pages that no cover sheet names: the requests that they may answer, the likeliest first."""
    try:
        text = "\n".join(pdftext.pages(part.content))
    except FileProblemError:
        text = ""
    if not text.strip():
        return "no cover sheet names the request, and the pages have no text", _HINT
    told, words = set(find(text)), _plain(text)
    scores = [(_score(request, people[request.member], told, words, names), request) for request in known]
    likely = sorted((one for one in scores if one[0] >= _LEAST), key=lambda one: -one[0])[:_MOST]
    shown = ", ".join(f"{request.reference} ({request.controller})" for _, request in likely) or "none is likely"
    return f"no cover sheet names the request; by what stands there: {shown}", _HINT


def _score(request: Request, person: Member, told: set[str], words: str, names: Mapping[str, str]) -> int:
    """How much of a request stands in a letter."""
    born = person.birthdate
    days = [born.isoformat(), f"{born:%d.%m.%Y}", f"{born:%d/%m/%Y}"] if born else []
    return (
        _REFERENCE * (request.reference in told)
        + _NAME * (_plain(person.name) in words)
        + _BIRTHDATE * any(day in words for day in days)
        + _ADDRESS * bool(person.street and _plain(person.street) in words)
        + _CONTROLLER * (names[request.controller] in words)
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
