"""``clean``: letters that were posted need not lie on the disk any longer."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rightskit.cases.assent import MATTERS, is_open
from rightskit.cases.nextstep import member_asked
from rightskit.flows import status, traces
from rightskit.vault import dossiers as told
from rightskit.vault import mailings, outgoing, retention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rightskit.flows.progress import Track
    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace

_DONE = ("sent", "withdrawn")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What can go.

    Attributes:
        removed: folder -> how many files.
        kept: folder -> how many files still wait to be posted, or to be answered by a member.
        dossiers: that stay.
        raw: how many returned documents and replies were kept raw for long enough.
    """

    removed: Mapping[Path, int]
    kept: Mapping[Path, int]
    dossiers: Sequence[Path]
    raw: int


def clean(workspace: Workspace, track: Track, *, dry_run: bool, dossiers: bool = False) -> Cleaned:
    """Remove the mails and print bundles that were noted as posted, and questions to members that are settled.

    A folder that is empty afterwards goes too, and is no longer listed. Returned documents that were read long enough
    ago lose their raw bytes, and so do the replies that brought them.

    Args:
        workspace: the campaign.
        track: counts the files.
        dry_run: say what would go, and do nothing.
        dossiers: remove these too: nobody but a person knows when they are no longer needed.

    Raises:
        RefusedError: letters are being written right now.
    """
    with workspace.vault.only_one("send"):
        made = _dossiers(workspace)
        removed, kept = _letters(workspace, made, track, dry_run=dry_run)
        if dossiers:
            removed |= {folder: _remove_dossier(workspace, folder, dry_run=dry_run) for folder in made}
    return Cleaned(removed, kept, [] if dossiers else made, _raw(workspace, dry_run=dry_run))


def _letters(
    workspace: Workspace, apart: Sequence[Path], track: Track, *, dry_run: bool
) -> tuple[dict[Path, int], dict[Path, int]]:
    """How many files of each folder go, and how many stay; what stands apart is no folder of letters."""
    with workspace.vault.read() as connection:
        listed = [folder for folder in traces.folders(connection) if folder not in apart]
        states = outgoing.states(connection)
        names = {folder.name for folder in listed}
        batches = {name: {kept.state for kept in outgoing.of_batch(connection, name)} for name in names}
        left = {f"{name}.eml": "sent" for name in mailings.sent(connection)}
    mails = left | {f"{reference}-{letter}.eml": state for (reference, letter), state in states.items()}
    asking = {case.request.member for case in status.cases(workspace) if _is_asked(case)}
    removed: dict[Path, int] = {}
    kept: dict[Path, int] = {}
    for folder in listed:
        files = [path for path in folder.iterdir() if path.is_file()]
        going = [path for path in files if _may_go(path, mails, batches.get(folder.name, set()), asking)]
        removed |= {folder: len(going)} if going else {}
        kept |= {folder: len(files) - len(going)} if len(files) > len(going) else {}
        if not dry_run:
            _remove(workspace, folder, track(going, "files", len(going)))
    return removed, kept


def _dossiers(workspace: Workspace) -> list[Path]:
    with workspace.vault.read() as connection:
        return [path for path in map(Path, outgoing.listed_folders(connection, "dossier")) if path.is_dir()]


def _remove_dossier(workspace: Workspace, folder: Path, *, dry_run: bool) -> int:
    """Remove a dossier, and give the number of its files."""
    number = sum(path.is_file() for path in folder.rglob("*"))
    if not dry_run:
        shutil.rmtree(folder)
        with workspace.vault.write() as connection:
            told.drop(connection, folder)
    return number


def _raw(workspace: Workspace, *, dry_run: bool) -> int:
    """Delete the bytes of what was read ``keep_raw`` days ago or before; what was read from it stays."""
    until = workspace.today - dt.timedelta(days=workspace.campaign.raw_days)
    with workspace.vault.write() as connection:
        references = retention.expired(connection, until)
        documents = retention.documents(connection, references)
        replies = retention.replies(connection, references)
        if not dry_run:
            retention.empty(connection, documents, replies)
    return len(documents) + len(replies)


def _is_asked(case: Case) -> bool:
    """Whether a question to the member is open: whether anything came, or whether a text may leave."""
    return member_asked(case.events) or any(is_open(case.events, matter) for matter in MATTERS)


def _may_go(path: Path, mails: Mapping[str, str], batch: set[str], asking: set[str]) -> bool:
    if path.name.startswith(".part-"):
        return True
    if path.name in mails:
        return mails[path.name] in _DONE
    if "-ask-" in path.name:
        return path.name.partition("-ask-")[0] not in asking
    return bool(batch) and batch <= set(_DONE)


def _remove(workspace: Workspace, folder: Path, files: Iterable[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
        with workspace.vault.write() as connection:
            outgoing.unlist_folder(connection, folder)
