"""``dossier``: the collective file about one controller, for a negotiation, an authority or a court."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit.delivery import folder as folders
from rightskit.errors import RefusedError, WrongUsageError
from rightskit.flows import caserows, evidence, exhibits, progress
from rightskit.flows.alone import Alone
from rightskit.flows.binder import Binder
from rightskit.flows.subjects import subjects
from rightskit.rendering.page import page
from rightskit.rendering.paper import paper
from rightskit.reports import dossier as telling
from rightskit.reports import manifest
from rightskit.reports.build import build
from rightskit.vault import dossiers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from rightskit.flows.binder import Written
    from rightskit.flows.progress import Track
    from rightskit.flows.status import Case
    from rightskit.flows.subjects import Subject, Subjects
    from rightskit.flows.workspace import Workspace
    from rightskit.registry.model import Controller

LANGUAGES = ("de", "fr", "en")
"""Languages for which the catalogues have the words of a dossier."""
FOLDER = "dossiers"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is told.

    Attributes:
        controller: its id.
        language: one of :data:`LANGUAGES`; empty: the controller's, where it is one of them, else English.
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


def dossier(workspace: Workspace, choice: Choice, folder: Path | None, track: Track = progress.silent) -> Made:
    """Write a dossier into a new folder, whole or not at all.

    Args:
        workspace: the campaign.
        choice: about whom, of whom, in which words.
        folder: a new one; None for one in ``dossiers/`` in the campaign.
        track: counts the exhibits.

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
        with workspace.vault.read() as connection:
            known = evidence.known_of(workspace, connection, _references(found.people))
            watch = Alone.read(known.lookup, connection)
            wanted = exhibits.wanted(known, found.people, language)
            some = track(wanted, "exhibits", len(wanted))
            written = exhibits.bind(known, watch, some, Binder(part, language, len(wanted)))
        made = _told(workspace, controller, language, found, written)
        _write(made, language, part)
    return Made(target, made, found.silent)


def _language(wanted: str, controller: Controller) -> str:
    if wanted and wanted not in LANGUAGES:
        raise WrongUsageError(f"There is no dossier in {wanted!r}.", f"Choose one of {', '.join(LANGUAGES)}.")
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
        yield folders.prepare(part)
        folders.flush_all()
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
        with workspace.vault.write() as connection:
            for path in (part, target):
                if not path.exists():
                    dossiers.drop(connection, path)


def _told(
    workspace: Workspace, controller: Controller, language: str, found: Subjects, written: Written
) -> telling.Dossier:
    people = tuple(_person(one, written, language) for one in found.people)
    rows = [row for row in caserows.rows(workspace) if row.controller_id == controller.id and row.sent]
    campaign, shown = workspace.campaign, {one.member.member for one in found.people}
    counted, least = telling.base(rows, shown, campaign.threshold)
    organiser = campaign.organiser
    return telling.Dossier(
        heading=_heading(workspace, controller),
        people=people,
        exhibits=written.exhibits,
        figures=build(
            campaign.title, organiser.name, counted, None, today=workspace.today, language=language, threshold=least
        ),
        counts_all=len(counted) == len(rows),
        facts=telling.facts(people, language, workspace.today),
        law=telling.law(people),
        left_out=written.left_out,
        silent=found.silent if found.silent == 0 or found.silent >= campaign.threshold else None,
        chosen=found.chosen,
    )


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
    """The course of a request; a tracking number would lead to a person without a name, so it is left out there."""
    events = evidence.told(case.events)
    plain = events if named else [replace(event, detail={}) for event in events]
    lines = evidence.timeline(plain, language, {})
    limit = case.status.deadline
    return telling.Course(
        case.request.right,
        case.request.reference if named else "",
        case.request.channel,
        limit.latest if limit else None,
        case.status.clock,
        frozenset(event.kind for event in events),
        tuple(
            telling.Line(event.happened, str(line["text"]), written.shown.get(event.id, ()))
            for event, line in zip(events, lines, strict=True)
        ),
    )


def _write(made: telling.Dossier, language: str, part: Path) -> None:
    values = {"dossier": made}
    texts = {
        "dossier.pdf": paper("dossier.html", language, values),
        "dossier.html": page("dossier.html", language, {**values, "paper": False}).encode(),
        **manifest.readme(made, language),
    }
    for name, content in {**texts, **manifest.lists(made, texts)}.items():
        (part / name).write_bytes(content)
