"""``clean``: letters that were posted need not lie on the disk any longer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.assent import MATTERS, is_open
from rightskit.cases.nextstep import member_asked
from rightskit.flows import status, traces
from rightskit.vault import mailings, outgoing, retention

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rightskit.flows.status import Case
    from rightskit.flows.workspace import Workspace

_DONE = ("sent", "withdrawn")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What can go.

    Attributes:
        removed: folder -> how many files.
        kept: folder -> how many files still wait to be posted, or to be answered by a member.
        raw: how many returned documents and replies were kept raw for long enough.
    """

    removed: Mapping[Path, int]
    kept: Mapping[Path, int]
    raw: int


def clean(workspace: Workspace, *, dry_run: bool) -> Cleaned:
    """Remove the mails and print bundles that were noted as posted, and questions to members that are settled.

    A folder that is empty afterwards goes too, and is no longer listed. Returned documents that were read long enough
    ago lose their raw bytes, and so do the replies that brought them.

    Raises:
        RefusedError: letters are being written right now.
    """
    with workspace.vault.only_one("send"):
        with workspace.vault.read() as connection:
            listed = traces.folders(connection)
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
                _remove(workspace, folder, going)
    return Cleaned(removed, kept, _raw(workspace, dry_run=dry_run))


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


def _remove(workspace: Workspace, folder: Path, files: list[Path]) -> None:
    for path in files:
        path.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()
        with workspace.vault.write() as connection:
            outgoing.unlist_folder(connection, folder)
