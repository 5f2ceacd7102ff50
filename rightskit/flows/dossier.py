"""``dossier``: the collective file about one controller, for a negotiation, an authority or a court."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.cases.history import called
from rightskit.cases.model import Clock
from rightskit.cases.nextstep import member_asked
from rightskit.delivery import folder as folders
from rightskit.errors import RefusedError
from rightskit.flows import caserows, evidence, exhibits, pages, progress, publish
from rightskit.flows.alone import Alone
from rightskit.flows.binder import Binder
from rightskit.flows.subjects import subjects
from rightskit.rendering.page import page
from rightskit.rendering.paper import paper
from rightskit.reports import dossier as telling
from rightskit.reports import manifest
from rightskit.reports.build import build
from rightskit.reports.codebook import LANGUAGES
from rightskit.vault import dossiers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from rightskit.flows.binder import Written
    from rightskit.flows.progress import Track
    from rightskit.flows.status import Case
    from rightskit.flows.subjects import Subject, Subjects
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Controller
    from rightskit.reports.caserow import CaseRow

FOLDER = "dossiers"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is told.

    Attributes:
        controller: its id.
        language: de, fr or en; empty: the controller's, where it is one of them, else English.
        members: ids; empty for all who agreed.
        anonymous: nobody by name.
    """

    controller: str
    language: str = ""
    members: tuple[str, ...] = ()
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What was written, and how many members are not told of because they did not agree or have left."""

    folder: Path
    dossier: telling.Dossier
    silent: int


@dataclass(frozen=True, slots=True)
class _Work:
    """What a dossier is made from."""

    workspace: Workspace
    controller: Controller
    language: str
    subjects: Subjects
    written: Written

    def rows(self, every: Iterable[CaseRow]) -> list[CaseRow]:
        """The requests that went to the controller."""
        return [row for row in every if row.request.controller_id == self.controller.id and row.course.sent]

    def dossier(self, rows: Sequence[CaseRow], least: int, *, counts_all: bool) -> telling.Dossier:
        """The dossier, with figures about some requests that show at least so many members each."""
        campaign, silent = self.workspace.campaign, self.subjects.silent
        people = tuple(_person(one, self.written, self.language) for one in self.subjects.people)
        title, organiser, today = campaign.title, campaign.organiser.name, self.workspace.today
        return telling.Dossier(
            heading=_heading(self.workspace, self.controller),
            people=people,
            exhibits=self.written.exhibits,
            figures=build(title, organiser, rows, None, today=today, language=self.language, threshold=least),
            counts_all=counts_all,
            facts=telling.facts(people, self.language, today),
            law=telling.law(people),
            left_out=self.written.left_out,
            silent=silent if silent == 0 or silent >= campaign.threshold else None,
            chosen=self.subjects.chosen,
        )


def dossier(workspace: Workspace, choice: Choice, folder: Path | None, track: Track = progress.silent) -> Made:
    """Write a dossier into a new folder, whole or not at all.

    Args:
        workspace: the campaign.
        choice: about whom, of whom, in which words.
        folder: a new one; None for one in ``dossiers/`` in the campaign.
        track: counts the exhibits, then the steps to the figures.

    Raises:
        NotFoundError: there is no such controller or member, or nothing went to it.
        RefusedError: a member did not agree, too many did, or the folder is there already.
        WrongUsageError: there are no words in that language.
    """
    controller = workspace.controller(choice.controller)
    language = _language(choice.language, controller)
    found = subjects(workspace, controller.id, choice.members, anonymous=choice.anonymous)
    target = (folder or workspace.folder / FOLDER / f"{controller.id}-{workspace.today}").absolute()
    if target.exists():
        raise RefusedError(f"{target} is there already.", "Name a new folder, or remove this one.")
    inside = [one.member.member for one in found.people]
    with workspace.vault.only_one("dossier"), _placed(workspace, target, inside) as part:
        written = _bound(workspace, found, language, part, track)
        made = _finished(_Work(workspace, controller, language, found, written), part, track)
    return Made(target, made, found.silent)


def _bound(workspace: Workspace, found: Subjects, language: str, part: Path, track: Track) -> Written:
    """The exhibits, in the folder."""
    with workspace.vault.read() as connection:
        known = evidence.known_of(workspace, connection, _references(found.people))
        watch = Alone.read(known.lookup, connection)
        wanted = exhibits.wanted(known, found.people, language)
        some = track(wanted, "exhibits", len(wanted))
        return exhibits.bind(known, watch, some, Binder(part, language, len(wanted)))


def _finished(work: _Work, part: Path, track: Track) -> telling.Dossier:
    """Text and lists, in the folder; figures about all requests stand in the ledger before anybody sees them."""
    workspace, threshold = work.workspace, work.workspace.campaign.threshold
    told = {one.member.member for one in work.subjects.people}
    rows = work.rows(caserows.rows(workspace))
    if not telling.counts_all(rows, told, threshold):
        made = work.dossier([row for row in rows if row.member in told], threshold, counts_all=False)
        _write(made, work.language, part)
        return made
    with publish.publication(workspace, progress.Steps(track, "steps to the figures", publish.STEPS)) as found:
        made = work.dossier(work.rows(found.rows), threshold + len(told), counts_all=True)
        content = _write(made, work.language, part)
        publish.enter(workspace, found, "dossier", content)
    return made


def _language(wanted: str, controller: Controller) -> str:
    if wanted:
        pages.check_language(wanted, "dossier")
    read = (language.partition("-")[0] for language in controller.languages)
    return wanted or next((language for language in read if language in LANGUAGES), "en")


def _references(people: Sequence[Subject]) -> list[str]:
    return [case.request.reference for one in people for case in one.cases]


@contextmanager
def _placed(workspace: Workspace, target: Path, inside: Collection[str]) -> Iterator[Path]:
    """A folder beside the target that becomes it when the block ends well.

    The vault lists both before the first byte is written, so that ``forget`` finds what an interruption leaves.
    """
    part = target.parent / f".part-{target.name}"
    shutil.rmtree(part, ignore_errors=True)
    with workspace.vault.write() as connection:
        for path in (part, target):
            dossiers.keep(connection, path, inside, workspace.now)
    try:
        with folders.naming(target):
            yield folders.prepare(part)
            folders.flush_all()
            part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with workspace.vault.write() as connection:
            for path in (part, target):
                if not path.exists():
                    dossiers.drop(connection, path)


def _heading(workspace: Workspace, controller: Controller) -> telling.Heading:
    organiser = workspace.campaign.organiser
    authority = workspace.registry.authorities.get(controller.authority)
    return telling.Heading(
        (controller.name, *controller.address),
        (authority.name, *authority.address) if authority else (),
        tuple(filter(None, (organiser.name, *organiser.address, organiser.email))),
        workspace.campaign.title,
        workspace.today,
    )


def _person(one: Subject, written: Written, language: str) -> telling.Person:
    courses = tuple(_course(case, written, language, named=one.named) for case in one.cases)
    return telling.Person(one.number, one.member.name if one.named else "", courses)


def _course(case: Case, written: Written, language: str, *, named: bool) -> telling.Course:
    """The course of a request; a tracking number would lead to a person without a name, so it is left out there.

    What an authority decided is told of everybody: it concerns the controller.
    """
    events = evidence.told(case.events)
    plain = events if named else [replace(event, detail={"link": event.detail.get("link", "")}) for event in events]
    lines = evidence.timeline(plain, language, {})
    limit = case.status.deadline
    return telling.Course(
        case.request.right,
        case.request.reference if named else "",
        case.request.channel,
        limit.latest if limit else None,
        case.status.clock is Clock.OVERDUE,
        member_asked(case.events),
        frozenset(map(called, events)),
        tuple(
            telling.Line(
                event.happened,
                telling.with_ruling(str(line["text"]), event, language),
                written.shown.get(event.id, ()),
                event.id in written.missing,
            )
            for event, line in zip(events, lines, strict=True)
        ),
    )


def _write(made: telling.Dossier, language: str, part: Path) -> bytes:
    """Write all but the exhibits, and give the manifest, which names them all."""
    values = {"dossier": made}
    texts = {
        "dossier.pdf": paper("dossier.html", language, values),
        "dossier.html": page("dossier.html", language, values).encode(),
        **manifest.readme(made, language),
    }
    lists = manifest.lists(made, texts)
    for name, content in {**texts, **lists}.items():
        (part / name).write_bytes(content)
    return lists[manifest.MANIFEST]
