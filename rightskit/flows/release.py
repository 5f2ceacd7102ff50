"""``pool release``: tables that may be published leave the house, and the ledger remembers them."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from array import array
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rightskit.delivery import folder as folders
from rightskit.disclosures import release_files
from rightskit.disclosures.changes import Mark
from rightskit.disclosures.research import research_copy
from rightskit.errors import RefusedError
from rightskit.flows import pool
from rightskit.flows.progress import silent
from rightskit.flows.recipes import pooled_recipes
from rightskit.vault import ledger, outgoing, showntables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rightskit.disclosures.pool import Pool
    from rightskit.disclosures.research import ResearchCopy
    from rightskit.disclosures.tabulation import TableLeftOut
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace

FOLDER = "releases"


@dataclass(frozen=True, slots=True)
class Released:
    """What left the house.

    Attributes:
        folder: with the files.
        name: as the ledger knows it.
        tables: how many.
        hidden: how many of their cells are hidden.
        left_out: what has no table, and why.
        together: members who are counted as one with others.
    """

    folder: Path
    name: str
    tables: int
    hidden: int
    left_out: tuple[TableLeftOut, ...]
    together: tuple[str, ...]


def release(workspace: Workspace, folder: Path | None, track: Track = silent) -> Released:
    """Write the tables of the pool into a new folder, or refuse.

    The ledger is written first: should this be interrupted, it knows of a release that nobody has seen, and no release
    is ever unknown to it.

    Args:
        workspace: the campaign.
        folder: a new one; None for ``releases/R1`` and so on in the campaign.
        track: counts the batches of values.

    Raises:
        RefusedError: nothing may leave the house, or the folder is there already.
    """
    demand_consent(workspace)
    with workspace.vault.only_one("release"):
        found = pool.pool(workspace, track)
        tables, left_out = release_files.publishable(found)
        with workspace.vault.read() as connection:
            name = ledger.next_name(connection)
        target = new_folder(workspace, folder, name)
        made = release_files.files(about(workspace, name, found.members), tables, left_out)
        counted = in_it(found)
        with placed(target, made), workspace.vault.write() as connection:
            shown = release_files.seen(found)
            ledger.add(connection, _entry(workspace, name, found, made), counted, shown.marks, shown.returned)
            showntables.keep(connection, name, tables)
            outgoing.list_folder(connection, target, "release", workspace.now)
    hidden = sum(cell is None for table in tables for row in table.rows for cell in row)
    return Released(target, name, len(tables), hidden, left_out, tuple(together(counted)))


def research(workspace: Workspace, folder: Path | None, track: Track = silent) -> tuple[Path, ResearchCopy]:
    """Write rows for researchers into a new folder, or refuse; the ledger is written first.

    Raises:
        RefusedError: nothing may leave the house, or the folder is there already.
        NotFoundError: campaign.yaml names a variable that does not exist.
    """
    demand_consent(workspace)
    campaign = workspace.campaign
    counted = pool.numbers(workspace, pool.RESEARCH)
    known = pooled_recipes(workspace.folder, campaign)
    with workspace.vault.only_one("release"):
        with workspace.vault.read() as connection:
            name = ledger.next_name(connection)
            target = new_folder(workspace, folder, name)
            made = research_copy(
                pool.batches(connection, track),
                counted,
                known,
                known=campaign.research.known,
                k=campaign.research.k or campaign.threshold,
                earlier=list(ledger.earlier(connection, research=True)),
            )
        files = release_files.research_files(about(workspace, name, len(made.rows)), made)
        digest = hashlib.sha256(files[release_files.MANIFEST]).hexdigest()
        entry = ledger.Release(name, "research", workspace.now, digest, campaign.threshold, len(made.rows), 0, {})
        there = {number for held in made.held.values() for number in array("q", held.members)}
        inside = {member: number for member, number in counted.items() if number in there}
        with placed(target, files), workspace.vault.write() as connection:
            ledger.add(connection, entry, inside, made.held, {})
            outgoing.list_folder(connection, target, "release", workspace.now)
    return target, made


def ledger_of(workspace: Workspace) -> list[ledger.Release]:
    """Every release of the campaign, the first one first."""
    with workspace.vault.read() as connection:
        return ledger.all_releases(connection)


def demand_consent(workspace: Workspace) -> None:
    """Refuse a campaign that asks its members for no consent."""
    if not workspace.campaign.consent.version:
        raise RefusedError(
            "The campaign asks its members for no consent to pooling.",
            "Write `consent:` with version, text and scopes in campaign.yaml, and ask the members for it.",
        )


def new_folder(workspace: Workspace, folder: Path | None, name: str) -> Path:
    """Where a release goes: what was released before is never written over."""
    target = (folder or workspace.folder / FOLDER / name).absolute()
    if target.exists():
        raise RefusedError(f"{target} is there already.", "A release stays as it is; name a new folder.")
    return target


def about(workspace: Workspace, name: str, members: int | None) -> Mapping[str, Any]:
    """What the manifest says of a release as a whole."""
    campaign = workspace.campaign
    return {
        "release": name,
        "campaign": campaign.slug,
        "title": campaign.title,
        "organiser": campaign.organiser.name,
        "date": workspace.today.isoformat(),
        "threshold": campaign.threshold,
        "consent_version": campaign.consent.version,
        "members": members,
        "population": [asdict(one) for one in campaign.population],
    }


def in_it(found: Pool) -> dict[str, int]:
    """The members of whom something stands in the pool, with the numbers under which they are counted."""
    there = set(array("q", found.marks[Mark("pool")].members)) if found.marks else set()
    return {member: number for member, number in found.people.items() if number in there}


def _entry(workspace: Workspace, name: str, found: Pool, made: Mapping[str, bytes]) -> ledger.Release:
    digest = hashlib.sha256(made[release_files.MANIFEST]).hexdigest()
    members = len(found.marks[Mark("pool")].members) // 8
    threshold = workspace.campaign.threshold
    return ledger.Release(name, "tables", workspace.now, digest, threshold, members, 0, release_files.seen(found).edges)


def together(counted: Mapping[str, int]) -> list[str]:
    """The members who share their number with others."""
    times = Counter(counted.values())
    return sorted(member for member, number in counted.items() if times[number] > 1)


@contextmanager
def placed(target: Path, made: Mapping[str, bytes]) -> Iterator[None]:
    """Write files beside their folder, and move them into place when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with folders.naming(target):
        part = Path(tempfile.mkdtemp(dir=target.parent, prefix=".part-"))
        try:
            for name, content in made.items():
                (part / name).parent.mkdir(exist_ok=True)
                (part / name).write_bytes(content)
            lines = "".join(f"{line}\n" for line in release_files.checksums(made))
            (part / "SHA256SUMS").write_text(lines, encoding="utf-8")
            folders.flush_all()
            yield
            part.replace(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
