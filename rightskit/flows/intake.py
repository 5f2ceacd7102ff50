"""``data add``: files that came by hand, from a portal or on a stick, are kept raw before anything else."""

from __future__ import annotations

import hashlib
import mimetypes
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.campaign.reference import find, find_members, normalise
from rightskit.cases.model import Event, EventKind
from rightskit.cases.plausible import impossible
from rightskit.disclosures.model import Disclosure
from rightskit.errors import Fault, NotFoundError, RefusedError, WrongUsageError
from rightskit.mailbox import names
from rightskit.vault import disclosures, requests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rightskit.campaign.model import Request
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.store import Connection


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about all files.

    Attributes:
        request: reference of the request that they answer; empty where each path names one.
        member: whose data they are; empty where each path names the member, or a request does.
        controller: who returned them; empty where the member has one request alone.
        received: the day on which they came; None: today.
    """

    request: str = ""
    member: str = ""
    controller: str = ""
    received: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What came in.

    Attributes:
        files: how many were kept.
        waiting: how many of them wait for a person to say what they answer.
        known: how many were there already.
        requests: references of those that the new files answer.
        faults: of the files that were left.
    """

    files: int
    known: int
    requests: tuple[str, ...]
    faults: tuple[Fault, ...]
    waiting: int = 0


def add(workspace: Workspace, paths: Sequence[Path], said: Said, track: Track) -> Added:
    """Keep files, and all files of folders, under the requests that they answer.

    Each file is kept or left on its own; what was kept stays when the work is interrupted, and is known the next time.

    Raises:
        NotFoundError: a path, or what ``said`` names, does not exist.
        RefusedError: the day lies ahead.
    """
    received = day(workspace, said)
    found = list(files(paths))
    with workspace.vault.read() as connection:
        choice = _Choice(requests.all_requests(connection), said)
    tally = Tally()
    for path, words in track(found, "files", len(found)):
        with tally.trapped(str(path)):
            request = choice.of(words)
            tally.note(request.reference, kept=_keep(workspace, path, request, tally.received(request, received)))
    return tally.added()


def day(workspace: Workspace, said: Said) -> dt.date:
    """The day on which the files came.

    Raises:
        RefusedError: it lies ahead.
    """
    received = said.received or workspace.today
    workspace.demand_past(received, "Add the files when they have come.")
    return received


class Tally:
    """Counts what comes in.

    Attributes:
        faults: of what was left.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._kept = 0
        self._known = 0
        self._waiting = 0
        self._answered: dict[str, None] = {}

    @contextmanager
    def trapped(self, place: str) -> Iterator[None]:
        """What cannot be kept is a fault at a place; the others go on."""
        try:
            yield
        except (RefusedError, NotFoundError) as error:
            self.faults.append(Fault(place, None, str(error), error.hint))
        except OSError as error:
            self.faults.append(Fault(place, None, f"it cannot be read ({type(error).__name__})"))

    def received(self, request: Request, day: dt.date) -> dt.date | None:
        """The day, where nothing was kept for the request so far: one event tells of all that comes together."""
        return None if request.reference in self._answered else day

    def note(self, reference: str, *, kept: bool) -> None:
        """Count one file of a request."""
        self._kept += kept
        self._known += not kept
        if kept:
            self._answered[reference] = None

    def wait(self, *, kept: bool) -> None:
        """Count one file that waits for a person."""
        self._kept += kept
        self._known += not kept
        self._waiting += kept

    def added(self) -> Added:
        """What came in so far."""
        return Added(self._kept, self._known, tuple(self._answered), tuple(self.faults), self._waiting)


def files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file, and the words of its path that can name a request; hidden files and links are left out."""
    for path in paths:
        if not path.exists():
            raise NotFoundError(f"There is no {path}.")
        if path.is_file():
            yield path, path.name
        for inner in sorted(path.rglob("*")) if path.is_dir() else ():
            parts = inner.relative_to(path).parts
            if inner.is_file() and not inner.is_symlink() and not any(part.startswith(".") for part in parts):
                yield inner, " / ".join((path.name, *parts))


class _Choice:
    """Finds the request that a file answers."""

    def __init__(self, known: Sequence[Request], said: Said) -> None:
        self._known = {request.reference: request for request in known}
        self._of: dict[str, list[Request]] = {}
        for request in known:
            self._of.setdefault(request.member, []).append(request)
        self._controller = said.controller
        self._all = self._said(said)

    def _said(self, said: Said) -> Request | None:
        """The request of all files; None where each file names its own."""
        if said.request and (said.member or said.controller):
            raise WrongUsageError("A request has its member and its controller.", "Leave out the others.")
        if said.request:
            return self._referred([normalise(said.request) or said.request])
        return self._single(said.member) if said.member else None

    def of(self, words: str) -> Request:
        """The request of the file with these words in its path."""
        if self._all:
            return self._all
        if references := find(words):
            return self._referred(references)
        members = find_members(words) & self._of.keys()
        if len(members) != 1:
            hint = "Give --request or --member, or put the reference into the name: RK-7G2K-4Q9A.pdf"
            raise RefusedError("its name does not tell the request that it answers", hint)
        return self._single(members.pop())

    def _referred(self, references: Sequence[str]) -> Request:
        if len(references) > 1:
            raise RefusedError("its name tells several requests", "Leave one of them.")
        if references[0] not in self._known:
            raise NotFoundError(f"There is no request {references[0]}.", "See: rightskit status --list")
        return self._known[references[0]]

    def _single(self, member: str) -> Request:
        """The one request of a member, or the one to the controller that was named."""
        own = self._of.get(member, [])
        found = [one for one in own if self._controller in {"", one.controller}]
        if not found:
            raise NotFoundError(f"{member or 'Nobody'} has no such request.", "See: rightskit status --list")
        if len(found) > 1:
            each = ", ".join(f"{one.reference} ({one.controller}, {one.right})" for one in found)
            raise RefusedError(f"{member} has several requests: {each}", "Name one: --request, or --controller")
        return found[0]


def _keep(workspace: Workspace, path: Path, request: Request, received: dt.date | None) -> bool:
    with path.open("rb") as stream:
        name = hashlib.file_digest(stream, "sha256").hexdigest()
        if stream.tell() == 0:
            raise RefusedError("it is empty", "Ask for it again.")
        stream.seek(0)
        media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        disclosure = Disclosure(
            id=name,
            reference=request.reference,
            member=request.member,
            controller=request.controller,
            name=names.clean(path.name, media, 1),
            media_type=media,
            content=stream,
        )
        return keep(workspace, disclosure, received)


def keep(workspace: Workspace, disclosure: Disclosure, received: dt.date | None) -> bool:
    """Keep one document under its request; False where it is there already.

    Args:
        workspace: the campaign.
        disclosure: the document.
        received: the day to note for the request; None: it is noted.

    Raises:
        RefusedError: nothing can have come on that day, or the file changed while it was read.
    """
    with workspace.vault.write() as connection:
        return take(workspace, connection, disclosure, received)


def take(workspace: Workspace, connection: Connection, disclosure: Disclosure, received: dt.date | None) -> bool:
    """As :func:`keep`, within a change of the vault that others belong to.

    Raises:
        RefusedError: as there.
    """
    if not disclosures.add(connection, disclosure):
        return False
    if received:
        _record(workspace, connection, disclosure.reference, received)
    return True


def _record(workspace: Workspace, connection: Connection, reference: str, received: dt.date) -> None:
    before = requests.events_by_request(connection, [reference])[reference]
    if why := impossible(EventKind.DATA_RECEIVED, received, before):
        raise RefusedError(why, "Give the day on which it came: --received YYYY-MM-DD")
    event = Event(
        reference,
        EventKind.DATA_RECEIVED,
        received,
        workspace.now,
        received=workspace.today if received != workspace.today else None,
        source="person",
        detail={"by": "organiser"},
        rule="data add",
    )
    requests.record(connection, [event])
