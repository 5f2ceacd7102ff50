"""``export``: the campaign as data for researchers and open-data portals, under the ledger.

The same vault, day and entry of the ledger give the same bytes: the rows' names come from a key that stays in the vault
beside the entry.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rightskit import __version__
from rightskit.campaign import config
from rightskit.campaign.reuse import Contact
from rightskit.disclosures.describing import DESCRIPTOR
from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import publish, randomise
from rightskit.flows.progress import Steps
from rightskit.flows.release import new_folder, placed
from rightskit.reports import package
from rightskit.reports.build import build
from rightskit.reports.datatables import Basis, tables
from rightskit.reports.funnels import funnels
from rightskit.reports.microdata import microdata
from rightskit.reports.quality import Audit
from rightskit.vault import answers, exports, ledger, outgoing

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from rightskit.disclosures.pool import Pool
    from rightskit.flows.progress import Track
    from rightskit.flows.publish import Publication
    from rightskit.flows.workspace import Workspace
    from rightskit.reports.datatables import DataTable
    from rightskit.reports.microdata import Microdata

KIND = "export"
_NAME_BYTES = 8


@dataclass(frozen=True, slots=True)
class Exported:
    """What left the house.

    Attributes:
        folder: with the files.
        name: as the ledger knows it.
        data: the rows.
        files: how many there are.
        waiting: requests that are counted as an earlier page did, because too few took the same step since.
    """

    folder: Path
    name: str
    data: Microdata
    files: int
    waiting: int


def export(workspace: Workspace, folder: Path | None, track: Track) -> Exported:
    """Write the export into a new folder, or refuse; the ledger is written first.

    Args:
        workspace: the campaign.
        folder: a new one; None for ``releases/R1`` and so on in the campaign.
        track: counts the steps.

    Raises:
        RefusedError: too few members take part, or the folder is there already.
    """
    steps = _steps(track)
    with _publication(workspace, steps, track) as found:
        target = new_folder(workspace, folder, found.name)
        key = exports.Key(secrets.token_bytes(32), workspace.today, __version__)
        making = _Making(workspace, found, found.name, key)
        made = making.files(steps)
        with placed(target, made):
            publish.enter(workspace, found, KIND, made[DESCRIPTOR])
            with workspace.vault.write() as connection:
                exports.keep(connection, found.name, key)
                outgoing.list_folder(connection, target, "release", workspace.now)
    return Exported(target, found.name, making.data, len(made), found.waiting)


def again(workspace: Workspace, name: str, folder: Path | None, track: Track) -> Exported:
    """Write an export of the ledger once more, with the same bytes, or refuse.

    Raises:
        NotFoundError: the ledger has no export of that name.
        RefusedError: the vault has changed since, or the folder is there already.
    """
    with workspace.vault.read() as connection:
        key = exports.get(connection, name)
        entry = next((one for one in ledger.all_releases(connection) if one.name == name), None)
    if key is None or entry is None:
        raise NotFoundError(f"The ledger has no export {name}.", "See: rightskit pool ledger")
    then = replace(workspace, today=key.day)
    steps = _steps(track)
    with _publication(then, steps, track) as found:
        target = new_folder(workspace, folder, name)
        making = _Making(then, found, name, key)
        made = making.files(steps)
        if hashlib.sha256(made[DESCRIPTOR]).hexdigest() != entry.sha256:
            raise RefusedError(
                f"{name} can no longer be made: the campaign has changed since, or rightskit has ({key.version} then).",
                "Keep the files of an export; a new one is written by: rightskit export",
            )
        with placed(target, made), workspace.vault.write() as connection:
            outgoing.list_folder(connection, target, "release", workspace.now)
    return Exported(target, name, making.data, len(made), found.waiting)


@contextmanager
def _publication(workspace: Workspace, steps: Steps, track: Track) -> Iterator[Publication]:
    """Of the pool nothing but what members answered to the campaign's questions leaves the house here."""
    questions = {question.id for question in workspace.campaign.questionnaire}
    with publish.publication(workspace, steps, pooled=bool(questions), track=track) as found:
        yield replace(found, pool=_of(questions, found.pool), fresh=_of(questions, found.fresh))


def _of(questions: Container[str], pool: Pool | None) -> Pool | None:
    """The questions' own tables, without the size of the pool."""
    if pool is None:
        return None
    kinds = {"distribution", "summary"}
    tables = (table for table in pool.tables if table.variable in questions and table.kind in kinds)
    return replace(pool, tables=tuple(tables), members=None)


def _steps(track: Track) -> Steps:
    return Steps(track, "steps of the export", publish.STEPS + 3)


class _Making:
    """The files of one export, step by step."""

    data: Microdata
    _tables: list[DataTable]
    _files: Mapping[str, bytes]

    def __init__(self, workspace: Workspace, found: Publication, name: str, key: exports.Key) -> None:
        self._space = workspace
        self._found = found
        self._name = name
        self._key = key

    def files(self, steps: Steps) -> Mapping[str, bytes]:
        """Path → bytes."""
        for step in (self._divide, self._count, self._write):
            steps.begin()
            step()
        return self._files

    def _divide(self) -> None:
        self.data = microdata(
            self._found.rows, today=self._space.today, threshold=self._space.campaign.threshold, name=self._row_name
        )

    def _row_name(self, reference: str) -> str:
        return hmac.digest(self._key.key, reference.encode(), "sha256")[:_NAME_BYTES].hex()

    def _count(self) -> None:
        campaign, today = self._space.campaign, self._space.today
        report = build(
            campaign.title,
            campaign.organiser.name,
            self._found.rows,
            None,
            today=today,
            language="en",
            threshold=campaign.threshold,
            drawn=randomise.told_of(self._space, "en"),
            members=self._found.members,
            lines=funnels(self._found.rows, self.data, campaign.threshold),
        )
        with self._space.vault.read() as connection:
            audit = Audit(*answers.audit(connection))
        trial = report.trial.comparisons if report.trial else ()
        basis = Basis(report.figures, self._found.rows, self.data, audit, today, campaign.threshold, trial)
        asked = self._found.pool.tables if self._found.pool else ()
        self._tables = tables(basis, report.recruitment, asked)

    def _write(self) -> None:
        campaign = self._space.campaign
        about = package.About(
            release=self._name,
            slug=campaign.slug,
            title=campaign.title,
            organiser=campaign.organiser.name,
            date=self._space.today,
            threshold=campaign.threshold,
            version=self._key.version,
            campaign_hash=hashlib.sha256((self._space.folder / config.FILE_NAME).read_bytes()).hexdigest(),
            licence=campaign.licence,
            contact=campaign.contact or Contact(campaign.organiser.name, campaign.organiser.email),
            web=campaign.organiser.web,
            kind=campaign.organiser.kind,
            countries=self._countries(),
            trial=tuple(randomise.told(one) for one in randomise.kept(self._space)),
        )
        self._files = package.files(about, self.data, self._tables)

    def _countries(self) -> tuple[str, ...]:
        """Of the controllers that the published rows name, and of no other."""
        place = self.data.columns.index("controller")
        named = {row[place] for row in self.data.rows}
        return tuple(sorted({row.request.country for row in self._found.rows if row.request.controller in named}))
