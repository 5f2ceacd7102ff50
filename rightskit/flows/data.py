"""``data``: what controllers returned is read into observations."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit import paths
from rightskit.cases.model import Event, EventKind
from rightskit.disclosures import recipe as recipes
from rightskit.disclosures.extract import extract as read
from rightskit.errors import Fault, FaultsError
from rightskit.vault import disclosures, requests
from rightskit.yamlfile import did_you_mean

if TYPE_CHECKING:
    from rightskit.disclosures.layout import Recipe
    from rightskit.flows.progress import Track
    from rightskit.flows.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Extracted:
    """What reading came to.

    Attributes:
        outcomes: outcome -> number of documents.
        observations: how many values were read.
        unread: reference and reason of each document that was not read; its file's name may be a person's.
    """

    outcomes: Counter[str]
    observations: int
    unread: tuple[tuple[str, str], ...]


def campaign_recipes(workspace: Workspace) -> tuple[Recipe, ...]:
    """The recipes that the campaign names, its own before the shipped ones; all of them where it names none.

    Raises:
        FaultsError: a recipe is wrong, or the campaign names one that does not exist.
    """
    own = workspace.folder / "recipes"
    known = recipes.load([*([own] if own.exists() else []), paths.shipped("recipes")])
    wanted = workspace.campaign.recipes
    names = [found.id for found in known]
    missing = [name for name in wanted if name not in names]
    if missing:
        where = str(workspace.folder / "campaign.yaml")
        raise FaultsError(
            [Fault(where, None, f"no recipe {name!r}", did_you_mean(name, names), "recipes") for name in missing]
        )
    return tuple(found for found in known if not wanted or found.id in wanted)


def extract(workspace: Workspace, track: Track, *, again: bool) -> Extracted:
    """Read every returned document that was not read yet; each is done, or not, on its own.

    Args:
        workspace: the campaign.
        track: counts.
        again: also those on which an earlier reading failed.
    """
    known = campaign_recipes(workspace)
    outcomes: Counter[str] = Counter()
    values = 0
    with workspace.vault.read() as connection:
        waiting = disclosures.pending(connection, again=again)
    for key in track(waiting, "documents", len(waiting)):
        with workspace.vault.write() as connection:
            disclosure = disclosures.get(connection, key)
            found = read(disclosure, known)
            disclosures.settle(connection, disclosure, found.outcome, found.reason, found.observations)
            if found.observations:
                requests.record(connection, [_extracted(workspace, disclosure.reference)])
        outcomes[found.outcome] += 1
        values += len(found.observations)
    with workspace.vault.read() as connection:
        unread = [
            (reference, reason or outcome)
            for reference, outcome, reason in disclosures.outcomes(connection)
            if outcome not in {"", "read"}
        ]
    return Extracted(outcomes, values, tuple(unread))


def _extracted(workspace: Workspace, reference: str) -> Event:
    return Event(reference, EventKind.NOTED, workspace.today, workspace.now, detail={"extracted": "yes"})
