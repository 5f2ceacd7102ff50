"""``data``: what controllers returned is read into observations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.cases.model import Event, EventKind
from rightskit.disclosures.extract import extract as read
from rightskit.disclosures.keys import Keys
from rightskit.flows.recipes import campaign_recipes
from rightskit.vault import disclosures, doubts, requests

if TYPE_CHECKING:
    from rightskit.disclosures.extract import Extraction
    from rightskit.disclosures.model import Disclosure
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Extracted:
    """What reading came to.

    Attributes:
        outcomes: outcome -> number of documents.
        observations: how many values were read.
        waiting: how many values wait for a person.
        unread: reference and reason of each document that was not read; its file's name may be a person's.
    """

    outcomes: Counter[str]
    observations: int
    waiting: int
    unread: tuple[tuple[str, str], ...]


def extract(workspace: Workspace, track: Track, *, again: bool) -> Extracted:
    """Read every returned document that was not read yet; each is done, or not, on its own.

    Args:
        workspace: the campaign.
        track: counts.
        again: also those on which an earlier reading failed, or of which values wait for a person.
    """
    known = campaign_recipes(workspace.folder, workspace.campaign)
    outcomes: Counter[str] = Counter()
    values = 0
    with workspace.vault.write() as connection:
        keys = Keys(workspace.campaign.slug, disclosures.secret(connection))
        waiting = disclosures.pending(connection, again=again)
    for key in track(waiting, "documents", len(waiting)):
        with workspace.vault.read() as connection:  # a large document is read for a minute: others may write meanwhile
            disclosure = disclosures.get(connection, key)
            found = read(disclosure, known, keys)
        settle(workspace, disclosure, found)
        outcomes[found.outcome] += 1
        values += len(found.observations)
    with workspace.vault.read() as connection:
        unread = [
            (reference, reason or outcome)
            for reference, outcome, reason in disclosures.outcomes(connection)
            if outcome not in {"", "read"}
        ]
        waiting_values = doubts.number_waiting(connection)
    return Extracted(outcomes, values, waiting_values, tuple(unread))


def settle(workspace: Workspace, disclosure: Disclosure, found: Extraction) -> None:
    """Write down what was read from a document, or why nothing was."""
    with workspace.vault.write() as connection:
        disclosures.settle(connection, disclosure, found.outcome, found.reason, found.observations)
        doubts.replace_all(connection, disclosure, found.doubtful)
        if found.observations or found.doubtful:
            requests.record(connection, [_extracted(workspace, disclosure.reference)])


def _extracted(workspace: Workspace, reference: str) -> Event:
    return Event(
        reference, EventKind.NOTED, workspace.today, workspace.now, detail={"extracted": "yes"}, rule="extract"
    )
